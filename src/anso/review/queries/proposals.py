"""Proposing who judges what: subjects that fit, nobody overloaded, no conflict. A proposal changes nothing until an officer accepts it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from anso.applications.models import Application
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.directory.models import Expertise
from anso.kernel.canonical import content_hash
from anso.review.models import Assignment, Reviewer
from anso.review.queries.conflicts import conflicts_between, get_conflict_facts
from anso.review.queries.reading import applications_to_review, reviewers_of_call, standing_of
from anso.selection.assignment import AssignmentProblem, assign_reviewers

SUBJECT_KEY = "subject"
FITS, OTHER, NOBODY = 1.0, 0.0, -100.0


@dataclass(frozen=True)
class Proposal:
    """Pairs to assign, and the applications that stay short with how many reviews they lack and why."""

    pairs: tuple[tuple[Application, Reviewer], ...]
    short: tuple[tuple[Application, int, bool], ...]

    @property
    def digest(self) -> str:
        """Stands for the pairs, so that an officer carries out what they have seen and nothing else."""
        return content_hash([[application.number, reviewer.reference] for application, reviewer in self.pairs])[:16]


@dataclass(frozen=True)
class _Task:
    """The question for the selection library: what is missing, who has room, which pairs are excluded, which fit."""

    applications: list[Application]
    missing: list[int]
    reviewers: list[Reviewer]
    room: list[int]
    excluded: frozenset[tuple[int, int]]
    subjects: dict[int, frozenset[str]]


def propose_assignments(call: Call, now: dt.datetime) -> Proposal:
    """Fill every application up to the number of reviews the call asks for, with as many fitting subjects as possible.

    The best total is found and proven by the selection library. Nobody gets more than they offered, and where it costs no review nobody
    much more than the mean. A pair that was assigned once is not proposed again. Applications that stay short are named.
    """
    task = _task(call, now)
    if not task.applications or not task.reviewers:
        return Proposal((), tuple((each, lack, False) for each, lack in zip(task.applications, task.missing, strict=True)))
    most = sum(task.missing) * 13 // (len(task.reviewers) * 10) + 1  # three tenths above the mean
    even = _solved(task, [min(room, most) for room in task.room])
    full = even if not even.short else _solved(task, task.room)
    return full if _lacking(full) < _lacking(even) else even


def loads_after(proposal: Proposal, call: Call) -> Counter[int]:
    """Standing assignments per reviewer once the proposal is carried out."""
    return Counter(standing_of(call)) + Counter(reviewer.pk for _, reviewer in proposal.pairs)


def _task(call: Call, now: dt.datetime) -> _Task:
    needed = get_terms(call).rubric.reviews_each
    loads = [load for load in reviewers_of_call(call, now) if load.reviewer.state == "accepted"]
    waiting = applications_to_review(call).filter(state="eligible", review_standing__lt=needed).order_by("number")
    applications = list(waiting)
    reviewers = [load.reviewer for load in loads]
    facts = get_conflict_facts([reviewer.person for reviewer in reviewers], applications, now.date())
    excluded = {(each.pk, r.pk) for each in applications for r in reviewers if conflicts_between(r.person, each, facts)}
    return _Task(
        applications=list(applications),
        missing=[needed - each.review_standing for each in applications],
        reviewers=reviewers,
        room=[load.room for load in loads],
        excluded=frozenset(excluded | _asked_before(call)),
        subjects=_subjects(call),
    )


def _solved(task: _Task, room: Sequence[int]) -> Proposal:
    """The best assignment. "Nobody" stands in, at a high price, for every review that cannot be given, so that there is always an answer."""
    stand_ins = [f"nobody {number}" for number in range(max(task.missing))]
    names = {each.number: each for each in task.applications}
    people = {reviewer.reference: reviewer for reviewer in task.reviewers}
    answer = assign_reviewers(
        AssignmentProblem(
            applications=tuple(names),
            reviewers=(*people, *stand_ins),
            affinity=[[*(_affinity(task, each, r) for r in task.reviewers), *(NOBODY for _ in stand_ins)] for each in task.applications],
            max_load=[*room, *(len(names) for _ in stand_ins)],
            reviews_each=task.missing,
            conflicts=[
                (each.number, r.reference) for each in task.applications for r in task.reviewers if (each.pk, r.pk) in task.excluded
            ],
        )
    )
    pairs = [(names[pair.application], people[pair.reviewer]) for pair in answer.pairs if pair.reviewer in people]
    given = Counter(application.pk for application, _ in pairs)
    free = {each.pk: sum((each.pk, r.pk) not in task.excluded for r in task.reviewers) for each in task.applications}
    lacking = [
        (each, wanted - given[each.pk], free[each.pk] < wanted) for each, wanted in zip(task.applications, task.missing, strict=True)
    ]
    return Proposal(tuple(pairs), tuple(entry for entry in lacking if entry[1]))


def _lacking(proposal: Proposal) -> int:
    return sum(lack for _, lack, _ in proposal.short)


def _affinity(task: _Task, application: Application, reviewer: Reviewer) -> float:
    wanted = (application.answers.get(SUBJECT_KEY) or {}).get("value", "")
    return FITS if wanted and wanted in task.subjects.get(reviewer.person_id, frozenset()) else OTHER


def _asked_before(call: Call) -> frozenset[tuple[int, int]]:
    """Pairs that were assigned once already, whatever became of them: nobody is asked twice about the same application."""
    return frozenset(Assignment.objects.filter(application__call=call).values_list("application_id", "reviewer_id"))


def _subjects(call: Call) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for person, subject in Expertise.objects.filter(person__reviewer_roles__call=call).values_list("person_id", "subject"):
        found.setdefault(person, set()).add(subject)
    return {person: frozenset(codes) for person, codes in found.items()}
