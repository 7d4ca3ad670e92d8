"""Proposing a selection to the chair, and the chair's answer. Confirming prepares the decisions;
nobody hears of them yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.eligibility import unmet_rules
from anso.applications.queries.windows import standing_for
from anso.audit.actions import transition
from anso.calls.models import Call
from anso.calls.queries import confirming_body_of
from anso.calls.queries.bodies import presiding_on
from anso.decisions import notices, rules
from anso.decisions.actions.few_reviews import record_few_reviews
from anso.decisions.enums import Result
from anso.decisions.models import Decision, SelectionRun
from anso.decisions.queries import proposers_of
from anso.decisions.wording import proposal_told, return_told
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import required_reason
from anso.kernel.wording import gettext_noop
from anso.kernel.zones import zone_of_country
from anso.notifications.actions import notify
from anso.review.models import Review

WHAT_TO_CHANGE = gettext_noop("Say why, so that the officers know what to change.")
FEW = gettext_noop(
    "Say why these are ranked on the reviews that they have, or get the others first."
)


@transaction.atomic
def propose_selection(
    *, actor: Actor, run: SelectionRun, now: dt.datetime, because: str = ""
) -> SelectionRun:
    """Send a computed run to whoever presides over the body that confirms, and write to those of
    them who may answer.

    Where files have fewer reviews than the call promises, ``because`` says why they are ranked on
    what they have; without it that is refused, so that nobody is passed over in silence.
    """
    _lock_call(run)
    rules.may_propose_selection(actor, run, now).require()
    body = confirming_body_of(run.call)
    if body is None:
        raise BadInput(gettext_noop("No body of this call can confirm it; name one first."))
    facts = {}
    if run.figures.get("short"):
        facts["few_because"] = required_reason(because, FEW)
        record_few_reviews(run, facts["few_because"])
        run.save(update_fields=["record", "figures"])
    transition(
        run,
        "propose_selection",
        actor=actor,
        now=now,
        because=facts.get("few_because", ""),
        **facts,
    )
    chairs = presiding_on(alliance_day(now)).filter(body=body)
    accounts = Account.objects.filter(person__in=chairs.values("person_id"))
    for account in accounts.select_related("person").order_by("pk"):
        if rules.may_speak_for_confirmers(account, run, now):
            ask_chair(run, account, actor, now)
    return run


def ask_chair(run: SelectionRun, chair: Account, actor: Actor, now: dt.datetime) -> None:
    """Write to one chair that the run waits for their answer."""
    notify(
        notices.PROPOSED,
        about=run,
        recipient=chair,
        zone=zone_of_country(chair.person.nationality_id or ""),
        say=lambda: proposal_told(run, chair),
        key=f"{run.reference}:{chair.reference}:{now.isoformat()}",
        context=run.call,
        actor=actor,
        now=now,
    )


@transaction.atomic
def return_selection(
    *, actor: Actor, run: SelectionRun, reason: str, now: dt.datetime
) -> SelectionRun:
    """The chair sends the run back with a reason, of which those hear who proposed it. The same
    run is not proposed again, nor one that was computed with the same result.
    """
    rules.may_return_selection(actor, run, now).require()
    because = required_reason(reason, WHAT_TO_CHANGE)
    transition(
        run, "return_selection", actor=actor, now=now, because=because, returned_because=because
    )
    for account in proposers_of(run.call, now):
        notify(
            notices.RETURNED,
            about=run,
            recipient=account,
            zone=zone_of_country(account.person.nationality_id or ""),
            say=lambda: return_told(run, account),  # noqa: B023 - said at once
            key=f"{run.reference}:{account.reference}",
            context=run.call,
            actor=actor,
            now=now,
        )
    return run


@transaction.atomic
def confirm_selection(*, actor: Actor, run: SelectionRun, now: dt.datetime) -> SelectionRun:
    """The chair confirms: a decision is prepared for every eligible and every ineligible
    application that stands in the step of the run.
    """
    _lock_call(run)
    rules.may_confirm_selection(actor, run, now).require()
    transition(run, "confirm_selection", actor=actor, now=now)
    Decision.objects.filter(step=run.step_id, state="prepared").delete()
    Decision.objects.bulk_create(
        [*_decisions_of_run(run, now), *_decisions_of_ineligible(run, now)], batch_size=2000
    )
    return run


def _lock_call(run: SelectionRun) -> None:
    """Computing, proposing, confirming and releasing of one call take turns."""
    Call.objects.select_for_update(of=("self",)).get(pk=run.call_id)


def _decisions_of_run(run: SelectionRun, now: dt.datetime) -> Iterable[Decision]:
    feedback = _feedback(run)
    for placement in run.placements.filter(application__state="eligible").order_by("rank", "id"):
        words, is_read = feedback.get(placement.application_id, ("", False))
        yield Decision(
            application_id=placement.application_id,
            step_id=run.step_id,
            run=run,
            result=placement.result,
            place=placement.place,
            waiting_position=placement.waiting_position,
            reason=placement.reason,
            feedback=words,
            feedback_read_at=now if words and is_read else None,
            prepared_at=now,
        )


def _decisions_of_ineligible(run: SelectionRun, now: dt.datetime) -> Iterable[Decision]:
    here = Application.objects.filter(standing_for(run.step), call_id=run.call_id)
    found = here.filter(state="ineligible")
    listed = list(found.order_by("number"))
    unmet = unmet_rules(listed)
    for application in listed:
        yield Decision(
            application=application,
            step_id=run.step_id,
            run=run,
            result=Result.INELIGIBLE,
            reason=application.screening_reason,
            unmet=unmet[application.pk],
            prepared_at=now,
        )


def _feedback(run: SelectionRun) -> dict[int, tuple[str, bool]]:
    """What reviewers wrote for each applicant, one paragraph per review, without names, and whether
    an officer has read all of it. Words that were read stand as the officer passed them on.
    """
    found: dict[int, list[Review]] = {}
    reviews = Review.objects.filter(assignment__step=run.step_id, assignment__state="submitted")
    for review in (
        reviews.exclude(comment_for_applicant="").select_related("assignment").order_by("id")
    ):
        found.setdefault(review.assignment.application_id, []).append(review)
    return {
        application: (_paragraphs(own), all(review.is_read for review in own))
        for application, own in found.items()
    }


def _paragraphs(reviews: list[Review]) -> str:
    words = (each.words_passed if each.is_read else each.comment_for_applicant for each in reviews)
    return "\n\n".join(text.strip() for text in words if text.strip())
