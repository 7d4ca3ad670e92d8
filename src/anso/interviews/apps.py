"""Wiring of the interviews app."""

from __future__ import annotations

from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    """Times for interviews, who chose which, who listens."""

    name = "anso.interviews"
    label = "interviews"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.applications.wording import FURTHER_LINES  # models are ready only now
        from anso.applications.wording.calendar import OWN_DAYS
        from anso.audit.wording import FIELDS, KINDS, VERBS
        from anso.calls.wording import DESK
        from anso.interviews import wording
        from anso.interviews.actions.audiences import AUDIENCES as OWN_AUDIENCES
        from anso.kernel.todo import TODO_SOURCES
        from anso.notifications.notices import LETTERS
        from anso.notifications.queries.audiences import AUDIENCES
        from anso.notifications.wording import MAIL_KINDS
        from anso.ui.menus import OWN_PAGES

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        DESK.add_all(wording.DESK_PAGES, order=350)
        OWN_PAGES.add_all(wording.OWN_PAGES, order=350)
        FURTHER_LINES.add("interviews", wording.interview_lines)
        OWN_DAYS.add("interviews", wording.days_of_interviews)
        TODO_SOURCES.add("interviews", wording.todo_items_for)
        AUDIENCES.add_all(OWN_AUDIENCES, order=350)
        for code, audience in OWN_AUDIENCES.items():
            LETTERS.add(code, audience.notice)
