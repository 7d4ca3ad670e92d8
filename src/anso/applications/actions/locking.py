"""The one place where an application's row is locked; every action that could race goes through
it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from anso.applications.models import Application
from anso.database import Statement

LOCK_ANSWERS = Statement(
    "lock_answers",
    """
SELECT state, revision,
       (SELECT jsonb_object_agg(key, answers -> key) FROM unnest($1::text[]) AS key)
FROM applications_application WHERE id = $2 FOR UPDATE
""",
    values=2,
)


@dataclass(frozen=True)
class LockedAnswers:
    """What a save needs of the locked row: where it stands, and the answers that were asked for."""

    state: str
    revision: int
    cells: dict[str, dict[str, Any]]


def locked_applications() -> QuerySet[Application]:
    """Applications whose rows stay locked until the transaction ends; their calls and people are
    not locked.
    """
    return Application.objects.select_for_update(of=("self",))


def lock_application(application: Application) -> Application:
    """The application as it is now, locked, with what rules and messages need.

    Its submission is not joined: whoever waited for the lock gets the row as it became, but joined
    rows as they were before the wait. Read afterwards, it is the one that counts.
    """
    return (
        locked_applications()
        .select_related("call__programme", "form_version", "applicant__account")
        .get(pk=application.pk)
    )


def lock_answers(application: Application, keys: Collection[str]) -> LockedAnswers:
    """Lock the row and read the answers with these keys, without carrying all others over the
    line.
    """
    ((state, revision, cells),) = LOCK_ANSWERS.rows(list(keys), application.pk)
    found = json.loads(cells) if cells else {}
    return LockedAnswers(state, revision, {key: found.get(key) or {} for key in keys})
