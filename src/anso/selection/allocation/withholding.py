"""Seats that the deciding body does not give this time, with its reasons: the tree, and what is
kept for groups in it, as they are then.

Here belongs the arithmetic of the tree. Who may decide so, and who is told, belongs to callers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from anso.selection.allocation.problem import (
    QuotaNode,
    QuotaTree,
    Reserve,
    make_tree,
    refuse_repeats,
)
from anso.selection.errors import SelectionError

METHOD = "not-awarded/1"


@dataclass(frozen=True, slots=True)
class Withheld:
    """One quota that is not given, with all below it, and why."""

    node: str
    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A seat to choose from that is not given: the withheld quota above it, and the reason."""

    key: str
    node: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left to give, and what is not."""

    method: str
    quotas: tuple[QuotaNode, ...]
    reserves: tuple[Reserve, ...]
    closed: tuple[Closed, ...]


def withhold_seats(
    quotas: Sequence[QuotaNode], withheld: Sequence[Withheld], reserves: Sequence[Reserve] = ()
) -> Remaining:
    """Give nothing at the quotas `withheld` nor below them; those above hold at most what their
    parts still do.

    What is kept for a group shrinks to the seats that are left there, and ends where none are.
    Refuses quotas that there are not, the same twice, and a decision without a reason.
    """
    tree = make_tree(quotas)
    refuse_repeats("withheld quota", (each.node for each in withheld))
    for each in withheld:
        if each.node not in tree.nodes:
            raise SelectionError(f"“{each.node}” is withheld, which is not a quota.")
        if not each.reason.strip():
            raise SelectionError(f"“{each.node}” is withheld without a reason.")
    reasons = {each.node: each.reason for each in withheld}
    closed = [
        Closed(leaf, node, reasons[node])
        for leaf, path in tree.paths.items()
        for node in path
        if node in reasons
    ]
    # The nearest to the seat is the one that is told where several stand above it.
    nearest = {each.key: each for each in reversed(closed)}
    room = _room_left(tree, nearest.keys())
    everywhere = sum(room[node.key] for node in quotas if node.parent is None)
    kept = (
        replace(limit, seats=min(limit.seats, room[limit.node] if limit.node else everywhere))
        for limit in reserves
    )
    return Remaining(
        METHOD,
        tuple(replace(node, capacity=room[node.key]) for node in quotas),
        tuple(limit for limit in kept if limit.seats),
        tuple(nearest[leaf] for leaf in tree.leaves if leaf in nearest),
    )


def _room_left(tree: QuotaTree, closed: Collection[str]) -> dict[str, int]:
    """The seats of every quota: as many as before where nothing below is closed."""
    touched = {node for leaf in closed for node in tree.paths[leaf]}
    room: dict[str, int] = {}

    def count(key: str) -> int:
        capacity, below = tree.nodes[key].capacity, sum(map(count, tree.children[key]))
        room[key] = min(capacity, below) if key in touched else capacity
        return room[key]

    for node in tree.nodes.values():
        if node.parent is None:
            count(node.key)
    return room
