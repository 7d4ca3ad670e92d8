"""What the deciding body does not award in an edition, taken out of what a selection is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anso.programmes.methods.model import SelectionProblem
from anso.selection.allocation import QuotaNode, Remaining, Withheld
from anso.selection.record import Record, run_method

WITHHOLDING_METHOD = "not-awarded/1"


@dataclass(frozen=True)
class Closed:
    """Something asked for that is not given: the place, the part of the tree that was withheld and
    why; both blank where there was nothing to give from the start.
    """

    leaf: str
    where: str = ""
    because: str = ""


@dataclass(frozen=True)
class Withholding:
    """What is left of a task, the record of that step where there was one, and by candidate what of
    their wishes is not given.
    """

    task: SelectionProblem
    record: Mapping[str, Record]
    closed: Mapping[str, tuple[Closed, ...]]


def withhold(task: SelectionProblem, withheld: Sequence[Withheld]) -> Withholding:
    """The same task without what is withheld. Nobody asks for what is not given, so that nobody
    waits for it either.
    """
    record: dict[str, Record] = {}
    known: dict[str, Closed] = {}
    if withheld:
        inputs = {"quotas": task.quotas, "withheld": tuple(withheld), "reserves": task.reserves}
        recorded = run_method(WITHHOLDING_METHOD, inputs)
        left: Remaining = recorded.answer
        record["not_awarded"] = recorded.record
        known = {each.key: Closed(each.key, each.node, each.reason) for each in left.closed}
        task = replace(task, quotas=left.quotas, reserves=left.reserves)
    known = {leaf: Closed(leaf) for leaf in _without_room(task.quotas)} | known
    closed = {
        each.key: tuple(known[leaf] for leaf in each.preferences if leaf in known)
        for each in task.candidates
        if not known.keys().isdisjoint(each.preferences)
    }
    candidates = (
        replace(each, preferences=tuple(leaf for leaf in each.preferences if leaf not in known))
        if each.key in closed
        else each
        for each in task.candidates
    )
    return Withholding(replace(task, candidates=tuple(candidates)), record, closed)


def _without_room(quotas: Sequence[QuotaNode]) -> list[str]:
    """What is never given: its number, or that of a group of which it is a part, is zero."""
    nodes = {each.key: each for each in quotas}

    def has_room(node: QuotaNode) -> bool:
        return node.capacity > 0 and (node.parent is None or has_room(nodes[node.parent]))

    return [each.key for each in quotas if not has_room(each)]
