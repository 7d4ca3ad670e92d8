"""Makers of offers, by the same actions that users call."""

from __future__ import annotations

from anso.accounts.models import Account
from anso.awards.actions import make_offers
from anso.awards.models import Offer
from anso.kernel.actors import CLOCK
from tests.factories.decisions import SELECTED, Contest, released


def make_offered(contest: Contest) -> list[Offer]:
    """Everything released and offered, in rank order."""
    released(contest)
    return make_offers(actor=CLOCK, call=contest.call, now=SELECTED)


def holder_of(offer: Offer) -> Account:
    """Whoever was offered the place."""
    account = offer.application.applicant.account
    assert account is not None
    return account
