"""Wiring of the directory app."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """People, organisations and countries: one record each, across all roles."""

    name = "anso.directory"
    label = "directory"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.audit.queries import KNOWN_PEOPLE, KnownPeople  # models are ready only now
        from anso.audit.wording import FIELDS, KINDS, VERBS
        from anso.directory import queries, wording

        known = KnownPeople(queries.names_of_accounts, queries.accounts_of_people_named)
        KNOWN_PEOPLE.add("directory", known)

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
