"""The geometry of charts: numbers in, shares out; the templates `ui/chart_*.html` draw them.

A bar chart here is a table whose rows carry a bar, so that it is read aloud, copied, printed and
turned around with the language by itself. No colours here: classes only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from anso.ui.figures import in_figures, in_percent

STRIP_WIDTH = 230
VOTE_WIDTH = 480


def share(value: float, of: float) -> float:
    """Return a value in percent of another, to one place, zero of nothing being zero."""
    return round(100 * value / of, 1) if of else 0.0


@dataclass(frozen=True)
class Bar:
    """One row of a chart: the number, the length of its bar and of the room around it, in percent
    of the plot.
    """

    label: str
    value: float
    length: float
    room: float = 0
    total: float = 0

    @property
    def text(self) -> str:
        """The number as the reader's language groups it."""
        return in_figures(self.value)

    @property
    def total_text(self) -> str:
        """What the number is out of, grouped likewise."""
        return in_figures(self.total)

    @property
    def percent_text(self) -> str:
        """The number in whole percent of what it is out of."""
        return in_percent(round(share(self.value, self.total)) / 100)


def bars(rows: Sequence[tuple[str, float]]) -> list[Bar]:
    """Lay out bars against the largest value."""
    top = max((value for _, value in rows), default=0)
    return [Bar(str(label), value, share(value, top)) for label, value in rows]


def funnel(stages: Sequence[tuple[str, int]]) -> list[Bar]:
    """Lay out the stages of a call against the first of them."""
    first = stages[0][1] if stages else 0
    return [
        Bar(str(label), value, min(100, share(value, first)), 100, first) for label, value in stages
    ]


def filled(rows: Sequence[tuple[str, int, int]]) -> list[Bar]:
    """Lay out what is filled inside what there is, against the largest row."""
    top = max((max(filled, room) for _, filled, room in rows), default=0)
    return [
        Bar(str(label), filled, share(filled, top), share(room, top), room)
        for label, filled, room in rows
    ]


@dataclass(frozen=True)
class Majority:
    """A vote as a picture: the width of yes, and where the needed number lies."""

    yes: int
    no: int
    needed: int
    yes_width: int
    no_width: int
    needed_x: int
    width: int = VOTE_WIDTH

    @property
    def is_line_late(self) -> bool:
        """Whether the needed number lies so far along that its label must go before it."""
        return self.needed_x > self.width - 120


def majority(yes: int, no: int, needed: int) -> Majority:
    """Lay out a vote over the valid votes, or over the needed number if that is larger."""
    whole = max(yes + no, needed, 1)
    return Majority(
        yes, no, needed, *(round(VOTE_WIDTH * part / whole) for part in (yes, no, needed))
    )


def interval_strip(
    low: float, middle: float, high: float, line: float | None, last: float
) -> SafeString:
    """Draw a rank interval from 1 to `last` as a small inline picture, read aloud as words; with
    the line where there is one.
    """
    width = STRIP_WIDTH - 20

    def x(rank: float) -> int:
        return 10 + round(width * (min(max(rank, 1), last) - 1) / max(last - 1, 1))

    words = gettext("rank %(middle)s, between %(low)s and %(high)s; line after %(line)s")
    if line is None:
        words = gettext("rank %(middle)s, between %(low)s and %(high)s; no line")
    label = words % {
        "low": f"{low:g}",
        "middle": f"{middle:g}",
        "high": f"{high:g}",
        "line": "" if line is None else f"{line:g}",
    }
    return _strip(label, x(low), x(middle), x(high), None if line is None else x(line))


def score_strip(
    low: float, middle: float, high: float, line: float, scale: tuple[float, float]
) -> SafeString:
    """Draw the reviews of one application on the scale as a small inline picture, read aloud as
    words.
    """
    width, (lowest, highest) = STRIP_WIDTH - 20, scale

    def x(score: float) -> int:
        return 10 + round(
            width * (min(max(score, lowest), highest) - lowest) / max(highest - lowest, 1)
        )

    words = gettext("score %(middle)s, reviews from %(low)s to %(high)s; the line at %(line)s")
    label = words % {
        "low": f"{low:.2f}",
        "middle": f"{middle:.2f}",
        "high": f"{high:.2f}",
        "line": f"{line:.2f}",
    }
    return _strip(label, x(low), x(middle), x(high), x(line))


def _strip(label: str, low: int, middle: int, high: int, line: int | None) -> SafeString:
    """The inline picture at places in pixels: a bar, a point on it, and the line where there is
    one.
    """
    mark = (
        format_html('<line class="c-line" x1="{x}" x2="{x}" y1="0" y2="14"/>', x=line)
        if line is not None
        else ""
    )
    return format_html(
        '<svg class="spark" width="{w}" height="14" viewBox="0 0 {w} 14" role="img"'
        ' aria-label="{label}"><line class="c-bar" x1="{low}" x2="{high}" y1="7" y2="7"/>{mark}'
        '<circle class="c-act" cx="{middle}" cy="7" r="4"/></svg>',
        w=STRIP_WIDTH,
        label=label,
        low=low,
        middle=middle,
        high=high,
        mark=mark,
    )
