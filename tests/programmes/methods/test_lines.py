"""Where seats close for whom, who cannot be separated from the line, and what a draw may change."""

from __future__ import annotations

from anso.programmes.methods.lines import Line, find_lines, order_after_draws
from anso.programmes.methods.model import Calibrated
from anso.selection.allocation import (
    Allocation,
    Candidate,
    Ceiling,
    QuotaNode,
    Reserve,
    fill_by_rank,
)

ONE_HOST = [QuotaNode("host", 2)]
TWO_HOSTS = [QuotaNode("phd", 3), QuotaNode("north", 2, "phd"), QuotaNode("south", 1, "phd")]


def queue(*wishes: tuple[str, ...], groups: dict[int, set[str]] | None = None) -> list[Candidate]:
    """Candidates a, b, c … in the order of their expected rank."""
    return [
        Candidate(chr(97 + at), wish, frozenset((groups or {}).get(at, ())))
        for at, wish in enumerate(wishes)
    ]


def known(allocation: Allocation, spread: float = 0.4) -> dict[str, Calibrated]:
    """Everybody's expected rank is their turn, give or take ``spread``."""
    return {
        placed.key: Calibrated(4.0, placed.rank, placed.rank - spread, placed.rank + spread, 0.0)
        for placed in allocation.placements
    }


def lines_of(allocation: Allocation, spread: float = 0.4) -> tuple[Line, ...]:
    return find_lines(allocation, known(allocation, spread))


def test_with_one_kind_of_seat_the_line_is_the_last_that_could_be_chosen() -> None:
    (line,) = lines_of(fill_by_rank(queue(*[("host",)] * 5), ONE_HOST), spread=1)
    assert (line.turn, line.value, line.places) == (2, 2, 2)
    assert (line.above, line.band, line.below) == ((), ("a", "b", "c"), ("d", "e"))
    assert line.is_drawn


def test_whoever_can_be_separated_is_not_drawn() -> None:
    (line,) = lines_of(fill_by_rank(queue(*[("host",)] * 4), ONE_HOST))
    assert (line.above, line.band, line.below) == (("a",), ("b",), ("c", "d"))
    assert not line.is_drawn


def test_there_is_no_line_where_everybody_gets_a_seat_or_nobody_can() -> None:
    assert lines_of(fill_by_rank(queue(("host",)), ONE_HOST)) == ()
    assert lines_of(fill_by_rank(queue(("host",)), [QuotaNode("host", 0)])) == ()
    assert (
        lines_of(
            fill_by_rank(queue((), ("host",)), [QuotaNode("host", 1, only=frozenset({"ldc"}))])
        )
        == ()
    )


def test_the_line_differs_by_the_seats_asked_for_and_the_latest_to_close_counts() -> None:
    allocation = fill_by_rank(
        queue(("north",), ("north",), ("north",), ("north", "south"), ("south",)), TWO_HOSTS
    )
    north, south = lines_of(allocation)
    assert (north.turn, set(north.everybody)) == (2, {"a", "b", "c"})
    assert (south.turn, set(south.everybody)) == (4, {"d", "e"})


def test_a_group_above_closes_the_seats_below() -> None:
    tree = [QuotaNode("phd", 2), QuotaNode("north", 2, "phd"), QuotaNode("south", 2, "phd")]
    (line,) = lines_of(fill_by_rank(queue(("north",), ("south",), ("south",), ("north",)), tree))
    assert (line.turn, set(line.everybody)) == (2, {"a", "b", "c", "d"})


def test_a_ceiling_closes_seats_for_its_group_only() -> None:
    groups = {0: {"ke"}, 1: {"ke"}, 3: {"ke"}}
    candidates = queue(*[("host",)] * 5, groups=groups)
    tree = [QuotaNode("host", 3)]
    capped, others = lines_of(fill_by_rank(candidates, tree, [Ceiling("ke", 2, "host")]))
    assert (capped.turn, set(capped.everybody)) == (2, {"a", "b", "d"})
    assert (others.turn, set(others.everybody)) == (3, {"c", "e"})
    (everywhere,) = (
        line
        for line in lines_of(fill_by_rank(candidates, tree, [Ceiling("ke", 2)]))
        if line.turn == 2
    )
    assert everywhere.everybody == capped.everybody


def test_a_kept_seat_is_no_line_for_those_it_was_not_kept_for() -> None:
    groups = {3: {"women"}}
    allocation = fill_by_rank(
        queue(*[("host",)] * 5, groups=groups), ONE_HOST, reserves=[Reserve("women", 1)]
    )
    others, women = lines_of(allocation)
    assert (others.turn, set(others.everybody)) == (1, {"a", "b", "c", "e"})
    assert (women.turn, set(women.everybody)) == (4, {"d"})


def test_a_seat_kept_further_up_was_open_to_all_where_it_stands() -> None:
    groups = {0: {"women"}}
    allocation = fill_by_rank(
        queue(("south",), ("south",), ("north",), ("north",), groups=groups),
        TWO_HOSTS,
        reserves=[Reserve("women", 1)],
    )
    (south,) = (line for line in lines_of(allocation) if line.turn == 1)
    assert set(south.everybody) == {"a", "b"}


def test_without_a_usable_review_one_stands_below_and_makes_no_line() -> None:
    allocation = fill_by_rank(queue(*[("host",)] * 4), ONE_HOST)
    found = known(allocation)
    del found["c"]
    assert find_lines(allocation, found)[0].below == ("c", "d")
    del found["b"]
    assert find_lines(allocation, found) == ()


def test_a_draw_moves_only_those_of_its_line() -> None:
    allocation = fill_by_rank(
        queue(("north",), ("south",), ("north",), ("north",), ("south",)), TWO_HOSTS
    )
    line = Line(3, 3.0, above=("d",), band=("a", "c"), below=(), places=1)
    assert order_after_draws(allocation, [line], {3: ("c", "a")}) == ["d", "b", "c", "a", "e"]
    assert order_after_draws(allocation, [line], {}) == ["a", "b", "c", "d", "e"]
