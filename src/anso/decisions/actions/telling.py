"""What the sentences about a placement need, as plain values kept beside it. The sentences themselves are made when somebody reads them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from anso.decisions.queries import SelectionInputs
from anso.selection.allocation import Allocation, Outcome
from anso.selection.allocation import Placement as Placed
from anso.selection.ranking import RankedItem, Ranking, Review, rank_by_weighted_mean


class PlacementFacts:
    """A finished selection laid out for telling: the last rank of every group of seats, the spread of reviews, and who was drawn."""

    def __init__(self, inputs: SelectionInputs, ranking: Ranking, seats: Allocation) -> None:
        self.items = {item.item: item for item in ranking.items}
        self.last = _last_ranks(inputs, seats, self.items)
        self.reviews = _lowest_and_highest(inputs)
        self.drawn = _drawn(inputs, seats, self.items)

    def of(self, placed: Placed) -> dict[str, Any]:
        """The facts about one placement: how many were ranked, waiting lists, refusals, lowest and highest review, whether drawn."""
        low, high = self.reviews.get(placed.key, ("", ""))
        return {
            "of": len(self.items),
            "low": low,
            "high": high,
            "is_drawn": placed.key in self.drawn,
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


def _last_ranks(inputs: SelectionInputs, seats: Allocation, items: dict[str, RankedItem]) -> dict[str, int]:
    """The rank of the last person seated in every group of seats, the groups above included."""
    parents = {quota.key: quota.parent for quota in inputs.quotas}
    last: dict[str, int] = {}
    for placed in seats.placements:
        node: str | None = placed.seat or None
        while node is not None:
            last[node] = max(last.get(node, 0), items[placed.key].rank)
            node = parents[node]
    return last


def _lowest_and_highest(inputs: SelectionInputs) -> dict[str, tuple[str, str]]:
    """The lowest and highest review of every application, each review's mean by the same method as the ranking."""
    named = {str(number): review for number, review in enumerate(inputs.reviews)}
    if not named:
        return {}
    alone = [Review(name, review.reviewer, review.scores) for name, review in named.items()]
    means = defaultdict(list)
    for item in rank_by_weighted_mean(alone, inputs.criteria, tuple(named)).items:
        if item.score is not None:
            means[named[item.item].item].append(item.score)
    return {number: (str(min(scores)), str(max(scores))) for number, scores in means.items()}


def _drawn(inputs: SelectionInputs, seats: Allocation, items: dict[str, RankedItem]) -> frozenset[str]:
    """Those whose exact equals, asking for the same seats, ended otherwise: only the draw decided between them."""
    wishes = {candidate.key: candidate.preferences for candidate in inputs.candidates}
    outcomes: dict[tuple[int, tuple[str, ...]], set[Outcome]] = defaultdict(set)
    for placed in seats.placements:
        outcomes[items[placed.key].rank, wishes[placed.key]].add(placed.outcome)
    return frozenset(key for key, wish in wishes.items() if len(outcomes[items[key].rank, wish]) > 1)
