"""Whether terms can be published: contradictions among places, reserves, rubric and stages, in
sentences for the officer.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from anso.kernel.errors import BadDefinition
from anso.kernel.terms.model import BLOCKS, Rubric, Terms
from anso.kernel.terms.outcome import OutcomePart


def check_terms(terms: Terms) -> list[str]:
    """What is wrong with the terms, in sentences for the officer; empty when they can be
    published.
    """
    return [
        *_check_tree(terms.outcome),
        *_check_reserves(terms.outcome),
        *terms.outcome.check(),
        *_check_rubric(terms.rubric),
        *_check_stages(terms),
    ]


def require_sound_terms(terms: Terms) -> Terms:
    """The terms, or BadDefinition with the first thing that is wrong."""
    for problem in check_terms(terms):
        raise BadDefinition(problem)
    return terms


def _check_tree(outcome: OutcomePart) -> Iterator[str]:
    tree = outcome.tree()
    nodes = {node.key: node for node in tree}
    if len(nodes) != len(tree):
        yield "Two groups of places have the same key."
    for node in tree:
        if node.capacity < 0:
            yield f"{node.label}: the number cannot be negative."
        if node.parent and node.parent not in nodes:
            yield f"{node.label}: the group above it, {node.parent}, does not exist."
    for parent in {node.parent for node in tree if node.parent in nodes}:
        below = sum(node.capacity for node in tree if node.parent == parent)
        if below < nodes[parent].capacity:
            yield (
                f"{nodes[parent].label}: the groups below hold {below}, fewer than its"
                f" {nodes[parent].capacity}."
            )


def _check_reserves(outcome: OutcomePart) -> Iterator[str]:
    tree, everywhere = outcome.tree(), outcome.all_reserves()
    nodes = {node.key: node for node in tree}
    if len({(reserve.group, reserve.node) for reserve in everywhere}) != len(everywhere):
        yield "The same group has something kept for it twice in one part of the tree."
    for reserve in outcome.reserves:
        if reserve.node and reserve.node not in nodes:
            yield f"Something is kept for a group in {reserve.node}, which does not exist."
        if reserve.places < 1:
            yield "Keep at least one for a group, or none."
    room = {node.key: node.capacity for node in tree} | {"": outcome.capacity()}
    for key, most in room.items():
        kept = sum(_kept_in(outcome, key).values())
        if tree and kept > most:
            yield (
                f"{nodes[key].label if key else 'In all'}: {kept} are kept for groups, more than"
                f" the {most} there are."
            )


def _kept_in(outcome: OutcomePart, key: str) -> dict[str, int]:
    """Places kept in a node for each group: its own reserve, or the sum of those below it where
    that is more.
    """
    below: dict[str, int] = {}
    for node in outcome.tree():
        if node.parent == key and node.key != key:
            for group, places in _kept_in(outcome, node.key).items():
                below[group] = below.get(group, 0) + places
    own = {each.group: each.places for each in outcome.all_reserves() if each.node == key}
    return {group: max(own.get(group, 0), below.get(group, 0)) for group in own | below}


def _check_rubric(rubric: Rubric) -> Iterator[str]:
    if not rubric.criteria:
        return
    if rubric.scale_highest <= rubric.scale_lowest:
        yield "The highest score must be above the lowest."
    total = sum((criterion.weight for criterion in rubric.criteria), Decimal(0))
    if total != 1:
        yield f"The weights of the criteria sum to {total}, not to 1."
    if len({criterion.key for criterion in rubric.criteria}) != len(rubric.criteria):
        yield "Two criteria have the same key."


def _check_stages(terms: Terms) -> Iterator[str]:
    for stage in terms.stages:
        if stage.block not in BLOCKS:
            yield f"{stage.label}: {stage.block} is not a kind of stage."
        if stage.ends_on < stage.starts_on:
            yield f"{stage.label}: it ends before it begins."
