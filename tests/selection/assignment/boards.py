"""Small questions and their best answers by trying everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from anso.selection.assignment import AssignmentProblem, GroupRule
from anso.selection.assignment.problem import counts_for

ROOT = Path(__file__).parents[2] / "data" / "selection" / "assignment"
Pairs = frozenset[tuple[str, str]]


def real_bids(name: str, max_load: int, **more: Any) -> AssignmentProblem:
    """Return the question of a real conference."""
    rows, columns, *scores = (ROOT / f"{name}.in").read_text().split()
    applications = tuple(f"paper {number}" for number in range(int(rows)))
    reviewers = tuple(f"reviewer {number}" for number in range(int(columns)))
    table = np.array(scores, dtype=float).reshape(len(applications), len(reviewers))
    return AssignmentProblem(applications, reviewers, table, max_load, **more)


def scores_of(problem: AssignmentProblem) -> dict[tuple[str, str], int]:
    table = np.asarray(problem.affinity)
    return {
        (a, r): round(float(table[i, j]) * 1_000_000)
        for i, a in enumerate(problem.applications)
        for j, r in enumerate(problem.reviewers)
        if (a, r) not in problem.conflicts
    }


def every_answer(problem: AssignmentProblem) -> Iterator[Pairs]:
    """Yield every permitted assignment."""
    scores = scores_of(problem)
    counts = counts_for(problem.reviews_each, problem.applications, "reviews")
    choices = []
    for application, count in zip(problem.applications, counts, strict=True):
        able = [reviewer for reviewer in problem.reviewers if (application, reviewer) in scores]
        choices.append(
            [
                team
                for team in combinations(able, int(count))
                if keeps_rules(problem, application, team)
            ]
        )
    for teams in product(*choices):
        if keeps_loads(problem, Counter(name for team in teams for name in team)):
            yield frozenset(
                (a, r) for a, team in zip(problem.applications, teams, strict=True) for r in team
            )


def keeps_rules(problem: AssignmentProblem, application: str, team: tuple[str, ...]) -> bool:
    for rule in problem.rules:
        inside = len(rule.members.intersection(team))
        here = rule.applications is None or application in rule.applications
        if here and not rule.at_least <= inside <= (
            len(team) if rule.at_most is None else rule.at_most
        ):
            return False
    return True


def keeps_loads(problem: AssignmentProblem, loads: Counter[str]) -> bool:
    floors = counts_for(problem.min_load, problem.reviewers, "floor")
    ceilings = counts_for(problem.max_load, problem.reviewers, "ceiling")
    return all(
        low <= loads[name] <= high
        for name, low, high in zip(problem.reviewers, floors, ceilings, strict=True)
    )


def worth(problem: AssignmentProblem, pairs: Pairs) -> int:
    scores = scores_of(problem)
    return sum(scores[pair] for pair in pairs)


NESTED = (
    GroupRule("country A", frozenset({"p", "q", "r"}), at_most=2),
    GroupRule("institute A1", frozenset({"p", "q"}), at_most=1, applications=frozenset({"a", "b"})),
)
CROSSING = (
    GroupRule("institute", frozenset({"p", "q"}), at_most=1),
    GroupRule("senior", frozenset({"q", "s"}), at_least=1),
)


@st.composite
def questions(draw: st.DrawFn, rules: tuple[GroupRule, ...] = ()) -> AssignmentProblem:
    """Small questions, some of them impossible."""
    applications, reviewers = tuple("abc"), tuple("pqrs")
    scores = draw(st.lists(st.integers(-4, 8), min_size=12, max_size=12))
    conflicts = draw(
        st.sets(st.tuples(st.sampled_from(applications), st.sampled_from(reviewers)), max_size=4)
    )
    return AssignmentProblem(
        applications=applications,
        reviewers=reviewers,
        affinity=np.array(scores).reshape(3, 4) / 8,
        max_load=draw(st.lists(st.integers(1, 3), min_size=4, max_size=4)),
        min_load=draw(st.sampled_from([0, 0, 1])),
        reviews_each=draw(st.lists(st.integers(1, 2), min_size=3, max_size=3)),
        conflicts=frozenset(conflicts),
        rules=rules,
    )
