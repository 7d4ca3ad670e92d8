"""Wiring of the accounts app, and the check that a demonstration holds no real people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError


class AccountsConfig(AppConfig):
    """Sign-in and accounts."""

    name = "anso.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Have the check run wherever the database is checked: before migrating and at every start;
        and tell the record what this app has for it.
        """
        from anso.accounts import wording  # models are ready only now
        from anso.audit.wording import FIELDS, KINDS, VERBS
        from anso.notifications.wording import MAIL_KINDS
        from anso.ui.menus import FRAME_LINKS

        register(check_demonstration, Tags.database)
        VERBS.add_all(wording.VERBS)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        FRAME_LINKS.add_all(wording.FRAME_LINKS)


def check_demonstration(
    app_configs: object = None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """An error when demonstration mode is on beside the account of a real person. Says nothing
    before the tables exist.
    """
    from django.conf import settings  # settings and models are ready only when checks run

    from anso.accounts.rules import may_run_demonstration

    if not settings.DEMONSTRATION or not databases:
        return []
    try:
        verdict = may_run_demonstration()
    except DatabaseError:
        return []
    hint = "Unset ANSO_DEMONSTRATION, or point DATABASE_URL to a database of its own."
    return [] if verdict else [Error(str(verdict), hint=hint, id="accounts.E001")]
