"""Releasing all decisions of a call together, and preparing the letters about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef
from procrastinate.contrib.django import app

from anso.applications.actions import (
    advance_applications,
    invite_applications,
    reject_applications,
)
from anso.applications.models import Application
from anso.applications.queries.answers import applicant_zone
from anso.audit.actions import transition, transition_many
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.queries.steps import step_after
from anso.decisions import notices, rules
from anso.decisions.enums import Result
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.decisions.queries import placements_behind
from anso.decisions.wording import decision_told
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.kernel.terms import Terms
from anso.notifications.actions import notify, open_mailing
from anso.notifications.models import Mailing, Message

NOTICES: dict[str, Notice] = {
    Result.WAITING: notices.WAITING,
    Result.UNPLACED: notices.UNPLACED,
    Result.INELIGIBLE: notices.INELIGIBLE,
    Result.INVITED: notices.INVITED,
    Result.ADVANCED: notices.ADVANCED,
    Result.REJECTED: notices.REJECTED,
}
LED: dict[str, Callable[..., None]] = {
    Result.INVITED: invite_applications,
    Result.ADVANCED: advance_applications,
    Result.REJECTED: reject_applications,
}
OUTCOMES = "decisions.outcomes"
CODES = tuple(notice.code for notice in NOTICES.values())


@transaction.atomic
def release_decisions(*, actor: Actor, run: SelectionRun, now: dt.datetime) -> SelectionRun:
    """Make every prepared decision of the run visible at the same instant, and lead those on whom
    it found good for a further step. A job prepares the letters, which an officer releases; offers
    follow from the awards.

    Those who withdrew after the chair confirmed get no decision; their places go on as if they had
    declined.
    """
    Call.objects.select_for_update(of=("self",)).get(pk=run.call_id)
    # What the rule is asked about is read after the wait for the lock.
    run.refresh_from_db(fields=["state"])
    rules.may_release_decisions(actor, run, now).require()
    transition(run, "release_decisions", actor=actor, now=now)
    run.decisions.filter(state="prepared", application__state="withdrawn").delete()
    # In a fixed number of statements, like what follows from them: a call may decide on thousands,
    # and all of them become visible when this transaction ends.
    decisions = list(
        run.decisions.filter(state="prepared").select_related("application").order_by("id")
    )
    transition_many(decisions, "release_decision", actor=actor, now=now)
    _lead_on(decisions, run, actor, now)
    # Mails are left to a job: thousands of texts would hold the locks for minutes, and a mail that
    # cannot be written must not take the release back.
    app.configure_task("decisions.notify_of_release").defer(run_id=run.pk)
    return run


def _lead_on(decisions: list[Decision], run: SelectionRun, actor: Actor, now: dt.datetime) -> None:
    """Every application goes where its decision says: on to the next step, or to its end here."""
    by_result: dict[str, list[Application]] = {}
    for decision in decisions:
        led_by = decision.result if decision.result in LED else ""
        by_result.setdefault(led_by, []).append(decision.application)
    transition_many(by_result.pop("", []), "decide_application", actor=actor, now=now)
    leads_to = step_after(run.call, run.step)
    for result, applications in by_result.items():
        step = leads_to if leads_to and result != Result.REJECTED else run.step
        LED[result](applications=applications, step=step, actor=actor, now=now)


def outcome_mailing(run: SelectionRun, actor: Actor, now: dt.datetime) -> Mailing:
    """The letters that tell what became of the applications of a run, offers among them."""
    key = f"{OUTCOMES}:{run.reference}"
    return open_mailing(code=OUTCOMES, context=run.call, key=key, actor=actor, now=now)


def notify_decided_applicants(*, actor: Actor, run: SelectionRun, now: dt.datetime) -> int:
    """Prepare the letters of a released run, those selected left out (their offer tells them):
    none leaves before an officer has released it.

    Each is written once: a job that was killed half-way takes up where it stopped. Returns how
    many were new.
    """
    told = Message.objects.filter(
        about_type=Decision._meta.label_lower, about_id=OuterRef("pk"), code__in=CODES
    )
    waiting = run.decisions.filter(~Exists(told), state="released").exclude(result=Result.SELECTED)
    found = list(
        waiting.select_related(
            "application__applicant__account", "application__call", "application__step"
        ).order_by("id")
    )
    places, terms = placements_behind(found), get_terms(run.call)
    mailing = outcome_mailing(run, actor, now) if found else None
    return sum(
        _write(
            decision,
            places.get(decision.application_id),
            terms,
            mailing,
            actor=actor,
            now=now,
        )
        for decision in found
    )


def _write(
    decision: Decision,
    place: Placement | None,
    terms: Terms,
    mailing: Mailing | None,
    *,
    actor: Actor,
    now: dt.datetime,
) -> bool:
    application: Application = decision.application
    return notify(
        NOTICES[decision.result],
        about=decision,
        recipient=application.applicant.account,
        zone=applicant_zone(application),
        say=lambda: decision_told(decision, place, terms),
        key=decision.reference,
        mailing=mailing,
        context=application.call,
        actor=actor,
        now=now,
    )
