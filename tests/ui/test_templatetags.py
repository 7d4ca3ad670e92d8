"""Tags: statuses, instants, time left, names, headings that sort."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from anso.ui.instants import locale_for
from anso.ui.templatetags import ui

CLOSES = datetime(2027, 2, 15, 15, 59, tzinfo=UTC)


def test_a_status_is_a_word_with_a_tone() -> None:
    assert ui.tag("done", "good") == '<span class="tag good">done</span>'
    assert ui.tag("<b>", "loud") == '<span class="tag">&lt;b&gt;</span>'


def test_an_instant_names_month_and_city() -> None:
    assert (
        ui.instant(CLOSES, "Asia/Shanghai")
        == '<time datetime="2027-02-15T15:59:00+00:00">15 February 2027, 23:59 (Beijing)</time>'
    )
    assert "18:59 (Nairobi)" in ui.instant(CLOSES, "Africa/Nairobi")
    assert "15:59 (UTC)" in ui.instant(CLOSES)
    assert "(our office)" in ui.instant(CLOSES, "UTC", "our office")
    assert ui.instant(None) == ui.day(None) == ui.clock(None) == ""


def test_an_end_is_shown_as_the_last_minute_that_is_in_time() -> None:
    midnight = datetime(2027, 2, 15, 16, 0, tzinfo=UTC)
    assert "15 February 2027, 23:59 (Beijing)" in ui.until(midnight, "Asia/Shanghai")
    assert "15 February 2027, 16:00 (UTC)" in ui.until(midnight), (
        "an end in the middle of the day is named as it is"
    )
    assert ui.until(None) == ""


def test_an_end_is_also_told_in_the_zone_of_a_reader_who_is_known_to_live_elsewhere() -> None:
    midnight = datetime(2027, 2, 15, 16, 0, tzinfo=UTC)
    with timezone.override("Africa/Nairobi"):
        told = ui.until_here(midnight, "Asia/Shanghai")
        assert "15 February 2027, 23:59 (Beijing)" in told
        assert "15 February 2027, 18:59 (Nairobi)" in told
        assert "23:59 (Beijing)</time>, which is <span data-reader-time><time" in ui.told_until(
            midnight, "Asia/Shanghai"
        )
        assert "17:00:00 (Nairobi)" in ui.clock(datetime(2027, 2, 15, 14, 0, tzinfo=UTC))
    with timezone.override("UTC"):
        told = ui.until_here(midnight, "Asia/Shanghai")
        assert "15 February 2027, 15:59 (UTC)" in told, "nobody knows where the reader is"
        assert "data-reader-time" in told, "the browser says it in place of UTC"
        assert ui.until_here(midnight, "UTC") == ui.until(midnight, "UTC")
        assert ui.told(midnight, "Etc/UTC") == ui.instant(midnight, "Etc/UTC")
    with timezone.override("Asia/Shanghai"):
        assert ui.instant_here(midnight, "Asia/Shanghai") == ui.instant(midnight, "Asia/Shanghai")
    assert (
        ui.until_here(None) == ui.told_until(None) == ui.told(None) == ui.instant_here(None) == ""
    )


def test_an_instant_has_the_day_of_the_zone_that_is_asked_for_and_else_of_the_reader() -> None:
    evening = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
    assert ui.day(evening, zone="Asia/Shanghai") == (
        '<time datetime="2027-03-02">2 March 2027</time>'
    )
    assert "1 March 2027" in ui.day(evening)
    with timezone.override("Asia/Tokyo"):
        assert "2 March 2027" in ui.day(evening)
        assert "1 March 2027" in ui.day(evening, zone="America/Lima")
        assert "1 March 2027" in ui.day(date(2027, 3, 1)), "a day is a day everywhere"


def test_dates_are_written_in_the_readers_language() -> None:
    with translation.override("ar"):
        assert "فبراير" in ui.day(date(2027, 2, 15))
    with translation.override("zh-hans"):
        assert "2027年2月15日" in ui.day(CLOSES)
    assert locale_for("xx-nowhere").language == "en"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=6, hours=3), "6 days left"),
        (timedelta(hours=47), "47 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59), "59 minutes left"),
        (timedelta(seconds=59), "less than a minute left"),
        (timedelta(0), "closed"),
        (timedelta(seconds=-1), "closed"),
    ],
)
def test_time_left_is_said_in_words(left: timedelta, words: str) -> None:
    page = Template("{% load ui %}{% countdown closes %}").render(
        Context({"closes": CLOSES, "now": CLOSES - left})
    )
    assert page == words


def test_no_deadline_has_no_time_left() -> None:
    assert Template("{% load ui %}{% countdown closes %}").render(Context({"closes": None})) == ""


def test_names_do_not_disturb_their_neighbours() -> None:
    assert ui.bidi("<محمد>") == "<bdi>&lt;محمد&gt;</bdi>"


@pytest.mark.parametrize(
    ("query", "state", "link"),
    [
        ("", "", "?sort=name"),
        ("sort=name&page=3&q=x", "ascending", "?sort=-name&amp;q=x"),
        ("sort=-name", "descending", "?sort=name"),
    ],
)
def test_a_heading_sorts_and_keeps_the_filter(query: str, state: str, link: str) -> None:
    request = RequestFactory().get(f"/list/?{query}")
    heading = Template('{% load ui %}{% sort_heading "name" "Name" "n" %}').render(
        Context({"request": request})
    )
    assert link in heading
    assert ('aria-sort="' in heading) is bool(state)
    assert state in heading


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "1 2 … 59"), (20, "1 … 19 20 21 … 59"), (58, "1 … 57 58 59"), (59, "1 … 58 59")],
)
def test_pages_jump_to_the_first_the_last_and_those_near(number: int, shown: str) -> None:
    page = Paginator(range(2914), 50).page(number)
    request = RequestFactory().get("/", {"state": "eligible", "page": number})
    told = Template("{% load ui %}{% pagination page %}").render(
        RequestContext(request, {"page": page})
    )
    words = re.findall(r">\s*(\d+|…)\s*<", told)
    assert " ".join(words) == shown
    assert re.findall(r'aria-current="page"\s*>(\d+)<', told) == [str(number)]
    assert 'href="?state=eligible&amp;page=1"' in told or number == 1


def test_two_pages_need_no_numbers() -> None:
    page = Paginator(range(80), 50).page(1)
    told = Template("{% load ui %}{% pagination page %}").render(
        RequestContext(RequestFactory().get("/"), {"page": page})
    )
    assert "aria-current" not in told
    assert 'rel="next"' in told
