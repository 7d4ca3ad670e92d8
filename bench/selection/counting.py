"""Counting votes beside pref_voting and votekit: the published wards and a thousand generated ones.

Run: PYTHONPATH=src var/bench/selection/bin/python bench/selection/counting.py
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from sidebyside import report, run_each, write

from anso.selection.counting import (
    Election,
    RankedBallot,
    Strength,
    count_meek_stv,
    count_schulze,
    read_blt,
    read_preference_lists,
    read_rank_table,
)
from anso.selection.counting.ballots import lay_piles
from anso.selection.counting.scottish import count_piles

FOLDER = Path(__file__).parents[2] / "tests" / "data" / "selection" / "elections"


def published() -> list[Election]:
    """Return the six published wards."""
    seats = {"hc12": 3, "cnc17": 4, "nws17": 3, "p17": 4}
    wards = [
        read_rank_table((FOLDER / f"pref_{name}.csv").read_text(), number)
        for name, number in seats.items()
    ]
    wards.append(read_blt((FOLDER / "Jedburgh2012.blt").read_text()))
    wards.append(read_preference_lists((FOLDER / "eilean_siar_2012_ward3.csv").read_text()))
    return wards


def generated(number: int = 1000) -> list[Election]:
    """Return wards of 5 to 10 candidates and 2,000 papers drawn by Plackett and Luce, most papers
    stopping early.
    """
    draw = random.Random(20261123)
    wards = []
    for _ in range(number):
        names = [f"c{at}" for at in range(draw.randint(5, 10))]
        liking = [draw.lognormvariate(0, 1) for _ in names]
        papers: dict[tuple[str, ...], int] = {}
        for _ in range(2000):
            keys = sorted(range(len(names)), key=lambda at: -(draw.random() ** (1 / liking[at])))
            ranking = tuple(
                names[at] for at in keys[: min(len(names), 1 + int(draw.expovariate(0.45)))]
            )
            papers[ranking] = papers.get(ranking, 0) + 1
        wards.append(
            Election(
                tuple(names),
                draw.randint(3, 4),
                tuple(RankedBallot(*paper) for paper in papers.items()),
            )
        )
    return wards


def with_anso(method: str, ward: Election) -> Any:
    if method == "scottish":
        piles = lay_piles(ward.ballots, ward.candidates)
        return lambda: sorted(count_piles(piles, ward.seats, seed="x").elected)
    if method == "meek":
        return lambda: sorted(
            count_meek_stv(ward.ballots, ward.candidates, ward.seats, seed="x").elected
        )
    return lambda: sorted(
        count_schulze(ward.ballots, ward.candidates, strength=Strength.MARGINS, seed="x").tiers[0]
    )


def with_pref_voting(method: str, ward: Election) -> Any:
    from pref_voting.profiles_with_ties import ProfileWithTies

    number = {name: at for at, name in enumerate(ward.candidates)}
    rankings = [
        {number[name]: place for place, name in enumerate(ballot.ranking, 1)}
        for ballot in ward.ballots
        if ballot.ranking
    ]
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
        RankBallot(ranking=[frozenset({name}) for name in paper.ranking], weight=paper.weight)
        for paper in ward.ballots
        if paper.ranking
    ]
    profile = RankProfile(ballots=tuple(ballots), candidates=ward.candidates)
    return lambda: sorted(
        str(name)
        for group in FastSTV(
            profile, n_seats=ward.seats, simultaneous=False, tiebreak="random"
        ).get_elected()
        for name in group
    )


def measure(program: str, method: str, which: str) -> None:
    """Count all wards of one kind with one program; checking and sorting the ballots is timed apart
    from counting.
    """
    wards = published() if which == "published" else generated(1000 if method == "scottish" else 20)
    make = {
        "anso": lambda ward: with_anso(method, ward),
        "pref_voting": lambda ward: with_pref_voting(method, ward),
        "votekit": with_votekit,
    }[program]
    make(wards[0])()
    building, counting, winners = min(
        (each_in_turn(make, wards) for _ in range(5 if which == "published" else 3)),
        key=itemgetter(1),
    )
    report(
        wards=len(wards),
        cpu_s=round(counting, 4),
        building_cpu_s=round(building, 4),
        winners=winners,
    )


def each_in_turn(
    make: Callable[[Election], Callable[[], list[str]]], wards: list[Election]
) -> tuple[float, float, list[list[str]]]:
    """Return the processor time of building and of counting, summed over all wards, and the
    winners.
    """
    building = counting = 0.0
    winners = []
    for ward in wards:
        begin = time.process_time()
        count = make(ward)
        built = time.process_time()
        winners.append(count())
        building, counting = building + built - begin, counting + time.process_time() - built
    return building, counting, winners


def main() -> None:
    """Run every program on every kind of ward and compare the winners."""
    tasks = [
        ["anso", "scottish", "published"],
        ["pref_voting", "scottish", "published"],
        ["votekit", "scottish", "published"],
    ]
    tasks += [
        ["anso", "scottish", "generated"],
        ["pref_voting", "scottish", "generated"],
        ["votekit", "scottish", "generated"],
    ]
    tasks += [
        ["anso", "schulze", "published"],
        ["pref_voting", "schulze", "published"],
        ["anso", "meek", "published"],
    ]
    rows = run_each(__file__, tasks)
    base: dict[str, dict[str, Any]] = {}
    for row in rows:
        program, *work = row["task"]
        if program == "anso":
            base[" ".join(work)] = row
        first = base[" ".join(work)]
        if "winners" in row:
            row["other_winners"] = sum(
                one != two for one, two in zip(row["winners"], first["winners"], strict=True)
            )
            row["times_ours"] = round(row["cpu_s"] / first["cpu_s"], 1)
            whole, ours = (one["cpu_s"] + one["building_cpu_s"] for one in (row, first))
            row["times_ours_from_ballots"] = round(whole / ours, 1)
    for row in rows:
        row.pop("winners", None)
    write(
        "counting",
        rows,
        [
            (
                "times_ours: ratio of processor times of counting alone, from ballots that each"
                " program has checked and sorted in its own way"
            ),
            (
                "(building_cpu_s); our time holds the whole stage table. times_ours_from_ballots:"
                " of building and counting together."
            ),
            "schulze and meek: our time holds the checking of all ballots.",
        ],
    )


if __name__ == "__main__":
    measure(*sys.argv[1:]) if len(sys.argv) > 1 else main()
