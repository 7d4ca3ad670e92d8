"""Wiring of the decisions app."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Selection runs, decisions prepared and released."""

    name = "anso.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.wording import KINDS, VERBS  # models are ready only now
        from anso.decisions import wording

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
