"""Assigning reviewers beside OR-Tools' full flow, HiGHS, PuLP with CBC and networkx: real bids and
large synthetic calls.

Run: PYTHONPATH=src var/bench/selection/bin/python bench/selection/reviewers.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

sys.path.insert(0, str(Path(__file__).parent))
from sidebyside import report, run_each, timed, write

from anso.selection.assignment import (
    AssignmentProblem,
    GroupRule,
    assign_fairly,
    assign_reviewers,
    at_most_per_group,
    recompute_bound,
)

BIDS = Path(__file__).parents[2] / "tests" / "data" / "selection" / "assignment"
UNITS = 1_000_000


def question(name: str) -> tuple[Any, Any, int, int]:
    """Return scores, conflicts, smallest and largest load of an instance."""
    if name in {"preflib3", "aamas2015"}:
        rows, columns, *scores = (BIDS / f"{name}.in").read_text().split()
        table = np.array(scores, dtype=np.float32).reshape(int(rows), int(columns))
        return table, np.zeros(table.shape, dtype=bool), 0, {"preflib3": 6, "aamas2015": 11}[name]
    kind, rows, columns = (
        name.split("-", maxsplit=1)[0],
        int(name.split("-")[1]),
        int(name.split("-")[2]),
    )
    draw = np.random.default_rng(1)
    table = _topics(draw, rows) @ _topics(draw, columns).T
    conflicts = draw.random(table.shape, dtype=np.float32) < 0.01
    mean = 3 * rows / columns
    if kind == "sparse":
        near = np.argpartition(table, columns - 50, axis=1)[:, -50:]
        listed = (
            np.take_along_axis(table, near, axis=1).ravel(),
            (np.repeat(np.arange(rows), 50), near.ravel()),
        )
        table = sparse.csr_array(listed, shape=table.shape)
    return table, conflicts, int(0.6 * mean), int(1.25 * mean)


def _topics(draw: Any, count: int) -> Any:
    shares = draw.dirichlet(np.full(16, 0.25), count).astype(np.float32)
    return shares / np.linalg.norm(shares, axis=1, keepdims=True)


def pairs_of(table: Any, conflicts: Any) -> tuple[Any, Any, Any]:
    if sparse.issparse(table):
        listed = table.tocoo()
        rows, columns = listed.coords
        keep = ~conflicts[rows, columns]
        return rows[keep], columns[keep], np.rint(listed.data[keep] * float(UNITS)).astype(np.int64)
    rows, columns = np.nonzero(~conflicts)
    return rows, columns, np.rint(table[rows, columns] * float(UNITS)).astype(np.int64)


def anso(table: Any, conflicts: Any, low: int, high: int) -> Any:
    names = (
        tuple(f"a{n}" for n in range(table.shape[0])),
        tuple(f"r{n}" for n in range(table.shape[1])),
    )
    problem = AssignmentProblem(*names, table, high, low, 3, conflicts)
    return problem, assign_reviewers(problem)


def flow(table: Any, conflicts: Any, low: int, high: int) -> int:
    """OR-Tools' minimum-cost flow over every pair, arcs added in bulk."""
    from ortools.graph.python import min_cost_flow

    rows, columns, worth = pairs_of(table, conflicts)
    count, width = table.shape
    solver, sink = min_cost_flow.SimpleMinCostFlow(), count + width
    solver.add_arcs_with_capacity_and_unit_cost(
        rows, count + columns, np.ones(len(rows), dtype=np.int64), -worth
    )
    reviewers = count + np.arange(width)
    solver.add_arcs_with_capacity_and_unit_cost(
        reviewers, np.full(width, sink), np.full(width, high - low), np.zeros(width, dtype=np.int64)
    )
    supply = np.r_[np.full(count, 3), np.full(width, -low), -(3 * count - low * width)]
    solver.set_nodes_supplies(np.arange(sink + 1), supply)
    assert solver.solve() == solver.OPTIMAL
    return -solver.optimal_cost()


def highs(table: Any, conflicts: Any, low: int, high: int) -> int:
    from scipy.optimize import linprog

    rows, columns, worth = pairs_of(table, conflicts)
    ones, place = np.ones(len(rows)), np.arange(len(rows))
    of_rows = sparse.csr_array((ones, (rows, place)))
    of_columns = sparse.csr_array((ones, (columns, place)))
    limits = sparse.vstack([of_columns, -of_columns])
    beyond = np.r_[np.full(table.shape[1], high), np.full(table.shape[1], -low)]
    found = linprog(
        -worth / UNITS,
        A_ub=limits,
        b_ub=beyond,
        A_eq=of_rows,
        b_eq=np.full(table.shape[0], 3),
        bounds=(0, 1),
        method="highs",
    )
    return round(-found.fun * UNITS)


def pulp_cbc(table: Any, conflicts: Any, low: int, high: int) -> int:
    import pulp

    rows, columns, worth = (part.tolist() for part in pairs_of(table, conflicts))
    model = pulp.LpProblem("reviewers", pulp.LpMaximize)
    make = [pulp.LpVariable(f"x{n}", cat="Binary") for n in range(len(rows))]
    model += pulp.lpSum(value * choice for value, choice in zip(worth, make, strict=True))
    of_row: dict[int, list[Any]] = {}
    of_column: dict[int, list[Any]] = {}
    for row, column, choice in zip(rows, columns, make, strict=True):
        of_row.setdefault(row, []).append(choice)
        of_column.setdefault(column, []).append(choice)
    for choices in of_row.values():
        model += pulp.lpSum(choices) == 3
    for choices in of_column.values():
        model += pulp.lpSum(choices) <= high
        model += pulp.lpSum(choices) >= low
    model.solve(pulp.PULP_CBC_CMD(msg=0))
    return round(pulp.value(model.objective))


def networkx_simplex(table: Any, conflicts: Any, low: int, high: int) -> int:
    import networkx as nx

    rows, columns, worth = (part.tolist() for part in pairs_of(table, conflicts))
    graph = nx.DiGraph()
    for row in range(table.shape[0]):
        graph.add_node(("a", row), demand=-3)
    for column in range(table.shape[1]):
        graph.add_node(("r", column), demand=low)
        graph.add_edge(("r", column), "sink", capacity=high - low, weight=0)
    graph.add_node("sink", demand=3 * table.shape[0] - low * table.shape[1])
    for row, column, value in zip(rows, columns, worth, strict=True):
        graph.add_edge(("a", row), ("r", column), capacity=1, weight=-value)
    return -nx.network_simplex(graph)[0]


def diverse(table: Any, kind: str) -> AssignmentProblem:
    """The instance with one per institute and two per country; crossing adds one senior and one of
    the discipline.
    """
    count, width = table.shape
    draw = np.random.default_rng(5)
    institute, senior, field = (
        draw.integers(0, width // 4, width),
        draw.random(width) < 0.4,
        draw.integers(0, 5, width),
    )
    asked = draw.integers(0, 5, count)
    names = tuple(f"a{n}" for n in range(count)), tuple(f"r{n}" for n in range(width))
    rules = at_most_per_group("institute", {f"r{n}": str(institute[n]) for n in range(width)}, 1)
    rules += at_most_per_group(
        "country", {f"r{n}": str(institute[n] % 20) for n in range(width)}, 2
    )
    if kind == "crossing":
        rules += (GroupRule("senior", frozenset(f"r{n}" for n in np.flatnonzero(senior)), 1),)
        for one in range(5):
            where = frozenset(f"a{n}" for n in np.flatnonzero(asked == one))
            rules += (
                GroupRule(
                    f"field {one}",
                    frozenset(f"r{n}" for n in np.flatnonzero(field == one)),
                    1,
                    None,
                    where,
                ),
            )
    return AssignmentProblem(*names, table, int(1.25 * 3 * count / width) + 1, 0, 3, rules=rules)


def run(program: str, name: str) -> None:
    given = question(name)
    repeats = 3 if given[0].shape[0] < 3000 or program in {"anso", "fair"} else 1
    if program == "anso":
        (problem, answer), wall, cpu = timed(lambda: anso(*given), repeats)
        bound, check, _ = timed(lambda: recompute_bound(problem, answer.certificate), 1)
        proof = {
            "gap": str(answer.certificate.gap),
            "recomputed": str(bound),
            "check_s": round(check, 3),
        }
        report(
            wall_s=round(wall, 3),
            cpu_s=round(cpu, 3),
            total=str(answer.total),
            pairs=answer.certificate.pairs_considered,
            **proof,
        )
    elif program in {"nested", "crossing"}:
        answer, wall, cpu = timed(
            lambda: assign_reviewers(diverse(given[0], program), seconds=60), 1
        )
        report(
            wall_s=round(wall, 3),
            cpu_s=round(cpu, 3),
            total=str(answer.total),
            gap=str(answer.certificate.gap),
        )
    elif program == "fair":
        names = (
            tuple(f"a{n}" for n in range(given[0].shape[0])),
            tuple(f"r{n}" for n in range(given[0].shape[1])),
        )
        fair, wall, cpu = timed(
            lambda: assign_fairly(AssignmentProblem(*names, given[0], given[3], given[2])), 1
        )
        report(
            wall_s=round(wall, 3),
            cpu_s=round(cpu, 3),
            total=str(fair.total),
            worst=str(fair.worst_off_affinity),
            bound=str(fair.worst_off_bound),
        )
    else:
        total, wall, cpu = timed(
            lambda: PEERS[program](*given), 1 if program != "flow" else repeats
        )
        report(wall_s=round(wall, 3), cpu_s=round(cpu, 3), total=f"{total / UNITS:.6f}")


PEERS = {"flow": flow, "highs": highs, "pulp": pulp_cbc, "networkx": networkx_simplex}

TASKS = [
    *([program, name] for name in ("preflib3", "aamas2015") for program in ("anso", *PEERS)),
    *([program, "dense-2000-500"] for program in ("anso", "flow")),
    *([program, "sparse-10000-2000"] for program in ("anso", "flow")),
    *([program, "dense-10000-2000"] for program in ("anso", "flow")),
]
RULES = [
    ["fair", "preflib3"],
    *(
        [kind, name]
        for kind in ("nested", "crossing")
        for name in ("preflib3", "aamas2015", "dense-2000-500")
    ),
]
NOTES = [
    (
        "anso: from the table to the answer in names with its certificate; gap 0 is the proof over"
        " all pairs, recomputed by `recompute_bound`."
    ),
    (
        "dense-10000-2000: 20 million pairs, 1 % conflicts, floors 0.6 and ceilings 1.25 of the"
        " mean load; sparse: 50 candidates each."
    ),
    (
        "flow, highs, pulp, networkx: OR-Tools SimpleMinCostFlow with arcs in bulk, SciPy linprog"
        " (HiGHS), PuLP with CBC, network_simplex."
    ),
    (
        "Wall times depend on what else runs on the machine; processor times and totals are the"
        " figures to compare."
    ),
]
RULE_NOTES = [
    (
        "fair: best worst-off paper, then the total. nested: one reviewer per institute and two per"
        " country."
    ),
    (
        "crossing: also one senior and one of the discipline, integer program for 60 s at most; gap"
        " 0 is the proven optimum."
    ),
]

if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(*sys.argv[1:])
    else:
        write("reviewers", run_each(__file__, TASKS, timeout=240), NOTES)
        write("reviewers-rules", run_each(__file__, RULES, timeout=240), RULE_NOTES)
