"""What the sentences about a placement need, as plain values kept beside it. The sentences
themselves are made when somebody reads them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cached_property
from statistics import fmean
from typing import Any

from anso.decisions.queries import GOES_ON
from anso.programmes.methods import Ranked, Selection, SelectionProblem
from anso.selection.adjusting import told
from anso.selection.allocation import Allocation, Cause, Outcome, Refusal
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
        self.held = _held(task, selection.places, self.items)
        self.reserves = {(each.group, each.node or "") for each in task.reserves}
        self.ends = {quota.key: quota.waiting for quota in task.quotas}
        self.costs = (
            {each.key: each.cost for each in task.candidates}
            if any(quota.budget is not None for quota in task.quotas)
            else {}
        )
        self.parents = {quota.key: quota.parent or "" for quota in task.quotas}
        self.shared = Counter(item.rank for item in selection.items if item.score is not None)
        self.reviews = _lowest_and_highest(task)
        self.tied = _tied(task, selection.places, self.items) | self._drawn_before(selection.places)
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
            "equals": 0 if item.score is None else self.shared[item.rank] - 1,
            "is_drawn": item.lot is not None or placed.key in self.tied,
            **_calibrated(item, self.overall),
            **self._moved(item),
            **self._below(item),
            **({"cost": str(self.costs[placed.key])} if self.costs else {}),
            "last": self.held[placed.seat or GOES_ON, ""].last,
            "lists": [{"leaf": entry.leaf, "position": entry.position} for entry in placed.waiting],
            "ended": self._ended(placed),
            "refusals": [self._refusal(refusal, item) for refusal in placed.refusals],
        }

    def _refusal(self, refusal: Refusal, item: Ranked) -> dict[str, Any]:
        """What stood in the way, where the last had its rank who came before; ``is_equal`` where
        that one was no better, so that the draw decided; ``kept_in`` the part in which what is kept
        is kept, where the refused one did not ask for that part.
        """
        held = self.held[_what_was_refused(refusal)]
        return {
            "leaf": refusal.leaf,
            "cause": str(refusal.cause),
            "where": refusal.where,
            "group": refusal.group,
            "last": held.last_before(item.rank),
            "is_equal": item.rank in held.by_rank,
            "kept_in": self._kept_in(refusal),
            **({} if refusal.left is None else {"left": str(refusal.left)}),
        }

    def _ended(self, placed: Placed) -> list[list[Any]]:
        """What it asked for and does not come next for, because the list ended before it: the group
        of places, and how many stand on its list.
        """
        if placed.seat:
            return []
        listed = {entry.leaf for entry in placed.waiting}
        missed = (each.leaf for each in placed.refusals if each.cause is not Cause.NOT_OPEN)
        return [[leaf, self.ends[leaf]] for leaf in missed if leaf not in listed]

    def _kept_in(self, refusal: Refusal) -> str:
        if refusal.cause is not Cause.RESERVED:
            return ""
        nodes = [node for group, node in sorted(self.reserves) if group == refusal.group]
        path = self._path(refusal.leaf)
        if any(node in path for node in nodes):
            return ""
        below = (node for node in nodes if refusal.where in self._path(node))
        return next(below, "")

    def _path(self, key: str) -> list[str]:
        """A group of places, all that it is part of, and the whole."""
        return [key, *self._path(self.parents[key])] if key else [""]

    def _drawn_before(self, given: Allocation) -> frozenset[str]:
        """Those who were refused what an equal of theirs had been given, and these: the draw
        decided between them, whatever else either of them asked for.
        """
        found: set[str] = set()
        for placed in given.placements:
            rank = self.items[placed.key].rank
            for refusal in placed.refusals:
                if refusal.cause in (Cause.FULL, Cause.CEILING):
                    equals = self.held[_what_was_refused(refusal)].by_rank.get(rank)
                    found |= {placed.key, *equals} if equals else set()
        return frozenset(found)

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


class _Held:
    """Who holds something of one group of places, by rank."""

    def __init__(self) -> None:
        self.by_rank: dict[int, list[str]] = defaultdict(list)

    @cached_property
    def ranks(self) -> list[int]:
        """In their order; asked for once everybody was noted."""
        return sorted(self.by_rank)

    @property
    def last(self) -> int | None:
        """The last rank of all."""
        return self.ranks[-1] if self.ranks else None

    def last_before(self, rank: int) -> int | None:
        """The last rank of those who came no later than this one."""
        at = bisect_right(self.ranks, rank)
        return self.ranks[at - 1] if at else None


def _what_was_refused(refusal: Refusal) -> tuple[str, str]:
    """The group of places, and where a ceiling was reached the group of people."""
    return refusal.where, refusal.group if refusal.cause is Cause.CEILING else ""


def _held(
    task: SelectionProblem, given: Allocation, items: dict[str, Ranked]
) -> dict[tuple[str, str], _Held]:
    """By group of places, those above and the whole included, who holds something of it; also for
    each group of people for which there is a ceiling.
    """
    parents = {quota.key: quota.parent or "" for quota in task.quotas} | {"": None}
    limited = {limit.group for limit in task.ceilings}
    groups = {each.key: each.groups & limited for each in task.candidates}
    held: dict[tuple[str, str], _Held] = defaultdict(_Held)
    for placed in given.placements:
        node = placed.seat or None
        while node is not None:
            for group in ("", *groups[placed.key]):
                held[node, group].by_rank[items[placed.key].rank].append(placed.key)
            node = parents[node]
    return held


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
