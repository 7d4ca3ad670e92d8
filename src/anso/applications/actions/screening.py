"""Eligibility: what the check by rule says, what the officers decide, one by one or many
together, and taking it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.lifecycle import APPLICATION
from anso.applications.models import Application, EligibilityCheck
from anso.applications.queries.eligibility import (
    judge_submission,
    open_questions,
    unmet_rules,
)
from anso.applications.rules import may_check_eligibility, may_screen_each
from anso.audit.actions import transition_many
from anso.directory.queries import get_country_classes
from anso.kernel.actors import Actor
from anso.kernel.drafts import mark_of
from anso.kernel.eligibility import Eligibility
from anso.kernel.errors import BadInput, Stale
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.reasons import fitting
from anso.kernel.verdict import Refused, Verdict
from anso.kernel.wording import gettext_noop
from anso.ui.question_fields import in_a_row


class ScreenedMeanwhile(Stale):
    """Somebody else screened the application since the page was opened."""

    code = "screened_meanwhile"

    def __init__(self) -> None:
        super().__init__(
            gettext_noop(
                "Another officer screened this after you opened the page, and nothing was done now."
                " What stands is shown here; the reason that you wrote is kept below."
            )
        )


Left = Refused | StaleTransition | BadInput  # why an application is left as it is
VERBS = ("confirm_eligible", "reject_ineligible", "reopen_screening")
AT_ONCE = 100


def screening_mark(application: Application) -> str:
    """By which a page remembers how the screening stood that it showed."""
    screened = application.screened_at.isoformat() if application.screened_at else ""
    return mark_of([application.state, screened, application.screening_reason])


@transaction.atomic
def screen_as_shown(
    *,
    application: Application,
    verb: str,
    because: str,
    shown: str,
    actor: Account,
    now: dt.datetime,
) -> Application:
    """Screen one application from a page that showed the mark ``shown``; without a mark it counts
    as shown just now.

    Raises ScreenedMeanwhile where another officer screened it after the page was opened: what they
    decided must be read first.
    """
    # The lock makes the second officer wait for the first, and then see what was decided.
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if shown and shown != screening_mark(locked):
        raise ScreenedMeanwhile
    return _screen_one(application, verb, because, actor, now)


@transaction.atomic
def run_eligibility_check(
    *, application: Application, actor: Actor, now: dt.datetime
) -> EligibilityCheck:
    """Judge an application anew by the rules of its call and keep the verdict beside earlier ones.
    Decides nothing by itself.
    """
    may_check_eligibility(actor, application, now).require()
    return note_eligibility(application, judge_submission(application).to_dict(), now)


def check_applications(
    *, applications: Iterable[Application], actor: Actor, now: dt.datetime
) -> int:
    """Judge many anew, reading the country classes once; returns how many."""
    # Read once and handed on: each judgement would read all of them again.
    classes, count = get_country_classes(), 0
    for application in applications:
        may_check_eligibility(actor, application, now).require()
        note_eligibility(application, judge_submission(application, classes).to_dict(), now)
        count += 1
    return count


def note_eligibility(
    application: Application,
    verdict: Mapping[str, Any],
    now: dt.datetime,
    columns: Mapping[str, Any] | None = None,
) -> EligibilityCheck:
    """Keep a verdict (as ``EligibilityVerdict.to_dict`` writes it) and repeat its result on the
    application, for the lists; other columns that follow are written with it.
    """
    result = verdict["eligibility"]
    is_eligible = {Eligibility.ELIGIBLE: True, Eligibility.NOT_ELIGIBLE: False}.get(result)
    # Only these columns: the object may be older than its row.
    Application.objects.filter(pk=application.pk).update(eligibility=result, **(columns or {}))
    application.eligibility = result
    return EligibilityCheck.objects.create(
        application=application, is_eligible=is_eligible, verdict=verdict, checked_at=now
    )


@dataclass(frozen=True)
class ScreeningResult:
    """What a bulk screening did: how many it settled, and which it could not, with why."""

    settled: list[Application] = field(default_factory=list)
    refused: list[tuple[Application, Left]] = field(default_factory=list)


def confirm_eligible(
    *, application: Application, actor: Account, now: dt.datetime, because: str = ""
) -> Application:
    """An officer confirms that the application goes on to review, also against the check, then
    with a reason in the record.
    """
    return _screen_one(application, "confirm_eligible", because, actor, now)


def reject_ineligible(
    *, application: Application, because: str, actor: Account, now: dt.datetime
) -> Application:
    """An officer finds the application not eligible."""
    return _screen_one(application, "reject_ineligible", because, actor, now)


def reopen_screening(
    *, application: Application, actor: Account, now: dt.datetime, because: str = ""
) -> Application:
    """An officer takes a screening result back; the application waits for screening again."""
    return _screen_one(application, "reopen_screening", because, actor, now)


def _screen_one(
    application: Application, verb: str, because: str, actor: Account, now: dt.datetime
) -> Application:
    outcome = screen_applications(
        applications=[application], verb=verb, because=because, actor=actor, now=now
    )
    for _application, refusal in outcome.refused:
        raise refusal
    return application


def screen_applications(
    *,
    applications: Iterable[Application],
    verb: str,
    actor: Actor,
    now: dt.datetime,
    because: str = "",
) -> ScreeningResult:
    """Confirm as eligible, find not eligible or take the result back, for many applications: one
    that has moved on in the meantime does not hold up the others. Every hundred of them cost a
    fixed number of statements.

    Not eligible needs a reason in the officer's own words, which applicants read when decisions are
    released, or without any a rule that the check found not met, which everybody reads in their own
    language.
    """
    if verb not in VERBS:
        raise BadInput(gettext_noop("There is no such step in screening."), code="unknown_verb")
    because, outcome, listed = fitting(because), ScreeningResult(), list(applications)
    for first in range(0, len(listed), AT_ONCE):
        _screen(listed[first : first + AT_ONCE], verb, because, (actor, now), outcome)
    return outcome


@transaction.atomic
def _screen(
    chosen: list[Application],
    verb: str,
    because: str,
    by: tuple[Actor, dt.datetime],
    outcome: ScreeningResult,
) -> None:
    actor, now = by
    # Locked before the rules are asked, in the order of keys like everybody who locks several, so
    # that what is refused and what is settled are told of the same moment.
    found = Application.objects.select_for_update(of=("self",)).select_related("call", "step")
    rows = {
        row.pk: row
        for row in found.defer("answers", "search_text")
        .filter(pk__in=[each.pk for each in chosen])
        .order_by("pk")
    }
    reasons, refusals = _foreseen(rows, chosen, verb, because, by)
    settled = []
    for application in chosen:
        refusal = refusals.get(application.pk)
        if refusal is not None:
            outcome.refused.append((application, refusal))
        else:
            settled.append(application)
    kept = "" if verb == "reopen_screening" else because
    transition_many(settled, verb, actor=actor, now=now, because=reasons, screening_reason=kept)
    outcome.settled.extend(settled)


# What is left as it is, because it is what it is; anything else has moved on since it was read.
SETTLED = {
    "submitted": gettext_noop("It waits for screening: there is no result to take back."),
    "eligible": gettext_noop("It was confirmed as eligible before."),
    "ineligible": gettext_noop("It was found not eligible before."),
}


def foresee_screening(
    *, applications: list[Application], verb: str, because: str, actor: Actor, now: dt.datetime
) -> dict[int, Left]:
    """Which of these would be left as they are, by their keys, and why, if they were screened so
    now. Nothing is changed.
    """
    rows = {each.pk: each for each in applications}
    return _foreseen(rows, applications, verb, because, (actor, now))[1]


def _foreseen(
    rows: Mapping[int, Application],
    chosen: list[Application],
    verb: str,
    because: str,
    by: tuple[Actor, dt.datetime],
) -> tuple[dict[int, str], dict[int, Left]]:
    """The reason for each, and why each of those that cannot be screened so is left."""
    may = may_screen_each(by[0], list(rows.values()), by[1])
    reasons = _reasons_for(chosen, verb, because)
    # A confirmation would pass by unread what waits for an officer's word.
    unanswered = open_questions(chosen) if verb == "confirm_eligible" else {}
    found = {
        key: _refusal(row, verb, may[key], reasons[key], unanswered.get(key, ()))
        for key, row in rows.items()
    }
    return reasons, {key: why for key, why in found.items() if why is not None}


def _reasons_for(chosen: list[Application], verb: str, because: str) -> dict[int, str]:
    """What the record says why, by the keys of the applications: the reason given, or the codes of
    the rules that were not met.
    """
    if because or verb != "reject_ineligible":
        return dict.fromkeys((each.pk for each in chosen), because)
    return {
        key: " ".join(rule["code"] for rule in rules) for key, rules in unmet_rules(chosen).items()
    }


def _refusal(
    row: Application, verb: str, may: Verdict, reason: str, unanswered: Sequence[str]
) -> Left | None:
    """Why one application cannot be screened so; None where it can."""
    if not may:
        return Refused(may)
    if unanswered:
        text = gettext_noop("Answer first what only you can judge: %(rules)s.")
        return BadInput(text, code="open_question", rules=in_a_row(unanswered))
    if verb == "reject_ineligible" and not reason:
        return BadInput(
            gettext_noop("Give the reason; whoever it concerns will read it."), code="no_reason"
        )
    try:
        APPLICATION.find(verb, row.state)
    except StaleTransition as stale:
        told = SETTLED.get(row.state)
        return BadInput(told, code="settled") if told else stale
    return None
