"""Where a member stands on a day follows from what was recorded, and from nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.kernel.standing import (
    Standing,
    StandingEvent,
    StandingEventKind,
    StandingOnDay,
    standing_on,
)

GOOD, SUSPENDED, NONE = Standing.GOOD, Standing.SUSPENDED, Standing.NONE


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def event(kind: str, on: str, until: str = "", category: str = "", key: int = 0) -> StandingEvent:
    ends = day(until) if until else None
    return StandingEvent(StandingEventKind(kind), day(on), ends, category, key)


ADMITTED = event("admitted", "2019-01-01", category="full")
UNPAID = event("suspended", "2026-04-01")
HARDSHIP = event("waived", "2026-06-01", "2026-09-01")
PAID = event("restored", "2026-10-15")
WENT = event("left", "2027-01-01")
BACK = event("admitted", "2028-05-01", category="full")
LIFE = (ADMITTED, UNPAID, HARDSHIP, PAID, WENT, BACK)


@pytest.mark.parametrize(
    ("on", "standing", "since", "decided_by", "lifted"),
    [
        ("2018-12-31", NONE, None, None, None),
        ("2019-01-01", GOOD, "2019-01-01", ADMITTED, None),
        ("2026-03-31", GOOD, "2019-01-01", ADMITTED, None),
        ("2026-04-01", SUSPENDED, "2026-04-01", UNPAID, None),
        ("2026-05-31", SUSPENDED, "2026-04-01", UNPAID, None),
        ("2026-06-01", GOOD, "2026-06-01", HARDSHIP, UNPAID),
        ("2026-08-31", GOOD, "2026-06-01", HARDSHIP, UNPAID),
        ("2026-09-01", SUSPENDED, "2026-09-01", UNPAID, None),
        ("2026-10-15", GOOD, "2026-10-15", PAID, None),
        ("2026-12-31", GOOD, "2026-10-15", PAID, None),
        ("2027-01-01", NONE, "2027-01-01", WENT, None),
        ("2028-04-30", NONE, "2027-01-01", WENT, None),
        ("2028-05-01", GOOD, "2028-05-01", BACK, None),
    ],
)
def test_a_life_of_a_member_day_by_day(
    on: str,
    standing: Standing,
    since: str | None,
    decided_by: StandingEvent | None,
    lifted: StandingEvent | None,
) -> None:
    expected = StandingOnDay(
        standing, day(since) if since else None, "full" if since else "", decided_by, lifted
    )
    assert standing_on(day(on), LIFE) == expected
    assert standing_on(day(on), reversed(LIFE)) == expected, "in whatever order they are read"


def test_a_suspension_runs_out_by_itself_on_its_last_day() -> None:
    short = event("suspended", "2026-04-01", "2026-05-01")
    found = [standing_on(day(on), (ADMITTED, short)) for on in ("2026-04-30", "2026-05-01")]
    assert [each.standing for each in found] == [SUSPENDED, GOOD]
    assert (found[1].since, found[1].decided_by) == (day("2026-05-01"), short)


def test_a_waiver_lifts_what_was_recorded_before_it_and_nothing_that_comes_later() -> None:
    early = event("waived", "2026-03-01")
    assert standing_on(day("2026-03-02"), (ADMITTED, early)).decided_by == ADMITTED
    assert standing_on(day("2026-05-01"), (ADMITTED, early, UNPAID)).standing is SUSPENDED
    again = event("suspended", "2026-07-01")
    found = standing_on(day("2026-07-02"), (ADMITTED, UNPAID, HARDSHIP, again))
    assert (found.standing, found.decided_by) == (SUSPENDED, again)
    for_good = event("waived", "2026-06-01")
    assert standing_on(day("2040-01-01"), (ADMITTED, UNPAID, for_good)).standing is GOOD


def test_what_was_recorded_for_one_day_counts_in_the_order_of_its_recording() -> None:
    same = (event("suspended", "2026-04-01", key=2), event("restored", "2026-04-01", key=3))
    assert standing_on(day("2026-04-01"), (ADMITTED, *same)).standing is GOOD
    turned = (event("suspended", "2026-04-01", key=3), event("restored", "2026-04-01", key=2))
    assert standing_on(day("2026-04-01"), (ADMITTED, *turned)).standing is SUSPENDED


def test_a_category_changes_and_the_standing_stays() -> None:
    moved = event("recategorised", "2026-05-01", category="founding")
    before, after = (
        standing_on(day(on), (ADMITTED, UNPAID, moved)) for on in ("2026-04-30", "2026-05-01")
    )
    assert (before.category, after.category) == ("full", "founding")
    assert (before.standing, after.standing, after.decided_by) == (SUSPENDED, SUSPENDED, UNPAID)


def test_who_leaves_while_suspended_comes_back_in_good_standing() -> None:
    expelled = event("expelled", "2026-05-01")
    life = (ADMITTED, UNPAID, expelled, BACK)
    assert standing_on(day("2026-05-01"), life).decided_by == expelled
    assert standing_on(day("2028-05-01"), life).standing is GOOD
    late = event("suspended", "2026-06-01")
    assert standing_on(day("2026-06-01"), (*life, late)).decided_by == expelled
    assert standing_on(day("2028-05-01"), (*life, late)).standing is GOOD
