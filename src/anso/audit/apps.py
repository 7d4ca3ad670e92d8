"""Wiring of the audit app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only record of who did what; the one place that changes a state."""

    name = "anso.audit"
    label = "audit"
