"""Every outcome of the register: its part of the terms is written and read, checked, laid out as a
tree, typed on its design page, and handed to a selection.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from anso.kernel.errors import BadDefinition, BadInput
from anso.kernel.questions import Form, Meaning, Section, check_form
from anso.kernel.terms import (
    Group,
    Host,
    Level,
    OutcomePart,
    PlaceNode,
    PlaceReserve,
    Terms,
    check_terms,
    to_plain,
)
from anso.kernel.wording import Text
from anso.programmes.outcomes import (
    OUTCOMES,
    Admission,
    Award,
    Grant,
    Pairing,
    Places,
    Prize,
    Recognition,
    Undertaking,
    find_outcome,
    read_outcome,
)
from anso.selection.allocation import Candidate, Ceiling, QuotaNode, Reserve

WORDS = Text({"en": "x", "ar": "س"})
PLACES = Places(
    (PlaceNode("all", WORDS, 3), PlaceNode("leaf", WORDS, 3, "all", "phd", "UCAS")),
    (PlaceReserve("women", 1, "leaf"),),
    country_ceiling=2,
)
PRIZE = Prize((Award("youth", WORDS, 1, "youth"), Award("life", WORDS, 2, "life")))
GRANT = Grant(5, Decimal(3_500_000), Decimal(1_000_000), "CNY", WORDS)
RECOGNITION = Recognition(4, WORDS)
PAIRING = Pairing(
    9, WORDS, "volunteer", points={"fields": 40, "waiting": 0}, safeguarding="Safe <a@b.example>"
)
ASKED = Pairing(9, WORDS, answer_days=14, safeguarding="Safe <a@b.example>")
PARTS = (PLACES, PRIZE, GRANT, RECOGNITION, Admission(3, WORDS), Undertaking(2, WORDS), PAIRING)
each_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)


def test_every_outcome_has_its_row_here() -> None:
    assert [part.code for part in PARTS] == list(OUTCOMES)
    assert [outcome.code for outcome in OUTCOMES.values()] == list(OUTCOMES)


@each_part
def test_its_part_of_the_terms_survives_json_and_is_sound(part: OutcomePart) -> None:
    assert read_outcome(json.loads(json.dumps(to_plain(part)))) == part
    groups = tuple(Group(key, WORDS, Meaning.COUNTRY) for key in part.named_groups())
    levels, hosts = ({getattr(node, name) for node in part.tree()} for name in ("level", "host"))
    terms = Terms(
        levels=tuple(Level(key, WORDS) for key in levels - {""}),
        hosts=tuple(Host(key, WORDS) for key in hosts - {""}),
        outcome=part,
        groups=groups,
    )
    assert check_terms(terms) == []


@each_part
def test_its_design_page_asks_sound_questions_whose_answers_change_nothing_by_themselves(
    part: OutcomePart,
) -> None:
    questions = find_outcome(part.code).questions
    assert not questions or check_form(Form((Section("own", WORDS, questions),))) == []
    assert {question.key for question in questions} == set(part.answers())
    assert part.with_answers(part.answers()) == part
    assert all({"en", "ar"} == set(question.label) for question in questions)


@each_part
def test_numbers_are_typed_beside_nodes_of_its_tree(part: OutcomePart) -> None:
    keys = part.counted()
    assert set(keys) <= {node.key for node in part.tree()}
    changed = part.with_counts(dict.fromkeys(keys, 7))
    assert all(changed.node(key).capacity == 7 for key in keys)  # type: ignore[union-attr]
    assert part.with_counts({}) == part


@each_part
def test_a_selection_is_asked_for_the_tree_as_it_stands(part: OutcomePart) -> None:
    people = (Candidate("A", (), frozenset({"country:KE", "women"})),)
    limits = find_outcome(part.code).limits(part, people)
    assert [quota.capacity for quota in limits.quotas] == [node.capacity for node in part.tree()]
    assert sum(quota.capacity for quota in limits.quotas if quota.parent is None) > 0
    assert part.keeps_for_groups == (part is PLACES)
    if part is PLACES:
        assert limits.quotas[1] == QuotaNode("leaf", 3, "all", frozenset())
        assert limits.ceilings == (Ceiling("country:KE", 2),)
        assert limits.reserves == (Reserve("women", 1, "leaf"),)
    else:
        assert (limits.ceilings, limits.reserves) == ((), ())
        assert part.with_reserves((PlaceReserve("women", 1),)) == part


def test_trees_follow_from_what_each_outcome_declares() -> None:
    assert [(node.key, node.capacity, node.level) for node in PRIZE.tree()] == [
        ("all", 3, ""),
        ("youth", 1, "youth"),
        ("life", 2, "life"),
    ]
    assert GRANT.capacity() == 5
    assert GRANT.purse == (Decimal(3_500_000), "CNY")
    assert replace(GRANT, budget=None).purse is None
    assert (PRIZE.purse, PRIZE.cost_of(Decimal(3))) == (None, 0)
    assert RECOGNITION.capacity() == 4
    assert [leaf.key for leaf in PAIRING.leaves()] == ["in-matching"]
    assert Prize().tree() == ()


@pytest.mark.parametrize(
    ("asked", "most", "costs"),
    [(300, 1_000, 300), (1_001, 1_000, 1_000), (0, 1_000, 0), (None, 1_000, 1_000), (7, None, 7)],
)
def test_a_grant_costs_what_is_asked_and_no_more_than_the_most(
    asked: int | None, most: int | None, costs: int
) -> None:
    part = replace(GRANT, most_each=None if most is None else Decimal(most))
    assert part.cost_of(None if asked is None else Decimal(asked)) == costs


def test_a_grant_of_which_nobody_knows_the_price_has_none() -> None:
    assert replace(GRANT, most_each=None).cost_of(None) is None


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (replace(PLACES, country_ceiling=0), "at least one"),
        (Prize(), "no award"),
        (replace(GRANT, currency=""), "needs its currency"),
        (replace(GRANT, most_each=Decimal(0)), "worth something"),
        (replace(GRANT, most_each=Decimal(-1)), "worth something"),
        (replace(GRANT, budget=Decimal(999_999)), "does not pay for one grant"),
        (replace(GRANT, budget=Decimal(0), most_each=None), "does not pay for one grant"),
        (replace(RECOGNITION, batch=0), "at least one"),
        (replace(PAIRING, safeguarding=" "), "do not feel safe"),
        (replace(PAIRING, most_open=0), "one request is open"),
        (replace(PAIRING, points={"fields": 0}), "ordered by something"),
        (replace(PAIRING, points={"fields": 9, "days": -1}), "none below 0"),
        (replace(ASKED, answer_days=None), "one day to answer"),
    ],
)
def test_what_contradicts_itself_is_a_fault(part: OutcomePart, fault: str) -> None:
    assert any(fault in str(found) for found in check_terms(Terms(outcome=part)))


def test_what_an_officer_types_is_kept() -> None:
    typed = {"most": "4", "budget": "2000000", "most_each": "500000", "currency": "usd"}
    assert GRANT.with_answers(typed) == Grant(4, Decimal(2_000_000), Decimal(500_000), "USD", WORDS)
    assert GRANT.with_answers({"most": "4"}) == Grant(4, None, None, "", WORDS)
    assert RECOGNITION.with_answers({"batch": "9"}).capacity() == 9
    assert PLACES.with_answers({"country_ceiling": None}).country_ceiling is None
    typed = {"batch": "2", "most_open": "4", "answer_days": "7", "points_days": "5"}
    asks = PAIRING.with_answers(typed)
    assert (asks.batch, asks.most_open, asks.answer_days, asks.points) == (2, 4, None, {"days": 5})
    asked = ASKED.with_answers(typed)
    assert (asked.answer_days, asked.points, asked.safeguarding) == (7, {}, "")
    assert ASKED.with_answers(ASKED.answers()) == read_outcome(to_plain(ASKED)) == ASKED
    with pytest.raises(BadInput, match="is not a whole number"):
        RECOGNITION.with_answers({"batch": "2.5"})


def test_an_unknown_outcome_is_refused_and_a_call_may_give_nothing() -> None:
    with pytest.raises(BadDefinition, match="no outcome “lottery”"):
        read_outcome({"code": "lottery"})
    nothing = read_outcome({})
    assert (nothing.tree(), nothing.capacity(), nothing.country_ceiling) == ((), 0, None)
    assert nothing.with_answers({}) is nothing.with_counts({}) is nothing
