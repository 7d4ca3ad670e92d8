"""Who may make and answer offers."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.applications.models import Application
from anso.applications.queries.participants import is_beneficiary
from anso.awards.models import Offer
from anso.awards.queries import IN_FORCE, OfferHolder
from anso.awards.queries.enrolling import admits_organisations
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.rules import may_create_call, may_manage_call
from anso.decisions.models import Decision
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.periods import day_of
from anso.kernel.terms import Publication
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.programmes.outcomes import find_outcome
from anso.ui.instants import day_in_words, end_in_words
from anso.ui.question_fields import in_reader_language


def ends_reviews(decision: Decision) -> Verdict:
    """Whoever has accepted an offer since asks for no review of the decision before it."""
    if decision.application.offers.filter(state="accepted").exists():
        return refuse("accepted", _("You have accepted an offer: the decision before it is over."))
    return ALLOWED


def holds_none(application: Application) -> Verdict:
    """A host does not admit whoever holds one of the same kind of programme from another call."""
    held = Offer.objects.filter(
        state="accepted",
        application__applicant=application.applicant_id,
        application__call__programme__kind=application.call.programme.kind,
    ).exclude(application__call=application.call_id)
    found = held.select_related("application__call").order_by("-answered_at").first()
    if found is None or found.answered_at is None:
        return ALLOWED
    call = found.application.call
    text = _(
        "%(number)s: this person accepted an offer in %(call)s on %(day)s and holds it still, as"
        " far as our record shows. Where it has ended, write to the programme officer, who takes"
        " your answer down."
    )
    facts = {
        "number": application.number,
        "call": in_reader_language(call.title),
        "day": day_in_words(day_of(found.answered_at, call.zone)),
    }
    return refuse("holds_one", text % facts)


def may_make_offers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """The worker, and officers of the call."""
    return ALLOWED if isinstance(actor, SystemProcess) else may_manage_call(actor, call, now)


def may_answer_offer(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """Whoever it is made to, while the offer stands and until its day has passed: signed in, or by
    the link of the mail.
    """
    if not is_made_to(actor, offer):
        return refuse("not_yours", _("This offer is for somebody else."))
    if offer.state == "accepted":
        return refuse("accepted", _("You have accepted this offer."))
    if offer.state != "made":
        return refuse("gone", _("This offer no longer stands."))
    if now >= offer.respond_by:
        day = end_in_words(offer.respond_by, offer.application.call.zone)
        return refuse("late", _("The offer could be answered until %(day)s.") % {"day": day})
    return ALLOWED


def may_read_award_letter(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """Whoever it is made to, as long as it stands; what was downloaded before says where that is
    asked.
    """
    theirs = is_made_to(actor, offer)
    if theirs and offer.state in IN_FORCE:
        return ALLOWED
    gone = refuse("gone", _("This offer no longer stands."))
    return gone if theirs else refuse("not_yours", _("This offer is for somebody else."))


def may_decline_offer(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """The same as answering; and somebody who accepted may still give the place back."""
    if offer.state == "accepted" and is_made_to(actor, offer):
        return ALLOWED
    return may_answer_offer(actor, offer, now)


def may_choose_naming(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """Whoever it is made to, while it stands, in a call that publishes names."""
    publishes = get_terms(offer.application.call).publishes
    refusals = (
        (not is_made_to(actor, offer), "not_yours", _("This offer is for somebody else.")),
        (offer.state not in IN_FORCE, "gone", _("This offer no longer stands.")),
        (
            publishes is not Publication.NAMES,
            "nobody_named",
            _("Nobody is named among the results of this call."),
        ),
    )
    found = (refuse(code, text) for applies, code, text in refusals if applies)
    return next(found, ALLOWED)


def may_enrol(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of a call by which organisations are admitted say which organisation each is."""
    admits = ALLOWED
    if not admits_organisations(call):
        admits = refuse("admits_nobody", _("Nobody becomes a member by this call."))
    return first_refusal(admits, may_manage_call(actor, call, now))


def may_show_picture(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """Whoever accepted, where there is a page that shows it; officers of the call with their word
    for it. Anybody of them takes it away.
    """
    terms = get_terms(offer.application.call)
    is_shown = find_outcome(terms.outcome.code).words.wall and offer.state == "accepted"
    if not is_shown or terms.publishes is not Publication.NAMES or offer.is_unnamed:
        return refuse("nowhere_shown", _("There is no page that would show it."))
    return (
        ALLOWED if is_made_to(actor, offer) else may_manage_call(actor, offer.application.call, now)
    )


def may_take_picture_away(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """Whoever it shows, whatever became of the offer, and officers of the call."""
    return (
        ALLOWED if is_made_to(actor, offer) else may_manage_call(actor, offer.application.call, now)
    )


def may_keep_wall(actor: Actor, now: dt.datetime) -> Verdict:
    """Programme officers and the Executive Director enter who received something before the calls
    that are kept here.
    """
    if may_create_call(actor, now):
        return ALLOWED
    return refuse("not_a_programme_officer", _("Only programme officers enter earlier years."))


def may_revoke_offer(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """Officers of the call take an offer back while it stands, also after it was accepted; never
    one that is made to themselves.
    """
    standing = ALLOWED
    if is_made_to(actor, offer):
        standing = refuse("own", _("This offer is made to you; somebody else must do this."))
    elif offer.state not in IN_FORCE:
        standing = refuse("gone", _("This offer no longer stands."))
    return first_refusal(standing, may_manage_call(actor, offer.application.call, now))


def may_settle_offer(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """Officers of the call give more time, or write down what somebody answered by another way, as
    long as the offer waits for its answer; never one that is made to themselves.
    """
    standing = ALLOWED
    if is_made_to(actor, offer):
        standing = refuse("own", _("This offer is made to you; somebody else must do this."))
    elif offer.state != "made":
        standing = refuse("gone", _("This offer does not wait for an answer."))
    return first_refusal(standing, may_manage_call(actor, offer.application.call, now))


def may_lapse_offer(actor: Actor, offer: Offer, now: dt.datetime) -> Verdict:
    """The clock, once the day has passed."""
    if now < offer.respond_by:
        return refuse("not_yet", _("The offer can still be answered."))
    return (
        ALLOWED
        if isinstance(actor, SystemProcess)
        else refuse("not_clock", _("Offers lapse by themselves."))
    )


def is_made_to(actor: Actor, offer: Offer) -> bool:
    """Whether it is offered to them: by their account, or by the link of its mail."""
    if isinstance(actor, OfferHolder):
        return actor.offer_id == offer.pk
    return not isinstance(actor, SystemProcess) and is_beneficiary(actor, offer.application)
