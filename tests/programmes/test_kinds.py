"""Faults that a kind may have, each found by the check."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from anso.kernel.questions import Meaning
from anso.kernel.terms import Benefit, LetterRule, Level
from anso.kernel.wording import Text
from anso.programmes.catalogue import KINDS
from anso.programmes.kinds import LetterPlan, StagePlan, Window, check_kind

KIND = KINDS["fellowship"]
ARABIC = Text({"en": "x", "ar": "س"})
LETTER = KIND.letters[0]


def worded(**words: Text) -> LetterPlan:
    """The referee's letter with other words."""
    return replace(LETTER, rule=replace(LETTER.rule, words=replace(LETTER.rule.words, **words)))


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"levels": (*KIND.levels, Level("postdoc", ARABIC))}, "“level” does not offer exactly"),
    ({"hosts": ()}, "hosts are among the readers"),
    ({"hosts": KIND.hosts[:1]}, "“hosts” does not offer exactly"),
    ({"check_keys": ("shoe_size",)}, "“shoe_size” is not asked"),
    (
        {
            "letters": (
                replace(LETTER, rule=LetterRule("referee", 2, asked_in=("referee_9", "referee_1"))),
            )
        },
        "“referee_9” is not asked",
    ),
    ({"letters": (replace(LETTER, rule=replace(LETTER.rule, count=3)),)}, "Fewer writers"),
    ({"letters": (worded(button=Text()),)}, "no words for “button”"),
    ({"letters": (worded(request=Text({"en": "For {who}.", "ar": "لـ"})),)}, "cannot be filled in"),
    ({"letters": (worded(heading=Text({"en": "x"})),)}, "(letter referee) lacks a language"),
    ({"stages": KIND.stages[1:]}, "must begin with applications"),
    ({"stages": ()}, "must begin with applications"),
    ({"stages": (*KIND.stages, StagePlan("late", "offers", ARABIC, after=1))}, "starts before"),
    ({"window": Window("intake-03-01", "intake-02-15", "UTC")}, "closes before it opens"),
    (
        {"benefits": (Benefit("travel", ARABIC, ARABIC, funds=("moon",)),)},
        "or its fund, does not exist",
    ),
    ({"benefits": (Benefit("travel", ARABIC, ARABIC, Decimal(3)),)}, "needs its currency"),
    ({"benefits": (Benefit("horse", ARABIC, ARABIC),)}, "source is missing"),
    ({"name": Text({"en": "Fellowship"})}, "(name) lacks a language"),
    ({"rubric": replace(KIND.rubric, criteria=KIND.rubric.criteria[:2])}, "sum to 0.7"),
    (
        {"form": replace(KIND.form, sections=(KIND.form.sections[0], KIND.form.sections[0]))},
        "Two sections",
    ),
    ({"groups": KIND.groups[:1]}, "“LDC” is no group of people"),
    ({"figures": ("tall",)}, "“tall” is no group of people"),
    ({"groups": (replace(KIND.groups[0], is_sensitive=False),)}, "from a sensitive answer"),
    (
        {"groups": (replace(KIND.groups[0], means=Meaning.SUBJECT_CONTACT),)},
        "Nothing is asked from which it follows",
    ),
    ({"rule_sets": (KIND.rule_sets[0], KIND.rule_sets[0])}, "Two rules have the code F2"),
]


@pytest.mark.parametrize(("changes", "fault"), FAULTS)
def test_a_fault_is_found_and_named(changes: dict[str, Any], fault: str) -> None:
    assert any(fault in str(found) for found in check_kind(replace(KIND, **changes), 2027))


def test_levels_need_a_question_that_asks_for_them() -> None:
    prize = KINDS["prize"]
    without = replace(prize, form=replace(prize.form, sections=prize.form.sections[1:]))
    assert any("“level” does not offer" in str(found) for found in check_kind(without, 2027))


def test_a_kind_with_two_steps_has_a_form_for_each() -> None:
    forms = KINDS["collaborative_research"].forms()
    assert list(forms) == ["application", "full_proposal", "rebuttal", "partner"]
    assert list(KIND.forms()) == ["application", "referee", "supervisor"]
