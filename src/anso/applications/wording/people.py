"""What applications know about one person, in lines for the page about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anso.applications.enums import LetterAnswer
from anso.applications.queries.people import letters_of_person, parts_of_person
from anso.applications.wording.letters import letter_state
from anso.applications.wording.screening import state_tone, state_word
from anso.directory.models import Person
from anso.kernel.about_people import PersonLine, PersonShelf
from anso.kernel.participants import ROLES
from anso.ui.question_fields import in_reader_language

STATE_CODES = {
    LetterAnswer.NOTHING: "sent",
    LetterAnswer.GIVEN: "completed",
    LetterAnswer.YES: "agreed",
    LetterAnswer.NO: "refused",
    LetterAnswer.DECLINED: "declined",
}


def parts_in_lines(account: Any, person: Person, now: dt.datetime) -> Iterator[PersonLine]:
    """Each application in which they take part: the call, as what, and its state."""
    for part in parts_of_person(account, person, now):
        application = part.application
        role = in_reader_language(ROLES[part.role].label)
        yield PersonLine(
            f"{application.number} · {in_reader_language(application.call.title)}",
            role,
            reverse("applications:desk_detail", args=[application.reference]),
            state_word(application.state),
            state_tone(application.state),
        )


def letters_in_lines(account: Any, person: Person, now: dt.datetime) -> Iterator[PersonLine]:
    """Each letter they were asked for: to whom, and what became of it; never what it says."""
    for letter in letters_of_person(account, person, now):
        application, state = letter.application, letter_state(STATE_CODES[letter.answer])
        yield PersonLine(
            f"{application.number} · {application.subject_name}",
            in_reader_language(application.call.title),
            reverse("applications:desk_detail", args=[application.reference]),
            state["word"],
            state["tone"],
        )


PERSON_SHELVES = {
    "applications": PersonShelf(_("Parts in calls"), parts_in_lines),
    "letters": PersonShelf(_("Letters they were asked for"), letters_in_lines),
}
