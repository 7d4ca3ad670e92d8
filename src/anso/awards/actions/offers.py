"""Making offers, answering them, and passing on places that became free."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from anso.audit.actions import record_entry, transition
from anso.awards import notices, rules
from anso.awards.actions.enrolling import follow_in_register
from anso.awards.actions.offer_mail import notify_applicant_of, notify_of_offer, tell_of_new_offer
from anso.awards.models import Offer
from anso.awards.queries import GONE, benefits_for, get_current_allocation, last_answer_at
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.decisions.queries import get_final_run
from anso.kernel.actors import Actor
from anso.kernel.reasons import REMARK_AT_MOST, fitting
from anso.kernel.wording import gettext_noop


@transaction.atomic
def make_offers(*, actor: Actor, call: Call, now: dt.datetime) -> list[Offer]:
    """Offer their place to everybody who has one by the released selection and no offer yet.
    Running twice makes nothing twice.

    Places of people who withdrew before the release go to the next on the list in the same step.
    """
    rules.may_make_offers(actor, call, now).require()
    return pass_on_places(actor=actor, call=call, now=now)


@transaction.atomic
def accept_offer(*, actor: Actor, offer: Offer, now: dt.datetime) -> Offer:
    """Take what was offered."""
    rules.may_answer_offer(actor, offer, now).require()
    transition(offer, "accept_offer", actor=actor, now=now)
    follow_in_register(offer, now=now)
    notify_of_offer(notices.ACCEPTED, offer, actor=actor, now=now)
    notify_applicant_of(notices.ANSWERED, offer, actor=actor, now=now)
    return offer


@transaction.atomic
def decline_offer(*, actor: Actor, offer: Offer, reason: str, now: dt.datetime) -> Offer:
    """Give the place back, also after accepting; it goes to the next on the list at once."""
    rules.may_decline_offer(actor, offer, now).require()
    # The call before the offer, here and wherever places are passed on: in the same order nobody
    # waits in a circle.
    call = lock_call(offer.application.call_id)
    told = fitting(reason, REMARK_AT_MOST, gettext_noop("Why do you give it up?"))
    transition(offer, "decline_offer", actor=actor, now=now, decline_reason=told)
    follow_in_register(offer, now=now)
    notify_applicant_of(notices.ANSWERED, offer, actor=actor, now=now)
    pass_on_places(actor=actor, call=call, now=now)
    return offer


@transaction.atomic
def lapse_offer(*, actor: Actor, offer: Offer, now: dt.datetime) -> Offer:
    """Close an offer that nobody answered in time, and tell whoever was offered it; its place goes
    to the next on the list.
    """
    rules.may_lapse_offer(actor, offer, now).require()
    call = lock_call(offer.application.call_id)
    transition(offer, "lapse_offer", actor=actor, now=now)
    notify_of_offer(notices.LAPSED, offer, actor=actor, now=now)
    notify_applicant_of(notices.ANSWERED, offer, actor=actor, now=now)
    pass_on_places(actor=actor, call=call, now=now)
    return offer


@transaction.atomic
def pass_on_places(*, actor: Actor, call: Call, now: dt.datetime) -> list[Offer]:
    """Offer every free place to the next on the list by the rules of the released run. Nobody who
    holds a place is disturbed.

    The call is locked, so that two places given back at the same moment go to two people.
    """
    locked = lock_call(call.pk)
    allocation = get_current_allocation(locked)
    if allocation is None:
        return []
    # Everybody who was ever asked, also those who said no: nobody is offered something twice.
    asked = set(
        Offer.objects.filter(application__call=locked).values_list("application__number", flat=True)
    )
    due = {
        placed.key: placed
        for placed in allocation.placements
        if placed.seat and placed.key not in asked
    }
    # Only where a budget pays: elsewhere nothing is said of money here.
    is_paid = any(quota.budget is not None for quota in allocation.problem.quotas)
    costs = {each.key: each.cost for each in allocation.problem.candidates} if is_paid else {}
    made = []
    for decision in _decisions_of(locked, list(due)):
        placed = due[decision.application.number]
        # Whoever the selection itself gave a place follows nobody.
        freed = None if decision.result == Result.SELECTED else _freed(locked, placed.seat)
        given = Given(placed.seat, placed.reason, freed, costs.get(placed.key))
        made.append(make_offer(decision, given, actor=actor, now=now))
    return made


@transaction.atomic
def remind_of_offer(*, actor: Actor, offer: Offer, now: dt.datetime) -> None:
    """Remind once that an answer is due."""
    notify_of_offer(notices.REMINDER, offer, actor=actor, now=now)


def lock_call(pk: int) -> Call:
    """Everything that frees or gives places of one call takes turns."""
    return Call.objects.select_for_update(of=("self",)).get(pk=pk)


def _decisions_of(call: Call, numbers: list[str]) -> list[Decision]:
    """The decisions of the last step by application number, in the order of the numbers given.
    Whoever was invited to it has a released decision of an earlier step too, which gives nothing.
    """
    found = Decision.objects.filter(
        run=get_final_run(call), application__number__in=numbers, state="released"
    )
    known = {
        each.application.number: each
        for each in found.select_related("application__applicant__account", "application__call")
    }
    return [known[number] for number in numbers if number in known]


def _freed(call: Call, place: str) -> Offer | None:
    """The offer whose place is passed on: the oldest that is gone and has no successor yet."""
    gone = Offer.objects.filter(
        application__call=call,
        place=place,
        state__in=GONE,
        followed_by__isnull=True,
        is_by_correction=False,
    )
    return gone.order_by("id").first()


@dataclass(frozen=True)
class Given:
    """What is offered and why, how much is paid where a budget pays, and whether it was passed on
    or given by a correction.
    """

    place: str
    reason: str
    follows: Offer | None = None
    amount: Decimal | None = None
    is_by_correction: bool = False


def make_offer(decision: Decision, given: Given, *, actor: Actor, now: dt.datetime) -> Offer:
    """Offer one place, and tell everybody who hears of it; under the lock of the call."""
    call = decision.application.call
    terms = get_terms(call)
    offer = Offer.objects.create(
        application=decision.application,
        decision=decision,
        place=given.place,
        amount=given.amount,
        benefits=benefits_for(terms, terms.outcome.node(given.place)),
        reason=given.reason,
        follows=given.follows,
        is_by_correction=given.is_by_correction,
        made_at=now,
        respond_by=last_answer_at(call, now),
    )
    record_entry(offer, "make_offer", actor=actor, now=now, changes={"place": ["", given.place]})
    tell_of_new_offer(offer, actor=actor, now=now)
    return offer
