"""What a writer answered decides every sentence about it: a No is no Yes, for every kind that asks
for agreement.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.applications.actions import replace_letter
from anso.applications.enums import LetterAnswer
from anso.applications.models import Application, Letter
from anso.applications.queries.left_out import left_out
from anso.applications.queries.letters import letter_form_of, letter_statuses
from anso.applications.queries.progress import get_progress
from anso.applications.rules import may_replace_letter
from anso.applications.wording import todo_items_for
from anso.calls.queries import get_form, get_terms
from anso.kernel.participants import NOMINEE
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from tests.cast import Cast
from tests.factories.answers import BY_TYPE, answers_asking_everybody
from tests.factories.applications import (
    give_letter,
    make_application,
    make_letter,
    write_letter,
)
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db
AGREEING = sorted(
    (kind.code, plan.rule.kind)
    for kind in KINDS.values()
    for plan in kind.letters
    if "is_acceptance" in plan.form.keys()  # noqa: SIM118 - a form is no mapping
)
EARLY = dt.timedelta(hours=2)


@dataclass
class Asked:
    """An application with one writer whose agreement was asked."""

    application: Application
    letter: Letter
    now: dt.datetime

    def answer(self, said: bool, *, minutes: int = 0) -> Letter:
        now = self.now + dt.timedelta(minutes=minutes)
        kept: dict[str, Any] = {"is_acceptance": said}
        for question in letter_form_of(self.letter).questions() if said else ():
            kept.setdefault(question.key, BY_TYPE[question.type](question, 3))
        write_letter(self.letter, kept, now=now)
        self.letter = give_letter(self.letter, now=now)
        return self.letter

    def mails(self) -> list[str]:
        codes = ["applications.letter_arrived", "applications.letter_refused"]
        found = Message.objects.filter(code__in=codes).order_by("id")
        return [each.code.removeprefix("applications.letter_") for each in found]


@pytest.fixture(params=AGREEING, ids="-".join)
def asked(request: pytest.FixtureRequest, cast: Cast) -> Asked:
    kind, letter_kind = request.param
    call = make_call(make_programme(kind), officer=cast.programme_officer)
    now = call.closes_at - EARLY
    answers = answers_asking_everybody(get_form(call)[1], get_terms(call), 3)
    application = make_application(call, applicant=cast.applicant, answers=answers)
    status = next(each for each in letter_statuses(application) if each.slot.kind == letter_kind)
    slot, named = status.slot, {"full_name": status.name, "email": status.email}
    letter = make_letter(application, slot.key, kind=letter_kind, now=now - EARLY, **named)
    letter.question_key = slot.question.key
    letter.save()
    return Asked(application, letter, now)


def test_agreement_is_asked_by_more_than_one_kind() -> None:
    assert {kind for kind, _letter in AGREEING} >= {"fellowship", "prize", "collaborative_research"}


def test_a_no_is_told_as_a_no_everywhere(asked: Asked, cast: Cast, client: Client) -> None:
    letter = asked.answer(False)
    assert letter.answer is LetterAnswer.NO
    (mail,) = Message.objects.filter(code="applications.letter_refused")
    assert f"{letter.full_name} answered No" in mail.subject
    # Nobody else can say for whoever is nominated that they agree.
    way = "in their place" if letter.kind == NOMINEE else "ask somebody else"
    assert way in mail.body
    assert "need not do anything" not in mail.body
    client.force_login(cast.applicant)
    page = client.get(reverse("applications:letters", args=[asked.application.reference]))
    text = page.content.decode()
    assert "answered No" in text
    assert "Ask this person instead" in text
    check = client.get(reverse("applications:check", args=[asked.application.reference]))
    assert "answered No" in check.content.decode()
    progress = get_progress(asked.application)
    assert progress.letters_done == 0
    assert [each.needs_attention for each in progress.letters if each.letter] == [True]
    items = [item.text for item in todo_items_for(cast.applicant, asked.now)]
    # Where nothing depends on one of many, nobody need take their place.
    missed = left_out(letter)
    assert ("Name somebody else" in items) is (missed is None or missed.harms)


def test_a_yes_is_told_as_given_and_cannot_be_replaced(asked: Asked, cast: Cast) -> None:
    letter = asked.answer(True)
    assert letter.answer is LetterAnswer.YES
    assert asked.mails() == ["arrived"]
    assert get_progress(asked.application).letters_done == 1
    with pytest.raises(Refused, match="already been written"):
        may_replace_letter(cast.applicant, letter, asked.now).require()
    assert "Name somebody else" not in [
        item.text for item in todo_items_for(cast.applicant, asked.now)
    ]


def test_who_changes_their_mind_is_told_of_again(asked: Asked) -> None:
    for minutes, said in enumerate((True, False, False, True)):
        asked.answer(said, minutes=minutes)
    assert asked.mails() == ["arrived", "refused", "arrived"]


def test_after_a_no_somebody_else_is_asked(asked: Asked, cast: Cast) -> None:
    letter = asked.answer(False)
    other = {"name": "Amina Odhiambo", "email": "odhiambo@example.org",
             "organisation": "University of Nairobi", "country": "KE"}  # fmt: skip
    new = replace_letter(letter=letter, person=other, actor=cast.applicant, now=asked.now)
    letter.refresh_from_db()
    assert (letter.state, new.state, new.email) == ("replaced", "asked", "odhiambo@example.org")
    assert new.answer is LetterAnswer.NOTHING
