"""Calendar files of what somebody settles with a reader: one entry, changed and taken out."""

from __future__ import annotations

import datetime as dt

from anso.kernel.icalendar import Event, calendar_file

AT = dt.datetime(2027, 4, 3, 1, 0, tzinfo=dt.UTC)
SETTLED = {
    "key": "A1-interview@example.org",
    "title": "FA27-0001: interview",
    "at": AT,
    "ends_at": AT + dt.timedelta(minutes=20),
    "place": "Room 4, second floor",
    "organiser": "office@example.org",
}


def test_what_is_settled_has_an_end_a_place_and_a_count_of_changes() -> None:
    lines = calendar_file("A", [Event(**SETTLED, revision=3)], AT).split("\r\n")
    assert "METHOD:PUBLISH" in lines
    for line in (
        "DTEND:20270403T012000Z",
        "LOCATION:Room 4\\, second floor",
        "ORGANIZER:mailto:office@example.org",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
    ):
        assert line in lines


def test_what_is_taken_out_again_names_the_same_entry() -> None:
    lines = calendar_file("A", [Event(**SETTLED, revision=4, is_cancelled=True)], AT).split("\r\n")
    for line in ("METHOD:CANCEL", "UID:A1-interview@example.org", "STATUS:CANCELLED", "SEQUENCE:4"):
        assert line in lines


def test_an_instant_alone_is_nobodys_to_settle() -> None:
    text = calendar_file("A", [Event(key="A", title="closes", at=AT)], AT)
    assert "ORGANIZER" not in text
    assert "LOCATION" not in text
    assert text.count("20270403T010000Z") == 3
