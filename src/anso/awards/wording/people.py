"""What was offered to one person, in lines for the page about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anso.awards.queries.people import offers_to_person
from anso.awards.wording.offers import offer_state
from anso.calls.queries import get_terms
from anso.decisions.wording.labels import place_label
from anso.directory.models import Person
from anso.kernel.about_people import PersonLine, PersonShelf
from anso.ui.question_fields import in_reader_language


def offers_in_lines(account: Any, person: Person, now: dt.datetime) -> Iterator[PersonLine]:
    """Each offer: of what, in which call, and whether it was accepted."""
    for offer in offers_to_person(account, person, now):
        application, state = offer.application, offer_state(offer.state)
        yield PersonLine(
            f"{application.number} · {place_label(get_terms(application.call), offer.place)}",
            in_reader_language(application.call.title),
            reverse("awards:offers", args=[application.call.reference]),
            state["word"],
            state["tone"],
        )


PERSON_SHELVES = {"offers": PersonShelf(_("Offers and awards"), offers_in_lines)}
