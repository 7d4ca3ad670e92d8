"""Officers enter who received what a programme gives in the years before its calls were kept here,
and take off what was wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from anso.audit.actions import record_entry
from anso.awards import rules
from anso.awards.models import EarlierHolder
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.holders_lists import HolderLine
from anso.kernel.reasons import KEPT_ON_RECORD, required_reason
from anso.kernel.wording import gettext_noop
from anso.programmes.models import Programme


@transaction.atomic
def enter_earlier_holders(
    *, programme: Programme, lines: Sequence[HolderLine], actor: Actor, now: dt.datetime
) -> list[EarlierHolder]:
    """Enter all lines of a list, or none: refused where one of them stands there already."""
    rules.may_keep_wall(actor, now).require()
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    standing = locked.earlier_holders.filter(taken_off_at__isnull=True)
    known = set(standing.values_list("year", "award", "name"))
    for line in lines:
        if line.key in known:
            text = gettext_noop("Line %(line)s stands there already.")
            raise BadInput(text, line=line.number)
    made = EarlierHolder.objects.bulk_create(
        EarlierHolder(
            programme=locked,
            year=line.year,
            award=line.award,
            name=line.name,
            organisation=line.organisation,
            country=line.country,
            citation=line.citation,
            not_given_because=line.not_given_because,
            entered_at=now,
        )
        for line in lines
    )
    for holder in made:
        record_entry(
            holder, "enter_holder", actor=actor, now=now, changes={"holder": [None, str(holder)]}
        )
    return made


@transaction.atomic
def take_off_holder(
    *, holder: EarlierHolder, because: str, actor: Actor, now: dt.datetime
) -> EarlierHolder:
    """Take off an entry that was wrong; it stays in the record with the reason."""
    rules.may_keep_wall(actor, now).require()
    reason = required_reason(because, KEPT_ON_RECORD)
    locked = EarlierHolder.objects.select_for_update().get(pk=holder.pk)
    if locked.taken_off_at is not None:
        raise BadInput(gettext_noop("It was taken off already."))
    locked.taken_off_at, locked.taken_off_because = now, reason
    locked.save(update_fields=["taken_off_at", "taken_off_because"])
    record_entry(
        locked,
        "take_off_holder",
        actor=actor,
        now=now,
        changes={"holder": [str(locked), None]},
        because=reason,
    )
    return locked
