"""Makers of offers, by the same actions that users call."""

from __future__ import annotations

from django.conf import settings

from anso.accounts.models import Account
from anso.applications.queries.participants import account_of, beneficiaries_of
from anso.awards.actions import make_offers
from anso.awards.models import Offer
from anso.awards.queries import OfferHolder, OpenedOffer
from anso.kernel.actors import CLOCK
from anso.notifications.models import Message
from tests.factories.decisions import SELECTED, Contest, released


def make_offered(contest: Contest) -> list[Offer]:
    """Everything released and offered, in rank order."""
    released(contest)
    return make_offers(actor=CLOCK, call=contest.call, now=SELECTED)


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
