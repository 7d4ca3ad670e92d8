"""What follows from mandates for the house as a whole: who reads the outbox and the record."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.governance.queries import is_auditor, is_secretariat
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, refuse


def may_read_outbox(actor: Actor, now: dt.datetime) -> Verdict:
    """Whoever holds a mandate in the Secretariat on that day reads, holds and releases its
    messages.
    """
    if is_secretariat(actor, now):
        return ALLOWED
    return refuse(
        "not_secretariat",
        _("The outbox is open to people who hold a mandate in the Secretariat today."),
    )


def may_read_record(actor: Actor, now: dt.datetime) -> Verdict:
    """Whoever holds an auditor's mandate on that day reads the whole record."""
    if is_auditor(actor, now):
        return ALLOWED
    return refuse("not_auditor", _("The record is open to auditors."))
