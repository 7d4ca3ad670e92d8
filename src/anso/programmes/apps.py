"""Wiring of the programmes app."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programme kinds as declarations, programmes as rows."""

    name = "anso.programmes"
    label = "programmes"
