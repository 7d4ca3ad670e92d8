"""Changing a form makes a new one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anso.kernel.errors import BadInput
from anso.kernel.questions.editing import (
    add_question,
    move_question,
    remove_question,
    replace_question,
)
from tests.kernel.questions.forms import FORM, HOSTS, LEVEL, PLAN, ask
from tests.kernel.questions.test_versions import form_of


def test_a_question_is_added_at_the_end_of_its_section() -> None:
    changed = add_question(FORM, "choices", ask("text", "city"))
    assert changed.keys() == ("level", "hosts", "supervisor", "city", "plan", "passport", "true")
    assert "city" not in FORM.keys()  # noqa: SIM118 - a form is no mapping


def test_a_key_is_asked_once_and_in_a_section_that_exists() -> None:
    with pytest.raises(BadInput, match="asked already"):
        add_question(FORM, "work", LEVEL)
    with pytest.raises(BadInput, match="no section"):
        add_question(FORM, "dreams", ask("text", "city"))


def test_a_question_may_get_other_limits() -> None:
    assert not replace_question(FORM, replace(LEVEL, required=False)).question("level").required
    with pytest.raises(BadInput, match="no question “city”"):
        replace_question(FORM, ask("text", "city"))


def test_a_question_is_removed_unless_others_depend_on_it_or_it_is_the_last() -> None:
    assert remove_question(FORM, "plan").keys() == (
        "level",
        "hosts",
        "supervisor",
        "passport",
        "true",
    )
    with pytest.raises(BadInput, match="“supervisor” is only asked after “hosts”"):
        remove_question(FORM, "hosts")
    with pytest.raises(BadInput, match="last question"):
        remove_question(form_of(PLAN), "plan")


@pytest.mark.parametrize(
    ("steps", "order"),
    [
        (1, ("hosts", "level", "plan")),
        (2, ("hosts", "plan", "level")),
        (9, ("hosts", "plan", "level")),
        (-3, ("level", "hosts", "plan")),
        (0, ("level", "hosts", "plan")),
    ],
)
def test_a_question_moves_within_its_section_and_stops_at_the_ends(
    steps: int, order: tuple[str, ...]
) -> None:
    assert move_question(form_of(LEVEL, HOSTS, PLAN), "level", steps).keys() == order
