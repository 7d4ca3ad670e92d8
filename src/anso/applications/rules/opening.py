"""Who may have the call opened that belongs to a selected proposal."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.applications.models import Application
from anso.applications.queries.participants import is_beneficiary
from anso.calls.models import Call
from anso.calls.queries.editions import find_selected_proposal
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, refuse


def may_open_call_of(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Whoever proposed it, once it was selected and as long as it is held: one call, which the
    office publishes.
    """
    call, number = application.call, application.number
    if not is_beneficiary(actor, application):
        return refuse("not_yours", _("Only whoever proposed it may do this."))
    if call.state == "cancelled" or find_selected_proposal(call, number) is None:
        return refuse("not_selected", _("This proposal is not among those that were selected."))
    opened = Call.objects.filter(parent=call, proposal=number).exclude(state="cancelled")
    if opened.exists():
        return refuse("opened", _("A call was opened for it already."))
    return ALLOWED
