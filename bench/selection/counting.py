"""Counting votes beside pref_voting and votekit: the published wards and a thousand generated ones.

Run: PYTHONPATH=src var/bench/bin/python bench/selection/counting.py
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from sidebyside import report, run_each, timed, write

from anso.selection.counting import (
    Election,
    RankedBallot,
    Strength,
    count_meek_stv,
    count_schulze,
    count_scottish_stv,
    read_blt,
    read_preference_lists,
    read_rank_table,
)

FOLDER = Path(__file__).parents[2] / "tests" / "data" / "selection" / "elections"


def published() -> list[Election]:
    """Return the six published wards."""
    seats = {"hc12": 3, "cnc17": 4, "nws17": 3, "p17": 4}
    wards = [read_rank_table((FOLDER / f"pref_{name}.csv").read_text(), number) for name, number in seats.items()]
    wards.append(read_blt((FOLDER / "Jedburgh2012.blt").read_text()))
    wards.append(read_preference_lists((FOLDER / "eilean_siar_2012_ward3.csv").read_text()))
    return wards


def generated(number: int = 1000) -> list[Election]:
    """Return wards of 5 to 10 candidates and 2,000 papers drawn by Plackett and Luce, most papers stopping early."""
    draw = random.Random(20261123)
    wards = []
    for _ in range(number):
        names = [f"c{at}" for at in range(draw.randint(5, 10))]
        liking = [draw.lognormvariate(0, 1) for _ in names]
        papers: dict[tuple[str, ...], int] = {}
        for _ in range(2000):
            keys = sorted(range(len(names)), key=lambda at: -(draw.random() ** (1 / liking[at])))
            ranking = tuple(names[at] for at in keys[: min(len(names), 1 + int(draw.expovariate(0.45)))])
            papers[ranking] = papers.get(ranking, 0) + 1
        wards.append(Election(tuple(names), draw.randint(3, 4), tuple(RankedBallot(*paper) for paper in papers.items())))
    return wards


def ours(method: str, ward: Election) -> list[str]:
    if method == "schulze":
        return sorted(count_schulze(ward.ballots, ward.candidates, strength=Strength.MARGINS, seed="x").tiers[0])
    count = count_scottish_stv if method == "scottish" else count_meek_stv
    return sorted(count(ward.ballots, ward.candidates, ward.seats, seed="x").elected)


def with_pref_voting(method: str, ward: Election) -> Any:
    from pref_voting.profiles_with_ties import ProfileWithTies

    number = {name: at for at, name in enumerate(ward.candidates)}
    rankings = [{number[name]: place for place, name in enumerate(ballot.ranking, 1)} for ballot in ward.ballots if ballot.ranking]
    weights = [ballot.weight for ballot in ward.ballots if ballot.ranking]
    profile = ProfileWithTies(rankings, rcounts=weights, candidates=list(number.values()))
    if method == "schulze":
        from pref_voting.margin_based_methods import beat_path

        profile.use_extended_strict_preference()
        return lambda: sorted(ward.candidates[at] for at in beat_path(profile))
    from pref_voting.proportional_methods import stv_meek, stv_scottish

    count = stv_scottish if method == "scottish" else stv_meek
    return lambda: sorted(ward.candidates[at] for at in count(profile, num_seats=ward.seats))


def with_votekit(ward: Election) -> Any:
    from votekit import RankBallot, RankProfile
    from votekit.elections import FastSTV

    ballots = [
        RankBallot(ranking=[frozenset({name}) for name in paper.ranking], weight=paper.weight) for paper in ward.ballots if paper.ranking
    ]
    profile = RankProfile(ballots=tuple(ballots), candidates=ward.candidates)
    return lambda: sorted(
        str(name) for group in FastSTV(profile, n_seats=ward.seats, simultaneous=False, tiebreak="random").get_elected() for name in group
    )


def measure(program: str, method: str, which: str) -> None:
    """Count all wards of one kind with one program; building the peers' profiles is not timed."""
    wards = published() if which == "published" else generated(1000 if method == "scottish" else 20)
    make = {
        "anso": lambda ward: lambda: ours(method, ward),
        "pref_voting": lambda ward: with_pref_voting(method, ward),
        "votekit": with_votekit,
    }[program]
    make(wards[0])()
    counts, _, building = timed(lambda: [make(ward) for ward in wards], 1)
    repeats = 5 if which == "published" and method != "meek" else 1
    winners, wall, cpu = timed(lambda: [count() for count in counts], repeats)
    report(wards=len(wards), wall_s=round(wall, 4), cpu_s=round(cpu, 4), building_cpu_s=round(building, 4), winners=winners)


def main() -> None:
    """Run every program on every kind of ward and compare the winners."""
    tasks = [["anso", "scottish", "published"], ["pref_voting", "scottish", "published"], ["votekit", "scottish", "published"]]
    tasks += [["anso", "scottish", "generated"], ["pref_voting", "scottish", "generated"], ["votekit", "scottish", "generated"]]
    tasks += [["anso", "schulze", "published"], ["pref_voting", "schulze", "published"], ["anso", "meek", "published"]]
    rows = run_each(__file__, tasks)
    base: dict[str, dict[str, Any]] = {}
    for row in rows:
        program, *work = row["task"]
        if program == "anso":
            base[" ".join(work)] = row
        first = base[" ".join(work)]
        if "winners" in row:
            row["other_winners"] = sum(one != two for one, two in zip(row["winners"], first["winners"], strict=True))
            row["times_ours"] = round(row["cpu_s"] / first["cpu_s"], 1)
            row["times_ours_from_ballots"] = round((row["cpu_s"] + row["building_cpu_s"]) / first["cpu_s"], 1)
    for row in rows:
        row.pop("winners", None)
    write(
        "counting",
        rows,
        [
            "times_ours: ratio of processor times of counting alone; building the peers' profiles is in building_cpu_s, while our time",
            "holds the checking of all ballots and the whole stage table. times_ours_from_ballots: with building.",
        ],
    )


if __name__ == "__main__":
    measure(*sys.argv[1:]) if len(sys.argv) > 1 else main()
