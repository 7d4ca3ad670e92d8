"""What a call promises and how it stands, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import get_language, gettext

from anso.calls.models import Call, Extension
from anso.calls.queries import is_open
from anso.calls.queries.phases import is_any_window_open, latest_review_end
from anso.calls.queries.steps import steps_of
from anso.kernel.periods import day_of
from anso.kernel.terms import EITHER, Terms
from anso.kernel.wording import Text
from anso.programmes.outcomes import find_outcome
from anso.ui.figures import in_figures
from anso.ui.instants import period_in_words
from anso.ui.question_fields import in_reader_language


def state_in_words(call: Call, now: dt.datetime, *, is_released: bool = False) -> tuple[str, str]:
    """A call's state in a word, with its tone; whether its results are out is known by whoever
    asks.
    """
    if call.state == "published":
        return _published_in_words(call, now, is_released=is_released)
    words = {
        "draft": (gettext("draft"), "attn"),
        "completed": (gettext("completed"), ""),
        "cancelled": (gettext("cancelled"), "stop"),
    }
    return words[call.state]


def moved_in_words(extension: Extension, keys: Collection[str]) -> str:
    """The steps with these keys that an extension moved, a line each: when, and when before."""
    rows = []
    # As they follow each other: the database keeps the keys in an order of its own.
    for step in steps_of(extension.call):
        if step.key not in keys:
            continue
        days = [dt.date.fromisoformat(day) for day in extension.moves[step.key]]
        facts = {
            "step": in_reader_language(step.label),
            "now": period_in_words(*days[2:]),
            "before": period_in_words(*days[:2]),
        }
        rows.append(gettext("%(step)s: %(now)s (before: %(before)s)") % facts)
    return "\n".join(rows)


def _published_in_words(call: Call, now: dt.datetime, *, is_released: bool) -> tuple[str, str]:
    if is_open(call, now):
        return gettext("open"), "good"
    if call.opens_at > now:
        return gettext("opens later"), ""
    if is_released:
        return gettext("results are out"), "good"
    if is_any_window_open(call, now):
        return gettext("open for those invited"), "good"
    return _closed_in_words(call, now)


def _closed_in_words(call: Call, now: dt.datetime) -> tuple[str, str]:
    today = day_of(now, call.zone)
    running = {step.block for step in steps_of(call) if step.starts_on <= today <= step.ends_on}
    if "review" in running:
        return gettext("closed, being judged"), "act"
    if "screening" in running:
        return gettext("closed, eligibility is checked"), "act"
    if now < latest_review_end(call):
        return gettext("closed"), ""
    return gettext("closed, being decided"), "act"


def how_much(amount: Decimal | str | None, currency: str) -> str:
    """What is paid, or that nothing is: a benefit as the call promises it and as an offer keeps
    it.
    """
    return gettext("in kind") if amount is None else f"{in_figures(amount)} {currency}"


def how_often(per: str) -> str:
    """How often a benefit is given."""
    words = {
        "week": gettext("a week"),
        "month": gettext("a month"),
        "year": gettext("a year"),
        "once": gettext("once"),
    }
    return words.get(per, per)


def group_words(key: str, terms: Terms) -> str:
    """A group of people in the reader's words, as the programme names it; or any of several.
    The key itself where the terms know no such group.
    """
    if EITHER in key:
        return gettext(" or ").join(group_words(part, terms) for part in key.split(EITHER))
    group = terms.group(key)
    return in_reader_language(group.label) if group else key


def level_words(key: str, terms: Terms) -> str:
    """What a level is called to its reader; the key itself where the terms know no such level."""
    labels = {level.key: level.label for level in terms.levels}
    return in_reader_language(labels[key]) if key in labels else key


def places_by_host(terms: Terms) -> list[tuple[str, int]]:
    """How many places each host has, its name in the reader's language."""
    language = get_language() or "en"
    return [
        (
            host.label.in_language(language),
            sum(node.capacity for node in terms.outcome.leaves() if node.host == host.key),
        )
        for host in terms.hosts
    ]


def outcome_columns(terms: Terms) -> list[tuple[Text, str]]:
    """What an outcome says in columns of its own, such as the most for one grant, as the call
    promises it; nothing of those that were left empty.
    """
    part = terms.outcome
    questions = find_outcome(part.code).questions if part.code else ()
    said = [(each.label, part.answers()[each.key]) for each in questions]
    return [
        (label, value if isinstance(value, str) else in_figures(value))
        for label, value in said
        if value not in (None, "")
    ]
