"""When nothing is possible: which limit, for which item, and the smallest change that helps."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from anso.selection.assignment import (
    AssignmentProblem,
    GroupRule,
    InfeasibleAssignment,
    assign_reviewers,
    diagnose_assignment,
)
from anso.selection.assignment.problem import counts_for
from tests.selection.assignment.boards import CROSSING, every_answer, questions


def ask(**change: object) -> AssignmentProblem:
    plain = {
        "applications": ("a", "b"),
        "reviewers": ("p", "q", "r"),
        "affinity": np.full((2, 3), 0.5),
        "max_load": 2,
        "reviews_each": 2,
    }
    return AssignmentProblem(**{**plain, **change})  # type: ignore[arg-type]


def relaxed(problem: AssignmentProblem) -> AssignmentProblem:
    """The question after the proposed changes."""
    reviews = dict(
        zip(
            problem.applications,
            counts_for(problem.reviews_each, problem.applications, ""),
            strict=True,
        )
    )
    floors = dict(
        zip(problem.reviewers, counts_for(problem.min_load, problem.reviewers, ""), strict=True)
    )
    ceilings = dict(
        zip(problem.reviewers, counts_for(problem.max_load, problem.reviewers, ""), strict=True)
    )
    for step in diagnose_assignment(problem).relaxations:
        if step.kind == "reviews":
            reviews[step.name] -= step.amount
        elif step.kind == "smallest load":
            floors[step.name] -= step.amount
        else:
            ceilings[step.name] += step.amount
    kept = [name for name in problem.applications if reviews[name]]
    rows = [problem.applications.index(name) for name in kept]
    return AssignmentProblem(
        applications=tuple(kept),
        reviewers=problem.reviewers,
        affinity=np.asarray(problem.affinity)[rows],
        max_load=[int(n) for n in ceilings.values()],
        min_load=[int(n) for n in floors.values()],
        reviews_each=[int(reviews[name]) for name in kept],
        conflicts=frozenset(pair for pair in problem.conflicts if pair[0] in kept),
    )


@settings(max_examples=30, deadline=None)
@given(questions())
def test_proposed_changes_are_enough_and_none_is_proposed_without_need(
    problem: AssignmentProblem,
) -> None:
    diagnosis = diagnose_assignment(problem)
    assert diagnosis.is_possible == any(True for _ in every_answer(problem))
    assert diagnosis.units == sum(step.amount for step in diagnosis.relaxations)
    if not diagnosis.is_possible:
        assert diagnosis.causes
        mended = relaxed(problem)
        assert any(True for _ in every_answer(mended))


@settings(max_examples=25, deadline=None)
@given(questions(CROSSING))
def test_rules_are_found_impossible_exactly_when_no_assignment_keeps_them(
    problem: AssignmentProblem,
) -> None:
    assert diagnose_assignment(problem).is_possible == any(True for _ in every_answer(problem))


def test_application_with_too_few_reviewers_is_named() -> None:
    problem = ask(conflicts=frozenset({("a", "p"), ("a", "q")}))
    with pytest.raises(
        InfeasibleAssignment, match="a needs 2 reviews but only 1 reviewers may review it"
    ) as refusal:
        assign_reviewers(problem)
    step = refusal.value.diagnosis.relaxations[0]
    assert (step.kind, step.name, step.amount) == ("reviews", "a", 1)
    assert "find 1 new reviewers" in step.sentence


def test_applications_that_compete_for_too_few_places_are_named_with_their_reviewers() -> None:
    diagnosis = diagnose_assignment(ask(max_load=1))
    assert diagnosis.units == 1
    assert diagnosis.applications == ("a", "b")
    assert (
        "a, b together need 4 reviews, but those who may review them (p, q, r) have 3 places."
        in diagnosis.causes
    )
    assert diagnosis.relaxations[0].sentence.startswith("raise the largest load of")


def test_smallest_loads_that_add_up_to_too_much_are_named() -> None:
    diagnosis = diagnose_assignment(ask(min_load=2))
    assert diagnosis.causes == ("The smallest loads add up to 6, but only 4 reviews are needed.",)
    assert diagnosis.units == 2


def test_smallest_load_that_conflicts_prevent_is_named() -> None:
    problem = ask(min_load=[1, 0, 0], conflicts=frozenset({("a", "p"), ("b", "p")}))
    assert diagnose_assignment(problem).causes == ("The smallest load cannot be reached by p.",)


def test_rule_that_cannot_hold_is_named_with_the_smallest_change() -> None:
    senior = GroupRule("senior", frozenset({"p"}), at_least=1, applications=frozenset({"a"}))
    problem = ask(rules=(senior,), conflicts=frozenset({("a", "p")}))
    with pytest.raises(InfeasibleAssignment, match="senior for a: the rule cannot hold") as refusal:
        assign_reviewers(problem)
    (step,) = refusal.value.diagnosis.relaxations
    assert step.sentence == "let a have 1 fewer from senior."


def test_ceiling_of_a_rule_is_relaxed_when_only_that_helps() -> None:
    rules = (GroupRule("home", frozenset({"p", "q", "r"}), at_most=1),)
    diagnosis = diagnose_assignment(ask(rules=rules))
    assert {step.sentence for step in diagnosis.relaxations} == {
        "let a have 1 more from home.",
        "let b have 1 more from home.",
    } or diagnosis.units == 2


def test_long_diagnoses_are_shortened_in_the_message_and_whole_in_the_answer() -> None:
    names = tuple(f"a{number}" for number in range(9))
    problem = AssignmentProblem(names, ("p",), np.zeros((9, 1)), 9, 0, 2)
    with pytest.raises(InfeasibleAssignment, match="And 4 more changes") as refusal:
        assign_reviewers(problem)
    plain = refusal.value.diagnosis.to_dict()
    assert len(plain["relaxations"]) == 9
    assert json.loads(json.dumps(plain)) == plain
    assert "a4 and 4 more" in str(refusal.value)


def test_possible_question_has_no_cause() -> None:
    diagnosis = diagnose_assignment(replace(ask(), max_load=3))
    assert (diagnosis.is_possible, diagnosis.causes, diagnosis.relaxations) == (True, (), ())
