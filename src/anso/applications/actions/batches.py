"""A draft that missed the cut-off of its batch goes on in the batch that is open."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.drafts import adopt_form_version
from anso.applications.actions.locking import lock_application
from anso.applications.models import Application
from anso.applications.notices import CARRIED_ON
from anso.applications.queries.batches import goes_on
from anso.applications.rules import may_carry_on
from anso.applications.wording import after_close
from anso.audit.actions import record_entry
from anso.calls.actions import open_next_batch
from anso.calls.models import Call
from anso.calls.queries import title_of
from anso.calls.queries.batches import open_batch_of
from anso.calls.queries.steps import steps_of_block
from anso.kernel.actors import CLOCK, Actor


@transaction.atomic
def carry_on(*, application: Application, now: dt.datetime, actor: Actor = CLOCK) -> Application:
    """Let a draft whose cut-off has passed go on in the batch that is open, and tell its applicant.
    Number, answers, documents and letters stay; a letter counts as long as those of that batch.

    Refused for what was submitted, for a draft that still has time, where no batch is open, and
    where the person has begun another there.
    """
    locked = lock_application(application)
    before = locked.call
    moved = _into_open_batch(locked, actor, now)
    notify_applicant(
        CARRIED_ON,
        moved,
        key=f"{moved.reference}:{moved.call.reference}",
        actor=actor,
        now=now,
        say=lambda: {"before": title_of(before), **after_close(moved, now)},
    )
    return moved


def as_of_arrival(
    locked: Application, *, actor: Actor, arrived_at: dt.datetime, now: dt.datetime
) -> Application:
    """The locked application in the batch to which what arrives at that instant belongs: where the
    cut-off of its own has passed, that is the next, which is opened if nobody did so yet.
    """
    if not goes_on(locked, arrived_at):
        return locked
    open_next_batch(call=locked.call, now=now)
    return _into_open_batch(locked, actor, arrived_at)


def _into_open_batch(locked: Application, actor: Actor, now: dt.datetime) -> Application:
    batch = open_batch_of(locked.call, now) or locked.call
    # Nobody starts another there meanwhile: that locks the same row.
    Call.objects.select_for_update().get(pk=batch.pk)
    may_carry_on(actor, locked, batch, now).require()
    changes = {"call": [locked.call.slug, batch.slug]}
    locked.call, locked.extended_until = batch, None
    locked.step = steps_of_block(batch, "applications")[0]
    locked.save(update_fields=["call", "step", "extended_until"])
    record_entry(locked, "carry_on", actor=actor, now=now, changes=changes)
    return adopt_form_version(application=locked, actor=actor, now=now)
