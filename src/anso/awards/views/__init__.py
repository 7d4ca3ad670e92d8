"""Pages of outcomes and offers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from anso.awards.models import Offer
from anso.awards.wording import (
    address_of_results,
    confidential_until,
    head_of_offer,
    naming_of,
    words_for_offers,
)
from anso.awards.wording.award_letters import letter_news
from anso.awards.wording.wall import has_wall
from anso.calls.queries import get_terms
from anso.programmes.wording import CallWords


def offer_context(offer: Offer, now: dt.datetime) -> dict[str, Any]:
    """What a page of an offer says to whoever it is made to, signed in or by link."""
    application = offer.application
    terms = get_terms(application.call)
    head = head_of_offer(offer)
    return {
        "heading": head["heading"],
        "head": head,
        "subheading": application.subject_name,
        "call": application.call,
        "words": CallWords(terms),
        "offer": offer,
        "naming": naming_of(offer),
        "letter_news": letter_news(offer),
        "results_url": address_of_results(application.call, now),
        "confidential": confidential_until(application.call, now),
        "picture_url": (
            reverse("awards:own_picture", args=[offer.reference]) if has_wall(offer) else ""
        ),
        "why": words_for_offers([offer], terms)[0],
        "now": now,
    }
