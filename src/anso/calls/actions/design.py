"""Changing a draft call, or the working copy of an amendment: words, dates, outcome and rubric.

Each action changes the parts that it is given and no other, on the locked row: what another officer
saved meanwhile stays. A part that somebody else changed since the page was opened is not written;
the action raises Disputed, and the page shows both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypedDict

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.editions import require_own_title
from anso.calls.actions.locking import lock_call, merge_parts, write_columns
from anso.calls.actions.steps import lay_out_steps
from anso.calls.models import Call
from anso.calls.queries.amendments import get_working_words, is_amending
from anso.calls.rules import may_edit_call
from anso.kernel.actors import Actor
from anso.kernel.drafts import Disputed, Merge
from anso.kernel.eligibility import RuleSet, check_rules
from anso.kernel.errors import BadInput
from anso.kernel.faults import DesignFault, DesignPart, faults_of
from anso.kernel.periods import Deadline, day_of, find_zone, require_zone
from anso.kernel.reasons import uncut
from anso.kernel.terms import (
    Criterion,
    OutcomePart,
    PlaceReserve,
    Publication,
    Rubric,
    Terms,
    check_terms,
    to_plain,
)
from anso.kernel.terms.order import in_order_of_days
from anso.kernel.terms.stages import with_window
from anso.kernel.wording import Text, gettext_noop
from anso.programmes.methods import find_selection_method
from anso.programmes.outcomes import read_terms

MOST_TITLE, MOST_SUMMARY = 200, 1000
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class CallDates:
    """When a call opens and closes (instants), and the zone in which it is announced. One part: a
    time of day means nothing without its zone.
    """

    opens_at: dt.datetime
    closes_at: dt.datetime
    zone: str


class OutcomeChanges(TypedDict, total=False):
    """What may be changed of what a call gives. All numbers of the tree are one part, since their
    sums are what counts; each of the outcome's own ``answers`` is one.
    """

    counts: Mapping[str, int]
    reserves: tuple[PlaceReserve, ...]
    answers: Mapping[str, Any]
    offer_days: int
    selection_method: str
    publishes: Publication
    minimum_score: Decimal | None
    adjustment_most: Decimal | None
    appeals_days: int
    waiting_share: int


class RubricChanges(TypedDict, total=False):
    """What may be changed of a rubric. All criteria are one part, since their weights sum to one;
    the ends of the scale are one.
    """

    criteria: tuple[Criterion, ...]
    scale: tuple[int, int]
    reviews_each: int
    is_blind: bool


@transaction.atomic
def change_call_text(
    *,
    call: Call,
    title: Mapping[str, str],
    summary: Mapping[str, str],
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> Call:
    """Change the title and summary of a draft call in the languages given; the others stay.

    Refuses to take the English title away, and endless words.
    """
    for words, most, of in (
        (title, MOST_TITLE, gettext_noop("Title")),
        (summary, MOST_SUMMARY, gettext_noop("Summary")),
    ):
        for text in words.values():
            uncut(text, most, of)
    locked = lock_for_editing(call, actor, now)
    given, known = _text_parts(title, summary), get_working_words(locked)
    merge = merge_parts(
        locked,
        # A language that nobody has written in yet stands blank.
        dict.fromkeys(given, "") | _text_parts(known["title"], known["summary"]),
        given,
        base_revision,
    )
    columns = {
        name: Text(known[name] | _texts(name, merge.accepted)).to_dict()
        for name in ("title", "summary")
    }
    if not columns["title"].get("en", "").strip():
        raise BadInput(gettext_noop("Give the call an English title."))
    # Of the words that were given alone: an older double is not for this officer to mend.
    require_own_title(Call(pk=locked.pk, title=_texts("title", merge.accepted)))
    verb = "change_call_text"
    if is_amending(locked):
        return _write(call, locked, {"amendment": columns}, merge, verb, actor=actor, now=now)
    return _write(call, locked, columns, merge, verb, actor=actor, now=now)


def _text_parts(title: Mapping[str, str], summary: Mapping[str, str]) -> dict[str, str]:
    return {f"title_{code}": text for code, text in title.items()} | {
        f"summary_{code}": text for code, text in summary.items()
    }


def _texts(name: str, parts: Mapping[str, str]) -> dict[str, str]:
    start = f"{name}_"
    return {key[len(start) :]: text for key, text in parts.items() if key.startswith(start)}


@transaction.atomic
def change_call_dates(
    *, call: Call, dates: CallDates, base_revision: int, actor: Actor, now: dt.datetime
) -> Call:
    """Move the window of a draft call; the later stages move with its closing day.

    Refuses an unknown zone, a closing before the opening, and a closing in the past.
    """
    find_zone(dates.zone)
    if require_zone(dates.closes_at) <= require_zone(dates.opens_at):
        raise BadInput(gettext_noop("The call must close after it opens."))
    if dates.closes_at <= now:
        raise BadInput(gettext_noop("The closing lies in the past."))
    locked = lock_for_editing(call, actor, now)
    if is_amending(locked):
        text = gettext_noop("People were told when the call opens. Move its days later instead.")
        raise BadInput(text)
    kept = CallDates(locked.opens_at, locked.closes_at, locked.zone)
    merge = merge_parts(locked, {"window": kept}, {"window": dates}, base_revision)
    before = read_terms(locked.design)
    terms = _moved(before, kept, dates)
    moved = {
        f"stage-{stage.key}": merge.revision
        for stage, earlier in zip(terms.stages, before.stages, strict=True)
        if stage != earlier
    }
    columns = {
        "opens_at": dates.opens_at,
        "closes_at": dates.closes_at,
        "zone": dates.zone,
        "design": to_plain(terms),
    }
    merge = replace(merge, revisions={**merge.revisions, **moved})
    return _write(call, locked, columns, merge, "change_call_dates", actor=actor, now=now)


def _moved(terms: Terms, kept: CallDates, dates: CallDates) -> Terms:
    opens_on = day_of(dates.opens_at, dates.zone)
    closes_on = Deadline(dates.closes_at, dates.zone).last_day
    later = closes_on - Deadline(kept.closes_at, kept.zone).last_day
    return with_window(terms, opens_on, closes_on, later)


@transaction.atomic
def change_outcome(
    *, call: Call, changes: OutcomeChanges, base_revision: int, actor: Actor, now: dt.datetime
) -> Call:
    """Change what a draft call gives, within its outcome: numbers, limits and sums; how many days
    an offer stands, the method of selection, the least mean with which something is given,
    how far the panel may move one, what everybody reads of the results, and how long a review of
    a decision may be asked for.

    Refuses what contradicts itself, days below one, and a method that is not in the register.
    """
    locked = lock_for_editing(call, actor, now)
    terms = read_terms(locked.design)
    given: dict[str, Any] = {key: value for key, value in changes.items() if key != "answers"}
    given |= changes.get("answers", {})
    merge = merge_parts(locked, _outcome_parts(terms), given, base_revision)
    taken = merge.accepted
    changed = replace(
        terms,
        outcome=_changed_outcome(terms.outcome, taken),
        offer_days=taken.get("offer_days", terms.offer_days),
        selection_method=taken.get("selection_method", terms.selection_method),
        publishes=taken.get("publishes", terms.publishes),
        minimum_score=taken.get("minimum_score", terms.minimum_score),
        adjustment_most=taken.get("adjustment_most", terms.adjustment_most),
        appeals_days=taken.get("appeals_days", terms.appeals_days),
        waiting_share=taken.get("waiting_share", terms.waiting_share),
    )
    if changed.offer_days < 1:
        raise BadInput(gettext_noop("An offer stands for at least one day."))
    find_selection_method(changed.selection_method)
    return write_terms(call, locked, changed, merge, "change_outcome", actor=actor, now=now)


def _outcome_parts(terms: Terms) -> dict[str, Any]:
    part = terms.outcome
    nodes = {node.key: node for node in part.tree()}
    return {
        "counts": {key: nodes[key].capacity for key in part.counted()},
        "reserves": part.reserves,
        "offer_days": terms.offer_days,
        "selection_method": terms.selection_method,
        "publishes": terms.publishes,
        "minimum_score": terms.minimum_score,
        "adjustment_most": terms.adjustment_most,
        "appeals_days": terms.appeals_days,
        "waiting_share": terms.waiting_share,
        **part.answers(),
    }


def _changed_outcome(part: OutcomePart, taken: Mapping[str, Any]) -> OutcomePart:
    if "counts" in taken:
        part = part.with_counts(taken["counts"])
    own = {key: taken[key] for key in part.answers() if key in taken}
    if own:
        part = part.with_answers(part.answers() | own)
    return part.with_reserves(taken["reserves"]) if "reserves" in taken else part


@transaction.atomic
def change_rubric(
    *,
    call: Call,
    changes: RubricChanges,
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
    key: str = "",
) -> Call:
    """Change by what reviewers of a draft call judge; ``key`` names the rubric of a step that has
    its own. Refuses weights that do not sum to one and a scale without room.
    """
    locked = lock_for_editing(call, actor, now)
    terms = read_terms(locked.design)
    known = terms.rubric_for(key)
    merge = _merge_rubric(locked, known, changes, key, base_revision)
    columns = {name.removeprefix(f"{key}:"): value for name, value in merge.accepted.items()}
    lowest, highest = columns.pop("scale", (known.scale_lowest, known.scale_highest))
    rubric = replace(known, scale_lowest=lowest, scale_highest=highest, **columns).within_scale()
    if rubric.reviews_each < 1:
        raise BadInput(gettext_noop("Every application needs at least one review."))
    return write_terms(
        call, locked, terms.with_rubric(rubric, key), merge, "change_rubric", actor=actor, now=now
    )


def _merge_rubric(
    locked: Call, known: Rubric, changes: RubricChanges, key: str, base_revision: int
) -> Merge:
    """The parts of a rubric beside the call's own stand under its key; whoever is told of them
    knows which rubric the page is of.
    """
    start = f"{key}:" if key else ""
    kept, given = (
        {f"{start}{name}": value for name, value in parts.items()}
        for parts in (_rubric_parts(known), changes)
    )
    try:
        return merge_parts(locked, kept, given, base_revision)
    except Disputed as refusal:
        parts = {name.removeprefix(start): both for name, both in refusal.parts.items()}
        raise Disputed(parts) from refusal


def _rubric_parts(rubric: Rubric) -> dict[str, Any]:
    return {
        "criteria": rubric.criteria,
        "scale": (rubric.scale_lowest, rubric.scale_highest),
        "reviews_each": rubric.reviews_each,
        "is_blind": rubric.is_blind,
    }


@transaction.atomic
def change_stages(
    *, call: Call, days: Mapping[str, Days], base_revision: int, actor: Actor, now: dt.datetime
) -> Call:
    """Change the first and last days of stages of a draft call, by the keys of the stages; the
    others keep theirs, and all stand in the order of their days. Refuses a stage that ends before
    it begins or comes before what it needs.
    """
    locked = lock_for_editing(call, actor, now)
    terms = read_terms(locked.design)
    kept = {f"stage-{stage.key}": (stage.starts_on, stage.ends_on) for stage in terms.stages}
    given = {f"stage-{key}": typed for key, typed in days.items()}
    merge = merge_parts(locked, kept, given, base_revision)
    both: dict[str, Days] = {**kept, **merge.accepted}
    stages = []
    for stage in terms.stages:
        starts_on, ends_on = both[f"stage-{stage.key}"]
        stages.append(replace(stage, starts_on=starts_on, ends_on=ends_on))
    # First as they stood: who moves a meeting before the review learns that, and not what follows.
    _require_no_new_fault(terms, replace(terms, stages=tuple(stages)))
    changed = replace(terms, stages=tuple(in_order_of_days(stages)))
    return write_terms(call, locked, changed, merge, "change_stages", actor=actor, now=now)


def lock_for_editing(call: Call, actor: Actor, now: dt.datetime) -> Call:
    """The rule is required of the locked row: another officer may have published it meanwhile."""
    locked = lock_call(call)
    may_edit_call(actor, locked, now).require()
    return locked


def write_terms(
    call: Call,
    locked: Call,
    terms: Terms,
    merge: Merge,
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
) -> Call:
    """Refuse what contradicts itself, unless it did before: it is not for this officer to mend."""
    _require_no_new_fault(read_terms(locked.design), terms)
    return _write(call, locked, {"design": to_plain(terms)}, merge, verb, actor=actor, now=now)


def _require_no_new_fault(before: Terms, after: Terms) -> None:
    known = set(_faults_of(before))
    for fault in (each for each in _faults_of(after) if each not in known):
        raise BadInput.of(fault.message)


def _faults_of(terms: Terms) -> list[DesignFault]:
    rule_sets = (RuleSet.from_dict(rules) for rules in terms.rules)
    return [*check_terms(terms), *faults_of(DesignPart.RULES, check_rules(rule_sets))]


def _write(
    call: Call,
    locked: Call,
    columns: dict[str, Any],
    merge: Merge,
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
) -> Call:
    """Write what differs, record before and after."""
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
    write_columns(call, locked, columns, merge)
    if "design" in columns and not is_amending(locked):
        lay_out_steps(locked)
    if changes:
        record_entry(locked, verb, actor=actor, now=now, changes=changes)
    return call
