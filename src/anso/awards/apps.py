"""Wiring of the awards app."""

from __future__ import annotations

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Offers and what follows them."""

    name = "anso.awards"
    label = "awards"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.wording import KINDS, VERBS  # models are ready only now
        from anso.awards import wording

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
