"""Whether somebody who accepted stands by name among the results that everybody reads."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.audit.actions import record_entry
from anso.awards import rules
from anso.awards.models import Offer
from anso.kernel.actors import Actor


@transaction.atomic
def choose_naming(*, actor: Actor, offer: Offer, is_unnamed: bool, now: dt.datetime) -> Offer:
    """Leave the holder of an offer out of the names, or name them again; at once, and without a
    reason. Chosen twice, it stays as it is.
    """
    # The answer may arrive at the same moment: the rule is asked about the locked row.
    locked = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    rules.may_choose_naming(actor, locked, now).require()
    if locked.is_unnamed != is_unnamed:
        locked.is_unnamed = is_unnamed
        locked.save(update_fields=["is_unnamed"])
        verb = "hide_name" if is_unnamed else "show_name"
        record_entry(locked, verb, actor=actor, now=now)
    offer.is_unnamed = is_unnamed
    return offer
