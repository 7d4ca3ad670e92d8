"""Real elections from published ballots, and random small ones."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from anso.selection.counting import (
    Election,
    RankedBallot,
    read_blt,
    read_preference_lists,
    read_rank_table,
)

FOLDER = Path(__file__).parents[2] / "data" / "selection" / "elections"
NAMES = ("Ada", "Ben", "Cem", "Dia", "Eve")


def real_election(name: str) -> Election:
    """Return one of the wards under tests/data by its short name."""
    if name == "jedburgh":
        return read_blt((FOLDER / "Jedburgh2012.blt").read_text())
    if name == "eilean":
        return read_preference_lists((FOLDER / "eilean_siar_2012_ward3.csv").read_text())
    seats = {"hc12": 3, "cnc17": 4, "nws17": 3, "p17": 4}[name]
    return read_rank_table((FOLDER / f"pref_{name}.csv").read_text(), seats)


@st.composite
def elections(draw: st.DrawFn) -> tuple[tuple[RankedBallot, ...], tuple[str, ...], int]:
    """Up to five candidates, up to twelve different papers and one to three seats."""
    names = NAMES[: draw(st.integers(2, 5))]
    orders = st.permutations(names).flatmap(
        lambda order: st.integers(1, len(names)).map(lambda size: tuple(order[:size]))
    )
    papers = draw(st.lists(st.tuples(orders, st.integers(1, 40)), min_size=1, max_size=12))
    return (
        tuple(RankedBallot(*paper) for paper in papers),
        names,
        draw(st.integers(1, min(3, len(names)))),
    )
