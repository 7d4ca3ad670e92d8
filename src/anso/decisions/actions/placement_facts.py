"""What the sentences about a placement need, as plain values kept beside it. The sentences
themselves are made when somebody reads them.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from statistics import fmean
from typing import Any

from anso.decisions.queries import GOES_ON
from anso.programmes.methods import Ranked, Selection, SelectionProblem
from anso.selection.adjusting import told
from anso.selection.allocation import Allocation, Outcome
from anso.selection.allocation import Placement as Placed
from anso.selection.ranking import Review, rank_by_weighted_mean


class PlacementFacts:
    """A finished selection laid out for telling: the last rank of every group of places, the spread
    of reviews, and who was drawn.
    """

    def __init__(self, task: SelectionProblem, selection: Selection, by: str = "panel") -> None:
        self.by = by
        self.items = {item.item: item for item in selection.items}
        self.highest = task.scale[1]
        self.minimum = task.minimum
        self.last = _last_ranks(task, selection.places, self.items)
        self.reviews = _lowest_and_highest(task)
        self.tied = _tied(task, selection.places, self.items)
        means = [item.calibrated.mean for item in selection.items if item.calibrated]
        self.overall = fmean(means) if means else 0.0

    def of(self, placed: Placed) -> dict[str, Any]:
        """The facts about one placement: how many were ranked on which scale, waiting lists,
        refusals, lowest and highest review, whether drawn, the last rank that received the same.

        With a method that calibrates also what it found, the line of the places asked for, and the
        lot.
        """
        item = self.items[placed.key]
        low, high = self.reviews.get(placed.key, ("", ""))
        return {
            "of": len(self.items),
            "highest": self.highest,
            "low": low,
            "high": high,
            "is_drawn": item.lot is not None or placed.key in self.tied,
            **_calibrated(item, self.overall),
            **self._moved(item),
            **self._below(item),
            "last": self.last.get(placed.seat or GOES_ON),
            "lists": [{"leaf": entry.leaf, "position": entry.position} for entry in placed.waiting],
            "refusals": [
                {
                    "leaf": refusal.leaf,
                    "cause": str(refusal.cause),
                    "where": refusal.where,
                    "group": refusal.group,
                    "last": self.last.get(refusal.where),
                }
                for refusal in placed.refusals
            ],
        }

    def _moved(self, item: Ranked) -> dict[str, Any]:
        """The mean that counted before and after the body that judges moved it."""
        if item.adjusted is None or not item.adjusted.is_moved:
            return {}
        before = item.score if item.calibrated is None else Decimal(f"{item.calibrated.mean:.6f}")
        after = item.adjusted.standing.score
        # Only where there is a mean can it be moved.
        scores = {"before": str(told(before)), "after": str(told(after))}  # type: ignore[arg-type]
        return {"adjusted": scores | {"by": str(self.by)}}

    def _below(self, item: Ranked) -> dict[str, Any]:
        """The least score that is needed and the one that counts, blank where there is none; only
        of those who are below it.
        """
        if item.adjusted is None or not item.adjusted.is_below:
            return {}
        score = item.adjusted.standing.score
        counted = "" if score is None else str(told(score))
        return {"below": {"least": str(self.minimum), "counted": counted}}


def _tells_nothing(item: Ranked) -> bool:
    """Whether equals of it ended otherwise for another reason than the draw."""
    return item.adjusted is not None and item.adjusted.is_below


def _calibrated(item: Ranked, overall: float) -> dict[str, Any]:
    """What calibration found, rounded for reading; nothing where nothing was calibrated."""
    found = item.calibrated
    if found is None:
        return {}
    facts: dict[str, Any] = {
        "mean": f"{found.mean:.4f}",
        "overall": round(overall, 4),
        "expected": round(found.expected_rank, 2),
        "from": round(found.lowest_rank, 1),
        "to": round(found.highest_rank, 1),
        "severity": round(found.severity, 3),
    }
    facts["line"] = None if item.line is None else round(item.line, 2)
    facts["lot"] = item.lot and {"draw": item.lot.draw, "place": item.lot.place, "of": item.lot.of}
    return facts


def _last_ranks(
    task: SelectionProblem, given: Allocation, items: dict[str, Ranked]
) -> dict[str, int]:
    """The rank of the last person seated in every group of places, the groups above included."""
    parents = {quota.key: quota.parent for quota in task.quotas}
    last: dict[str, int] = {}
    for placed in given.placements:
        node: str | None = placed.seat or None
        while node is not None:
            last[node] = max(last.get(node, 0), items[placed.key].rank)
            node = parents[node]
    return last


def _lowest_and_highest(task: SelectionProblem) -> dict[str, tuple[str, str]]:
    """The lowest and highest review of every application, each review's mean by the same method as
    the ranking.
    """
    named = {str(number): review for number, review in enumerate(task.reviews)}
    if not named:
        return {}
    alone = [Review(name, review.reviewer, review.scores) for name, review in named.items()]
    means = defaultdict(list)
    for item in rank_by_weighted_mean(alone, task.criteria, tuple(named)).items:
        if item.score is not None:
            means[named[item.item].item].append(item.score)
    return {number: (str(min(scores)), str(max(scores))) for number, scores in means.items()}


def _tied(task: SelectionProblem, given: Allocation, items: dict[str, Ranked]) -> frozenset[str]:
    """Those whose exact equals, asking for the same places, ended otherwise: only the draw decided
    between them.
    """
    wishes = {candidate.key: candidate.preferences for candidate in task.candidates}
    outcomes: dict[tuple[int, tuple[str, ...]], set[Outcome]] = defaultdict(set)
    for placed in given.placements:
        if _tells_nothing(items[placed.key]):
            continue
        outcomes[items[placed.key].rank, wishes[placed.key]].add(placed.outcome)
    return frozenset(
        key
        for key, wish in wishes.items()
        if not _tells_nothing(items[key]) and len(outcomes[items[key].rank, wish]) > 1
    )
