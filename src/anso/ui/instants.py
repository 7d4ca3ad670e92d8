"""Days and instants in the reader's language, as pages, mails, files and refusals all say them.

Belongs here: plain sentences parts. Does not: their markup (``templatetags.ui``), nor arithmetic
with time (``kernel.periods``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from anso.kernel.periods import Deadline, days_in

UNIVERSAL = frozenset({"UTC", "Etc/UTC"})


@lru_cache(maxsize=64)
def locale_for(language: str) -> Locale:
    """Return how dates are written in a language; English is written day first, as an alliance of
    many countries does.
    """
    code = {"en": "en_GB", "zh-hans": "zh_Hans", "ar": "ar"}.get(
        language, language.replace("-", "_")
    )
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def current_locale() -> Locale:
    """Return how dates are written in the reader's language."""
    return locale_for(get_language() or "en")


@lru_cache(maxsize=2048)
def zone_label(zone: str, locale: Locale) -> str:
    """Name a time zone by its city in the reader's language: "Beijing", "Nairobi", "UTC"."""
    if zone in UNIVERSAL:
        return "UTC"
    if zone == "Asia/Shanghai":
        return gettext("Beijing")
    known: Mapping[str, Any] = locale.time_zones.get(zone, {})
    return str(known.get("city") or zone.rsplit("/", 1)[-1].replace("_", " "))


def zone_of(zone: str | ZoneInfo | None) -> ZoneInfo:
    """Return the zone asked for, or the reader's current one."""
    if isinstance(zone, ZoneInfo):
        return zone
    return ZoneInfo(zone or timezone.get_current_timezone_name() or "UTC")


def day_in_words(on: date, style: str = "long") -> str:
    """Write a day with the name of its month."""
    return str(format_date(on, style, locale=current_locale()))


def part_of_date_in_words(text: str) -> str:
    """Write a day, or the month or year of one of which no more is known ("1990-04"); anything else
    as it stands.
    """
    try:
        return day_in_words(date.fromisoformat(text))
    except ValueError:
        known = days_in(text)
    if known is None:
        return text
    first, last = known
    is_month = first.month == last.month
    return day_in_words(first, "LLLL y") if is_month else day_in_words(first, "y")


def period_in_words(first: date, last: date) -> str:
    """Write the days from the first to the last, both in: 3 May – 9 Jun 2027."""
    if first == last:
        return day_in_words(first)
    return f"{day_in_words(first, 'd MMM')} – {day_in_words(last, 'd MMM y')}"


def instant_in_words(at: datetime, zone: str | ZoneInfo | None = None, label: str = "") -> str:
    """An instant with the month's name and the zone's city: 15 February 2027, 23:59 (Beijing)."""
    where, locale = zone_of(zone), current_locale()
    local = at.astimezone(where)
    day = format_date(local, "long", locale=locale)
    clock = format_time(local, "HH:mm", locale=locale)
    on = gettext(", ").join((str(day), str(clock)))
    return f"{on} ({label or zone_label(where.key, locale)})"


def end_in_words(end: datetime, zone: str) -> str:
    """An end as people are told it, in both zones: the last minute that is in time, 23:59 and not
    the midnight after it.
    """
    return instant_here_and_there(Deadline(end, zone).announced, zone)


def other_zone(zone: str) -> str:
    """The zone to tell beside this one: the reader's, where it is known; else UTC, by which anybody
    can count. Blank where it is the same.
    """
    own = timezone.get_current_timezone_name()
    return "" if own == zone or {own, zone} <= UNIVERSAL else own


def instant_here_and_there(at: datetime, zone: str) -> str:
    """An instant in the zone in which it was set and in the reader's, both named: the one way in
    which pages, mails and refusals tell a time.
    """
    there, own = instant_in_words(at, zone), other_zone(zone)
    if not own:
        return there
    return gettext("%(there)s, which is %(here)s") % {
        "there": there,
        "here": instant_in_words(at, own),
    }


def words_until(remaining: timedelta) -> str:
    """Say how much time is left, in the two largest units that matter near a deadline."""
    minutes = int(remaining.total_seconds() // 60)
    hours, days = minutes // 60, minutes // 1440
    if remaining <= timedelta(0):
        return gettext("closed")
    if minutes < 1:
        return gettext("less than a minute left")
    if hours < 1:
        return ngettext("%(n)d minute left", "%(n)d minutes left", minutes) % {"n": minutes}
    if days < 2:
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
