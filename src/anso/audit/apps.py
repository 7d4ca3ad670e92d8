"""Wiring of the audit app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only record of who did what; the one place that changes a state."""

    name = "anso.audit"
    label = "audit"

    def ready(self) -> None:
        """Name the fields that objects of several packages have."""
        from anso.audit.wording import FIELDS, OWN_FIELDS  # models are ready only now

        FIELDS.add_all(OWN_FIELDS)
