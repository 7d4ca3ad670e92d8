"""Wiring of the directory app."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """People, organisations and countries: one record each, across all roles."""

    name = "anso.directory"
    label = "directory"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.wording import KINDS, VERBS  # models are ready only now
        from anso.directory import wording

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
