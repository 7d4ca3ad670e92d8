"""Wiring of the demonstration."""

from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """The demonstration alliance; only its commands are used."""

    name = "anso.demonstration"
    label = "demonstration"
