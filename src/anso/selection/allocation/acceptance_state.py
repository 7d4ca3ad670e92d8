"""The engine of deferred acceptance: proposals, and who must give way when a quota is over-full.

Here belongs the running state. The public function belongs to `deferred_acceptance`.

Hosts under one quota share its seats through slots: the k-th seat of a leaf has a precedence (seats
up to the host's target first, then by turns), and an over-full quota gives up the slot that comes
last. This is a greedy choice on a laminar matroid, so a person once refused could never have been
taken later: the match is stable and no candidate gains by a false order.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush, heappushpop

from anso.selection.allocation.hosts import HostPositions, seats_of_leaf
from anso.selection.allocation.problem import Candidate, QuotaTree

# A slot in one number, in the order in which slots give way: whether it lies beyond the host's
# target, then its turn, then its leaf.
LATER = 1 << 60
TURN = 1 << 24


class AcceptanceState:
    """Who is held where while candidates propose, and the slots taken under every quota."""

    def __init__(
        self, tree: QuotaTree, hosts: HostPositions, groups: dict[str, frozenset[str]]
    ) -> None:
        self.hosts = hosts
        self.groups = groups
        self.paths = tree.paths
        self.capacity = {key: node.capacity for key, node in tree.nodes.items()}
        self.number = {leaf: at for at, leaf in enumerate(tree.leaves)}
        self.leaves = tree.leaves
        self.required = tree.required
        self.count = dict.fromkeys(tree.nodes, 0)
        self.slots: dict[str, list[int]] = {
            key: [] for key, below in tree.children.items() if below
        }
        self.held: dict[str, list[tuple[int, str]]] = {leaf: [] for leaf in tree.leaves}
        self.fixed: dict[str, list[str]] = {leaf: [] for leaf in tree.leaves}
        # Most leaves share no quota and keep no seats; there one heap says all.
        self.alone = {
            leaf
            for leaf, path in tree.paths.items()
            if len(path) == 1 and leaf not in hosts.reserves
        }
        self.proposals = 0

    def fix(self, seats: Mapping[str, str]) -> None:
        """Take seats out of the game: those people stay where they are whatever is proposed."""
        for key, leaf in seats.items():
            self.fixed[leaf].append(key)
            for node in self.paths[leaf]:
                self.count[node] += 1

    def run(self, candidates: list[Candidate]) -> None:
        """Let all candidates propose down their lists until nobody without a seat has anywhere left
        to ask.
        """
        onward = {candidate.key: iter(candidate.preferences) for candidate in candidates}
        free = [candidate.key for candidate in reversed(candidates)]
        while free:
            key = free.pop()
            for leaf in onward[key]:
                refused = self.propose(key, leaf)
                if refused != key:
                    if refused:
                        free.append(refused)
                    break

    def propose(self, key: str, leaf: str) -> str:
        """Let `key` ask for `leaf` and return who goes without a seat now: nobody (empty), they, or
        another.
        """
        self.proposals += 1
        position = self.hosts.positions[leaf].get(key)
        if position is None or not self.required[leaf] <= self.groups[key]:
            return key
        if leaf in self.alone:
            return self._propose_alone((-position, key), leaf)
        heappush(self.held[leaf], (-position, key))
        path = self.paths[leaf]
        for node in path:
            self.count[node] += 1
        over = next((node for node in path if self.count[node] > self.capacity[node]), "")
        slot = self._slot(leaf)
        loser = self._last_leaf(over, slot) if over else ""
        if loser != leaf:
            for node in path[1:]:
                heappush(self.slots[node], -slot)
        return self._give_up(loser) if loser else ""

    def _propose_alone(self, proposal: tuple[int, str], leaf: str) -> str:
        """Do the same at a leaf that shares no quota and keeps no seats: the best stay."""
        held = self.held[leaf]
        if len(held) + len(self.fixed[leaf]) < self.capacity[leaf]:
            heappush(held, proposal)
            return ""
        return heappushpop(held, proposal)[1]

    def _slot(self, leaf: str) -> int:
        turn = self.count[leaf]
        later = turn > self.hosts.targets.get(leaf, 0)
        return LATER * later + TURN * turn + self.number[leaf]

    def _last_leaf(self, over: str, slot: int) -> str:
        newest = self.leaves[slot % TURN]
        if over == newest:
            return newest
        slots = self.slots[over]
        # Slots that were given up stay in the heap until they come to its top: taking them out of
        # its middle would cost more.
        while slots and not self._is_current(-slots[0], newest):
            heappop(slots)
        return self.leaves[max(slot, -slots[0]) % TURN] if slots else newest

    def _is_current(self, slot: int, newest: str) -> bool:
        leaf = self.leaves[slot % TURN]
        taken = self.count[leaf] - (leaf == newest)
        return slot % LATER // TURN <= taken

    def _give_up(self, leaf: str) -> str:
        for node in self.paths[leaf]:
            self.count[node] -= 1
        reserves = self.hosts.reserves.get(leaf, ())
        held = self.held[leaf]
        if not reserves:
            return heappop(held)[1]
        members = [key for _, key in held] + self.fixed[leaf]
        order = list(seats_of_leaf(members, self.hosts.positions[leaf], reserves, self.groups))
        last = next(key for key in reversed(order) if key not in self.fixed[leaf])
        held.remove((-self.hosts.positions[leaf][last], last))
        return last

    def seats(self) -> dict[str, str]:
        """Return everybody's leaf, held or fixed."""
        proposed = {key: leaf for leaf, held in self.held.items() for _, key in held}
        return proposed | {key: leaf for leaf, keys in self.fixed.items() for key in keys}
