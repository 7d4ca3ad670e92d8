"""Wiring of the governance app."""

from __future__ import annotations

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Bodies, mandates and membership."""

    name = "anso.governance"
    label = "governance"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.wording import FIELDS, KINDS, VERBS  # models are ready only now
        from anso.governance import wording
        from anso.kernel.about_people import PERSON_SHELVES
        from anso.kernel.finding import SEARCHABLES
        from anso.notifications.queries import MESSAGE_READERS
        from anso.ui.menus import NAVIGATION

        SEARCHABLES.add_all(wording.SEARCHABLES, order=300)
        PERSON_SHELVES.add_all(wording.OWN_SHELVES, order=600)
        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        MESSAGE_READERS.add_all(wording.MESSAGE_READERS, order=200)
        NAVIGATION.add_all(wording.NAVIGATION, order=200)
        self._tell_merging()

    def _tell_merging(self) -> None:
        """Which rows are a person's here, and what keeps two from being one."""
        from anso.directory.queries.merging import CLASHES, PERSON_ROWS
        from anso.governance.queries.merging import MANDATE_ROWS, clashes_of_mandates

        PERSON_ROWS.add_all(MANDATE_ROWS)
        CLASHES.add("governance", clashes_of_mandates)
