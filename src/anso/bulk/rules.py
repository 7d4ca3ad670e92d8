"""Who may stop work on many things and have it go on."""

from __future__ import annotations

import datetime as dt

from anso.bulk.models import BulkAction
from anso.bulk.queries import BULK_WORKS
from anso.kernel.actors import Actor
from anso.kernel.verdict import Verdict
from anso.notifications.queries import require_context


def may_run_bulk(actor: Actor, action: BulkAction, now: dt.datetime) -> Verdict:
    """Whoever may ask for such work in the same context, also a colleague of whoever did."""
    return BULK_WORKS[action.code].may(actor, require_context(action), now)
