"""Template tags of the design system: status tags, instants, countdowns, names, sort links, maps
and charts.

Belongs here: turning plain values into markup. Does not: product nouns or queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from anso.kernel.periods import Deadline, day_of
from anso.kernel.wording import Text
from anso.ui import charts, maps
from anso.ui.context import direction
from anso.ui.countries import country_name
from anso.ui.figures import in_figures, in_percent, to_places
from anso.ui.instants import (
    current_locale,
    day_in_words,
    instant_in_words,
    other_zone,
    words_until,
    zone_label,
    zone_of,
)
from anso.ui.question_fields import in_a_row, in_reader_language
from anso.ui.script_texts import script_texts

register = template.Library()
register.filter(direction)
LEAST_NUMBERED = 2  # two pages are reached by "previous" and "next"
register.simple_tag(script_texts)
register.filter(in_a_row)
TONES = frozenset({"", "good", "attn", "stop", "act"})


@register.simple_tag
def tag(word: object, tone: str = "") -> SafeString:
    """Show a status as word, shape and colour. Tones: good, attn, stop, act, or none for
    neutral.
    """
    if tone not in TONES:
        tone = ""
    return format_html('<span class="tag{}">{}</span>', f" {tone}" if tone else "", word)


@register.simple_tag
def day(
    on: date | datetime | None, style: str = "long", *, zone: str | ZoneInfo | None = None
) -> SafeString:
    """Show a date with the name of its month; of an instant, the day that it is in a zone, or in
    the reader's.
    """
    if on is None:
        return SafeString("")
    shown = day_of(on, zone_of(zone).key) if isinstance(on, datetime) else on
    return format_html(
        '<time datetime="{}">{}</time>', shown.isoformat(), day_in_words(shown, style)
    )


@register.simple_tag
def instant(at: datetime | None, zone: str | ZoneInfo | None = None, label: str = "") -> SafeString:
    """Show an instant in a zone, with the month's name and the zone's city: 15 February 2027, 23:59
    (Beijing).
    """
    if at is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}">{}</time>',
        at.astimezone(UTC).isoformat(timespec="seconds"),
        instant_in_words(at, zone, label),
    )


@register.simple_tag
def until(end: datetime | None, zone: str | ZoneInfo | None = None) -> SafeString:
    """Show an end as people are told it: the last minute that is in time, 23:59 and not the
    midnight after it.
    """
    return instant(Deadline(end, zone_of(zone).key).announced, zone) if end else SafeString("")


@register.simple_tag
def instant_here(at: datetime | None, zone: str | ZoneInfo | None = None) -> SafeString:
    """Show an instant in the zone in which it was set and below it in the reader's; the browser
    fills that in where the server does not know it yet.
    """
    told, own = instant(at, zone), other_zone(zone_of(zone).key)
    if at is None or not own:
        return told
    return format_html(
        '{}<br><span class="muted" data-reader-time>{}</span>', told, instant(at, own)
    )


@register.simple_tag
def until_here(end: datetime | None, zone: str | ZoneInfo | None = None) -> SafeString:
    """Show an end in the zone in which it was announced and below it in the reader's."""
    return instant_here(Deadline(end, zone_of(zone).key).announced, zone) if end else until(None)


@register.simple_tag
def told(at: datetime | None, zone: str | ZoneInfo | None = None) -> SafeString:
    """Tell an instant in the middle of a sentence: in the zone in which it was set, and in the
    reader's.
    """
    there, own = instant(at, zone), other_zone(zone_of(zone).key)
    if at is None or not own:
        return there
    here = format_html("<span data-reader-time>{}</span>", instant(at, own))
    words = gettext("%(there)s, which is %(here)s") % {"there": "{there}", "here": "{here}"}
    return format_html(words, there=there, here=here)


@register.simple_tag
def told_until(end: datetime | None, zone: str | ZoneInfo | None = None) -> SafeString:
    """Tell an end in the middle of a sentence, in both zones."""
    return told(Deadline(end, zone_of(zone).key).announced, zone) if end else until(None)


@register.simple_tag
def clock(at: datetime | None, zone: str | ZoneInfo | None = None) -> SafeString:
    """Show only the time of day, seconds included, in a zone that it names: 14:02:07 (Nairobi)."""
    if at is None:
        return SafeString("")
    where = zone_of(zone)
    return format_html(
        '<time datetime="{}" class="num">{} ({})</time>',
        at.isoformat(timespec="seconds"),
        f"{at.astimezone(where):%H:%M:%S}",
        zone_label(where.key, current_locale()),
    )


@register.simple_tag(takes_context=True)
def countdown(context: Context, until: datetime | None, now: datetime | None = None) -> str:
    """Say in words how long is left until an instant; `now` comes from the argument or the page."""
    if until is None:
        return ""
    return words_until(until - (now or context.get("now") or timezone.now()))


@register.simple_tag
def bidi(name: object) -> SafeString:
    """Show a name or other foreign text so that its direction does not disturb its neighbours."""
    return format_html("<bdi>{}</bdi>", name)


@register.simple_tag
def digest(value: str, size: int = 8) -> SafeString:
    """Show the start of a hash in full-width digits, the whole of it on request."""
    return format_html('<code title="{}">{}</code>', value, value[:size])


@register.filter
def figure(number: float | Decimal | str | None) -> str:
    """Write a number with the thousands apart, as the reader's language does; blank for none."""
    return "" if number in (None, "") else in_figures(number)


@register.filter
def percentage(share: float | Decimal) -> str:
    """Write a share of one in percent."""
    return in_percent(share)


@register.filter
def places(number: float | Decimal | str | None, count: int) -> str:
    """Write a number to so many decimals: 4.50; with a negative count a whole number has none."""
    return "" if number in (None, "") else to_places(number, count)


@register.simple_tag(takes_context=True)
def sort_heading(
    context: Context, key: str, label: str, kind: str = "", *, param: str = "sort"
) -> SafeString:
    """Render a `<th>` that sorts the list by a key; a second click turns the order around. Kind "n"
    is a number.
    """
    query = context["request"].GET.copy()
    current = query.get(param, "")
    query[param] = f"-{key}" if current == key else key
    query.pop("page", None)
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return format_html(
        '<th scope="col"{}{}><a href="?{}">{}</a></th>',
        SafeString(' class="n"') if kind == "n" else "",
        format_html(' aria-sort="{}"', state) if state else "",
        query.urlencode(),
        label,
    )


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Show which rows are on the screen, links to the rows before and after and, where there are
    several pages, to the first, the last and those near this one.
    """
    near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": list(near) if page.paginator.num_pages > LEAST_NUMBERED else [],
        "request": context["request"],
    }


@register.inclusion_tag("ui/chart_bars.html")
def chart_bars(
    rows: Iterable[tuple[str, float]], caption: str = "", unit: str = ""
) -> dict[str, Any]:
    """Draw horizontal bars of (label, number), with the table behind them."""
    return {"chart": charts.bars(list(rows)), "caption": caption, "unit": unit}


@register.inclusion_tag("ui/chart_funnel.html")
def chart_funnel(stages: Iterable[tuple[str, int]], caption: str = "") -> dict[str, Any]:
    """Draw how many remain after each stage of a call, each as a share of the first."""
    return {"chart": charts.funnel(list(stages)), "caption": caption}


@register.inclusion_tag("ui/chart_filled.html")
def chart_filled(rows: Iterable[tuple[str, int, int]], caption: str = "") -> dict[str, Any]:
    """Draw how much of what there is was filled: (label, filled, available)."""
    return {"chart": charts.filled(list(rows)), "caption": caption}


@register.inclusion_tag("ui/chart_majority.html")
def chart_majority(
    yes: int, no: int, needed: int, abstained: int = 0, caption: str = ""
) -> dict[str, Any]:
    """Draw a vote: yes and no among valid votes, with the number that was needed."""
    return {
        "chart": charts.majority(yes, no, needed),
        "abstained": abstained,
        "caption": caption,
    }


@register.simple_tag
def chart_interval(low: float, middle: float, high: float, line: float, last: float) -> SafeString:
    """Draw the interval of one rank as a strip with the funding line, for a cell of a ranking
    table.
    """
    return charts.interval_strip(low, middle, high, line, last)


@register.simple_tag
def chart_scores(
    strip: tuple[float, float, float, float], lowest: float, highest: float
) -> SafeString:
    """Draw lowest, mean and highest review of one application, and the score of the last that was
    selected, on the scale of the rubric.
    """
    low, middle, high, line = strip
    return charts.score_strip(low, middle, high, line, (lowest, highest))


@register.inclusion_tag("ui/map.html")
def world_map(
    points: Iterable[Mapping[str, Any]], caption: str = "", table_url: str = ""
) -> dict[str, Any]:
    """Draw points {lat, lon, label, url} on the world map; the same as a table follows or is
    linked.
    """
    return {
        "points": maps.place(points),
        "caption": caption,
        "table_url": table_url,
        "map": maps,
    }


@register.simple_tag
def way_back(request: HttpRequest) -> str:
    """Return the page of ours that the reader came from, or home: another site that posts to us is
    nothing to be led back to.
    """
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if is_ours else "/"


@register.filter
def zone_name(zone: str) -> str:
    """Name a time zone by its city in the reader's language."""
    return zone_label(zone, current_locale())


@register.filter
def translated(words: Mapping[str, str] | str | None) -> str:
    """Return a text that is kept in several languages (a `Text`, or its plain mapping) in the
    reader's language.
    """
    return in_reader_language(words if isinstance(words, Text) else Text.from_dict(words))


@register.filter("country_name")
def country_or_blank(code: str | None) -> str:
    """Return the name of a country in the reader's language; blank for none."""
    return country_name(code) if code else ""
