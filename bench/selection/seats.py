"""Giving seats beside `matching`, CP-SAT and HiGHS: plain two-sided matches, and 500 seats under
quotas.

Run: PYTHONPATH=src var/bench/selection/bin/python bench/selection/seats.py
"""

from __future__ import annotations

import random
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from sidebyside import report, run_each, timed, write

from anso.selection.allocation import (
    Candidate,
    Ceiling,
    Floor,
    HostOrder,
    QuotaNode,
    fill_by_rank,
    match_candidates,
    match_in_bulk,
    optimise_seats,
)

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]


def lists(people: int, seats: int, length: int = 10) -> Arrays:
    """Return lists of ten seats out of those with similar popularity, seats' own orders, and as
    many places as people.
    """
    draw = np.random.default_rng(7)
    popular = np.sort(draw.random(seats))[::-1]
    preferences = np.stack(
        [np.argsort(-(popular + draw.gumbel(0, 0.35, seats)))[:length] for _ in range(people)]
    ).astype(np.int64)
    flat = preferences.ravel()
    order = np.lexsort((draw.random(flat.size), flat))
    first = np.searchsorted(flat[order], np.arange(seats))
    ranks = np.empty_like(flat)
    ranks[order] = np.arange(flat.size) - first[flat[order]]
    return (
        preferences,
        ranks.reshape(preferences.shape),
        np.full(seats, people // seats, dtype=np.int64),
    )


def named(arrays: Arrays) -> tuple[list[Candidate], list[QuotaNode], list[HostOrder]]:
    preferences, ranks, capacities = arrays
    orders: list[list[tuple[int, int]]] = [[] for _ in capacities]
    for person, (wishes, positions) in enumerate(
        zip(preferences.tolist(), ranks.tolist(), strict=True)
    ):
        for seat, rank in zip(wishes, positions, strict=True):
            orders[seat].append((rank, person))
    candidates = [
        Candidate(f"c{at}", tuple(f"s{seat}" for seat in wishes))
        for at, wishes in enumerate(preferences.tolist())
    ]
    quotas = [QuotaNode(f"s{seat}", int(number)) for seat, number in enumerate(capacities)]
    return (
        candidates,
        quotas,
        [
            HostOrder(f"s{seat}", tuple((f"c{who}",) for _, who in sorted(order)))
            for seat, order in enumerate(orders)
        ],
    )


def match(program: str, people: int, seats: int) -> None:
    """Match once per program and report how the seats differ from none to all (they may not)."""
    arrays = lists(people, seats)
    if program == "arrays":
        answer, wall, cpu = timed(lambda: match_in_bulk(*arrays), 3)
        taken = answer.seats.tolist()
    elif program == "named":
        given = named(arrays)
        reasons, wall, cpu = timed(lambda: match_candidates(*given), 1)
        assert reasons.certificate.holds
        taken = [int(place.seat[1:]) if place.seat else -1 for place in reasons.placements]
    else:
        taken, wall, cpu = _with_matching(arrays)
    report(
        wall_s=round(wall, 3),
        cpu_s=round(cpu, 3),
        seated=sum(seat >= 0 for seat in taken),
        check=hash(tuple(taken)) % 10**6,
    )


def _with_matching(arrays: Arrays) -> tuple[list[int], float, float]:
    from matching.games import HospitalResident

    sys.setrecursionlimit(10**6)
    candidates, quotas, orders = named(arrays)
    game, _, building = timed(
        lambda: HospitalResident.create_from_dictionaries(
            {who.key: list(who.preferences) for who in candidates},
            {order.leaf: [tier[0] for tier in order.tiers] for order in orders if order.tiers},
            {node.key: node.capacity for node in quotas},
        ),
        1,
    )
    solution, wall, cpu = timed(lambda: game.solve(optimal="resident"), 1)
    seat = {
        resident.name: hospital.name
        for hospital, residents in solution.items()
        for resident in residents
    }
    return (
        [int(seat[who.key][1:]) if who.key in seat else -1 for who in candidates],
        wall + building,
        cpu + building,
    )


def fellowship(
    people: int,
) -> tuple[list[Candidate], list[QuotaNode], dict[str, list[Decimal]], list[Ceiling], list[Floor]]:
    """Return 500 seats in 160 host programmes, 60 countries with a ceiling, and floors for women
    and LDC.
    """
    draw = random.Random(1)
    quotas = [QuotaNode("all", 500), QuotaNode("MSc", 200, "all"), QuotaNode("PhD", 300, "all")]
    quotas += [
        QuotaNode(f"h{host}-{level}", draw.randint(3, 8), level)
        for host in range(80)
        for level in ("MSc", "PhD")
    ]
    ceilings = [Ceiling(f"C{country}", 25) for country in range(60)]
    floors = [
        Floor("women", 225),
        Floor("women", 80, "MSc"),
        Floor("women", 120, "PhD"),
        Floor("ldc", 125),
    ]
    candidates, worths = [], {}
    for at in range(people):
        country = draw.choices(range(60), [1 / (place + 1) for place in range(60)])[0]
        groups = (
            {f"C{country}"}
            | ({"women"} if draw.random() < 0.35 else set())
            | ({"ldc"} if country % 4 == 3 else set())
        )
        level, score = draw.choice(("MSc", "PhD")), draw.gauss(3, 1)
        candidates.append(
            Candidate(
                f"k{at}",
                tuple(f"h{host}-{level}" for host in draw.sample(range(80), 5)),
                frozenset(groups),
            )
        )
        worths[f"k{at}"] = [
            Decimal(f"{score - 0.1 * choice + draw.gauss(0, 0.2):.3f}") for choice in range(5)
        ]
    return candidates, quotas, worths, ceilings, floors


def optimum(program: str, people: int) -> None:
    """Solve the fellowship problem exactly with one program."""
    work = fellowship(people)
    if program == "anso":
        best, wall, cpu = timed(lambda: optimise_seats(*work), 1)
        report(
            wall_s=round(wall, 2),
            cpu_s=round(cpu, 2),
            total=str(best.total),
            proven=all(check.holds for check in best.checks),
        )
        return
    from anso.selection.allocation.optimum import _Layout, _scaled
    from anso.selection.allocation.problem import Problem, Reserve, make_tree

    candidates, quotas, worths, ceilings, floors = work
    reserves = tuple(Reserve(floor.group, floor.seats, floor.node) for floor in floors)
    problem = Problem(tuple(candidates), tuple(quotas), tuple(ceilings), reserves)
    programme = _Layout(problem, make_tree(quotas), _scaled(candidates, worths)).programme
    solve = _cp_sat if program == "cp-sat" else _highs
    (total, proven), wall, cpu = timed(lambda: solve(programme), 1)
    report(
        wall_s=round(wall, 2), cpu_s=round(cpu, 2), total=str(Decimal(total) / 10**6), proven=proven
    )


def _cp_sat(programme: Any) -> tuple[int, bool]:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in programme.worth]
    for rows, limits, sign in (
        (programme.upper, programme.most, 1),
        (programme.lower, programme.least, -1),
    ):
        table = rows.tocsr()
        for row, limit in enumerate(limits.tolist()):
            inside = table.indices[table.indptr[row] : table.indptr[row + 1]].tolist()
            total = sum(taken[column] for column in inside)
            model.add(total <= limit if sign > 0 else total >= limit)
    owners: dict[int, list[Any]] = {}
    for column, owner in enumerate(programme.owner.tolist()):
        owners.setdefault(owner, []).append(taken[column])
    for own in owners.values():
        model.add_at_most_one(own)
    model.maximize(
        sum(int(worth) * variable for worth, variable in zip(programme.worth, taken, strict=True))
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = 240
    status = solver.solve(model)
    return int(solver.objective_value), status == cp_model.OPTIMAL


def _highs(programme: Any) -> tuple[int, bool]:
    from anso.selection.allocation.integer_program import _branch

    chosen = _branch(programme, np.arange(len(programme.worth)))
    return int(programme.worth[chosen].sum()), True


def filling(people: int) -> None:
    """Fill 500 seats by rank with ceilings and reserves, with reasons for everybody."""
    from anso.selection.allocation import Reserve

    candidates, quotas, _, ceilings, floors = fellowship(people)
    reserves = [Reserve(floor.group, floor.seats, floor.node) for floor in floors]
    answer, wall, cpu = timed(lambda: fill_by_rank(candidates, quotas, ceilings, reserves), 1)
    report(
        wall_s=round(wall, 2),
        cpu_s=round(cpu, 2),
        seated=sum(1 for place in answer.placements if place.seat),
        proven=answer.certificate.holds,
    )


def main() -> None:
    """Run everything and write the tables."""
    sizes = [("1000", "50"), ("10000", "400"), ("50000", "2000")]
    tasks = [["match", program, *size] for size in sizes for program in ("arrays", "named")]
    tasks += [["match", "matching", *size] for size in sizes[:2]]
    tasks += [
        ["optimum", program, people]
        for people in ("2000", "5000", "20000")
        for program in ("anso", "cp-sat")
    ]
    tasks += [["optimum", "highs", "2000"], ["fill", "20000"]]
    rows = run_each(__file__, tasks, timeout=420)
    write(
        "seats",
        rows,
        [
            "check is equal where the seats are equal.",
            "matching: its recursion limit was raised; building the game is included.",
        ],
    )


if __name__ == "__main__":
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind == "match":
        match(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    elif kind == "optimum":
        optimum(sys.argv[2], int(sys.argv[3]))
    elif kind == "fill":
        filling(int(sys.argv[2]))
    else:
        main()
