"""Charts turn numbers into lengths, and never divide by nothing."""

from __future__ import annotations

from anso.ui import charts


def test_bars_are_measured_against_the_largest() -> None:
    assert [bar.length for bar in charts.bars([("a", 10), ("b", 5), ("c", 0)])] == [100, 50, 0]


def test_a_funnel_is_measured_against_its_first_stage() -> None:
    assert [
        (bar.length, bar.percent_text)
        for bar in charts.funnel([("started", 200), ("submitted", 50)])
    ] == [(100, "100%"), (25, "25%")]


def test_seats_show_the_room_that_is_left() -> None:
    large, small = charts.filled([("A", 150, 300), ("B", 100, 100)])
    assert (large.length, large.room) == (50, 100)
    assert (small.length, small.room, small.total_text) == (33.3, 33.3, "100")


def test_empty_charts_have_no_rows() -> None:
    assert charts.bars([]) == charts.funnel([]) == charts.filled([]) == []
    assert charts.funnel([("started", 0)])[0].length == 0


def test_the_line_of_a_vote_lies_at_the_needed_number() -> None:
    vote = charts.majority(49, 25, 50)
    assert vote.yes_width + vote.no_width == vote.width
    assert vote.yes_width < vote.needed_x
    assert not vote.is_line_late
    assert charts.majority(1, 0, 9).is_line_late
    assert charts.majority(0, 0, 0).yes_width == 0


def test_a_rank_interval_is_read_aloud_in_words() -> None:
    strip = charts.interval_strip(1, 2.2, 5, 26, 50)
    assert "rank 2.2, between 1 and 5; line after 26" in strip
    assert charts.interval_strip(1, 1, 1, 1, 1).count("<line") == 2
    without = charts.interval_strip(1, 2.2, 5, None, 50)
    assert "no line" in without
    assert without.count("<line") == 1


def test_numbers_are_grouped() -> None:
    assert charts.Bar("", 2914, 0, total=5000).text == "2,914"
