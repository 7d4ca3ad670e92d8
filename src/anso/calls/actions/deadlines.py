"""Moving a deadline later for everyone, and recording when the service could not be reached."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.locking import lock_call, merge_parts, write_columns
from anso.calls.actions.steps import move_steps
from anso.calls.models import Call, Extension, Outage
from anso.calls.queries.steps import current_window, is_first_window, window_deadline
from anso.calls.rules import may_extend_call, may_record_outage
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline, require_zone
from anso.kernel.wording import gettext_noop


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
    """Move the deadline of the window that opened last later, for everyone, with the reason that
    everyone reads. Of the first window letters, which count for days after it, move along; the
    other steps keep their days. A later window is open to the end of the new day.

    Refuses a deadline that is not later than the one in force or not in the future, and an
    extension without a reason. Raises Disputed where another officer moved it since
    ``base_revision``: applicants would be written to twice.
    """
    locked = lock_call(call)
    may_extend_call(actor, locked, now).require()
    window = current_window(locked, now)
    previous = window_deadline(locked, window).closes_at
    is_first = is_first_window(window)
    if not is_first:
        last_day = Deadline(require_zone(closes_at), locked.zone).last_day
        closes_at = Deadline.at_end_of(last_day, locked.zone).closes_at
    part = "window" if is_first else f"window-{window.key}"
    merge = merge_parts(locked, {part: previous}, {part: closes_at}, base_revision)
    _require_extension(previous, closes_at, because, now)
    extension = Extension.objects.create(
        call=locked,
        step=window,
        previous_closes_at=previous,
        closes_at=closes_at,
        because=because.strip(),
        granted_at=now,
        granted_by_id=actor.pk,
    )
    write_columns(call, locked, {"closes_at": closes_at} if is_first else {}, merge)
    if is_first:
        move_steps(locked, previous)
    else:
        locked.steps.filter(pk=window.pk).update(ends_on=last_day)
    changes = {"step": [window.key, window.key], "closes_at": [previous, closes_at]}
    record_entry(
        locked, "extend_call", actor=actor, now=now, changes=changes, because=extension.because
    )
    return extension


def _require_extension(
    previous: dt.datetime, closes_at: dt.datetime, because: str, now: dt.datetime
) -> None:
    if require_zone(closes_at) <= max(previous, now):
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
        starts_at=starts_at, ends_at=ends_at, remark=remark.strip()[:300], recorded_by_id=actor.pk
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
