"""The question in whole numbers: pairs with their worth in millionths, ready for solvers and for
certificates.

Here belong the two ways to hold pairs (a full table, or a list of possible pairs) and questions
about them. Solvers belong to `flow` and `mixed`; what a certificate proves belongs to
`certificate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from anso.selection.assignment.problem import UNITS, AssignmentProblem, counts_for

Whole = NDArray[np.int64]
# Below every worth, and twice of it still fits into 32 bits.
BANNED = -(2**30)
_BLOCK_CELLS = 2_000_000


class Pairs(NamedTuple):
    """Pairs as three columns: application number, reviewer number, worth in millionths."""

    application: Whole
    reviewer: Whole
    worth: Whole


class Prices(NamedTuple):
    """Dual prices in millionths: a place at an application, a place with a reviewer, a unit of a
    rule there.

    `rule` has one row for each application and one column for each rule (positive: the ceiling is
    scarce).
    """

    application: Whole
    reviewer: Whole
    rule: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """All pairs, the limits, and for each rule its members, where it holds, and its two limits.

    `table` holds every pair (`BANNED` where there is a conflict), or is empty when `listed` holds
    the possible pairs.
    """

    table: NDArray[np.int32] | None
    listed: Pairs | None
    reviews: Whole
    floors: Whole
    ceilings: Whole
    members: NDArray[np.bool_]
    holds: NDArray[np.bool_]
    at_least: Whole
    at_most: Whole

    @property
    def shape(self) -> tuple[int, int]:
        """The number of applications and of reviewers."""
        return len(self.reviews), len(self.ceilings)

    @property
    def possible(self) -> int:
        """The number of pairs that are not banned."""
        if self.listed is not None:
            return len(self.listed.worth)
        return int(np.count_nonzero(self._full() > BANNED))

    def pairs(self) -> Pairs:
        """Return every possible pair."""
        if self.listed is not None:
            return self.listed
        return self._at(np.flatnonzero(self._full() > BANNED))

    def among(self, cells: Whole) -> Pairs:
        """Return the possible pairs among cells (application number times reviewers plus reviewer
        number).
        """
        if self.listed is None:
            return self._at(cells[self._full().ravel()[cells] > BANNED])
        there = np.isin(self.listed.application * self.shape[1] + self.listed.reviewer, cells)
        return Pairs(*(column[there] for column in self.listed))

    @property
    def spread(self) -> int:
        """The difference between the highest and the lowest worth of a possible pair."""
        worth: NDArray[Any] = self._full() if self.listed is None else self.listed.worth
        highest = int(worth.max(initial=BANNED))
        return highest - int(worth.min(initial=highest, where=worth > BANNED))

    def promising(self, per_application: int, per_reviewer: int) -> Pairs:
        """Return the best few pairs of every application and of every reviewer (all pairs of a
        short list).
        """
        if self.listed is not None:
            return self.listed
        table = self._full()
        rows, columns = table.shape
        if per_application >= columns or per_reviewer >= rows:
            return self.pairs()
        wide = np.argpartition(table, columns - per_application, axis=1)[
            :, columns - per_application :
        ]
        chosen = [(wide + np.arange(rows)[:, None] * columns).ravel()]
        # In blocks, so that a copy of the whole table is never made.
        width = max(1, _BLOCK_CELLS // rows)
        for start in range(0, columns, width):
            block = np.ascontiguousarray(table[:, start : start + width].T)
            tall = np.argpartition(block, rows - per_reviewer, axis=1)[:, rows - per_reviewer :]
            chosen.append((tall * columns + np.arange(start, start + len(block))[:, None]).ravel())
        marked = np.zeros(table.size, dtype=np.bool_)
        for cells in chosen:
            marked[cells] = True
        cells = np.flatnonzero(marked)
        return self._at(cells[table.ravel()[cells] > BANNED])

    def promising_members(self, rule: int, count: int) -> Pairs:
        """Return the best `count` members of a rule's group for each application where the rule
        holds.
        """
        if self.listed is not None:
            return self.listed
        inside, rows = np.flatnonzero(self.members[rule]), np.flatnonzero(self.holds[:, rule])
        count = min(count, len(inside))
        part = self._full()[np.ix_(rows, inside)]
        best = np.argpartition(part, len(inside) - count, axis=1)[:, len(inside) - count :]
        cells = (rows[:, None] * self.shape[1] + inside[best]).ravel()
        return self._at(cells[self._full().ravel()[cells] > BANNED])

    def surplus(self, prices: Prices) -> Iterator[tuple[Pairs, Whole]]:
        """Yield, block by block, the pairs worth more than their prices, and by how much."""
        if self.listed is not None:
            over = surplus_of(self, self.listed, prices)
            keep = over > 0
            yield Pairs(*(column[keep] for column in self.listed)), over[keep]
            return
        table = self._full()
        height = max(1, _BLOCK_CELLS // table.shape[1])
        # Half as wide where the prices allow it: the table is read as a whole, and memory is what
        # takes the time.
        narrow = _fits_narrow(prices)
        for start in range(0, len(table), height):
            rows = slice(start, start + height)
            over = _block_surplus(table[rows], prices, rows, self.members, narrow=narrow)
            cells = np.flatnonzero(over > 0)
            yield self._at(cells + start * table.shape[1]), over.ravel()[cells].astype(np.int64)

    def _at(self, cells: Whole) -> Pairs:
        table = self._full()
        rows, columns = np.divmod(cells, table.shape[1])
        return Pairs(rows, columns, table.ravel()[cells].astype(np.int64))

    def _full(self) -> NDArray[np.int32]:
        if self.table is None:  # pragma: no cover
            raise TypeError("A list of pairs has no table.")
        return self.table


def surplus_of(board: Board, pairs: Pairs, prices: Prices) -> Whole:
    """Return for each pair its worth less the prices of the places and rule units that it takes."""
    over = pairs.worth - prices.application[pairs.application] - prices.reviewer[pairs.reviewer]
    for rule in range(len(board.members)):
        over = over - np.where(
            board.members[rule, pairs.reviewer], prices.rule[pairs.application, rule], 0
        )
    return over


def _fits_narrow(prices: Prices) -> bool:
    reach = sum(int(np.abs(part).max(initial=0)) for part in prices[:2])
    reach += int(np.abs(prices.rule).sum(axis=1).max(initial=0))
    return reach < 2**29


def _block_surplus(
    block: NDArray[Any], prices: Prices, rows: slice, members: NDArray[np.bool_], *, narrow: bool
) -> NDArray[Any]:
    kind = np.int32 if narrow else np.int64
    over: NDArray[Any] = block - prices.application[rows, None].astype(kind)
    over -= prices.reviewer.astype(kind)
    if len(members):
        over -= (prices.rule[rows] @ members).astype(kind)
    if not narrow:
        over[block == BANNED] = 0
    return over


def set_up_board(problem: AssignmentProblem) -> Board:
    """Turn a checked question into whole numbers; scores are rounded to the nearest millionth."""
    listed = table = None
    if sparse.issparse(problem.affinity):
        listed = _listed_pairs(problem)
    else:
        table = _full_table(problem)
    column = {name: place for place, name in enumerate(problem.reviewers)}
    members = np.zeros((len(problem.rules), len(problem.reviewers)), dtype=np.bool_)
    holds = np.ones((len(problem.applications), len(problem.rules)), dtype=np.bool_)
    for number, rule in enumerate(problem.rules):
        members[number, [column[name] for name in rule.members]] = True
        if rule.applications is not None:
            holds[:, number] = [name in rule.applications for name in problem.applications]
    reviews = counts_for(problem.reviews_each, problem.applications, "The number of reviews")
    most = int(reviews.max())
    return Board(
        table=table,
        listed=listed,
        reviews=reviews,
        floors=counts_for(problem.min_load, problem.reviewers, "The smallest load"),
        ceilings=counts_for(problem.max_load, problem.reviewers, "The largest load"),
        members=members,
        holds=holds,
        at_least=np.array([rule.at_least for rule in problem.rules], dtype=np.int64),
        at_most=np.array(
            [max(most, r.at_least) if r.at_most is None else r.at_most for r in problem.rules],
            dtype=np.int64,
        ),
    )


def _full_table(problem: AssignmentProblem) -> NDArray[np.int32]:
    scores: NDArray[Any] = np.asarray(problem.affinity)
    table = np.empty(scores.shape, dtype=np.int32)
    height = max(1, _BLOCK_CELLS // scores.shape[1])
    for start in range(0, len(scores), height):
        table[start : start + height] = np.rint(scores[start : start + height] * float(UNITS))
    rows, columns = _conflict_places(problem)
    table[rows, columns] = BANNED
    return table


def _listed_pairs(problem: AssignmentProblem) -> Pairs:
    listed = sparse.csr_array(problem.affinity).tocoo()
    rows, columns = (axis.astype(np.int64) for axis in listed.coords)
    worth = np.rint(listed.data * float(UNITS)).astype(np.int64)
    if isinstance(problem.conflicts, np.ndarray):
        free = ~problem.conflicts[rows, columns]
    else:
        width = len(problem.reviewers)
        banned_rows, banned_columns = _conflict_places(problem)
        free = ~np.isin(rows * width + columns, banned_rows * width + banned_columns)
    return Pairs(rows[free], columns[free], worth[free])


def _conflict_places(problem: AssignmentProblem) -> tuple[Whole, Whole]:
    conflicts = problem.conflicts
    if isinstance(conflicts, np.ndarray):
        rows, columns = np.nonzero(conflicts)
        return rows.astype(np.int64), columns.astype(np.int64)
    row = {name: place for place, name in enumerate(problem.applications)}
    column = {name: place for place, name in enumerate(problem.reviewers)}
    named = list(conflicts)
    rows = np.array([row[application] for application, _ in named], dtype=np.int64)
    return rows, np.array([column[reviewer] for _, reviewer in named], dtype=np.int64)
