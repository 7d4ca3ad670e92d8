"""Wiring of the review app."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Reviewers, conflicts, assignments, redacted dossiers, reviews, answers to them."""

    name = "anso.review"
    label = "review"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.applications.wording import FURTHER_LINES  # models are ready only now
        from anso.bulk.queries import BULK_WORKS
        from anso.calls.enums import Phase
        from anso.calls.queries import PART_SOURCES
        from anso.calls.queries.amendments import WATCHERS
        from anso.calls.queries.moves import FOLLOWERS
        from anso.calls.queries.telling import TELLERS
        from anso.calls.wording import DESK, PHASE_STATES
        from anso.kernel.about_people import PERSON_SHELVES
        from anso.kernel.matters import MATTER_SOURCES
        from anso.kernel.todo import TODO_SOURCES
        from anso.notifications.notices import LETTERS
        from anso.notifications.queries.audiences import AUDIENCES
        from anso.notifications.wording import MAIL_KINDS
        from anso.review import wording
        from anso.review.actions.amended import WATCHER
        from anso.review.actions.audiences import AUDIENCES as OWN_AUDIENCES
        from anso.review.actions.following import FOLLOWER
        from anso.review.actions.many import BULK_WORKS as OWN_WORKS
        from anso.review.actions.telling import told_of
        from anso.review.queries import review_state
        from anso.review.queries.reading import PARTS
        from anso.review.wording.rebuttals import rebuttal_lines
        from anso.ui.menus import NAMING_PAGES, OWN_PAGES

        PERSON_SHELVES.add_all(wording.OWN_SHELVES, order=300)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        DESK.add_all(wording.DESK_PAGES, order=300)
        OWN_PAGES.add_all(wording.OWN_PAGES, order=300)
        NAMING_PAGES.add_all(wording.NAMING_PAGES)
        FURTHER_LINES.add("rebuttals", rebuttal_lines)
        PART_SOURCES.add("review", PARTS)
        TODO_SOURCES.add("review", wording.todo_items_for)
        MATTER_SOURCES.add("review", wording.matters_of)
        FOLLOWERS.add("review", FOLLOWER, order=300)
        PHASE_STATES.add(Phase.REVIEW, review_state)
        WATCHERS.add("review", WATCHER, order=300)
        TELLERS.add("review", told_of, order=300)
        BULK_WORKS.add_all(OWN_WORKS, order=300)
        AUDIENCES.add_all(OWN_AUDIENCES, order=300)
        for code, audience in OWN_AUDIENCES.items():
            LETTERS.add(code, audience.notice)
        self._tell_merging()
        self._name_what_is_recorded()

    def _name_what_is_recorded(self) -> None:
        """What the record says of the objects here, in words."""
        from anso.audit.wording import FIELDS, KINDS, VERBS
        from anso.calls.queries.keys import CALLS_BEHIND
        from anso.review import wording
        from anso.review.wording import record

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(record.FIELDS)
        CALLS_BEHIND.add_all(record.WAYS)

    def _tell_merging(self) -> None:
        """Which rows are a person's here, and what keeps two from being one."""
        from anso.directory.queries.merging import CLASHES, PERSON_ROWS
        from anso.review.queries.merging import REVIEWER_ROWS, clashes_of_reviewers

        PERSON_ROWS.add_all(REVIEWER_ROWS)
        CLASHES.add("review", clashes_of_reviewers)
