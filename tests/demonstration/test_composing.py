"""Whatever chance makes of somebody in the demonstration, the forms take their answers."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from anso.demonstration.answers import Composer
from anso.demonstration.people import invent_person
from anso.kernel.questions import check_answers
from anso.programmes.catalogue import KINDS
from anso.programmes.kinds import ProgrammeKind

MANY = 60
TODAY = dt.date(2026, 11, 28)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_the_form_of_every_kind_takes_what_anybody_is_given_to_answer(kind: ProgrammeKind) -> None:
    for number in range(MANY):
        random = Random(number)
        composer = Composer(random, invent_person(random, number), today=TODAY)
        wrong = [
            problem
            for problem in check_answers(kind.form, composer.compose(kind.form))
            if kind.form.question(problem.key).type != "file"
        ]
        assert wrong == [], (number, wrong)
