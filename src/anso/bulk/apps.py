"""Wiring of the bulk app."""

from __future__ import annotations

from django.apps import AppConfig


class BulkConfig(AppConfig):
    """Work on many things at once, by the worker where there are more than a page can wait for."""

    name = "anso.bulk"
    label = "bulk"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.wording import FIELDS, KINDS, VERBS  # models are ready only now
        from anso.bulk import wording
        from anso.kernel.todo import TODO_SOURCES

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        TODO_SOURCES.add("bulk", wording.todo_items_for)
