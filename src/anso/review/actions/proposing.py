"""Having it worked out who could review what, dropping it, and having what was proposed assigned.

A small call is worked out at once, a large one by the worker: nobody waits for it in a request.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from anso.audit.actions import record_entry, transition
from anso.bulk.actions import start_bulk
from anso.bulk.models import BulkAction
from anso.calls.models import Call
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.wording import gettext_noop
from anso.review import rules
from anso.review.actions.many import ASSIGN
from anso.review.models import AssignmentProposal
from anso.review.queries.proposals import Proposal, propose_assignments
from anso.review.queries.proposed import get_basis, is_stuck, latest_proposal

LOG = logging.getLogger(__name__)
TASK = "review.propose"
# Files times reviewers; so many take less than half a second.
AT_ONCE = 20_000


@transaction.atomic
def ask_for_proposal(*, call: Call, after: str, actor: Any, now: dt.datetime) -> AssignmentProposal:
    """Have it worked out who could review what. ``after`` is the latest proposal that was seen: of
    two officers who ask at once, the second gets what the first asked for.
    """
    # Before the latest is read, so that it is the latest.
    Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
    latest = latest_proposal(call)
    if latest and latest.state == "running":
        return _tried_again(latest, now) if is_stuck(latest, now) else latest
    if latest and latest.reference != after:
        return latest
    basis = get_basis(call, now)
    if not basis.reviewers:
        raise BadInput(gettext_noop("Nobody has agreed to review yet. Invite reviewers first."))
    if not basis.applications:
        raise BadInput(gettext_noop("Nothing lacks reviewers."))
    proposal = AssignmentProposal.objects.create(
        call=call,
        asked_by=actor,
        asked_at=now,
        tried_at=now,
        applications=basis.applications,
        reviewers=basis.reviewers,
        basis=basis.sha256,
    )
    changes = {"applications": [0, basis.applications], "reviewers": [0, basis.reviewers]}
    record_entry(proposal, "ask_for_proposal", actor=actor, now=now, changes=changes, is_first=True)
    if basis.applications * basis.reviewers <= AT_ONCE:
        work_out(proposal=proposal, now=now)
    else:
        app.configure_task(TASK, allow_unknown=True).defer(proposal_id=proposal.pk)
    return proposal


def _tried_again(proposal: AssignmentProposal, now: dt.datetime) -> AssignmentProposal:
    proposal.tried_at = now
    proposal.save(update_fields=["tried_at"])
    app.configure_task(TASK, allow_unknown=True).defer(proposal_id=proposal.pk)
    return proposal


def work_out(*, proposal: AssignmentProposal, now: dt.datetime) -> None:
    """Work it out and keep the result, unless it was dropped or worked out meanwhile."""
    if proposal.state != "running":
        return
    call = proposal.call
    basis = get_basis(call, now)
    found = _found(call, now)
    try:
        _keep(proposal, found, basis.sha256, now)
    except StaleTransition:
        LOG.info("proposal %s was dropped or kept while it was worked out", proposal.reference)


def _found(call: Call, now: dt.datetime) -> Proposal | None:
    # Whatever it is that fails: those who wait are told, and of what it read nothing is spoilt.
    try:
        with transaction.atomic():
            return propose_assignments(call, now)
    except Exception:
        LOG.exception("who could review what in call %s could not be worked out", call.reference)
        return None


@transaction.atomic
def _keep(
    proposal: AssignmentProposal, found: Proposal | None, basis: str, now: dt.datetime
) -> None:
    """Either all of the result or, where there is none, that it failed. The pairs are not written
    into the record: what is assigned of them is, one by one.
    """
    transition(proposal, "finish_proposal" if found else "fail_proposal", actor=WORKER, now=now)
    if found:
        proposal.basis = basis
        proposal.pairs = [[application.pk, reviewer.pk] for application, reviewer in found.pairs]
        proposal.short = [[each.pk, lack, is_barred] for each, lack, is_barred in found.short]
        proposal.save(update_fields=["basis", "pairs", "short"])


def drop_proposal(*, proposal: AssignmentProposal, actor: Any, now: dt.datetime) -> None:
    """End the wait; what is still worked out of it is thrown away."""
    rules.may_assign_reviewers(actor, proposal.call, now).require()
    transition(proposal, "drop_proposal", actor=actor, now=now)


@transaction.atomic
def carry_out_proposal(
    *, proposal: AssignmentProposal, due_at: dt.datetime, actor: Any, now: dt.datetime
) -> BulkAction:
    """Have what was proposed assigned. What cannot be any more is left, with the reason; a second
    press is the first.
    """
    # Before the work is looked for: of two presses the second waits, and finds it.
    row = AssignmentProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    work = start_bulk(
        code=ASSIGN,
        context=proposal.call,
        # Reviewer by reviewer, so that each gets one mail.
        items=sorted(row.pairs, key=lambda pair: (pair[1], pair[0])),
        said={"due_at": due_at.isoformat()},
        key=f"propose:{row.reference}",
        actor=actor,
        now=now,
    )
    if row.state == "ready":
        transition(row, "carry_out_proposal", actor=actor, now=now)
    return work
