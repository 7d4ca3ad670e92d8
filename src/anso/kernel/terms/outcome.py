"""What the selected of a call receive, as far as every outcome has it: a tree of places, how many
there are in each part of it, and the limits that hold there.

A *place* is whatever one selected application gets: a study place, an award, a grant, a
recognition. Not here: the outcomes themselves with what is their own (``programmes.outcomes``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Self

from anso.kernel.terms.groups import EITHER
from anso.kernel.wording import Message, Text


@dataclass(frozen=True)
class PlaceNode:
    """A node of the tree of places. Leaves are what applications are placed in; ``only`` names
    groups that a person must be in, ``favour`` groups of which one is enough to come
    first, once the other places of the same kind are given.

    ``capacity`` is a number of places; ``parent`` is the key of the node above, empty at the top.
    """

    key: str
    label: Text
    capacity: int
    parent: str = ""
    level: str = ""
    host: str = ""
    fund: str = ""
    only: tuple[str, ...] = ()
    favour: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceReserve:
    """Places kept for one group of people below a node (everywhere when it is empty) while its
    members want them; released otherwise.
    """

    group: str
    places: int
    node: str = ""


@dataclass(frozen=True)
class OutcomePart:
    """An outcome's own part of the terms. Every outcome extends it with its own columns and says
    which tree follows from them.

    ``code`` names the outcome in the register of ``programmes.outcomes``; blank where a call gives
    nothing.
    """

    keeps_for_groups: ClassVar[bool] = False

    code: str = field(default="", init=False)

    def tree(self) -> tuple[PlaceNode, ...]:
        """All nodes, every node before those below it."""
        return ()

    @property
    def reserves(self) -> tuple[PlaceReserve, ...]:
        """Places kept for groups."""
        return ()

    @property
    def purse(self) -> tuple[Decimal, str] | None:
        """The money from which all is paid what it asks for, and its currency; None where things
        are counted and no money.
        """
        return None

    def cost_of(self, asked: Decimal | None) -> Decimal | None:
        """What giving it costs somebody who ``asked`` for so much; None where that is not known."""
        return Decimal(0)

    @property
    def country_ceiling(self) -> int | None:
        """The most places for one country; None where there is no such limit."""
        return None

    def check(self) -> Iterator[Message]:
        """What is wrong with the outcome's own columns."""
        yield from ()

    def counted(self) -> tuple[str, ...]:
        """The keys of the nodes whose numbers officers may change one by one."""
        return ()

    def with_counts(self, counts: Mapping[str, int]) -> Self:
        """The same with other numbers at the nodes named."""
        return self

    def with_reserves(self, reserves: tuple[PlaceReserve, ...]) -> Self:
        """The same with other reserves, where the outcome ``keeps_for_groups``."""
        return self

    def answers(self) -> dict[str, Any]:
        """The outcome's own columns as answers to the questions of its design page."""
        return {}

    def with_answers(self, answers: Mapping[str, Any]) -> Self:
        """The same with its own columns as an officer answered; refuses what makes no sense."""
        return self

    def node(self, key: str) -> PlaceNode | None:
        """The node with that key, or None."""
        return next((node for node in self.tree() if node.key == key), None)

    def capacity(self) -> int:
        """How many places there are in all; nodes below may hold more than those above them."""
        return sum(node.capacity for node in self.tree() if not node.parent)

    def leaves(self) -> tuple[PlaceNode, ...]:
        """The places that are given: nodes that no node stands below."""
        nodes = self.tree()
        parents = {node.parent for node in nodes}
        return tuple(node for node in nodes if node.key not in parents)

    def leaves_for(self, level: str, host: str) -> tuple[PlaceNode, ...]:
        """The places of one level at one host: narrower funds first, so that special money is used
        before general money, and those that favour somebody last, so that the favour reaches
        whom the others did not.
        """
        found = [node for node in self.leaves() if node.level == level and node.host == host]
        return tuple(sorted(found, key=lambda node: (bool(node.favour), not node.only, node.key)))

    def named_groups(self) -> frozenset[str]:
        """The keys of all groups that a node or a reserve names."""
        named = {group for node in self.tree() for group in (*node.only, *node.favour)}
        return frozenset(named | {reserve.group for reserve in self.reserves})

    def all_reserves(self) -> tuple[PlaceReserve, ...]:
        """The reserves, and those that favours mean: places of a node that favours groups are kept
        for people of any of them.
        """
        favours = tuple(
            PlaceReserve(favoured_group(node), node.capacity, node.key)
            for node in self.tree()
            if node.favour and node.capacity
        )
        return (*self.reserves, *favours)


def favoured_group(node: PlaceNode) -> str:
    """The group of people who belong to any of the groups that a node favours."""
    return EITHER.join(node.favour)
