"""Wiring of the matching app."""

from __future__ import annotations

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Requests between two sides, and their matches."""

    name = "anso.matching"
    label = "matching"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.applications.wording import FURTHER_LINES  # models are ready only now
        from anso.applications.wording.calendar import OWN_DAYS
        from anso.audit.wording import FIELDS, KINDS, VERBS
        from anso.calls.wording import DESK
        from anso.kernel.about_people import PERSON_SHELVES
        from anso.kernel.todo import TODO_SOURCES
        from anso.matching import wording
        from anso.notifications.wording import MAIL_KINDS

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        DESK.add_all(wording.DESK_PAGES, order=600)
        PERSON_SHELVES.add_all(wording.PERSON_SHELVES, order=600)
        OWN_DAYS.add("matching", wording.days_of_requests)
        FURTHER_LINES.add("matches", wording.further_lines)
        TODO_SOURCES.add("matching", wording.todo_items_for)
