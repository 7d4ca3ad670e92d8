"""A published call that is being amended, or was: what differs, what stands against it, and whom it
touches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from anso.calls.models import Call, CallTerms
from anso.calls.queries.steps import steps_of
from anso.calls.queries.terms import get_terms
from anso.kernel.actors import Actor
from anso.kernel.periods import day_of
from anso.kernel.registers import Register
from anso.kernel.terms import Publication, Stage, Terms, to_plain
from anso.kernel.terms.differences import Change, find_changes
from anso.kernel.terms.order import in_order_of_days
from anso.kernel.wording import Message, Text
from anso.kernel.wording import gettext_noop as _
from anso.programmes.outcomes import read_terms

Changes = Sequence[Change]
APPLICANTS, REVIEWERS, WRITERS = "applicants", "reviewers", "writers"
# Parts in which other words for the same thing change nothing for anybody.
NAMED_ONLY = ("title", "summary", "levels", "hosts", "stages", "outcome", "groups")
# What stands in a list stays there: people chose from it.
FIXED_LISTS = ("levels", "hosts", "groups")


@dataclass(frozen=True)
class Watcher:
    """What an app above has to do with an amendment: ``refuse`` says what stands against it,
    ``tell`` what the officer should know before, ``follow`` does what belongs to it.
    """

    refuse: Callable[[Call, Changes, dt.datetime], Iterable[Message]]
    tell: Callable[[Call, Changes, dt.datetime], Iterable[Message]]
    follow: Callable[[CallTerms, Changes, Actor, dt.datetime], None] = lambda *_: None


WATCHERS: Register[Watcher] = Register("what follows when a call is amended")


@dataclass(frozen=True)
class Amendment:
    """One that was announced: its terms, and what differs from those before."""

    terms: CallTerms
    changes: Changes


def is_amending(call: Call) -> bool:
    """Whether officers are preparing an amendment."""
    return call.state == "published" and call.amending_since is not None


def get_working_terms(call: Call) -> Terms:
    """What officers edit: the working copy of a draft, and of an amendment under way; otherwise
    what the call promises.
    """
    return (
        read_terms(call.design) if call.state == "draft" or is_amending(call) else get_terms(call)
    )


def get_working_words(call: Call) -> dict[str, dict[str, str]]:
    """Title and summary as officers edit them."""
    return call.amendment or {"title": call.title, "summary": call.summary}


def standing_terms(call: Call) -> Terms:
    """The terms in force with the days as they stand, also after extensions, and in their order:
    where an amendment begins.
    """
    rows = {step.key: step for step in steps_of(call)}
    terms = get_terms(call)
    stages = [
        replace(stage, starts_on=rows[stage.key].starts_on, ends_on=rows[stage.key].ends_on)
        for stage in terms.stages
    ]
    return replace(terms, stages=tuple(in_order_of_days(stages)))


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """What differs between two frozen bodies, for people: words of the call, then its terms."""
    return find_changes(_told_of(before), _told_of(after))


def _told_of(body: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: body.get("call", {}).get(name, {}) for name in ("title", "summary")}
    return words | dict(body["terms"])


def amendments_of(call: Call) -> list[Amendment]:
    """The amendments that were announced, latest first. Days that an extension moved in between are
    told with the extension.
    """
    versions = list(call.terms.select_related("announced_by").order_by("version"))
    return [get_amendment(later) for later in reversed(versions[1:])]


def get_amendment(terms: CallTerms) -> Amendment:
    """One amendment with what it changed."""
    return Amendment(terms, find_changes(terms.told_before, _told_of(terms.body)))


def reasons_against(call: Call, changes: Changes, now: dt.datetime) -> list[Message]:
    """Why an amendment cannot be announced like this; empty when it can."""
    own = [
        *_reasons_of_lists(changes),
        *_reasons_of_publication(changes),
        *_reasons_of_appeals(changes),
        *_reasons_of_conflicts(call, changes),
        *_reasons_of_intake(call, changes, now),
        *_reasons_of_days(call, changes, now),
    ]
    return own + [
        each for watcher in WATCHERS.values() for each in watcher.refuse(call, changes, now)
    ]


def _reasons_of_lists(changes: Changes) -> Iterator[Message]:
    for change in changes:
        if (
            change.part in FIXED_LISTS
            and len(change.path) == 2
            and None
            in (
                change.before,
                change.after,
            )
        ):
            text = _("“%(name)s”: people chose from this list; nothing is added or taken away.")
            yield Message("fixed_list", text, {"name": change.where[-1]})


def _reasons_of_publication(changes: Changes) -> Iterator[Message]:
    """People applied knowing what would be read of them: it can become less, never more."""
    for change in changes:
        if change.part == "publishes" and Publication(change.after).is_wider_than(
            Publication(change.before)
        ):
            text = _(
                "People submitted knowing what is published: it can be narrowed, never widened."
            )
            yield Message("publishes_more", text)


def _reasons_of_appeals(changes: Changes) -> Iterator[Message]:
    """People applied knowing how long they may ask for a review of the decision."""
    for change in changes:
        if change.part == "appeals_days" and change.after < change.before:
            text = _(
                "People submitted knowing how many days they have to ask for a review: there can"
                " be more of them, never fewer."
            )
            yield Message("appeals_fewer", text)


def _reasons_of_conflicts(call: Call, changes: Changes) -> Iterator[Message]:
    """People applied, and named others, knowing who would not judge them."""
    if any(each.part == "conflicts" for each in changes):
        kept, wanted = get_terms(call).conflicts, get_working_terms(call).conflicts
        if wanted.is_looser_than(kept):
            text = _(
                "People submitted knowing who would not judge them: what is said of conflicts of"
                " interest can become stricter, never looser."
            )
            yield Message("conflicts_looser", text)


def _reasons_of_intake(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """What follows a batch is said while it is open: afterwards the next one says it."""
    if any(each.part == "intake" for each in changes) and call.closes_at <= now:
        text = _("This batch has closed. Say it in the batch that is open.")
        yield Message("batch_closed", text)


def _reasons_of_days(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """What has begun goes on as people were told, and can only be given more time."""
    today = day_of(now, call.zone)
    rows = {step.key: step for step in steps_of(call)}
    yield from _reasons_of_new_stages(changes, today)
    added = {each.path[1] for each in changes if is_new_stage(each) or is_gone_stage(each)}
    for key in dict.fromkeys(each.path[1] for each in changes if _is_of_days(each)):
        row = rows.get(key)
        if key in added:
            continue
        if row is None or row.starts_on <= today or row.block == "applications":
            text = _(
                "“%(name)s” has begun or takes applications: give it more time under “Days that"
                " move” instead."
            )
            yield Message("begun", text, {"name": Text(row.label) if row else key})


def is_new_stage(change: Change) -> bool:
    """Whether a whole stage was added."""
    return change.part == "stages" and len(change.path) == 2 and change.before is None


def is_gone_stage(change: Change) -> bool:
    """Whether a whole stage was taken away."""
    return change.part == "stages" and len(change.path) == 2 and change.after is None


def reasons_against_removal(call: Call, stage: Stage, now: dt.datetime) -> list[Message]:
    """Why a stage of a published call is not taken away by an amendment; empty when it can be, and
    for one that the amendment itself added.
    """
    if stage.key not in {each.key for each in steps_of(call)}:
        return []
    gone = Change(("stages", stage.key), ("stages", stage.label), to_plain(stage), None)
    return reasons_against(call, [gone], now)


def _reasons_of_new_stages(changes: Changes, today: dt.date) -> Iterator[Message]:
    for change in changes:
        if is_new_stage(change) and change.after["starts_on"] <= today.isoformat():
            text = _("“%(name)s” is new and would have begun already: give it days to come.")
            yield Message("begins_before", text, {"name": Text(change.after["label"])})


def _is_of_days(change: Change) -> bool:
    return change.part == "stages" and len(change.path) > 1 and not change.is_words


def audiences_of(call: Call, changes: Changes) -> frozenset[str]:
    """Whom an amendment touches, by what was changed. Other words for the same thing touch nobody,
    but for those who read them as their task.
    """
    blocks = {step.key: step.block for step in steps_of(call)}
    return frozenset(audience for change in changes for audience in _touched(change, blocks))


def _touched(change: Change, blocks: Mapping[str, str]) -> tuple[str, ...]:
    if change.part == "nouns" or (change.is_words and change.part in NAMED_ONLY):
        return ()
    if change.part in ("rubric", "rubrics"):
        return (REVIEWERS,) if change.is_words else (APPLICANTS, REVIEWERS)
    if change.part == "conflicts":
        return (APPLICANTS, REVIEWERS)
    if change.part == "letters":
        return (WRITERS,) if change.is_words else (APPLICANTS, WRITERS)
    if change.part == "stages":
        beside = {"review": (REVIEWERS,), "letters": (WRITERS,)}
        whole = change.before if is_gone_stage(change) else change.after
        is_whole = is_new_stage(change) or is_gone_stage(change)
        block = whole["block"] if is_whole else blocks.get(change.path[1], "")
        return (APPLICANTS, *beside.get(block, ()))
    return (APPLICANTS,)


def notes_on(call: Call, changes: Changes, now: dt.datetime) -> list[Message]:
    """What an officer should know before announcing: how many people it touches, and how."""
    return [each for watcher in WATCHERS.values() for each in watcher.tell(call, changes, now)]
