"""Wiring of the decisions app."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Selection runs, decisions prepared and released."""

    name = "anso.decisions"
    label = "decisions"
