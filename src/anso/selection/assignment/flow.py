"""Best assignments as minimum-cost flows, and the prices that prove them best.

Here belong networks for loads and for nested rules (each application → its groups → reviewers →
sink) and the prices read off a flow. Choosing pairs and proving over all pairs belongs to
`certificate`; crossing rules to `mixed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from ortools.graph.python import min_cost_flow

from anso.selection.assignment.board import Board, Pairs, Prices, Whole


class Network(NamedTuple):
    """Arcs with capacities and costs, and what each node gives (positive) or takes."""

    tail: Whole
    head: Whole
    capacity: Whole
    cost: Whole
    supply: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The rules that need nodes of their own: for each node its application, its rule and the node
    above it.

    `node_of` gives, for application and reviewer, the node from which the pair starts.
    """

    application: Whole
    rule: Whole
    parent: Whole
    node_of: Whole


def nested_order(board: Board) -> tuple[int, ...] | None:
    """Return the rules from the largest group to the smallest when groups are nested or apart, else
    `None`.
    """
    sizes = board.members.sum(axis=1)
    order = tuple(int(rule) for rule in np.argsort(-sizes, kind="stable"))
    for place, inner in enumerate(order):
        for outer in order[:place]:
            shared = int((board.members[inner] & board.members[outer]).sum())
            if shared not in (0, int(sizes[inner])):
                return None
    return order


def solve_flow(
    board: Board, pairs: Pairs, scale: int = 1, cap: int = 1
) -> tuple[Whole, Prices] | None:
    """Return how often each pair is made and the prices of this answer; `None` when no answer
    exists.

    With `scale` above one every count is multiplied by it and a pair may be made up to `cap` times:
    the shares of a randomised assignment in units of 1/scale.
    """
    groups = _group_nodes(board, pairs)
    network = _network(board, pairs, groups, scale, cap)
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tail, network.head, network.capacity, network.cost
    )
    solver.set_nodes_supplies(np.arange(len(network.supply)), network.supply)
    if solver.solve() != solver.OPTIMAL:
        return None
    flows = np.asarray(solver.flows(arcs), dtype=np.int64)
    return flows[: len(pairs.worth)], _prices(board, groups, _node_prices(network, flows))


def _group_nodes(board: Board, pairs: Pairs) -> Groups:
    rows, columns = board.shape
    empty = np.empty(0, dtype=np.int64)
    found: list[tuple[Whole, Whole, Whole]] = [(empty, empty, empty)]
    above = (
        np.arange(rows)[:, None].repeat(columns, axis=1)
        if len(board.members)
        else np.empty((0, 0), dtype=np.int64)
    )
    count = rows + columns + 1
    for rule in nested_order(board) or ():
        inside = board.members[rule]
        sizes = np.bincount(pairs.application[inside[pairs.reviewer]], minlength=rows)
        needed = board.holds[:, rule] & ((sizes > board.at_most[rule]) | (board.at_least[rule] > 0))
        applications = np.flatnonzero(needed)
        if not len(applications) or not inside.any():
            continue
        nodes = count + np.arange(len(applications))
        count += len(applications)
        parents = above[applications, int(np.argmax(inside))]
        found.append((applications, np.full(len(applications), rule), parents))
        above[np.ix_(applications, np.flatnonzero(inside))] = nodes[:, None]
    application, rule_number, parent = (np.concatenate(part) for part in zip(*found, strict=True))
    return Groups(application, rule_number, parent, above)


def _network(board: Board, pairs: Pairs, groups: Groups, scale: int, cap: int) -> Network:
    rows, columns = board.shape
    sink = rows + columns
    start = pairs.application
    if len(groups.rule):
        start = groups.node_of[pairs.application, pairs.reviewer]
    made = len(groups.rule)
    nodes = sink + 1 + np.arange(made)
    low, high = board.at_least[groups.rule] * scale, board.at_most[groups.rule] * scale
    supply = np.zeros(sink + 1 + made, dtype=np.int64)
    supply[:rows] = board.reviews * scale
    # What must flow at least is taken at the node itself, and the arc behind it carries only what
    # may come on top; below, the same for groups.
    supply[rows:sink] = -board.floors * scale
    supply[sink] = -(int(board.reviews.sum()) - int(board.floors.sum())) * scale
    np.subtract.at(supply, groups.parent, low)
    supply[nodes] += low
    reviewers = rows + np.arange(columns)
    return Network(
        tail=np.concatenate([start, groups.parent, reviewers]),
        head=np.concatenate([rows + pairs.reviewer, nodes, np.full(columns, sink)]),
        capacity=np.concatenate(
            [np.full(len(start), cap), high - low, (board.ceilings - board.floors) * scale]
        ),
        cost=np.concatenate([-pairs.worth, np.zeros(made + columns, dtype=np.int64)]),
        supply=supply,
    )


def _node_prices(network: Network, flows: Whole) -> Whole:
    """Return shortest distances to the sink's level over the arcs that still have room, by
    Bellman-Ford.
    """
    onward, backward = flows < network.capacity, flows > 0
    tail = np.concatenate([network.tail[onward], network.head[backward]])
    head = np.concatenate([network.head[onward], network.tail[backward]])
    cost = np.concatenate([network.cost[onward], -network.cost[backward]])
    order = np.argsort(head, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    first = np.flatnonzero(np.r_[True, head[1:] != head[:-1]])
    reached = head[first]
    distance = np.zeros(len(network.supply), dtype=np.int64)
    for _ in range(len(distance) + 1):
        best = np.minimum(np.minimum.reduceat(distance[tail] + cost, first), distance[reached])
        if np.array_equal(best, distance[reached]):
            return distance
        distance[reached] = best
    raise RuntimeError("A cheapest flow leaves no way to gain.")  # pragma: no cover


def _prices(board: Board, groups: Groups, level: Whole) -> Prices:
    rows, columns = board.shape
    sink = rows + columns
    rule = np.zeros((rows, len(board.members)), dtype=np.int64)
    nodes = sink + 1 + np.arange(len(groups.rule))
    rule[groups.application, groups.rule] = level[nodes] - level[groups.parent]
    return Prices(level[:rows] - level[sink], level[sink] - level[rows:sink], rule)
