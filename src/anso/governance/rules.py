"""What follows from mandates for the house as a whole: who reads the record, and who records
what happens to members.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.directory.models import Organisation
from anso.governance.enums import MandateRole
from anso.governance.queries import (
    alliance_day,
    has_mandate,
    is_auditor,
    is_on_seat_of,
    is_secretariat,
)
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.verdict import ALLOWED, Verdict, refuse


def may_read_record(actor: Actor, now: dt.datetime) -> Verdict:
    """Whoever holds an auditor's mandate on that day reads the whole record."""
    if is_auditor(actor, now):
        return ALLOWED
    return refuse("not_auditor", _("The record is open to auditors."))


def may_change_membership(actor: Actor, now: dt.datetime) -> Verdict:
    """The Executive Director records what the bodies decided about members; so does the set-up of
    the installation.
    """
    if isinstance(actor, SystemProcess) or has_mandate(
        actor, MandateRole.EXECUTIVE_DIRECTOR, now=now
    ):
        return ALLOWED
    return refuse(
        "not_executive_director", _("Only the Executive Director records changes of membership.")
    )


def may_read_standing_reasons(
    actor: Actor, organisation: Organisation, now: dt.datetime
) -> Verdict:
    """Everybody sees where a member stands; why it was suspended is read by the Secretariat, by
    auditors, and by those who serve on a seat of that member.
    """
    if (
        isinstance(actor, SystemProcess)
        or is_secretariat(actor, now)
        or is_auditor(actor, now)
        or is_on_seat_of(actor.pk, organisation, alliance_day(now))
    ):
        return ALLOWED
    return refuse(
        "not_of_this_member", _("Why it was suspended is known to the member and the Secretariat.")
    )


def may_keep_associations(actor: Actor, now: dt.datetime) -> Verdict:
    """Programme officers and the Executive Director write down what becomes of associations."""
    roles = (MandateRole.PROGRAMME_OFFICER, MandateRole.EXECUTIVE_DIRECTOR)
    if isinstance(actor, SystemProcess) or has_mandate(actor, *roles, now=now):
        return ALLOWED
    return refuse("not_a_programme_officer", _("Only programme officers keep associations."))
