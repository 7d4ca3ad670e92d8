"""Wiring of the calls app."""

from __future__ import annotations

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Calls, frozen terms, form versions, question bank, timeline."""

    name = "anso.calls"
    label = "calls"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.queries import KEYS
        from anso.audit.wording import FIELDS, KINDS, NESTED, VERBS  # models are ready only now
        from anso.calls import wording
        from anso.calls.queries.editions import begun_from
        from anso.calls.queries.keys import CALLS_BEHIND, OWN_WAYS, names_in_calls
        from anso.calls.queries.parts import HERE, PART_SOURCES
        from anso.kernel.finding import SEARCHABLES
        from anso.notifications.queries import MESSAGE_READERS
        from anso.notifications.queries.earlier_words import EARLIER
        from anso.notifications.wording import MAIL_KINDS
        from anso.ui.menus import NAVIGATION

        SEARCHABLES.add_all(wording.SEARCHABLES, order=100)
        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        NESTED.add("calls.call", wording.lists_told)
        CALLS_BEHIND.add_all(OWN_WAYS)
        KEYS.add("calls", names_in_calls)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        MESSAGE_READERS.add_all(wording.MESSAGE_READERS, order=100)
        NAVIGATION.add_all(wording.NAVIGATION, order=100)
        wording.DESK.add_all(wording.DESK_PAGES, order=100)
        wording.DESK.add_all(wording.OUTBOX, order=900)
        PART_SOURCES.add("calls", HERE)
        wording.PHASE_STATES.add_all(wording.OWN_STATES)
        wording.TAKEN_OVER.add_all(wording.OWN_TAKEN_OVER, order=100)
        EARLIER.add("calls.call", begun_from)
        self._watch_amendments()
        self._tell_merging()

    def _watch_amendments(self) -> None:
        """What stands against an amendment here."""
        from anso.calls.actions.gone_stages import WATCHER
        from anso.calls.queries.amendments import WATCHERS

        WATCHERS.add("calls", WATCHER, order=100)

    def _tell_merging(self) -> None:
        """Which rows are a person's here, and what keeps two from being one."""
        from anso.calls.queries.merging import HOST_ROWS, clashes_of_parts
        from anso.directory.queries.merging import CLASHES, PERSON_ROWS

        PERSON_ROWS.add_all(HOST_ROWS)
        CLASHES.add("calls", clashes_of_parts)
