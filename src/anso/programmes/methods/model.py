"""What a selection method is asked and what it answers, as frozen values without a database.

Here: the task, the answer, and what a method says of itself. Not here: the methods (one file each)
and their register.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from anso.kernel.wording import Text
from anso.selection.adjusting import Adjusted, Adjustment, Standing
from anso.selection.allocation import Allocation, Candidate, Ceiling, QuotaNode, Reserve
from anso.selection.ranking import Criterion, Ranking, Review
from anso.selection.record import Record, Recorded, run_method

RANKING_METHOD = "weighted-mean/1"
FILLING_METHOD = "fill-by-rank/1"
BESIDE_METHOD = "beside-reviews/1"

CHECKED = {"no wasted seat": "nothing wasted"}
"""What the selection library calls a check, where it speaks of its own words."""


@dataclass(frozen=True)
class SelectionProblem:
    """Reviews to rank by, candidates and the places they want. People stand in it under numbers and
    references, never under names.

    ``scale`` is the lowest and the highest score. ``seed`` is the hash of the frozen terms: public
    before anybody applied. Nothing is given below ``minimum``, and ``adjustments`` are the panel's.
    """

    reviews: tuple[Review, ...]
    criteria: tuple[Criterion, ...]
    candidates: tuple[Candidate, ...]
    quotas: tuple[QuotaNode, ...]
    ceilings: tuple[Ceiling, ...]
    reserves: tuple[Reserve, ...]
    scale: tuple[int, int]
    seed: str
    minimum: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True)
class Calibrated:
    """What calibration says of one application: its mean, its expected rank, the rank's interval,
    its reviewers' mean severity.
    """

    mean: float
    expected_rank: float
    lowest_rank: float
    highest_rank: float
    severity: float


@dataclass(frozen=True)
class Lot:
    """Somebody's place in a draw: which draw, the place drawn, among how many."""

    draw: int
    place: int
    of: int


@dataclass(frozen=True)
class Ranked:
    """One application in the order in which places are chosen: ``rank`` is its turn, ``score`` its
    plain mean, ``line`` that of its places, ``adjusted`` what was decided beside the reviews.
    """

    item: str
    rank: int
    score: Decimal | None
    spread: Decimal | None
    reviews: int
    explanation: str
    calibrated: Calibrated | None = None
    line: float | None = None
    lot: Lot | None = None
    adjusted: Adjusted | None = None


@dataclass(frozen=True)
class Selection:
    """The answer: everybody's turn, the places, and one record for each step. ``is_too_thin``: the
    reviews were too few to calibrate.
    """

    items: tuple[Ranked, ...]
    places: Allocation
    record: Mapping[str, Record] = field(default_factory=dict)
    is_too_thin: bool = False


@dataclass(frozen=True)
class SelectionMethod:
    """A way to choose that a call may name in its terms: what it does and what it guarantees, a
    sentence each, and the function.
    """

    key: str
    label: Text
    sentence: Text
    guarantee: Text
    select: Callable[[SelectionProblem], Selection]


def rank_plainly(task: SelectionProblem) -> Recorded:
    """All candidates by the weighted mean of their reviews, with its record."""
    items = tuple(candidate.key for candidate in task.candidates)
    return run_method(
        RANKING_METHOD, {"reviews": task.reviews, "criteria": task.criteria, "items": items}
    )


@dataclass(frozen=True)
class Beside:
    """What was decided beside the reviews: by item, with the record of it. Empty where the call has
    no minimum and the panel moved nobody.
    """

    known: Mapping[str, Adjusted] = field(default_factory=dict)
    record: Mapping[str, Record] = field(default_factory=dict)

    def without_those_below(self, task: SelectionProblem) -> SelectionProblem:
        """The same task where those below the minimum ask for nothing."""
        below = {key for key, each in self.known.items() if each.is_below}
        candidates = (
            replace(each, preferences=()) if each.key in below else each for each in task.candidates
        )
        return replace(task, candidates=tuple(candidates)) if below else task


def decide_beside(task: SelectionProblem, standings: Sequence[Standing]) -> Beside:
    """The panel's adjustments and the minimum applied to what the reviews say."""
    if task.minimum is None and not task.adjustments:
        return Beside()
    inputs = {"standings": standings, "scale": task.scale, "adjustments": task.adjustments}
    recorded = run_method(BESIDE_METHOD, inputs, {"minimum": task.minimum})
    known = {each.key: each for each in recorded.answer.items}
    return Beside(known, {"beside_reviews": recorded.record})


def with_adjusted(row: Ranked, adjusted: Adjusted | None) -> Ranked:
    """The row with what was decided beside the reviews, and the record's sentence on it."""
    if adjusted is None:
        return row
    words = f"{row.explanation} {adjusted.explanation}".strip()
    return replace(row, explanation=words, adjusted=adjusted)


def fill_places(task: SelectionProblem, ranks: Mapping[str, int]) -> Recorded:
    """The places filled by rank, equal ranks drawn with the seed, with the record."""
    inputs = {
        "candidates": task.candidates,
        "quotas": task.quotas,
        "ceilings": task.ceilings,
        "reserves": task.reserves,
        "ranks": dict(ranks),
    }
    return run_method(FILLING_METHOD, inputs, seed=task.seed)


def as_ranked(ranking: Ranking) -> tuple[Ranked, ...]:
    """A plain ranking as the answer of a method."""
    return tuple(
        Ranked(row.item, row.rank, row.score, row.spread, row.reviews, row.explanation)
        for row in ranking.items
    )


def checks_of(places: Allocation) -> list[tuple[str, bool, str]]:
    """What was verified on a finished allocation: the name of the check, whether it holds, and what
    was found.
    """
    return [
        (CHECKED.get(check.name, check.name), check.holds, check.finding)
        for check in places.certificate.checks
    ]
