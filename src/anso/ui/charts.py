"""The geometry of charts: numbers in, positions and widths out; the templates `ui/chart_*.html` draw them.

Every chart is drawn with the table behind it, so that it can be read aloud and copied. No colours here: classes only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

ROW = 30
LABELS = 190
PLOT = 380
STRIP_WIDTH = 230


@dataclass(frozen=True)
class Bar:
    """One horizontal bar: what it counts and where it is drawn."""

    label: str
    value: float
    y: int
    width: int
    share: int
    total: float = 0
    room: int = 0


@dataclass(frozen=True)
class Chart:
    """A set of bars and the size of the picture."""

    bars: tuple[Bar, ...]
    height: int
    width: int = LABELS + PLOT + 90
    start: int = LABELS


def scaled(value: float, top: float) -> int:
    """Return the width in pixels of a value on an axis that ends at `top`; anything above zero stays visible."""
    if top <= 0 or value <= 0:
        return 0
    return max(1, round(PLOT * min(value, top) / top))


def percent(value: float, of: float) -> int:
    """Return a share in whole percent, zero of nothing being zero."""
    return round(100 * value / of) if of else 0


def bars(rows: Sequence[tuple[str, float]]) -> Chart:
    """Lay out bars against the largest value; shares are of the sum."""
    top = max((value for _, value in rows), default=0)
    total = sum(value for _, value in rows)
    drawn = tuple(
        Bar(str(label), value, index * ROW, scaled(value, top), percent(value, total)) for index, (label, value) in enumerate(rows)
    )
    return Chart(drawn, len(rows) * ROW)


def funnel(stages: Sequence[tuple[str, int]]) -> Chart:
    """Lay out the stages of a call against the first of them."""
    first = stages[0][1] if stages else 0
    top = max((value for _, value in stages), default=0)
    drawn = tuple(
        Bar(str(label), value, index * ROW, scaled(value, top), percent(value, first)) for index, (label, value) in enumerate(stages)
    )
    return Chart(drawn, len(stages) * ROW)


def seats(rows: Sequence[tuple[str, int, int]]) -> Chart:
    """Lay out seats filled inside seats available, against the largest host."""
    top = max((max(filled, room) for _, filled, room in rows), default=0)
    drawn = tuple(
        Bar(
            str(label),
            filled,
            index * ROW,
            scaled(filled, top),
            percent(filled, room),
            room,
            scaled(room, top),
        )
        for index, (label, filled, room) in enumerate(rows)
    )
    return Chart(drawn, len(rows) * ROW)


@dataclass(frozen=True)
class Majority:
    """A vote as a picture: the width of yes, and where the needed number lies."""

    yes: int
    no: int
    needed: int
    yes_width: int
    needed_x: int
    width: int = 640

    @property
    def no_width(self) -> int:
        """What is left for no."""
        return self.width - self.yes_width

    @property
    def valid(self) -> int:
        """Votes that count."""
        return self.yes + self.no

    @property
    def is_line_late(self) -> bool:
        """Whether the needed number lies so far along that its label must go before it."""
        return self.needed_x > self.width - 120


def majority(yes: int, no: int, needed: int) -> Majority:
    """Lay out a vote over the valid votes, or over the needed number if that is larger."""
    whole = max(yes + no, needed, 1)
    return Majority(yes, no, needed, round(640 * yes / whole), round(640 * needed / whole))


def interval_strip(low: float, middle: float, high: float, line: float, last: float) -> SafeString:
    """Draw a rank interval from 1 to `last` as a small inline picture, read aloud as words."""
    width = STRIP_WIDTH - 20

    def x(rank: float) -> int:
        return 10 + round(width * (min(max(rank, 1), last) - 1) / max(last - 1, 1))

    label = f"{low:g} – {high:g} ({middle:g}); {line:g}"
    return format_html(
        '<svg class="spark" width="{w}" height="14" viewBox="0 0 {w} 14" role="img" aria-label="{label}">'
        '<line class="c-bar" x1="{x1}" x2="{x2}" y1="7" y2="7"/><line class="c-line" x1="{xl}" x2="{xl}" y1="0" y2="14"/>'
        '<circle class="c-act" cx="{xm}" cy="7" r="4"/></svg>',
        w=STRIP_WIDTH,
        label=label,
        x1=x(low),
        x2=x(high),
        xl=x(line),
        xm=x(middle),
    )
