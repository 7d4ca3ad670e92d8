"""What a call promises: reading, looking up, and finding what is wrong."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from anso.kernel.errors import BadDefinition
from anso.kernel.questions import Meaning
from anso.kernel.terms import (
    Benefit,
    Criterion,
    EntryKind,
    Group,
    Host,
    LetterRule,
    Level,
    PlaceNode,
    PlaceReserve,
    Rubric,
    Stage,
    Terms,
    check_terms,
    require_sound_terms,
    to_plain,
)
from anso.kernel.wording import Text
from anso.programmes.outcomes import Places, read_terms

WORDS = Text({"en": "x", "ar": "س"})
DAY = dt.date(2027, 3, 1)
CRITERION = Criterion("quality", WORDS, Decimal("0.6"), WORDS, ((1, WORDS), (6, WORDS)))
RUBRIC = Rubric((CRITERION, replace(CRITERION, key="plan", weight=Decimal("0.4"))))
NODES = (
    PlaceNode("all", WORDS, 10),
    PlaceNode("general", WORDS, 7, "all", "phd", "UCAS", "CAS"),
    PlaceNode(
        "special", WORDS, 3, "all", "phd", "UCAS", "TWAS", only=("developing",), favour=("LDC",)
    ),
)
TERMS = Terms(
    levels=(Level("phd", WORDS),),
    hosts=(Host("UCAS", WORDS),),
    outcome=Places(
        NODES, (PlaceReserve("women", 2), PlaceReserve("LDC", 1, "general")), country_ceiling=20
    ),
    rubric=RUBRIC,
    letters=(LetterRule("referee", 2),),
    stages=(Stage("review", "review", WORDS, DAY, DAY),),
    benefits=(
        Benefit("stipend", WORDS, WORDS, Decimal(6000), "CNY", "month", ("phd",), ("CAS",)),
        Benefit("travel", WORDS, WORDS),
    ),
    rules=({"code": "programme"},),
    entry=EntryKind.NOMINATION,
    entries_each=2,
    check_keys=("level", "title"),
    groups=(
        Group("women", WORDS, Meaning.GENDER, ("woman",), is_sensitive=True),
        Group("LDC", WORDS, Meaning.COUNTRY, country_class="LDC"),
        Group("developing", WORDS, Meaning.COUNTRY, country_class="developing"),
    ),
    figures=("women",),
)


def with_outcome(**changed: Any) -> Terms:
    """The same terms with other places."""
    assert isinstance(TERMS.outcome, Places)
    return replace(TERMS, outcome=replace(TERMS.outcome, **changed))


def test_terms_survive_json() -> None:
    assert read_terms(json.loads(json.dumps(to_plain(TERMS)))) == TERMS
    assert read_terms({}) == Terms()


def test_sound_terms_have_no_fault() -> None:
    assert check_terms(TERMS) == []
    assert check_terms(Terms()) == []
    assert require_sound_terms(TERMS) is TERMS


def test_special_money_is_used_before_general_money_and_what_favours_somebody_last() -> None:
    assert [node.key for node in TERMS.outcome.leaves()] == ["general", "special"]
    assert [node.key for node in TERMS.outcome.leaves_for("phd", "UCAS")] == ["general", "special"]
    plain = Places(tuple(replace(node, favour=()) for node in NODES))
    assert [node.key for node in plain.leaves_for("phd", "UCAS")] == ["special", "general"]
    assert TERMS.outcome.leaves_for("phd", "USTC") == ()


def test_parts_are_found_by_key() -> None:
    assert TERMS.letter_rule("referee") == LetterRule("referee", 2)
    assert TERMS.letter_rule("supervisor") is None
    assert TERMS.with_rubric(Rubric(())).rubric.criteria == ()
    with pytest.raises(KeyError):
        TERMS.host("MIT")


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        (with_outcome(nodes=(NODES[1], NODES[1], NODES[0])), "same key"),
        (with_outcome(nodes=(replace(NODES[0], capacity=-1),)), "cannot be negative"),
        (with_outcome(nodes=(replace(NODES[0], parent="nowhere"),)), "“nowhere”, does not exist"),
        (with_outcome(nodes=NODES[:2]), "hold 7, fewer than its 10"),
        (replace(TERMS, rubric=replace(RUBRIC, scale_lowest=6)), "highest score must be above"),
        (replace(TERMS, rubric=Rubric((CRITERION,))), r"sum to 0\.6"),
        (
            replace(TERMS, rubric=Rubric((CRITERION, replace(CRITERION, weight=Decimal("0.4"))))),
            "Two criteria",
        ),
        (
            replace(TERMS, stages=(replace(TERMS.stages[0], block="dance"),)),
            "“dance” is not a kind of stage",
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
    both = replace(NODES[2], favour=("LDC", "women"))
    terms = with_outcome(nodes=(*NODES[:2], both), reserves=())
    assert terms.outcome.all_reserves() == (PlaceReserve("LDC|women", 3, "special"),)
    assert check_terms(terms) == []


@pytest.mark.parametrize(
    ("reserves", "fault"),
    [
        ((PlaceReserve("women", 0),), "Keep at least one"),
        ((PlaceReserve("women", 1, "nowhere"),), "which does not exist"),
        (
            (PlaceReserve("women", 1), PlaceReserve("women", 2)),
            "kept for it twice",
        ),
        ((PlaceReserve("LDC", 1, "special"),), "kept for it twice"),
        ((PlaceReserve("women", 8, "general"),), "x: 8 are kept for groups, more than the 7"),
        ((PlaceReserve("women", 1, "special"),), "x: 4 are kept for groups, more than the 3"),
        ((PlaceReserve("tall", 1),), "“tall” is no group of people"),
        ((PlaceReserve("women", 8),), "In all, 11 are kept for groups, more than the 10"),
    ],
)
def test_reserves_that_cannot_be_kept_are_faults(
    reserves: tuple[PlaceReserve, ...], fault: str
) -> None:
    assert fault in " ".join(str(fault) for fault in check_terms(with_outcome(reserves=reserves)))


def test_places_kept_below_count_for_the_group_above() -> None:
    assert (
        check_terms(
            with_outcome(reserves=(PlaceReserve("women", 7), PlaceReserve("women", 7, "general")))
        )
        == []
    )
