"""Many reviews assigned at once, as work that is watched and stopped: what can be assigned is, the
rest is left with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse

from anso.applications.models import Application
from anso.bulk.queries import BulkWork, Part
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.queries.steps import rubric_of
from anso.kernel.errors import BadInput, Refusal
from anso.kernel.wording import gettext_noop
from anso.review.actions.assigning import assign_reviewers
from anso.review.models import Assignment, Reviewer
from anso.review.queries import get_review_step
from anso.review.rules import may_assign_reviewers
from anso.review.wording import assigning_in_words

ASSIGN = "review.assign"
ENOUGH = gettext_noop("It has its reviews by now.")


def assign_part(part: Part) -> dict[Any, Refusal]:
    """Assign some pairs; of an application that has its reviews by now no more."""
    left: dict[Any, Refusal] = {}
    waiting = _rows(part)
    while waiting:
        enough = _with_enough(part, waiting)
        left |= _assigned(
            part, {item: pair for item, pair in waiting.items() if item not in enough}
        )
        if len(enough) == len(waiting):
            left |= dict.fromkeys(enough, BadInput(ENOUGH))
            break
        # Those whom others seemed to fill: some of the others may have been left.
        waiting = {item: pair for item, pair in waiting.items() if item in enough}
    return left


def _rows(part: Part) -> dict[Any, tuple[Application, Reviewer]]:
    applications = Application.objects.defer("answers", "search_text").filter(call=part.context)
    reviewers = Reviewer.objects.filter(call=part.context).select_related("person__account")
    by_application = applications.in_bulk([each[0] for each in part.items])
    by_reviewer = reviewers.in_bulk([each[1] for each in part.items])
    return {
        (first, second): (by_application[first], by_reviewer[second])
        for first, second in part.items
    }


def _with_enough(part: Part, wanted: dict[Any, tuple[Application, Reviewer]]) -> set[Any]:
    """Those of the pairs whose application would get more reviews than the call asks for."""
    step = get_review_step(part.context, part.now)
    needed = rubric_of(get_terms(part.context), step).reviews_each
    standing = Assignment.objects.filter(
        step=step,
        application__in=[application for application, _ in wanted],
        state__in=["assigned", "accepted", "submitted"],
    )
    held = set(standing.values_list("application_id", "reviewer_id"))
    counts = Counter(application for application, _reviewer in held)
    found = set()
    for item in wanted:
        if item in held:
            continue
        counts[item[0]] += 1
        if counts[item[0]] > needed:
            found.add(item)
    return found


def _assigned(part: Part, pairs: dict[Any, tuple[Application, Reviewer]]) -> dict[Any, Refusal]:
    """Assign all, or where one of them is refused each by itself; why some were."""
    try:
        _assign(part, list(pairs.values()))
    except BadInput as refusal:
        if len(pairs) == 1:
            return dict.fromkeys(pairs, refusal)
        alone: dict[Any, Refusal] = {}
        for item, pair in pairs.items():
            alone |= _assigned(part, {item: pair})
        return alone
    return {}


@transaction.atomic
def _assign(part: Part, pairs: Sequence[tuple[Application, Reviewer]]) -> None:
    assign_reviewers(
        actor=part.actor,
        call=part.context,
        pairs=pairs,
        due_at=dt.datetime.fromisoformat(part.said["due_at"]),
        now=part.now,
    )


def numbers_and_names(items: Sequence[Any]) -> list[tuple[str, str]]:
    """The number of the application, the name of the reviewer, and the page of the first."""
    applications = Application.objects.select_related("call").only("number", "call__reference")
    by_application = applications.in_bulk([each[0] for each in items])
    reviewers = Reviewer.objects.select_related("person").in_bulk([each[1] for each in items])
    return [
        (
            f"{by_application[first].number} · {reviewers[second].person.full_name}",
            reverse(
                "review:application_assignments",
                args=[by_application[first].call.reference, by_application[first].number],
            ),
        )
        for first, second in items
    ]


def assignments_page(call: Call) -> str:
    """Where reviews are assigned."""
    return reverse("review:call_assignments", args=[call.reference])


BULK_WORKS = {
    ASSIGN: BulkWork(
        may=may_assign_reviewers,
        run=assign_part,
        title=assigning_in_words,
        shown=numbers_and_names,
        back=assignments_page,
        group=lambda item: item[1],
    )
}
