"""Who should hold which place now: a released selection computed again from its record, then led on
by what became of the offers since.

Pure: callers bring the record, what was offered and who is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any

from anso.selection.allocation import Allocation, Outcome, Placement, next_on_list
from anso.selection.record import call_method


def current_allocation(
    record: Mapping[str, Any], offered: Mapping[str, str], gone: Set[str]
) -> Allocation:
    """The allocation of the record with the offers as they stand: everybody keeps the place that
    they were offered, and places of those who are gone go to the next on the list, all in one step.

    ``record`` is that of filling the places; ``offered`` names the place by application. So the
    answer depends on what is the case, not on the order in which it came about.
    """
    inputs = {**record["inputs"], **record["parameters"]}
    allocation: Allocation = call_method(record["method"], inputs, record["seed"])
    held = tuple(
        _as_offered(placed, offered.get(placed.key, "")) for placed in allocation.placements
    )
    left = sorted(
        placed.key
        for placed in held
        if placed.key in gone and placed.outcome in {Outcome.SEAT, Outcome.WAITING}
    )
    standing = replace(allocation, placements=held)
    return next_on_list(standing, declined=left).allocation if left else standing


def _as_offered(placed: Placement, offered: str) -> Placement:
    """The placement of somebody who was offered a place; the same for everybody else."""
    if not offered or placed.seat == offered:
        return placed
    return replace(placed, outcome=Outcome.SEAT, seat=offered, waiting=())
