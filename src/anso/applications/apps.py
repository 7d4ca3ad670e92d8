"""Wiring of the applications app."""

from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Drafts, answers, documents, letters, frozen submissions, eligibility."""

    name = "anso.applications"
    label = "applications"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.applications import actions, wording  # models are ready only now
        from anso.applications.actions.audiences import AUDIENCES as OWN_AUDIENCES
        from anso.applications.actions.many import BULK_WORKS as OWN_WORKS
        from anso.applications.queries.participants import PARTS, PROPOSERS, calls_of_party
        from anso.applications.queries.phases import screening_state
        from anso.applications.queries.queues import count_in_queue
        from anso.applications.wording.export_columns import EXPORT_COLUMNS, OWN_COLUMNS
        from anso.bulk.queries import BULK_WORKS
        from anso.calls.enums import Phase
        from anso.calls.queries import KEPT_OUT, PART_SOURCES
        from anso.calls.queries.queues import COUNTERS
        from anso.calls.wording import CALL_LINKS, DESK, PHASE_STATES
        from anso.files.actions import UPLOAD_PURPOSES
        from anso.kernel.about_people import PERSON_SHELVES
        from anso.kernel.finding import SEARCHABLES
        from anso.kernel.matters import MATTER_SOURCES
        from anso.kernel.todo import TODO_SOURCES
        from anso.notifications.notices import LETTERS
        from anso.notifications.queries.audiences import AUDIENCES
        from anso.notifications.wording import MAIL_KINDS
        from anso.ui.menus import NAMING_PAGES, OWN_PAGES

        PERSON_SHELVES.add_all(wording.PERSON_SHELVES, order=200)
        SEARCHABLES.add_all(wording.SEARCHABLES, order=200)
        EXPORT_COLUMNS.add_all(OWN_COLUMNS, order=200)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        DESK.add_all(wording.DESK_PAGES, order=200)
        NAMING_PAGES.add_all(wording.NAMING_PAGES)
        OWN_PAGES.add_all(wording.OWN_PAGES, order=200)
        PHASE_STATES.add(Phase.SCREENING, screening_state)
        CALL_LINKS.add_all(wording.CALL_LINKS)
        PART_SOURCES.add("applications", PARTS)
        PART_SOURCES.add("proposals", PROPOSERS)
        COUNTERS.add("applications", count_in_queue)
        KEPT_OUT.add("applications", calls_of_party)
        TODO_SOURCES.add("applications", wording.todo_items_for)
        MATTER_SOURCES.add("applications", wording.matters_of)
        UPLOAD_PURPOSES.add("application", actions.attach_upload)
        UPLOAD_PURPOSES.add("letter", actions.attach_letter_upload)
        BULK_WORKS.add_all(OWN_WORKS, order=200)
        AUDIENCES.add_all(OWN_AUDIENCES, order=200)
        LETTERS.add_all({code: audience.notice for code, audience in OWN_AUDIENCES.items()})
        self._follow_calls()
        self._name_what_is_recorded()

    def _name_what_is_recorded(self) -> None:
        """What the record says of the objects here, in words."""
        from anso.applications import wording
        from anso.audit.wording import FIELDS, KINDS, VERBS
        from anso.calls.queries.keys import CALLS_BEHIND

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        CALLS_BEHIND.add_all(wording.WAYS)

    def _follow_calls(self) -> None:
        """What happens here when a call moves, is amended or passes to another officer."""
        from anso.applications.actions.amended import WATCHER
        from anso.applications.actions.casework import pass_files_on
        from anso.applications.actions.following import FOLLOWER
        from anso.applications.actions.telling import told_of
        from anso.applications.queries.proposals import facts_of_number
        from anso.calls.actions.creation import LEAVERS
        from anso.calls.queries.amendments import WATCHERS
        from anso.calls.queries.editions import PROPOSAL_FACTS
        from anso.calls.queries.moves import FOLLOWERS
        from anso.calls.queries.telling import TELLERS

        FOLLOWERS.add("applications", FOLLOWER, order=200)
        WATCHERS.add("applications", WATCHER, order=200)
        LEAVERS.add("applications", pass_files_on)
        TELLERS.add("applications", told_of, order=200)
        PROPOSAL_FACTS.add("applications", facts_of_number)
        self._tell_merging()

    def _tell_merging(self) -> None:
        """Which rows are a person's here, and what keeps two from being one."""
        from anso.applications.queries.merging import APPLICATION_ROWS, clashes_of_applications
        from anso.directory.queries.merging import CLASHES, PERSON_ROWS

        PERSON_ROWS.add_all(APPLICATION_ROWS)
        CLASHES.add("applications", clashes_of_applications)
