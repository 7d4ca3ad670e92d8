"""Wiring of the governance app."""

from __future__ import annotations

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Bodies, mandates and membership."""

    name = "anso.governance"
    label = "governance"
