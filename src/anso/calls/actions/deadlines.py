"""Moving the end of a step later for everyone, and recording when the service was out of reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.locking import lock_call, merge_parts, write_columns
from anso.calls.actions.steps import move_steps
from anso.calls.models import Call, Extension, Outage, Step
from anso.calls.queries.moves import FOLLOWERS, MovePlan, plan_move
from anso.calls.queries.steps import current_window, is_first_window, window_deadline
from anso.calls.rules import may_extend_step, may_record_outage
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline, require_zone
from anso.kernel.reasons import REMARK_AT_MOST, fitting
from anso.kernel.wording import gettext_noop


@dataclass(frozen=True)
class Move:
    """The end of a step moves later, for everyone: until when, why, and which steps ``along`` with
    it, by their keys (None: those that would come too early otherwise). Only the first window
    closes at a time of day; every other step ends with its day.
    """

    step: Step
    closes_at: dt.datetime
    because: str
    along: Collection[str] | None = None


@transaction.atomic
def extend_step(*, move: Move, base_revision: int, actor: Actor, now: dt.datetime) -> Extension:
    """Move the end of a step later for everyone, also after it, with the reason that everyone
    reads; the steps named move by as many days, and each app does what belongs to it.

    Refuses an end that is not later than the one in force or not in the future, a move without a
    reason, one after which a step would come before what it needs, and one that something stands
    against (``reasons_against_moving``). Raises Disputed where another officer moved it since
    ``base_revision``: people would be written to twice.
    """
    call = move.step.call
    locked = lock_call(call)
    step = locked.steps.get(pk=move.step.pk)
    may_extend_step(actor, step, now).require()
    is_first, previous = is_first_window(step), window_deadline(locked, step).closes_at
    last_day = Deadline(require_zone(move.closes_at), locked.zone).last_day
    at_end_of_day = Deadline.at_end_of(last_day, locked.zone).closes_at
    closes_at = move.closes_at if is_first else at_end_of_day
    part = "window" if is_first else f"window-{step.key}"
    merge = merge_parts(locked, {part: previous}, {part: closes_at}, base_revision)
    _require_extension(previous, closes_at, move.because, now)
    plan = plan_move(step, last_day, move.along, now)
    for fault in plan.broken:
        raise BadInput.of(fault)
    extension = Extension.objects.create(
        call=locked,
        step=step,
        previous_closes_at=previous,
        closes_at=closes_at,
        because=move.because.strip(),
        moves={each.step.key: each.days for each in plan.moves},
        granted_at=now,
        granted_by_id=actor.pk,
    )
    write_columns(call, locked, {"closes_at": closes_at} if is_first else {}, merge)
    move_steps(plan)
    _record(extension, plan, actor, now)
    for follower in FOLLOWERS.values():
        follower.follow(extension, plan, actor, now)
    return extension


@transaction.atomic
def extend_call(
    *,
    call: Call,
    closes_at: dt.datetime,
    because: str,
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> Extension:
    """Move the deadline of the window that opened last, as :func:`extend_step` does, and no other
    step but those that would come too early otherwise.
    """
    window = current_window(call, now)
    window.call = call  # the caller's object is told of its new deadline
    move = Move(window, closes_at, because)
    return extend_step(move=move, base_revision=base_revision, actor=actor, now=now)


def _record(extension: Extension, plan: MovePlan, actor: Actor, now: dt.datetime) -> None:
    changes = {
        "step": [plan.step.key, plan.step.key],
        "closes_at": [extension.previous_closes_at, extension.closes_at],
    }
    moved = {each.step.key: [each.days[:2], each.days[2:]] for each in plan.moves[1:]}
    record_entry(
        extension.call,
        "extend_call",
        actor=actor,
        now=now,
        changes=changes | moved,
        because=extension.because,
    )


def _require_extension(
    previous: dt.datetime, closes_at: dt.datetime, because: str, now: dt.datetime
) -> None:
    if closes_at <= previous or closes_at <= now:
        text = gettext_noop(
            "An extension must end later than the present deadline, and in the future."
        )
        raise BadInput(text)
    if not because.strip():
        text = gettext_noop("Say why: everyone will read the reason beside the new deadline.")
        raise BadInput(text)


@transaction.atomic
def record_outage(
    *, starts_at: dt.datetime, ends_at: dt.datetime, remark: str, actor: Actor, now: dt.datetime
) -> Outage:
    """Write down that the service could not be reached. Refuses a period that ends before it
    starts, or in the future.
    """
    may_record_outage(actor, now).require()
    if require_zone(ends_at) <= require_zone(starts_at):
        raise BadInput(gettext_noop("The outage must end after it starts."))
    if ends_at > now:
        raise BadInput(gettext_noop("Record an outage when it is over."))
    if not remark.strip():
        raise BadInput(gettext_noop("Say in a few words what could not be reached."))
    outage = Outage.objects.create(
        starts_at=starts_at,
        ends_at=ends_at,
        remark=fitting(remark, REMARK_AT_MOST),
        recorded_by_id=actor.pk,
    )
    record_entry(
        outage,
        "record_outage",
        actor=actor,
        now=now,
        changes={"ends_at": [starts_at, ends_at]},
        because=outage.remark,
    )
    return outage
