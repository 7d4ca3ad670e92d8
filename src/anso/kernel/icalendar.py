"""Calendar files (RFC 5545): days and instants with their titles, as every calendar program reads
them. Instants are written in UTC, so that a calendar shows them in whatever zone its owner lives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 75
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something in a calendar: an instant, with ``ends_at`` a time, or days of which ``last_day``
    is the last. ``key`` names it for ever: a calendar that takes the file again moves it and adds
    nothing. Of what an ``organiser`` (an address) settles with one reader ``revision`` counts the
    changes, so that no older file undoes a newer one, and ``is_cancelled`` takes it out again.
    """

    key: str
    title: str
    text: str = ""
    url: str = ""
    at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    reminds_before: tuple[dt.timedelta, ...] = ()
    place: str = ""
    organiser: str = ""
    revision: int = 0
    is_cancelled: bool = False


def calendar_file(name: str, events: Iterable[Event], now: dt.datetime) -> str:
    """A calendar with these events, ready to be sent; one that is cancelled makes it a file that
    takes out what it names.
    """
    events = tuple(events)
    method = "CANCEL" if any(each.is_cancelled for each in events) else "PUBLISH"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//anso//calls//EN",
        f"METHOD:{method}",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for event in events for line in _event_lines(event, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event_lines(event: Event, now: dt.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}"
    yield f"DTSTAMP:{_instant(now)}"
    if event.at is not None:
        yield f"DTSTART:{_instant(event.at)}"
        yield f"DTEND:{_instant(event.ends_at or event.at)}"
    if event.first_day is not None:
        last = event.last_day or event.first_day
        yield f"DTSTART;VALUE=DATE:{event.first_day:%Y%m%d}"
        # The end is the first day that no longer belongs to it.
        yield f"DTEND;VALUE=DATE:{last + DAY:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    if event.organiser:
        yield f"ORGANIZER:mailto:{event.organiser}"
        yield f"SEQUENCE:{event.revision}"
        yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_escaped(event.text)}"
    if event.place:
        yield f"LOCATION:{_escaped(event.place)}"
    if event.url:
        yield f"URL:{event.url}"
    for before in event.reminds_before:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(event.title)}"
        yield f"TRIGGER:-PT{int(before.total_seconds() // 3600)}H"
        yield "END:VALARM"
    yield "END:VEVENT"


def _instant(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, none of which cuts a character; further ones begin with
    a space.
    """
    piece, size = "", 0
    for character in line:
        weight = len(character.encode())
        if size + weight > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + weight
    yield piece
