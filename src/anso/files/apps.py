"""Wiring of the files app."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Uploads: checked, scanned, content-addressed."""

    name = "anso.files"
    label = "files"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.wording import KINDS, VERBS  # models are ready only now
        from anso.files import wording

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
