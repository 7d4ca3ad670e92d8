"""Wiring of the notifications app."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The outbox: every message waits here, can be read and held, and leaves a delivery log."""

    name = "anso.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.wording import FIELDS, KINDS, LABELS, VERBS  # models are ready only now
        from anso.kernel.finding import SEARCHABLES
        from anso.kernel.todo import TODO_SOURCES
        from anso.notifications import wording

        TODO_SOURCES.add("notifications", wording.todo_items_for)
        SEARCHABLES.add_all(wording.SEARCHABLES, order=400)
        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        LABELS.add_all(wording.LABELS)
        wording.MAIL_KINDS.add_all(wording.OWN_KINDS)
