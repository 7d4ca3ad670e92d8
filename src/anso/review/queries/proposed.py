"""Reading what was proposed: the latest proposal of a call, what it rests on, what it would do."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from django.http import Http404

from anso.applications.models import Application
from anso.calls.models import Call
from anso.governance.queries import alliance_day
from anso.review.lifecycle import PROPOSAL
from anso.review.models import Assignment, AssignmentProposal, Reviewer
from anso.review.queries.proposals import waiting_applications, willing_reviewers
from anso.review.queries.reading import ReviewerLoad, get_review_step

# The largest alliance takes half a minute; after so long the worker that had it has gone.
STILL = dt.timedelta(minutes=5)
PAIRS_SHOWN, SHORT_SHOWN = 100, 20


@dataclass(frozen=True)
class Basis:
    """What a proposal rests on: how many files lack reviews, how many agreed to review, and a hash
    that is another when one of these or an assignment is.
    """

    applications: int
    reviewers: int
    sha256: str


@dataclass(frozen=True)
class Proposed:
    """What a proposal that is ready would do: its first pairs, the first files that stay short, and
    each reviewer's load afterwards.
    """

    pairs: list[tuple[Application, Reviewer]]
    short: list[tuple[Application, int, bool]]
    loads: list[tuple[ReviewerLoad, int]]
    is_changed: bool
    is_of_another_day: bool


def get_basis(call: Call, now: dt.datetime) -> Basis:
    """What a proposal would rest on now."""
    needed, waiting = waiting_applications(call, now)
    lacking = [list(each) for each in waiting.values_list("pk", "review_in_force")]
    room = sorted((load.reviewer.pk, load.room) for load in willing_reviewers(call, now))
    asked = Assignment.objects.filter(step=get_review_step(call, now)).count()
    facts = json.dumps([needed, lacking, room, asked])
    return Basis(len(lacking), len(room), sha256(facts.encode()).hexdigest())


def latest_proposal(call: Call) -> AssignmentProposal | None:
    """What was proposed last in a call, or is being worked out."""
    return call.proposals.select_related("asked_by").order_by("-asked_at", "-pk").first()


def get_proposal(call: Call, reference: str, *states: str) -> AssignmentProposal:
    """One proposal of a call, in one of some states; 404 for any other."""
    found = call.proposals.filter(reference=reference, state__in=states or PROPOSAL.states).first()
    if found is None:
        raise Http404
    return found


def is_stuck(proposal: AssignmentProposal, now: dt.datetime) -> bool:
    """Whether it should have ended long ago."""
    return proposal.state == "running" and now - proposal.tried_at > STILL


def read_proposed(
    proposal: AssignmentProposal, basis: Basis, loads: list[ReviewerLoad], now: dt.datetime
) -> Proposed:
    """What a proposal would do, with the loads as they stand now."""
    pairs, short = proposal.pairs[:PAIRS_SHOWN], proposal.short[:SHORT_SHOWN]
    rows = Application.objects.defer("answers", "search_text")
    files = rows.in_bulk([each[0] for each in (*pairs, *short)])
    people = Reviewer.objects.select_related("person").in_bulk([each[1] for each in pairs])
    more = Counter(reviewer for _application, reviewer in proposal.pairs)
    return Proposed(
        pairs=[(files[first], people[second]) for first, second in pairs],
        short=[(files[key], lack, is_barred) for key, lack, is_barred in short],
        loads=[(load, load.in_force + more[load.reviewer.pk]) for load in loads],
        is_changed=basis.sha256 != proposal.basis,
        is_of_another_day=alliance_day(proposal.asked_at) != alliance_day(now),
    )
