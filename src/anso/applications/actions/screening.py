"""Eligibility: what the check by rule says, what the officers decide, one by one or many
together, and taking it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.models import Application, EligibilityCheck
from anso.applications.queries.eligibility import (
    judge_submission,
    open_questions,
    unmet_rules,
)
from anso.applications.rules import may_check_eligibility, may_screen_application
from anso.audit.actions import transition
from anso.directory.queries import get_country_classes
from anso.kernel.actors import Actor
from anso.kernel.drafts import mark_of
from anso.kernel.eligibility import Eligibility
from anso.kernel.errors import BadInput, Stale
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused
from anso.kernel.wording import gettext_noop


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


VERBS = ("confirm_eligible", "reject_ineligible", "reopen_screening")
REASON_AT_MOST = 2000


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
    _screen_one(application, verb, because, actor, now)
    return application


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


def confirm_eligible(
    *, application: Application, actor: Account, now: dt.datetime, because: str = ""
) -> Application:
    """An officer confirms that the application goes on to review, also against the check, then
    with a reason in the record. Refused while a rule is a question that nobody has answered.
    """
    may_screen_application(actor, application, now).require()
    _require_no_question(application)
    return transition(
        application,
        "confirm_eligible",
        actor=actor,
        now=now,
        because=because[:REASON_AT_MOST],
        screening_reason=because[:REASON_AT_MOST],
    )


def _require_no_question(application: Application) -> None:
    """Refuse while a rule waits for an officer's word: a confirmation would pass it by unread."""
    open_rules = open_questions([application])[application.pk]
    if open_rules:
        text = gettext_noop("Answer first what only you can judge: %(rules)s.")
        raise BadInput(text, code="open_question", rules=", ".join(open_rules))


def reject_ineligible(
    *, application: Application, because: str, actor: Account, now: dt.datetime
) -> Application:
    """An officer finds the application not eligible; the applicant reads why when decisions are
    released: in the officer's own words, or without any by the rules that the check found not met,
    which everybody reads in their own language.
    """
    may_screen_application(actor, application, now).require()
    reason = because.strip()[:REASON_AT_MOST]
    unmet = unmet_rules([application])[application.pk]
    if not reason and not unmet:
        raise BadInput(
            gettext_noop("Give the reason; the applicant will read it."), code="no_reason"
        )
    return transition(
        application,
        "reject_ineligible",
        actor=actor,
        now=now,
        because=reason or " ".join(rule["code"] for rule in unmet),
        screening_reason=reason,
    )


def reopen_screening(
    *, application: Application, actor: Account, now: dt.datetime, because: str = ""
) -> Application:
    """An officer takes a screening result back; the application waits for screening again."""
    may_screen_application(actor, application, now).require()
    return transition(
        application,
        "reopen_screening",
        actor=actor,
        now=now,
        because=because[:REASON_AT_MOST],
        screening_reason="",
    )


@dataclass(frozen=True)
class ScreeningResult:
    """What a bulk screening did: how many it settled, and which it could not, with why."""

    settled: list[Application] = field(default_factory=list)
    refused: list[tuple[Application, Refused | StaleTransition | BadInput]] = field(
        default_factory=list
    )


def screen_applications(
    *,
    applications: Iterable[Application],
    verb: str,
    actor: Account,
    now: dt.datetime,
    because: str = "",
) -> ScreeningResult:
    """Do one thing with many applications, each on its own: one that has moved on in the meantime
    does not hold up the others.

    Without a reason, not eligible needs a rule that the check found not met.
    """
    outcome = ScreeningResult()
    for application in applications:
        try:
            _screen_one(application, verb, because, actor, now)
        except (Refused, StaleTransition, BadInput) as refusal:
            outcome.refused.append((application, refusal))
        else:
            outcome.settled.append(application)
    return outcome


def _screen_one(
    application: Application, verb: str, because: str, actor: Account, now: dt.datetime
) -> None:
    if verb == "confirm_eligible":
        confirm_eligible(application=application, actor=actor, now=now, because=because)
    elif verb == "reject_ineligible":
        reject_ineligible(application=application, because=because, actor=actor, now=now)
    elif verb == "reopen_screening":
        reopen_screening(application=application, actor=actor, now=now, because=because)
    else:
        raise BadInput(gettext_noop("There is no such step in screening."), code="unknown_verb")
