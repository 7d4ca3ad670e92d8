"""What was decided on one person's applications, in lines for the page about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anso.calls.queries import get_terms
from anso.decisions.queries.people import decisions_on_person
from anso.decisions.wording.placements import result_words
from anso.directory.models import Person
from anso.kernel.about_people import PersonLine, PersonShelf
from anso.programmes.wording import CallWords
from anso.ui.question_fields import in_reader_language


def decisions_in_lines(account: Any, person: Person, now: dt.datetime) -> Iterator[PersonLine]:
    """Each decision that was released: on which application, after which step, and the result."""
    for decision in decisions_on_person(account, person, now):
        application = decision.application
        yield PersonLine(
            f"{application.number} · {in_reader_language(application.call.title)}",
            in_reader_language(decision.step.label),
            reverse("applications:desk_detail", args=[application.reference]),
            result_words(decision.result, CallWords(get_terms(application.call))),
        )


PERSON_SHELVES = {"decisions": PersonShelf(_("Decisions"), decisions_in_lines)}
