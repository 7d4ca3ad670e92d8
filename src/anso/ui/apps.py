"""Registers the design system with Django."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The design system as an installed app."""

    name = "anso.ui"
    label = "ui"
    verbose_name = "Design system"
