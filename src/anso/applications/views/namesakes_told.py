"""What pages of the desk show of applications that may be of one person; for officers alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from anso.applications.actions.namesakes import namesake_mark
from anso.applications.models import Application, Namesake
from anso.applications.queries.namesakes import namesakes_of
from anso.applications.rules import may_answer_namesake, may_keep_case
from anso.applications.wording.namesakes import answer_in_words, namesake_in_words
from anso.kernel.actors import name_of_account


def with_namesakes(
    rows: list[dict[str, Any]], account: Any, now: dt.datetime
) -> list[dict[str, Any]]:
    """The same lines of a list with the numbers of open questions in each; nothing for anybody but
    officers of the call. A fixed number of statements.
    """
    applications = [row["application"] for row in rows]
    if not applications or not may_keep_case(account, applications[0], now):
        return rows
    found = namesakes_of(applications)
    for row in rows:
        row["namesakes"] = [
            namesake_in_words(pair, other)
            for pair, other in found[row["application"].pk]
            if pair.is_one_person is None
        ]
    return rows


def namesakes_on_page(
    account: Any, application: Application, now: dt.datetime, typed: dict[str, str]
) -> dict[str, Any]:
    """The questions of the page of an application, with what was answered."""
    if not may_keep_case(account, application, now):
        return {}
    found = namesakes_of([application])[application.pk]
    return {"namesakes": [namesake_row(account, pair, other, now, typed) for pair, other in found]}


def namesake_row(
    account: Any, pair: Namesake, other: Application, now: dt.datetime, typed: dict[str, str]
) -> dict[str, Any]:
    """One question, or its answer, with the way to ask again."""
    return {
        "pair": pair,
        "question": namesake_in_words(pair, other),
        "other_url": reverse("applications:desk_detail", args=[other.reference]),
        "number": other.number,
        "answer": answer_in_words(pair),
        "who": name_of_account(pair.answered_by) if pair.answered_by else "",
        "may": may_answer_namesake(account, pair, now),
        "shown": namesake_mark(pair),
        "field_id": f"f-namesake-{pair.reference}",
        "because": typed.get(pair.reference, ""),
    }
