"""Opening the batch of a rolling call that follows one whose cut-off has passed."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.creation import Edition, create_call
from anso.calls.actions.publication import publish_call
from anso.calls.models import Call
from anso.calls.queries.batches import batch_after, next_cut_off
from anso.calls.queries.editions import free_letter_of
from anso.calls.queries.terms import get_terms
from anso.calls.rules import may_open_batch
from anso.calls.wording.batches import retitled
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.errors import BadInput
from anso.kernel.periods import day_of
from anso.kernel.terms import Terms, to_plain
from anso.programmes.outcomes import read_terms


@transaction.atomic
def open_next_batch(*, call: Call, now: dt.datetime, actor: Actor = CLOCK) -> Call | None:
    """The batch that follows one whose cut-off has passed, made of what that one promised last and
    published at once; asked again, the same one. None where no further batch begins.

    It opens at the instant of the cut-off. Where something prevents its publication it stands as a
    draft on the desk of its officers, who take over from the batch before with bodies and hosts.
    """
    may_open_batch(actor, call, now).require()
    # Of two who ask at once, the second finds the batch that the first one made.
    Call.objects.select_for_update().get(pk=call.batch_of_id or call.pk)
    made = batch_after(call)
    cut_off = None if made else next_cut_off(call, now)
    if cut_off is None:
        return made
    terms = get_terms(call)
    year = call.edition_year + cut_off.year - terms.stages[0].ends_on.year
    edition = Edition(
        year,
        opens_on=day_of(call.closes_at, call.zone),
        closes_on=cut_off,
        round=free_letter_of(call.programme, year),
        like=call,
        with_people=True,
    )
    batch = create_call(programme=call.programme, edition=edition, actor=actor, now=now)
    _bind(batch, call, terms, cut_off)
    record_entry(
        batch, "open_batch", actor=actor, now=now, changes={"after": [None, call.reference]}
    )
    with suppress(BadInput):
        publish_call(call=batch, actor=actor, now=now)
    return batch


def _bind(batch: Call, before: Call, terms: Terms, cut_off: dt.date) -> None:
    """What a batch has of the one before and an edition of a later year has not."""
    kept = replace(read_terms(batch.design), intake=terms.intake)
    batch.design = to_plain(kept)
    was = before.edition_year, terms.stages[0].ends_on
    batch.title = retitled(before.title, was, (batch.edition_year, cut_off))
    batch.batch_of_id = before.batch_of_id or before.pk
    batch.parent, batch.proposal = before.parent, before.proposal
    batch.opens_at = before.closes_at
    batch.save(update_fields=["design", "title", "batch_of", "parent", "proposal", "opens_at"])
