"""What a released decision can be corrected to, and which one an officer corrects."""

from __future__ import annotations

import datetime as dt

from django.http import Http404

from anso.accounts.models import Account
from anso.calls.queries import calls_on_desk_of, get_terms
from anso.calls.queries.steps import step_after
from anso.decisions.enums import Result
from anso.decisions.models import Decision

ENDS = (Result.SELECTED, Result.UNPLACED, Result.INELIGIBLE)


def get_desk_decision_for(account: Account, reference: str, now: dt.datetime) -> Decision:
    """A released decision of a call on the reader's desk; Http404 for everybody else."""
    on_desk = calls_on_desk_of(account, now).order_by().values("pk")
    found = Decision.objects.filter(
        reference=reference, application__call__in=on_desk, state="released"
    )
    joined = ("application__call", "application__applicant__account", "run", "step")
    decision = found.select_related(*joined).defer("run__record").first()
    if decision is None:
        raise Http404("no such decision")
    return decision


def results_open_to(decision: Decision) -> list[str]:
    """The results that a correction may put in place, the present one first: that corrects the
    reason alone. A place on the waiting list comes from a selection only; what led to a further
    step stays, since that step is under way or over.
    """
    call = decision.application.call
    if step_after(call, decision.step) is not None:
        return [decision.result]
    gives = bool(get_terms(call).outcome.leaves())
    others = [
        str(each) for each in ENDS if each != decision.result and (gives or each != Result.SELECTED)
    ]
    return [decision.result, *others]
