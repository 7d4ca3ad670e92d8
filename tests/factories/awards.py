"""Makers of offers, by the same actions that users call."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from anso.accounts.models import Account
from anso.applications.queries.participants import account_of, beneficiaries_of
from anso.awards.actions import make_offers
from anso.awards.models import Offer
from anso.awards.queries import OfferHolder, OpenedOffer
from anso.decisions.actions import outcome_mailing
from anso.decisions.models import SelectionRun
from anso.kernel.actors import CLOCK
from anso.notifications.actions import release_letters
from anso.notifications.models import Message
from tests.factories.decisions import SELECTED, Contest, make_contest, released
from tests.shared import clock_at


def make_offered(contest: Contest) -> list[Offer]:
    """Everything released and offered, in rank order."""
    run = released(contest)
    offers = make_offers(actor=CLOCK, call=contest.call, now=SELECTED)
    if offers:
        let_letters_go(run)
    return offers


def make_offered_contest() -> Contest:
    """Three applicants, two places, all offered, on the day of the release."""
    with clock_at(SELECTED):
        contest = make_contest((6, 5, 4))
        make_offered(contest)
    return contest


def let_letters_go(run: SelectionRun, now: dt.datetime = SELECTED) -> None:
    """An officer read what was prepared for those whom a selection touches, and released it."""
    mailing = outcome_mailing(run, CLOCK, now)
    release_letters(mailing=mailing, actor=officer_of(run), now=now)


def officer_of(run: SelectionRun) -> Account:
    """Who runs the call of a selection."""
    return run.call.officers.select_related("account")[0].account


def holder_of(offer: Offer) -> Account:
    """Whoever was offered the place, with their account."""
    (holder,) = beneficiaries_of(offer.application)
    account = account_of(holder)
    assert account is not None
    return account


def holder_by_link(offer: Offer) -> OfferHolder:
    """Whoever was offered something and has no account, as they act by their link."""
    (holder,) = beneficiaries_of(offer.application)
    return OpenedOffer(offer, holder).actor


def link_in(message: Message) -> str:
    """The path of the scoped link that a mail carries."""
    return message.secret.removeprefix(settings.SITE_URL)
