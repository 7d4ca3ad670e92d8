"""Whether terms can be published: contradictions among places, reserves, rubric and stages, each as
a fault of the part of the design that mends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from anso.kernel.canonical import plain_decimal
from anso.kernel.errors import BadDefinition
from anso.kernel.faults import DesignFault, DesignPart, faults_of
from anso.kernel.terms.model import BLOCKS, Rubric, Terms
from anso.kernel.terms.order import order_faults
from anso.kernel.terms.outcome import OutcomePart
from anso.kernel.wording import Message, gettext_noop


def check_terms(terms: Terms) -> list[DesignFault]:
    """What is wrong with the terms; empty when they can be published."""
    return [
        *faults_of(DesignPart.OUTCOME, _check_tree(terms.outcome)),
        *faults_of(DesignPart.OUTCOME, _check_reserves(terms.outcome)),
        *faults_of(DesignPart.OUTCOME, _check_groups(terms)),
        *faults_of(DesignPart.OUTCOME, terms.outcome.check()),
        *faults_of(DesignPart.RUBRIC, _check_rubrics(terms)),
        *faults_of(DesignPart.STAGES, _check_stages(terms)),
        *faults_of(DesignPart.STAGES, order_faults(terms.stages)),
    ]


def require_sound_terms(terms: Terms) -> Terms:
    """The terms, or BadDefinition with the first thing that is wrong."""
    for fault in check_terms(terms):
        raise BadDefinition.of(fault.message)
    return terms


def _check_tree(outcome: OutcomePart) -> Iterator[Message]:
    tree = outcome.tree()
    nodes = {node.key: node for node in tree}
    if len(nodes) != len(tree):
        yield Message("node_twice", gettext_noop("Two groups of places have the same key."))
    for node in tree:
        place = {"place": node.label}
        if node.capacity < 0:
            yield Message(
                "negative", gettext_noop("%(place)s: the number cannot be negative."), place
            )
        if node.parent and node.parent not in nodes:
            yield Message(
                "no_parent",
                gettext_noop("%(place)s: the group above it, “%(parent)s”, does not exist."),
                place | {"parent": node.parent},
            )
    for parent in sorted({node.parent for node in tree if node.parent in nodes}):
        below = sum(node.capacity for node in tree if node.parent == parent)
        if below < nodes[parent].capacity:
            yield Message(
                "too_few_below",
                gettext_noop(
                    "%(place)s: the groups below hold %(below)s, fewer than its %(capacity)s."
                ),
                {
                    "place": nodes[parent].label,
                    "below": below,
                    "capacity": nodes[parent].capacity,
                },
            )


def _check_reserves(outcome: OutcomePart) -> Iterator[Message]:
    tree, everywhere = outcome.tree(), outcome.all_reserves()
    nodes = {node.key: node for node in tree}
    if len({(reserve.group, reserve.node) for reserve in everywhere}) != len(everywhere):
        yield Message(
            "kept_twice",
            gettext_noop("The same group has something kept for it twice in one part of the tree."),
        )
    for reserve in outcome.reserves:
        if reserve.node and reserve.node not in nodes:
            yield Message(
                "kept_nowhere",
                gettext_noop("Something is kept for a group in “%(place)s”, which does not exist."),
                {"place": reserve.node},
            )
        if reserve.places < 1:
            yield Message("nothing_kept", gettext_noop("Keep at least one for a group, or none."))
    room = {node.key: node.capacity for node in tree} | {"": outcome.capacity()}
    for key, most in room.items():
        kept = sum(_kept_in(outcome, key).values())
        if tree and kept > most:
            yield _too_many_kept(nodes[key].label if key else None, kept, most)


def _check_groups(terms: Terms) -> Iterator[Message]:
    declared = {group.key for group in terms.groups}
    for key in sorted((terms.outcome.named_groups() | set(terms.figures)) - declared):
        text = gettext_noop("“%(group)s” is no group of people that this programme knows.")
        yield Message("unknown_group", text, {"group": key})


def _too_many_kept(label: object, kept: int, most: int) -> Message:
    facts = {"kept": kept, "most": most}
    if label is None:
        text = gettext_noop(
            "In all, %(kept)s are kept for groups, more than the %(most)s there are."
        )
        return Message("too_many_kept", text, facts)
    text = gettext_noop(
        "%(place)s: %(kept)s are kept for groups, more than the %(most)s there are."
    )
    return Message("too_many_kept", text, facts | {"place": label})


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


def _check_rubrics(terms: Terms) -> Iterator[Message]:
    for rubric in (terms.rubric, *terms.rubrics.values()):
        yield from _check_rubric(rubric)
    for stage in terms.stages:
        if stage.rubric and stage.rubric not in terms.rubrics:
            yield Message(
                "unknown_rubric",
                gettext_noop("%(stage)s: its rubric “%(rubric)s” does not exist."),
                {"stage": stage.label, "rubric": stage.rubric},
            )


def _check_rubric(rubric: Rubric) -> Iterator[Message]:
    if not rubric.criteria:
        return
    if rubric.scale_highest <= rubric.scale_lowest:
        yield Message("scale_reversed", gettext_noop("The highest score must be above the lowest."))
    total = sum((criterion.weight for criterion in rubric.criteria), Decimal(0))
    if total != 1:
        yield Message(
            "weights",
            gettext_noop("The weights of the criteria sum to %(total)s, not to 1."),
            {"total": plain_decimal(total)},
        )
    if len({criterion.key for criterion in rubric.criteria}) != len(rubric.criteria):
        yield Message("criterion_twice", gettext_noop("Two criteria have the same key."))


def _check_stages(terms: Terms) -> Iterator[Message]:
    for stage in terms.stages:
        if stage.block not in BLOCKS:
            yield Message(
                "unknown_block",
                gettext_noop("%(stage)s: “%(block)s” is not a kind of stage."),
                {"stage": stage.label, "block": stage.block},
            )
        if stage.ends_on < stage.starts_on:
            yield Message(
                "stage_reversed",
                gettext_noop("%(stage)s: it ends before it begins."),
                {"stage": stage.label},
            )
