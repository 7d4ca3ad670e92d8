"""The numbers that sentences are held against, found anew from what a selection was asked and whom
it gave what: no code of the product's own sentences or facts is used.
"""

from __future__ import annotations

import math
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from anso.decisions.models import Placement
from tests.decisions.reading.worlds import World


class Truth:
    """One world, counted again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.task = world.inputs.task
        self.placements = world.placements
        self.total = len(world.placements)
        self.labels: dict[str, str] = {}
        for node in world.terms.outcome.tree():
            self.labels[node.label.in_language("en")] = node.key
        assert len(self.labels) == len(world.terms.outcome.tree())

    @cached_property
    def means(self) -> dict[str, tuple[int, Fraction]]:
        """How many reviews could be used and their weighted mean, by number."""
        weights = {each.key: Fraction(each.weight) for each in self.task.criteria}
        each_review: dict[str, list[Fraction]] = defaultdict(list)
        for review in self.task.reviews:
            given = {
                key: Fraction(value) for key, value in review.scores.items() if value is not None
            }
            weight = sum(weights[key] for key in given)
            if weight:
                total = sum(weights[key] * value for key, value in given.items())
                each_review[review.item].append(total / weight)
        return {number: (len(all_), sum(all_) / len(all_)) for number, all_ in each_review.items()}

    def counted(self, number: str) -> Fraction | None:
        """The mean that decides where nothing is calibrated: moved by the panel, within the
        scale.
        """
        if number not in self.means:
            return None
        mean = self.means[number][1]
        for each in self.task.adjustments:
            if each.key == number:
                low, high = map(Fraction, self.task.scale)
                mean = max(low, min(high, mean + Fraction(each.points)))
        return mean

    def rank_by_mean(self, number: str) -> int:
        """One more than there are with a better mean; without a mean after all who have one."""
        own = self.counted(number)
        others = [self.counted(each) for each in self.placements]
        return 1 + sum(each is not None and (own is None or each > own) for each in others)

    @cached_property
    def costs(self) -> dict[str, Decimal]:
        """What everybody asks for."""
        return {each.key: each.cost for each in self.task.candidates}

    def left_at(self, rank: int, *, with_equals: bool) -> Decimal:
        """What the budget has when somebody of that rank has their turn: those before are paid,
        and all of their equals or none of them.
        """
        budget = self.world.terms.outcome.purse
        assert budget is not None
        before = rank + 1 if with_equals else rank
        return budget[0] - sum(
            self.costs[number]
            for number, each in self.placements.items()
            if each.result == "selected" and each.rank < before
        )

    def path(self, key: str) -> list[str]:
        """A group of places and all that it is part of."""
        parents = {each.key: each.parent for each in self.task.quotas}
        found = []
        while key:
            found.append(key)
            key = parents[key] or ""
        return found

    def capacity(self, key: str) -> int:
        """How many there are of it, with what it is part of."""
        room = {each.key: each.capacity for each in self.task.quotas}
        return min(room[each] for each in self.path(key))

    def end_of(self, key: str) -> int:
        """How many come next for it at most, as the terms say it; a part of one counts as one."""
        return math.ceil(Fraction(self.capacity(key) * self.world.terms.waiting_share, 100))

    def given_in(self, key: str) -> list[Placement]:
        """Who received something of it."""
        return [
            each
            for each in self.placements.values()
            if each.result == "selected" and (not key or key in self.path(each.place))
        ]

    def groups_of(self, number: str) -> frozenset[str]:
        """The groups that somebody is in."""
        return self.world.inputs.groups[number]

    def group_words(self, group: str) -> str:
        """A group as the kind names it; of several one is enough."""
        keys = group.split("|")
        labels = {each.key: each.label.in_language("en") for each in self.world.terms.groups}
        return " or ".join(labels[key] for key in keys)

    @cached_property
    def lists(self) -> dict[str, dict[str, int]]:
        """By group of places the number of everybody who waits for it, as they are told it."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for number, placement in self.placements.items():
            for each in placement.facts["lists"] if placement.result == "waiting" else ():
                found[each["leaf"]][number] = each["position"]
        return found


def is_told(words: str, number: Fraction | Decimal | float, places: int = 2) -> bool:
    """Whether a number is told as it is, rounded to so many places."""
    off = abs(Fraction(Decimal(words.replace(",", ""))) - Fraction(number))
    return off <= Fraction(51, 10 ** (places + 2))
