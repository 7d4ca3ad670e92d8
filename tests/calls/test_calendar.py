"""The days of a call as a calendar file: the instant right in every zone, lines that programs read,
and an event that moves with its deadline.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.kernel.icalendar import Event, calendar_file
from tests.cast import Cast
from tests.factories.applications import NOW
from tests.factories.calls import make_call

BOUNDS = ("BEGIN:VCALENDAR", "END:VCALENDAR")


def lines_of(text: str) -> list[str]:
    """The logical lines of a calendar file, those that were folded put together again."""
    assert text.endswith("\r\n")
    raw = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in raw)
    assert (raw[0], raw[-1]) == BOUNDS
    return text.replace("\r\n ", "").split("\r\n")[:-1]


@pytest.mark.parametrize(
    "title",
    ["Plain", "With, commas; and \\ marks", "two\nlines", "زمالة " * 30, "奖学金" * 60, "é" * 75],
)
def test_titles_of_any_script_come_whole_through_escaping_and_folding(title: str) -> None:
    lines = lines_of(calendar_file("c", [Event("k", title, at=NOW)], NOW))
    (summary,) = [line.partition(":")[2] for line in lines if line.startswith("SUMMARY")]
    plain = summary.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    assert plain.replace("\\\\", "\\") == title


def test_an_instant_is_written_in_utc_whatever_its_zone() -> None:
    beijing = dt.timezone(dt.timedelta(hours=8))
    event = Event("k", "t", at=dt.datetime(2027, 2, 15, 23, 59, tzinfo=beijing))
    assert "DTSTART:20270215T155900Z" in lines_of(calendar_file("c", [event], NOW))


def test_days_end_on_the_day_after_the_last() -> None:
    one = Event("a", "t", first_day=dt.date(2027, 2, 28))
    some = Event("b", "t", first_day=dt.date(2027, 12, 30), last_day=dt.date(2027, 12, 31))
    ends = [
        line for line in lines_of(calendar_file("c", [one, some], NOW)) if line.startswith("DTEND")
    ]
    assert ends == ["DTEND;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20280101"]


@pytest.mark.django_db
def test_a_call_gives_its_days_and_a_moved_deadline_moves_the_same_event(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    call = make_call(officer=cast.programme_officer)
    address = f"/calls/{call.slug}/calendar.ics"
    assert address in client.get(f"/calls/{call.slug}/").content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    before = lines_of(answer.content.decode())
    assert before.count("BEGIN:VEVENT") == call.steps.count() + len(get_terms(call).letters)
    assert "DTSTART:20270215T155900Z" in before
    assert any("15 February 2027\\, 23:59 (Beijing)" in line for line in before)
    assert "TRIGGER:-PT24H" in before
    Call.objects.filter(pk=call.pk).update(closes_at=call.closes_at + dt.timedelta(days=2))
    after = lines_of(client.get(address).content.decode())
    assert "DTSTART:20270217T155900Z" in after
    uids = [[line for line in each if line.startswith("UID")] for each in (before, after)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(uids[0])
