"""Changing a draft call: its words, dates, outcome and rubric. Publication ends all of this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.steps import lay_out_steps
from anso.calls.models import Call
from anso.calls.rules import may_edit_call
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput, TooLarge
from anso.kernel.periods import Deadline, day_of, find_zone, require_zone
from anso.kernel.terms import OutcomePart, Rubric, Stage, Terms, check_terms, to_plain
from anso.kernel.wording import Text, gettext_noop
from anso.programmes.methods import find_selection_method
from anso.programmes.outcomes import read_terms

MOST_TITLE, MOST_SUMMARY = 200, 1000


@dataclass(frozen=True)
class CallDates:
    """When a call opens and closes (instants), and the zone in which it is announced."""

    opens_at: dt.datetime
    closes_at: dt.datetime
    zone: str


@dataclass(frozen=True)
class OutcomeRules:
    """What a call gives and how: the part of its outcome, the days for an answer, and the method of
    selection.
    """

    outcome: OutcomePart
    offer_days: int = 21
    selection_method: str = "rank_and_fill"


def change_call_text(
    *,
    call: Call,
    title: Mapping[str, str],
    summary: Mapping[str, str],
    actor: Actor,
    now: dt.datetime,
) -> Call:
    """Change the title and summary of a draft call, in any languages. Refuses a title without
    English words, and endless words.
    """
    if not title.get("en", "").strip():
        raise BadInput(gettext_noop("Give the call an English title."))
    for words, most in ((title, MOST_TITLE), (summary, MOST_SUMMARY)):
        for text in words.values():
            if len(text) > most:
                raise TooLarge(
                    gettext_noop("Use at most %(limit)s characters; you have %(seen)s."),
                    limit=most,
                    seen=len(text),
                )
    return _change(
        call,
        {"title": Text(title).to_dict(), "summary": Text(summary).to_dict()},
        "change_call_text",
        actor=actor,
        now=now,
    )


def change_call_dates(*, call: Call, dates: CallDates, actor: Actor, now: dt.datetime) -> Call:
    """Move the window of a draft call; the later stages move with its closing day.

    Refuses an unknown zone, a closing before the opening, and a closing in the past.
    """
    find_zone(dates.zone)
    if require_zone(dates.closes_at) <= require_zone(dates.opens_at):
        raise BadInput(gettext_noop("The call must close after it opens."))
    if dates.closes_at <= now:
        raise BadInput(gettext_noop("The closing lies in the past."))
    terms = _moved(read_terms(call.design), call, dates)
    columns = {
        "opens_at": dates.opens_at,
        "closes_at": dates.closes_at,
        "zone": dates.zone,
        "design": to_plain(terms),
    }
    return _change(call, columns, "change_call_dates", actor=actor, now=now)


def _moved(terms: Terms, call: Call, dates: CallDates) -> Terms:
    opens_on = day_of(dates.opens_at, dates.zone)
    closes_on = Deadline(dates.closes_at, dates.zone).last_day
    days, window = (
        closes_on - Deadline(call.closes_at, call.zone).last_day,
        terms.window,
    )
    return replace(
        terms,
        stages=tuple(
            (
                replace(stage, starts_on=opens_on, ends_on=closes_on)
                if stage == window
                else replace(stage, starts_on=stage.starts_on + days, ends_on=stage.ends_on + days)
            )
            for stage in terms.stages
        ),
    )


def change_outcome(*, call: Call, rules: OutcomeRules, actor: Actor, now: dt.datetime) -> Call:
    """Change what a draft call gives, within its outcome: numbers, limits and sums; how many days
    an offer stands, and the method of selection.

    Refuses another outcome than the kind's, what contradicts itself, days below one, and a method
    that is not in the register.
    """
    terms = read_terms(call.design)
    if rules.outcome.code != terms.outcome.code:
        raise BadInput(gettext_noop("The outcome of a call follows from its programme."))
    if rules.offer_days < 1:
        raise BadInput(gettext_noop("An offer stands for at least one day."))
    find_selection_method(rules.selection_method)
    changed = {item.name: getattr(rules, item.name) for item in fields(rules)}
    return _change_terms(call, replace(terms, **changed), "change_outcome", actor=actor, now=now)


def change_rubric(*, call: Call, rubric: Rubric, actor: Actor, now: dt.datetime) -> Call:
    """Change how reviewers of a draft call judge. Refuses weights that do not sum to one and a
    scale without room.
    """
    if rubric.reviews_each < 1:
        raise BadInput(gettext_noop("Every application needs at least one review."))
    return _change_terms(
        call, read_terms(call.design).with_rubric(rubric), "change_rubric", actor=actor, now=now
    )


def change_stages(*, call: Call, stages: tuple[Stage, ...], actor: Actor, now: dt.datetime) -> Call:
    """Change the days of the later stages of a draft call. Refuses a stage that ends before it
    begins.
    """
    return _change_terms(
        call, replace(read_terms(call.design), stages=stages), "change_stages", actor=actor, now=now
    )


def _change_terms(call: Call, terms: Terms, verb: str, *, actor: Actor, now: dt.datetime) -> Call:
    known = set(check_terms(read_terms(call.design)))
    for fault in check_terms(terms):
        if fault not in known:
            raise BadInput.of(fault.message)
    return _change(call, {"design": to_plain(terms)}, verb, actor=actor, now=now)


@transaction.atomic
def _change(
    call: Call, columns: dict[str, Any], verb: str, *, actor: Actor, now: dt.datetime
) -> Call:
    """Require the rule on the locked row, write what differs, record before and after."""
    locked = Call.objects.select_for_update().get(pk=call.pk)
    may_edit_call(actor, locked, now).require()
    changes = {
        name: [getattr(locked, name), value]
        for name, value in columns.items()
        if getattr(locked, name) != value
    }
    if "design" in changes:
        before, after = changes.pop("design")
        changes |= {
            key: [before.get(key), after[key]] for key in after if before.get(key) != after[key]
        }
    for name, value in columns.items():
        setattr(locked, name, value)
        setattr(call, name, value)
    locked.save(update_fields=list(columns))
    if "design" in columns:
        lay_out_steps(locked)
    if changes:
        record_entry(locked, verb, actor=actor, now=now, changes=changes)
    return call
