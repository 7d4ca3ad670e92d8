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
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.database import Statement
from anso.kernel.drafts import Draft

# For a save whose row changed since it was read, so no more data than needed. A row that another
# save is changing is waited for and then read as it became. The answers are only looked through for
# newer ones where the row is newer than the page.
LOCK_ANSWERS = Statement(
    "lock_answers",
    """
SELECT state, revision,
       (SELECT jsonb_object_agg(key, answers -> key) FROM unnest($1::text[]) AS key),
       CASE WHEN revision > $2 THEN (
           SELECT jsonb_object_agg(key, cell) FROM jsonb_each(answers) AS each (key, cell)
           WHERE (cell ->> 'revision')::int > $2
       ) END
FROM applications_application WHERE id = $3 FOR UPDATE
""",
    values=3,
)


@dataclass(frozen=True)
class KeptAnswers:
    """What a save needs of the row: where it stands, the answers that were asked for, and those
    that came since the page was opened.
    """

    state: str
    revision: int
    cells: dict[str, dict[str, Any]]

    @property
    def draft(self) -> Draft:
        """The same as a draft that changes are merged into."""
        known = {key: cell for key, cell in self.cells.items() if cell}
        return Draft(
            self.revision,
            {key: cell.get("revision", 0) for key, cell in known.items()},
            {key: cell.get("value") for key, cell in known.items()},
        )


def locked_applications() -> QuerySet[Application]:
    """Applications whose rows stay locked until the transaction ends; their calls and people are
    not locked.
    """
    return Application.objects.select_for_update(of=("self",))


def lock_application(application: Application) -> Application:
    """The application as it is now, locked, with what rules and messages need.

    Its submission, step and form are not joined: whoever waited for the lock gets the row as it
    became, but joined rows as they were before the wait, and no row at all where it points to
    another one since. Read afterwards, they are the ones that count.
    """
    return (
        locked_applications()
        .select_related("call__programme", "applicant__account")
        .get(pk=application.pk)
    )


def lock_queue(call: Call) -> None:
    """Of those who submit at once to a call that takes no more than so many, each sees what the
    others took: its batches share one queue.
    """
    intake = get_terms(call).intake
    if intake.most or intake.most_waiting:
        Call.objects.select_for_update(of=("self",)).get(pk=call.batch_of_id or call.pk)


def answers_as_read(application: Application) -> KeptAnswers:
    """The same from the row as it was read, which nothing locks."""
    return KeptAnswers(application.state, application.revision, application.answers)


def lock_answers(application: Application, keys: Collection[str], base: int) -> KeptAnswers:
    """Lock the row and read the answers with these keys, and those newer than revision ``base``,
    without carrying all others over the line: in the usual case, of one tab, nothing is newer.
    """
    ((state, revision, cells, newer),) = LOCK_ANSWERS.rows(list(keys), base, application.pk)
    found = json.loads(newer or "{}") | json.loads(cells or "{}")
    return KeptAnswers(state, revision, {key: cell or {} for key, cell in found.items()})
