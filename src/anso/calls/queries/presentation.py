"""What a call promises, laid out to be read: what is given as a tree, benefits by level, the
timeline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from anso.calls.models import Call
from anso.calls.queries.steps import steps_of
from anso.kernel.periods import day_of
from anso.kernel.terms import Benefit, PlaceNode, Rubric, Terms
from anso.kernel.wording import Text


@dataclass(frozen=True)
class PlaceRow:
    """A node of the tree of places with its depth, and what the nodes below it add up to (None for
    leaves).
    """

    node: PlaceNode
    depth: int
    sum_below: int | None

    @property
    def is_leaf(self) -> bool:
        """Whether people are placed here."""
        return self.sum_below is None


def place_rows(terms: Terms) -> list[PlaceRow]:
    """The tree of places from the top, every node followed by the nodes below it."""
    return list(_walk(terms.outcome.tree(), "", 0))


def _walk(tree: tuple[PlaceNode, ...], parent: str, depth: int) -> Iterator[PlaceRow]:
    for node in tree:
        if node.parent != parent:
            continue
        below = [child.capacity for child in tree if child.parent == node.key]
        yield PlaceRow(node, depth, sum(below) if below else None)
        yield from _walk(tree, node.key, depth + 1)


def count_places(terms: Terms) -> int:
    """How many places the leaves hold; the groups above them may hold fewer."""
    return sum(node.capacity for node in terms.outcome.leaves())


def benefits_by_level(terms: Terms) -> list[tuple[Text | None, list[Benefit]]]:
    """What people of each level receive; what everyone receives comes first, without a level."""
    common = [benefit for benefit in terms.benefits if not benefit.levels]
    groups: list[tuple[Text | None, list[Benefit]]] = [(None, common)] if common else []
    for level in terms.levels:
        own = [benefit for benefit in terms.benefits if level.key in benefit.levels]
        if own:
            groups.append((level.label, own))
    return groups


@dataclass(frozen=True)
class RubricShown:
    """One rubric of a call with its key, and the reviews that judge by it where there are
    several.
    """

    key: str
    rubric: Rubric
    stages: tuple[Text, ...]


def rubrics_shown(terms: Terms) -> list[RubricShown]:
    """The rubrics of a call in the order in which they are judged by."""
    reviews = [stage for stage in terms.stages if stage.block == "review"]
    keys = dict.fromkeys(stage.rubric for stage in reviews) or {"": None}
    return [
        RubricShown(
            key,
            terms.rubric_for(key),
            tuple(stage.label for stage in reviews if stage.rubric == key),
        )
        for key in keys
    ]


def timeline_of(call: Call, now: dt.datetime) -> list[dict[str, Any]]:
    """The steps of the call as events of a timeline, in the call's zone."""
    today = day_of(now, call.zone)
    return [
        {
            "title": Text(step.label),
            "starts_on": step.starts_on,
            "ends_on": step.ends_on,
            "is_past": step.ends_on < today,
            "is_current": step.starts_on <= today <= step.ends_on,
        }
        for step in steps_of(call)
    ]
