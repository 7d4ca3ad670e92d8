"""Whether terms can be published: contradictions among seats, reserves, rubric and stages, in
sentences for the officer.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from anso.kernel.errors import BadDefinition
from anso.kernel.terms.model import BLOCKS, Rubric, Terms


def check_terms(terms: Terms) -> list[str]:
    """What is wrong with the terms, in sentences for the officer; empty when they can be
    published.
    """
    return [
        *_check_seats(terms),
        *_check_reserves(terms),
        *_check_rubric(terms.rubric),
        *_check_stages(terms),
    ]


def require_sound_terms(terms: Terms) -> Terms:
    """The terms, or BadDefinition with the first thing that is wrong."""
    for problem in check_terms(terms):
        raise BadDefinition(problem)
    return terms


def _check_seats(terms: Terms) -> Iterator[str]:
    nodes = {node.key: node for node in terms.seats}
    if len(nodes) != len(terms.seats):
        yield "Two seat groups have the same key."
    for node in terms.seats:
        if node.capacity < 0:
            yield f"{node.label}: the number of seats cannot be negative."
        if node.parent and node.parent not in nodes:
            yield f"{node.label}: the group above it, {node.parent}, does not exist."
    for parent in {node.parent for node in terms.seats if node.parent in nodes}:
        below = sum(node.capacity for node in terms.seats if node.parent == parent)
        if below < nodes[parent].capacity:
            yield (
                f"{nodes[parent].label}: the groups below hold {below} seats, fewer than its"
                f" {nodes[parent].capacity}."
            )


def _check_reserves(terms: Terms) -> Iterator[str]:
    nodes = {node.key: node for node in terms.seats}
    everywhere = terms.all_reserves()
    if len({(reserve.group, reserve.node) for reserve in everywhere}) != len(everywhere):
        yield "Seats are kept for the same group twice in one place."
    for reserve in terms.reserves:
        if reserve.node and reserve.node not in nodes:
            yield f"Seats are kept in {reserve.node}, which does not exist."
        if reserve.seats < 1:
            yield "Keep at least one seat for a group, or none."
    room = {node.key: node.capacity for node in terms.seats} | {
        "": sum(node.capacity for node in terms.seats if not node.parent)
    }
    for key, most in room.items():
        kept = sum(_kept_in(terms, key).values())
        if terms.seats and kept > most:
            yield (
                f"{nodes[key].label if key else 'All seats'}: {kept} seats are kept for groups,"
                f" more than the {most} there are."
            )


def _kept_in(terms: Terms, key: str) -> dict[str, int]:
    """Seats kept in a node for each group: its own reserve, or the sum of those below it where that
    is more.
    """
    below: dict[str, int] = {}
    for node in terms.seats:
        if node.parent == key and node.key != key:
            for group, seats in _kept_in(terms, node.key).items():
                below[group] = below.get(group, 0) + seats
    own = {reserve.group: reserve.seats for reserve in terms.all_reserves() if reserve.node == key}
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
