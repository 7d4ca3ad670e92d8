"""Wiring of the site app."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Public pages, home, what I have to do."""

    name = "anso.site"
    label = "site"
