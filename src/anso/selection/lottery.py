"""Drawing lots among items that cannot be separated, by a procedure that needs only a pencil and
SHA-256.

Here belongs the announcement made before the draw and the draw itself. Who is in the band belongs
to `calibration`. The ticket of an item is the SHA-256 of "seed|item" in hexadecimal; the lowest
tickets win. The seed is the SHA-256 of the announcement's digest and the public value, joined by
"|", so neither can be chosen after the other is known. With any Unix shell: `printf '%s'
'seed|item' | sha256sum`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "lottery-sha256/1"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is published before the public value exists: items, places, where the value will come
    from, the digest.

    `digest` is the SHA-256 of the lines: method, source, places, then the items in order of their
    name, each followed by a line feed.
    """

    method: str
    source: str
    places: int
    items: tuple[str, ...]
    digest: str

    def to_dict(self) -> dict[str, Any]:
        """Return the announcement as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


@dataclass(frozen=True, slots=True)
class Ticket:
    """One item's ticket, its rank among the tickets, and whether it is drawn."""

    item: str
    ticket: str
    rank: int
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """The public value, the seed, all tickets from lowest to highest, and the steps that anyone can
    repeat.
    """

    method: str
    announcement: Announcement
    public_value: str
    seed: str
    tickets: tuple[Ticket, ...]
    steps: tuple[str, ...]

    @property
    def drawn(self) -> tuple[str, ...]:
        """The items drawn, in order of their tickets."""
        return tuple(ticket.item for ticket in self.tickets if ticket.is_drawn)

    @property
    def reserve(self) -> tuple[str, ...]:
        """The items not drawn, in the order in which they take a place that becomes free."""
        return tuple(ticket.item for ticket in self.tickets if not ticket.is_drawn)

    def explain(self, key: str) -> tuple[str, ...]:
        """Return whether the item `key` was drawn, its ticket, and how to repeat it. Refuses an
        item that was not in the draw.
        """
        for ticket in self.tickets:
            if ticket.item == key:
                drawn = "was drawn" if ticket.is_drawn else "was not drawn"
                places = self.announcement.places
                said = (
                    f"{key} {drawn}: its ticket is number {ticket.rank} of {len(self.tickets)}, for"
                    f" {places} to be drawn."
                )
                return said, *(
                    step for step in self.steps if step.startswith(("Seed", f"Ticket of {key}:"))
                )
        raise SelectionError(f"“{key}” was not in the draw.")

    def to_dict(self) -> dict[str, Any]:
        """Return the draw as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def announce_draw(items: Sequence[str], places: int, source: str) -> Announcement:
    """Return what to publish before the public value is known.

    `source` says in words where the value will come from and when, for example "drand quicknet
    round 15203301". Refuses no items, repeated items, names with a line feed, an empty source, and
    places that are not fewer than the items (then there is nothing to draw) or below zero.
    """
    if not items:
        raise SelectionError("There is nothing to draw from.")
    for item, times in Counter(items).items():
        if times > 1:
            raise SelectionError(f"The item “{item}” is named twice.")
        if not item or "\n" in item:
            raise SelectionError("An item needs a name of one line.")
    if not source.strip() or "\n" in source:
        raise SelectionError("Say in one line where the public value will come from.")
    if not 0 <= places < len(items):
        raise SelectionError(f"{places} places for {len(items)} items leave nothing to draw.")
    ordered = tuple(sorted(items))
    lines = (METHOD, source, str(places), *ordered)
    return Announcement(
        METHOD, source, places, ordered, _hash("".join(f"{line}\n" for line in lines))
    )


def draw_lots(announcement: Announcement, public_value: str) -> Draw:
    """Return the draw for the public value: items by the SHA-256 of seed and name, the lowest win.

    Each order of the items is equally likely for a random value. Refuses an empty value and an
    announcement whose digest does not fit its contents (it was changed after it was published).
    """
    value = public_value.strip()
    if not value:
        raise SelectionError("The public value is missing.")
    if announce_draw(announcement.items, announcement.places, announcement.source) != announcement:
        raise SelectionError("The announcement was changed: its digest does not fit its contents.")
    seed = _hash(f"{announcement.digest}|{value}")
    by_ticket = sorted((_hash(f"{seed}|{item}"), item) for item in announcement.items)
    tickets = tuple(
        Ticket(item, ticket, rank, rank <= announcement.places)
        for rank, (ticket, item) in enumerate(by_ticket, start=1)
    )
    steps = (
        f"Seed: the SHA-256 of “{announcement.digest}|{value}” is {seed}.",
        *(
            f"Ticket of {row.item}: the SHA-256 of “{seed}|{row.item}” is {row.ticket}."
            for row in tickets
        ),
        (
            f"The lowest {announcement.places} of {len(tickets)} tickets are drawn: "
            f"{', '.join(row.item for row in tickets if row.is_drawn) or 'none'}."
        ),
    )
    return Draw(METHOD, announcement, value, seed, tickets, steps)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
