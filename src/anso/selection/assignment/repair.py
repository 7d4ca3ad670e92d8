"""Mending an assignment after reviewers decline, disturbing as few of the others as possible.

Here belongs the repair. A new assignment from the beginning belongs to `best`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anso.selection.assignment.answer import in_units, named_pairs
from anso.selection.assignment.best import solve_board
from anso.selection.assignment.board import BANNED, Board, Pairs, Whole, set_up_board
from anso.selection.assignment.diagnosis import require_possible
from anso.selection.assignment.explanations import AssignedPair, explain_pairs
from anso.selection.assignment.flow import nested_order
from anso.selection.assignment.problem import UNITS, AssignmentProblem
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "assignment-repair/1"
_CROSSING_BONUS = 100 * UNITS

NamedPairs = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Repair:
    """The mended assignment: all pairs, how many stayed, which are new, and which had to be given
    up.

    `given_up` leaves out the declined pairs: it is the disturbance of others. `is_proven` says that
    no repair disturbs fewer and that among those none has more affinity.
    """

    method: str
    pairs: tuple[AssignedPair, ...]
    kept: int
    added: tuple[AssignedPair, ...]
    given_up: tuple[tuple[str, str], ...]
    total: Decimal
    is_proven: bool

    def explain(self, key: str) -> tuple[str, ...]:
        """Return who reviews `key` or what `key` reviews now, and which of it is new or was given
        up.
        """
        new = (
            f"{pair.reviewer} is new for {pair.application}."
            for pair in self.added
            if key in (pair.application, pair.reviewer)
        )
        lost = [
            f"{reviewer} had to give {application} up."
            for application, reviewer in self.given_up
            if key in (application, reviewer)
        ]
        has_pairs = any(key in (pair.application, pair.reviewer) for pair in self.pairs)
        # Whoever gave all up has no pair left to tell of.
        now = explain_pairs(self.pairs, key) if has_pairs or not lost else ()
        return (*now, *new, *lost)

    def to_dict(self) -> dict[str, Any]:
        """Return the repair as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def repair_assignment(
    problem: AssignmentProblem,
    current: NamedPairs,
    declined: NamedPairs,
    seconds: float | None = None,
) -> Repair:
    """Return the assignment that keeps the most of `current` and, among those, has the most
    affinity.

    `declined` pairs are never made again; a reviewer who leaves altogether declines every
    application. Pairs of `current` that have become conflicts are given up. When groups of rules
    cross, staying counts as a hundred points of affinity and `seconds` may cut the search short.
    Refuses unknown names; raises `InfeasibleAssignment` when nobody can take the places.
    """
    lost = _cells(problem, declined)
    board = _without(set_up_board(problem), lost)
    columns = board.shape[1]
    stays = board.among(np.setdiff1d(_cells(problem, current), lost))
    bonus = (
        # More than all other pairs together could win or lose: one pair kept outweighs every change
        # of affinity.
        int(board.reviews.sum()) * (board.spread + 1)
        if nested_order(board) is not None
        else _CROSSING_BONUS
    )
    _, proven = solve_board(board, seconds, stays._replace(worth=stays.worth + bonus))
    if proven is None:
        raise require_possible(replace(problem, conflicts=_all_bans(problem, lost)), board)
    chosen = proven.chosen
    is_kept = np.isin(
        chosen.application * columns + chosen.reviewer, stays.application * columns + stays.reviewer
    )
    true_worth = chosen.worth - np.where(is_kept, bonus, 0)
    pairs = named_pairs(problem, chosen._replace(worth=true_worth))
    made = {(pair.application, pair.reviewer) for pair in pairs}
    before = set(current)
    return Repair(
        method=METHOD,
        pairs=pairs,
        kept=int(is_kept.sum()),
        added=tuple(pair for pair in pairs if (pair.application, pair.reviewer) not in before),
        given_up=tuple(sorted(before - made - set(declined))),
        total=in_units(int(true_worth.sum())),
        is_proven=proven.bound == int(chosen.worth.sum()),
    )


def _cells(problem: AssignmentProblem, named: NamedPairs) -> Whole:
    row = {name: place for place, name in enumerate(problem.applications)}
    column = {name: place for place, name in enumerate(problem.reviewers)}
    for application, reviewer in named:
        if application not in row or reviewer not in column:
            raise SelectionError(f"The pair “{application}” and “{reviewer}” has an unknown name.")
    cells = {row[application] * len(column) + column[reviewer] for application, reviewer in named}
    return np.array(sorted(cells), dtype=np.int64)


def _without(board: Board, cells: Whole) -> Board:
    if board.listed is not None:
        free = ~np.isin(board.listed.application * board.shape[1] + board.listed.reviewer, cells)
        return replace(board, listed=Pairs(*(column[free] for column in board.listed)))
    table = np.array(board.table)
    table.ravel()[cells] = BANNED
    return replace(board, table=table)


def _all_bans(problem: AssignmentProblem, lost: Whole) -> NDArray[np.bool_]:
    bans = np.zeros((len(problem.applications), len(problem.reviewers)), dtype=np.bool_)
    bans.ravel()[lost] = True
    if isinstance(problem.conflicts, np.ndarray):
        return bans | problem.conflicts
    bans.ravel()[_cells(problem, problem.conflicts)] = True
    return bans
