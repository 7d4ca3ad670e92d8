"""Shortlists order whoever fits by exact points with their reasons, and the proposal for all keeps
everybody's room and leaves no two who would rather have each other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.selection.errors import SelectionError
from anso.selection.pairing import (
    Lack,
    Offered,
    Part,
    Points,
    Seeker,
    draw_up_shortlist,
    pair_up,
)
from anso.selection.pairing.problem import commons_between, lacks_between, minutes_in_common
from anso.selection.pairing.shortlist import drawn, total
from anso.selection.record import explain_record, read_record, replay_record, run_method

NAIROBI, LIMA, KATHMANDU = 180, -300, 345
SOIL = Seeker(
    "need",
    frozenset({"01", "07"}),
    frozenset({"en", "fr"}),
    frozenset({"online", "visit"}),
    "2027-01-01",
    "2027-01-10",
    (NAIROBI,),
)
FITS = Offered(
    "a",
    frozenset({"01", "09"}),
    frozenset({"en"}),
    frozenset({"online"}),
    "2027-01-06",
    "2027-12-31",
    (KATHMANDU, LIMA),
    90,
)
DAY = date(2027, 1, 1)
SETS = st.frozensets(st.sampled_from("123"), min_size=1)


def days(begins: int, length: int) -> tuple[str, str]:
    return (
        (DAY + timedelta(days=begins)).isoformat(),
        (DAY + timedelta(days=begins + length)).isoformat(),
    )


@st.composite
def sides(draw: st.DrawFn, kind: type, names: str) -> list[Seeker] | list[Offered]:
    """Up to four of one side, alike enough that many are equal."""
    found = []
    for key in names[: draw(st.integers(0, len(names)))]:
        first, last = days(draw(st.integers(0, 9)), draw(st.integers(0, 9)))
        zones = tuple(draw(st.lists(st.sampled_from((NAIROBI, LIMA, KATHMANDU)), max_size=2)))
        more = {"free": draw(st.integers(0, 2))} if kind is Offered else {}
        found.append(
            kind(
                key,
                draw(SETS),
                draw(SETS),
                draw(SETS),
                first,
                last,
                zones,
                draw(st.sampled_from((0, 90, 400))),
                **more,
            )
        )
    return found


def test_every_part_counts_its_share_of_its_points() -> None:
    (fit,) = draw_up_shortlist(SOIL, [FITS], Points()).fits
    assert [(each.part, each.met, each.asked, each.points) for each in fit.parts] == [
        (Part.FIELDS, 1, 2, Decimal("20.00")),
        (Part.LANGUAGES, 1, 2, Decimal("10.00")),
        (Part.HOURS, 315, 480, Decimal("6.56")),
        (Part.DAYS, 5, 10, Decimal("10.00")),
        (Part.WAITING, 90, 180, Decimal("5.00")),
    ]
    assert (fit.position, fit.points) == (1, Decimal("51.56"))
    assert fit.reason == (
        "a has 51.56 points: 1 of 2 fields in common (20.00); 1 of 2 languages in common (10.00);"
        " 315 of 480 minutes of a working day in common (6.56); 5 of 10 days in common (10.00);"
        " 90 of 180 days of waiting (5.00)."
    )


def test_where_one_side_names_no_zone_the_hour_plays_no_part() -> None:
    (fit,) = draw_up_shortlist(replace(SOIL, zones=()), [FITS], Points()).fits
    assert fit.parts[2].points == 10
    assert "the hour plays no part (10.00)" in fit.reason


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [(0, 0, 480), (NAIROBI, LIMA, 0), (0, 479, 1), (720, -720, 480), (660, -660, 360)],
)
def test_working_days_are_compared_round_the_globe(one: int, other: int, minutes: int) -> None:
    assert minutes_in_common(one, other) == minutes_in_common(other, one) == minutes


def test_whoever_lacks_something_is_left_out_with_all_of_it() -> None:
    nothing = Offered("b", *(frozenset({"x"}),) * 3, "2028-01-01", "2028-02-01", free=0)
    found = draw_up_shortlist(SOIL, [nothing, FITS], Points())
    (out,) = found.left_out
    assert out.lacks == tuple(Lack)
    assert found.explain("b") == (
        (
            "b has no room for another task and has no field in common and has no language in"
            " common and has no way of working in common and has no day in common."
        ),
    )
    with pytest.raises(SelectionError, match="“stranger” was not looked at"):
        found.explain("stranger")


def test_equals_go_to_whoever_waited_longer_and_then_to_the_draw() -> None:
    alike = [replace(FITS, key=key, waiting_days=200) for key in "abc"]
    longer = replace(FITS, key="z", waiting_days=300)
    order = [
        each.key for each in draw_up_shortlist(SOIL, [*alike, longer], Points(), seed="s").fits
    ]
    assert order[0] == "z"
    assert order[1:] == sorted("abc", key=lambda key: drawn("s", "need", key))


@pytest.mark.parametrize(
    ("seeker", "offered", "points", "fault"),
    [
        (SOIL, (FITS, FITS), Points(), "“a” is named twice"),
        (replace(SOIL, last_day="2026-01-01"), (), Points(), "“need” ends before it begins"),
        (replace(SOIL, last_day="soon"), (), Points(), "“soon” is no day"),
        (replace(SOIL, waiting_days=-1), (), Points(), "“need” has room or has waited less"),
        (SOIL, (replace(FITS, free=-1),), Points(), "“a” has room or has waited less"),
        (SOIL, (), Points(fields=-1), "zero or more"),
        (SOIL, (), Points(0, 0, 0, 0, 0), "not all of them zero"),
    ],
)
def test_what_contradicts_itself_is_refused(
    seeker: Seeker, offered: tuple[Offered, ...], points: Points, fault: str
) -> None:
    with pytest.raises(SelectionError, match=fault):
        draw_up_shortlist(seeker, offered, points)


@given(sides(Seeker, "stuv"), sides(Offered, "abcd"))
def test_nobody_is_beyond_their_room_and_no_two_would_rather_have_each_other(
    seekers: list[Seeker], offered: list[Offered]
) -> None:
    points = Points()
    found = pair_up(seekers, offered, points, seed="s")
    given_to = {pair.key: pair.offered for pair in found.pairs}
    assert list(given_to) == [each.key for each in seekers]
    assert found.certificate.holds
    held = {
        each.key: [seeker for seeker in seekers if given_to[seeker.key] == each.key]
        for each in offered
    }
    assert all(len(held[each.key]) <= each.free for each in offered)

    def worth(seeker: Seeker, one: Offered) -> tuple[Fraction, int, str]:
        """To the seeker, the least first."""
        commons = commons_between(seeker, one, one.waiting_days)
        return -total(commons, points), -one.waiting_days, drawn("s", seeker.key, one.key)

    def liked(one: Offered, seeker: Seeker) -> tuple[Fraction, str]:
        """By whoever is offered, the least first."""
        commons = commons_between(seeker, one, seeker.waiting_days)
        return -total(commons, points), drawn("s", one.key, seeker.key)

    by_key = {each.key: each for each in offered}
    for seeker in seekers:
        now = given_to[seeker.key]
        assert not now or not lacks_between(seeker, by_key[now])
        for one in offered:
            if one.key == now or lacks_between(seeker, one):
                continue
            wants = not now or worth(seeker, one) < worth(seeker, by_key[now])
            has_room = len(held[one.key]) < one.free
            prefers = any(liked(one, seeker) < liked(one, other) for other in held[one.key])
            assert not (wants and (has_room or prefers)), (seeker.key, one.key)


def test_the_proposal_tells_why() -> None:
    second = replace(SOIL, key="other", fields=frozenset({"01"}))
    third = replace(SOIL, key="far", fields=frozenset({"04"}))
    found = pair_up([SOIL, second, third], [FITS], Points())
    assert [pair.reason for pair in found.pairs] == [
        "need: all 1 who fit are proposed to others.",
        "other: a, number 1 of 1 who fit.",
        "far: nobody fits.",
    ]
    assert found.explain("a") == found.explain("other") == ("other: a, number 1 of 1 who fit.",)
    with pytest.raises(SelectionError, match="Nothing is proposed for “stranger”"):
        found.explain("stranger")


@pytest.mark.parametrize(
    ("method", "asked"), [("shortlist/1", {"seeker": SOIL}), ("pairs/1", {"seekers": [SOIL]})]
)
def test_its_record_is_read_and_run_again_by_anybody(method: str, asked: dict[str, object]) -> None:
    run = run_method(method, {**asked, "offered": [FITS], "points": Points()}, seed="s")
    record = read_record(run.record.to_json())
    assert replay_record(record).is_identical
    assert record.to_dict()["output"] == run.answer.to_dict()
    assert "a" in explain_record(record, "a")[0]
