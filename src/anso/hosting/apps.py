"""Wiring of the hosting app."""

from __future__ import annotations

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """What hosts answer about the candidates who named them."""

    name = "anso.hosting"
    label = "hosting"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.wording import FIELDS, VERBS  # models are ready only now
        from anso.calls.wording import DESK
        from anso.hosting import wording
        from anso.kernel.todo import TODO_SOURCES
        from anso.notifications.wording import MAIL_KINDS
        from anso.ui.menus import OWN_PAGES

        VERBS.add_all(wording.VERBS)
        FIELDS.add_all(wording.FIELDS)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        DESK.add_all(wording.DESK_PAGES, order=370)
        OWN_PAGES.add_all(wording.OWN_PAGES, order=370)
        TODO_SOURCES.add("hosting", wording.todo_items_for)
