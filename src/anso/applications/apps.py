"""Wiring of the applications app."""

from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Drafts, answers, documents, letters, submission submissions, eligibility."""

    name = "anso.applications"
    label = "applications"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.applications import wording  # models are ready only now
        from anso.audit.wording import KINDS, VERBS

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
