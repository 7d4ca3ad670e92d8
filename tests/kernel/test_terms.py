"""What a call promises: reading, looking up, and finding what is wrong."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from anso.kernel.errors import BadDefinition
from anso.kernel.terms import (
    Benefit,
    Criterion,
    EntryKind,
    Host,
    LetterRule,
    Level,
    Rubric,
    SeatNode,
    SeatReserve,
    Stage,
    Terms,
    check_terms,
    read_terms,
    require_sound_terms,
    to_plain,
)
from anso.kernel.wording import Text

WORDS = Text({"en": "x", "ar": "س"})
DAY = dt.date(2027, 3, 1)
CRITERION = Criterion("quality", WORDS, Decimal("0.6"), WORDS, ((1, WORDS), (6, WORDS)))
RUBRIC = Rubric((CRITERION, replace(CRITERION, key="plan", weight=Decimal("0.4"))))
SEATS = (
    SeatNode("all", WORDS, 10),
    SeatNode("general", WORDS, 7, "all", "phd", "UCAS", "CAS"),
    SeatNode(
        "special", WORDS, 3, "all", "phd", "UCAS", "TWAS", only=("developing",), favour=("LDC",)
    ),
)
TERMS = Terms(
    levels=(Level("phd", WORDS),),
    hosts=(Host("UCAS", WORDS, "before_submission"),),
    seats=SEATS,
    rubric=RUBRIC,
    letters=(LetterRule("referee", 2),),
    stages=(Stage("review", "review", WORDS, DAY, DAY),),
    benefits=(
        Benefit("stipend", WORDS, WORDS, Decimal(6000), "CNY", "month", ("phd",), ("CAS",)),
        Benefit("travel", WORDS, WORDS),
    ),
    rules=({"code": "programme"},),
    country_ceiling=20,
    reserves=(SeatReserve("women", 2), SeatReserve("LDC", 1, "general")),
    entry=EntryKind.NOMINATION,
    entries_each=2,
    check_keys=("level", "title"),
)


def test_terms_survive_json() -> None:
    assert read_terms(json.loads(json.dumps(to_plain(TERMS)))) == TERMS
    assert read_terms({}) == Terms()


def test_sound_terms_have_no_fault() -> None:
    assert check_terms(TERMS) == []
    assert check_terms(Terms()) == []
    assert require_sound_terms(TERMS) is TERMS


def test_special_money_is_used_before_general_money() -> None:
    assert [node.key for node in TERMS.leaves()] == ["general", "special"]
    assert [node.key for node in TERMS.leaves_for("phd", "UCAS")] == ["special", "general"]
    assert TERMS.leaves_for("phd", "USTC") == ()


def test_parts_are_found_by_key() -> None:
    assert TERMS.host("UCAS").supervisor == "before_submission"
    assert TERMS.letter_rule("referee") == LetterRule("referee", 2)
    assert TERMS.letter_rule("supervisor") is None
    assert TERMS.stage("review") == TERMS.stages[0]
    assert TERMS.stage("panel") is None
    assert TERMS.with_rubric(Rubric(())).rubric.criteria == ()
    with pytest.raises(KeyError):
        TERMS.host("MIT")


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        (replace(TERMS, seats=(SEATS[1], SEATS[1], SEATS[0])), "same key"),
        (replace(TERMS, seats=(replace(SEATS[0], capacity=-1),)), "cannot be negative"),
        (replace(TERMS, seats=(replace(SEATS[0], parent="nowhere"),)), "nowhere, does not exist"),
        (replace(TERMS, seats=SEATS[:2]), "hold 7 seats, fewer than its 10"),
        (replace(TERMS, rubric=replace(RUBRIC, scale_lowest=6)), "highest score must be above"),
        (replace(TERMS, rubric=Rubric((CRITERION,))), r"sum to 0\.6"),
        (
            replace(TERMS, rubric=Rubric((CRITERION, replace(CRITERION, weight=Decimal("0.4"))))),
            "Two criteria",
        ),
        (
            replace(TERMS, stages=(replace(TERMS.stages[0], block="dance"),)),
            "dance is not a kind of stage",
        ),
        (
            replace(TERMS, stages=(replace(TERMS.stages[0], ends_on=DAY - dt.timedelta(days=1)),)),
            "ends before it begins",
        ),
    ],
)
def test_a_fault_is_named_and_refused(terms: Terms, fault: str) -> None:
    with pytest.raises(BadDefinition, match=fault):
        require_sound_terms(terms)


@pytest.mark.parametrize(
    "content",
    [
        {"levels": [{"label": {}}]},
        {"letters": [{"kind": "referee", "colour": "red"}]},
        {
            "stages": [
                {"key": "a", "block": "b", "label": {}, "starts_on": "soon", "ends_on": "later"}
            ]
        },
        {"rubric": {"criteria": [{"key": "a", "label": {}, "weight": "heavy"}]}},
    ],
)
def test_terms_that_cannot_be_read_are_refused(content: dict[str, object]) -> None:
    with pytest.raises(BadDefinition, match="cannot be read"):
        read_terms(content)


def test_what_a_node_favours_is_kept_for_people_of_any_of_these_groups() -> None:
    both = replace(SEATS[2], favour=("LDC", "women"))
    terms = replace(TERMS, seats=(*SEATS[:2], both), reserves=())
    assert terms.all_reserves() == (SeatReserve("LDC|women", 3, "special"),)
    assert check_terms(terms) == []


@pytest.mark.parametrize(
    ("reserves", "fault"),
    [
        ((SeatReserve("women", 0),), "at least one seat"),
        ((SeatReserve("women", 1, "nowhere"),), "which does not exist"),
        ((SeatReserve("women", 1), SeatReserve("women", 2)), "for the same group twice"),
        ((SeatReserve("LDC", 1, "special"),), "for the same group twice"),
        ((SeatReserve("women", 8, "general"),), "x: 8 seats are kept for groups, more than the 7"),
        ((SeatReserve("women", 1, "special"),), "x: 4 seats are kept for groups, more than the 3"),
        ((SeatReserve("women", 8),), "All seats: 11 seats are kept for groups, more than the 10"),
    ],
)
def test_reserves_that_cannot_be_kept_are_faults(
    reserves: tuple[SeatReserve, ...], fault: str
) -> None:
    assert fault in " ".join(check_terms(replace(TERMS, reserves=reserves)))


def test_seats_kept_below_count_for_the_group_above() -> None:
    assert (
        check_terms(
            replace(TERMS, reserves=(SeatReserve("women", 7), SeatReserve("women", 7, "general")))
        )
        == []
    )
