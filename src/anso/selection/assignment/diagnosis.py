"""Why no assignment exists, and the smallest change of the limits that makes one possible.

Here belong the relaxed problem in which every limit may be exceeded at a cost of one for each unit,
and the sentences that say which limit, for which item. Conflicts are never given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy import sparse

from anso.selection.assignment.board import Board, Pairs, Whole, set_up_board
from anso.selection.assignment.certificate import first_pairs
from anso.selection.assignment.integer_program import Program, program_of, rows_of, solve_program
from anso.selection.assignment.problem import AssignmentProblem
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

_FLOOR, _CEILING, _MISSING, _RULE = 1000, 1001, 1002, 1003
_NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One limit to change: its kind, the name it belongs to, by how many units, and the sentence
    that says so.
    """

    kind: str
    name: str
    amount: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Whether an assignment exists; if not, what stands in the way and the fewest units of change
    that make it so.

    `applications` and `reviewers` are the part of the question that is too tight (empty when only
    rules are).
    """

    is_possible: bool
    causes: tuple[str, ...]
    relaxations: tuple[Relaxation, ...]
    units: int
    applications: tuple[str, ...]
    reviewers: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the diagnosis as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


class InfeasibleAssignment(SelectionError):
    """No assignment meets all limits; `diagnosis` says why and what would be enough."""

    def __init__(self, diagnosis: Diagnosis) -> None:
        """Speak in the sentences of the diagnosis."""
        self.diagnosis = diagnosis
        steps = " ".join(relaxation.sentence for relaxation in diagnosis.relaxations[:_NAMES_SHOWN])
        rest = len(diagnosis.relaxations) - _NAMES_SHOWN
        more = f" And {rest} more changes." if rest > 0 else ""
        super().__init__(
            f"No assignment meets all limits. {' '.join(diagnosis.causes)} The smallest change:"
            f" {steps}{more}"
        )


def diagnose_assignment(problem: AssignmentProblem) -> Diagnosis:
    """Return whether an assignment exists, what stands in the way, and the fewest units of change
    that allow one.

    One unit is one review less for an application, one more or less for a reviewer's load, or one
    more or less for a rule at one application. Among equally small changes lower floors come before
    higher ceilings, then missing reviews, then rules.
    """
    board = set_up_board(problem)
    pairs = board.pairs()
    if not problem.rules:
        return _state(problem, board, pairs, _relax_loads(board, pairs))
    return _relax_rules(problem, board)


def require_possible(problem: AssignmentProblem, board: Board) -> SelectionError:
    """Return the refusal to raise when a solver found nothing."""
    found = diagnose_assignment(problem)
    if found.is_possible:
        return SelectionError("No assignment was found in the time given; one may exist.")
    return InfeasibleAssignment(found)


class _Relaxed(NamedTuple):
    """The gentlest relaxed assignment: pairs made, reviews missing, each reviewer's change of
    limits, rule steps.
    """

    made: Whole
    missing: Whole
    change: Whole
    rules: tuple[Relaxation, ...]


def _relax_loads(board: Board, pairs: Pairs) -> _Relaxed:
    rows, columns = board.shape
    sink, total = rows + columns, int(board.reviews.sum())
    reviewers, ends = rows + np.arange(columns), np.full(columns, sink)
    beyond = [np.full(columns, size) for size in (1, 1, 2, 4, total)]
    room = [board.floors, board.ceilings - board.floors, *beyond]
    steps = [_MISSING + 9, -_FLOOR, 0, *(_CEILING + tier for tier in range(5))]
    solver = min_cost_flow.SimpleMinCostFlow()
    tail = np.concatenate([pairs.application, np.arange(rows), *[reviewers] * len(room)])
    head = np.concatenate([rows + pairs.reviewer, np.full(rows, sink), *[ends] * len(room)])
    capacity = np.concatenate([np.ones(len(pairs.worth), dtype=np.int64), board.reviews, *room])
    cost = np.repeat([0, *steps], [len(pairs.worth), rows, *[columns] * len(room)])
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    solver.set_nodes_supplies(
        np.arange(sink + 1), np.r_[board.reviews, np.zeros(columns, dtype=np.int64), -total]
    )
    solver.solve()
    flows = np.asarray(solver.flows(arcs), dtype=np.int64)
    made, missing = flows[: len(pairs.worth)], flows[len(pairs.worth) : len(pairs.worth) + rows]
    return _Relaxed(
        made, missing, _change(board, np.bincount(pairs.reviewer[made > 0], minlength=columns)), ()
    )


def _change(board: Board, loads: Whole) -> Whole:
    return np.where(
        loads > board.ceilings, loads - board.ceilings, np.minimum(loads - board.floors, 0)
    )


def _state(problem: AssignmentProblem, board: Board, pairs: Pairs, relaxed: _Relaxed) -> Diagnosis:
    made, missing, change, rules = relaxed
    found = [*_missing_steps(problem, missing), *_load_steps(problem, board, change), *rules]
    rows, columns = _tight_part(board, pairs, made, missing, change)
    causes = [*_local_causes(problem, board, pairs), *_floor_causes(problem, board, change)]
    applications = tuple(problem.applications[row] for row in rows)
    reviewers = tuple(problem.reviewers[column] for column in columns)
    if len(rows):
        causes.append(_tight_sentence(board, applications, reviewers, rows, columns))
    causes += [f"{step.name}: the rule cannot hold with the other limits." for step in rules]
    units = sum(step.amount for step in found)
    return Diagnosis(
        not units, tuple(causes) if units else (), tuple(found), units, applications, reviewers
    )


def _missing_steps(problem: AssignmentProblem, missing: Whole) -> list[Relaxation]:
    steps = []
    for row in np.flatnonzero(missing).tolist():
        name, amount = problem.applications[row], int(missing[row])
        steps.append(
            Relaxation(
                "reviews",
                name,
                amount,
                f"ask {amount} fewer of the reviews of {name}, or find {amount} new reviewers"
                " for it.",
            )
        )
    return steps


def _load_steps(problem: AssignmentProblem, board: Board, change: Whole) -> list[Relaxation]:
    steps = []
    for column in np.flatnonzero(change).tolist():
        name, amount = problem.reviewers[column], abs(int(change[column]))
        if change[column] > 0:
            limit = int(board.ceilings[column])
            sentence = f"raise the largest load of {name} from {limit} to {limit + amount}."
            steps.append(Relaxation("largest load", name, amount, sentence))
        else:
            limit = int(board.floors[column])
            sentence = f"lower the smallest load of {name} from {limit} to {limit - amount}."
            steps.append(Relaxation("smallest load", name, amount, sentence))
    return steps


def _local_causes(problem: AssignmentProblem, board: Board, pairs: Pairs) -> list[str]:
    possible = np.bincount(pairs.application, minlength=len(problem.applications))
    short = np.flatnonzero(possible < board.reviews)
    return [
        f"{problem.applications[row]} needs {board.reviews[row]} reviews but only {possible[row]}"
        " reviewers may review it."
        for row in short.tolist()
    ]


def _floor_causes(problem: AssignmentProblem, board: Board, change: Whole) -> list[str]:
    if not np.any(change < 0):
        return []
    needed, promised = int(board.reviews.sum()), int(board.floors.sum())
    if promised > needed:
        return [f"The smallest loads add up to {promised}, but only {needed} reviews are needed."]
    names = [problem.reviewers[column] for column in np.flatnonzero(change < 0)]
    return [f"The smallest load cannot be reached by {_listed(names)}."]


def _tight_part(
    board: Board, pairs: Pairs, made: Whole, missing: Whole, change: Whole
) -> tuple[Whole, Whole]:
    """Return the applications that compete for too few places, and all reviewers who may review
    them.
    """
    rows, columns = missing > 0, change > 0
    used = made > 0
    while True:
        wider = rows.copy()
        wider[pairs.application[used & columns[pairs.reviewer]]] = True
        reach = columns.copy()
        reach[pairs.reviewer[wider[pairs.application] & ~used]] = True
        reach[pairs.reviewer[wider[pairs.application] & used]] = True
        if np.array_equal(wider, rows) and np.array_equal(reach, columns):
            return np.flatnonzero(rows), np.flatnonzero(columns)
        rows, columns = wider, reach


def _tight_sentence(
    board: Board,
    applications: tuple[str, ...],
    reviewers: tuple[str, ...],
    rows: Whole,
    columns: Whole,
) -> str:
    needed, places = int(board.reviews[rows].sum()), int(board.ceilings[columns].sum())
    return (
        f"{_listed(applications)} together need {needed} reviews, "
        f"but those who may review them ({_listed(reviewers) or 'nobody'}) have {places} places."
    )


def _listed(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(names[:_NAMES_SHOWN])
    return shown if len(names) <= _NAMES_SHOWN else f"{shown} and {len(names) - _NAMES_SHOWN} more"


def _relax_rules(problem: AssignmentProblem, board: Board) -> Diagnosis:
    pairs = first_pairs(board, widening=4)
    rows = rows_of(board, pairs)
    count, (applications, reviewers), rules = len(pairs.worth), board.shape, len(rows.rule)
    base = program_of(rows, pairs, whole=True)
    plain = Program(base.matrix, base.lower, base.upper, np.zeros(count), base.most, count)
    more, less = sparse.eye_array(len(base.lower)), -sparse.eye_array(len(base.lower))
    counted = [applications, reviewers, rules]
    up = np.repeat([_MISSING, _FLOOR, _RULE], counted) / 1000
    down = np.repeat([_MISSING, _CEILING, _RULE], counted) / 1000
    room = np.full(len(base.lower), float(board.reviews.sum()))
    never = np.r_[np.zeros(applications), room[applications:]]
    relaxed = plain.widened(more, up, room).widened(less, down, never)
    found = solve_program(relaxed)
    if found is None:  # pragma: no cover
        raise SelectionError("The limits contradict each other in a way that no relaxation mends.")
    whole = np.rint(found.columns).astype(np.int64)
    made, short, over = np.split(whole, [count, count + len(base.lower)])
    change = (
        over[applications : applications + reviewers]
        - short[applications : applications + reviewers]
    )
    from_rules = slice(applications + reviewers, None)
    steps = []
    for row, rule, up_by, down_by in zip(
        rows.application, rows.rule, short[from_rules], over[from_rules], strict=True
    ):
        if up_by or down_by:
            steps.append(_rule_step(problem, int(row), int(rule), int(up_by), int(down_by)))
    return _state(problem, board, pairs, _Relaxed(made, short[:applications], change, tuple(steps)))


def _rule_step(
    problem: AssignmentProblem, row: int, number: int, short: int, over: int
) -> Relaxation:
    rule, application = problem.rules[number], problem.applications[row]
    name = f"{rule.name} for {application}"
    if short:
        return Relaxation(
            "rule", name, short, f"let {application} have {short} fewer from {rule.name}."
        )
    return Relaxation("rule", name, over, f"let {application} have {over} more from {rule.name}.")
