"""The results of a call as plain values for machines, with codes beside words: what its page shows
and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from anso.awards.queries import Holder, Results
from anso.awards.wording.results import (
    TOTALS,
    country_in_words,
    holder_rows,
    together_in_words,
)
from anso.calls.models import Call
from anso.calls.wording import group_words, level_words
from anso.kernel.disclosure import LEAST, Tally, ToldApart
from anso.kernel.terms import Terms

HEADINGS = (
    "part", "code", "name", "count", "decided", "selected",
    "country", "held", "host", "organisation", "title", "citation",
)  # fmt: skip
TOGETHER = "together"
Cells = tuple[str | int, ...]


def results_plain(results: Results, call: Call) -> dict[str, Any]:
    """All of it as JSON values; what is counted together stands beside what is told apart."""
    released = results.run.released_at
    return {
        "call": call.slug,
        "title": call.title,
        "state": call.state,
        "terms_sha256": call.terms_sha256,
        "released_at": released.isoformat() if released else None,
        "as_of": results.as_of.isoformat(),
        "corrected_on": [each.isoformat() for each in results.corrected_on],
        "publishes": str(results.publishes),
        "fewest_told_apart": LEAST,
        "totals": asdict(results.totals),
        "levels": _apart(results.levels),
        "countries": _apart(results.countries),
        "groups": [_tally(each) for each in results.groups],
        "numbers": list(results.numbers),
        "holders": [_holder(each) for each in results.holders],
        "accepted_unnamed": results.unnamed,
    }


def _apart(told: ToldApart) -> dict[str, Any]:
    rest = told.rest if told.shown else None
    return {
        "apart": [_tally(each) for each in told.shown],
        TOGETHER: {"decided": rest.decided, "selected": rest.selected} if rest else None,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return asdict(tally)


def _holder(holder: Holder) -> dict[str, str]:
    names = ("name", "country", "level", "host", "organisation", "title", "citation")
    return {name: getattr(holder, name) for name in names}


def results_table(results: Results, terms: Terms) -> Iterator[Cells]:
    """All of it as rows under ``HEADINGS``, names in the reader's language."""
    for code, label in TOTALS.items():
        yield ("total", code, str(label), getattr(results.totals, code))
    yield from _rows("level", results.levels, lambda key: level_words(key, terms))
    yield from _rows("country", results.countries, country_in_words)
    for each in results.groups:
        yield _counted("group", each.key, group_words(each.key, terms), each)
    for number in results.numbers:
        yield ("number", number)
    for row in holder_rows(results, terms):
        told = (row.country, row.held, row.host, row.organisation, row.title, row.citation)
        yield ("holder", "", row.name, "", "", "", *told)


def _rows(part: str, told: ToldApart, named: Callable[[str], str]) -> Iterator[Cells]:
    for each in told.shown:
        yield _counted(part, each.key, named(each.key), each)
    if told.shown and told.rest is not None:
        yield _counted(part, TOGETHER, together_in_words(), told.rest)


def _counted(part: str, code: str, name: str, tally: Tally) -> Cells:
    return (part, code, name, "", tally.decided, tally.selected)
