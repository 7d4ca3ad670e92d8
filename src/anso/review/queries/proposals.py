"""Proposing who judges what: subjects and words that fit, nobody overloaded, no conflict. A
proposal changes nothing until an officer accepts it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import QuerySet

from anso.applications.models import Application
from anso.applications.queries import submitted_facts_of
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.queries.steps import rubric_of
from anso.directory.models import Expertise
from anso.governance.queries import alliance_day
from anso.kernel.questions import Meaning
from anso.review.models import Assignment, Reviewer
from anso.review.queries.conflict_facts import get_conflict_facts
from anso.review.queries.conflicts import findings_between
from anso.review.queries.reading import (
    ReviewCounts,
    ReviewerLoad,
    applications_to_review,
    get_review_step,
    reviewers_of_call,
)
from anso.selection.affinity import Profile, Text, compute_affinity
from anso.selection.assignment import (
    AssignedPair,
    AssignmentProblem,
    assign_fairly,
    assign_reviewers,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

WORDS = (Meaning.TITLE, Meaning.KEYWORDS, Meaning.ABSTRACT)
SUBJECTS, TEXTS, KEYWORDS, NOBODY = 0.6, 0.25, 0.15, -100.0
WORDS_READ = 150
FAIR_CELLS = 1000


@dataclass(frozen=True)
class Proposal:
    """Pairs to assign, and the applications that stay short with how many reviews they lack and
    why.
    """

    pairs: tuple[tuple[Application, Reviewer], ...]
    short: tuple[tuple[Application, int, bool], ...]


@dataclass(frozen=True)
class _Task:
    """The question for the selection library: what is missing, who has room, which pairs are
    excluded, which fit.
    """

    applications: list[Application]
    missing: list[int]
    reviewers: list[Reviewer]
    room: list[int]
    excluded: frozenset[tuple[int, int]]
    affinity: list[list[float]]


def propose_assignments(call: Call, now: dt.datetime) -> Proposal:
    """Fill every application up to the number of reviews the call asks for, with subjects and words
    that fit as well as possible.

    The best total is found and proven by the selection library; where it costs nothing of the total
    the application worst off comes first. Nobody gets more than they offered, and where it costs no
    review nobody much more than the mean. A pair that was assigned once is not proposed again.
    Applications that stay short are named.
    """
    task = _task(call, now)
    if not task.applications or not task.reviewers:
        return Proposal(
            (),
            tuple(
                (each, lack, False)
                for each, lack in zip(task.applications, task.missing, strict=True)
            ),
        )
    most = sum(task.missing) * 13 // (len(task.reviewers) * 10) + 1  # three tenths above the mean
    even = _solved(task, [min(room, most) for room in task.room])
    full = even if not even.short else _solved(task, task.room)
    return full if _lacking(full) < _lacking(even) else even


def waiting_applications(
    call: Call, now: dt.datetime
) -> tuple[int, QuerySet[WithAnnotations[Application, ReviewCounts]]]:
    """How many reviews each application is to have, and those that lack some, by number."""
    needed = rubric_of(get_terms(call), get_review_step(call, now)).reviews_each
    found = applications_to_review(call, now)
    return needed, found.filter(state="eligible", review_in_force__lt=needed).order_by("number")


def willing_reviewers(call: Call, now: dt.datetime) -> list[ReviewerLoad]:
    """Those who agreed to review, by name, with their load."""
    return [each for each in reviewers_of_call(call, now) if each.reviewer.state == "accepted"]


def _task(call: Call, now: dt.datetime) -> _Task:
    needed, waiting = waiting_applications(call, now)
    loads = willing_reviewers(call, now)
    applications = list(waiting)
    reviewers = [load.reviewer for load in loads]
    facts = get_conflict_facts(
        [reviewer.person for reviewer in reviewers], applications, alliance_day(now)
    )
    excluded = {
        (each.pk, r.pk)
        for each in applications
        for r in reviewers
        if findings_between(r.person, each, facts)
    }
    return _Task(
        applications=list(applications),
        missing=[needed - each.review_in_force for each in applications],
        reviewers=reviewers,
        room=[load.room for load in loads],
        excluded=frozenset(excluded | _asked_before(call, now)),
        affinity=_affinity(applications, reviewers),
    )


def _solved(task: _Task, room: Sequence[int]) -> Proposal:
    """The best assignment. "Nobody" stands in, at a high price, for every review that cannot be
    given, so that there is always an answer.
    """
    stand_ins = [f"nobody {number}" for number in range(max(task.missing))]
    names = {each.number: each for each in task.applications}
    people = {reviewer.reference: reviewer for reviewer in task.reviewers}
    chosen = _best_pairs(
        AssignmentProblem(
            applications=tuple(names),
            reviewers=(*people, *stand_ins),
            affinity=[[*row, *(NOBODY for _ in stand_ins)] for row in task.affinity],
            max_load=[*room, *(len(names) for _ in stand_ins)],
            reviews_each=task.missing,
            conflicts=[
                (each.number, r.reference)
                for each in task.applications
                for r in task.reviewers
                if (each.pk, r.pk) in task.excluded
            ],
        )
    )
    pairs = [
        (names[pair.application], people[pair.reviewer])
        for pair in chosen
        if pair.reviewer in people
    ]
    given = Counter(application.pk for application, _ in pairs)
    free = {
        each.pk: sum((each.pk, r.pk) not in task.excluded for r in task.reviewers)
        for each in task.applications
    }
    lacking = [
        (each, wanted - given[each.pk], free[each.pk] < wanted)
        for each, wanted in zip(task.applications, task.missing, strict=True)
    ]
    return Proposal(tuple(pairs), tuple(entry for entry in lacking if entry[1]))


def _lacking(proposal: Proposal) -> int:
    return sum(lack for _, lack, _ in proposal.short)


def _best_pairs(problem: AssignmentProblem) -> tuple[AssignedPair, ...]:
    """The pairs of the best total; of a small call those that lift the application worst off, where
    the total stays the best.
    """
    best = assign_reviewers(problem)
    if len(problem.applications) * len(problem.reviewers) > FAIR_CELLS:
        return best.pairs
    fair = assign_fairly(problem)
    return fair.pairs if fair.total == best.total else best.pairs


def _affinity(
    applications: Sequence[Application], reviewers: Sequence[Reviewer]
) -> list[list[float]]:
    """How well each reviewer fits each application. The subject counts most; words that a reviewer
    gave can add to it, never take away.
    """
    if not applications or not reviewers:
        return []
    known, facts = _reviewer_profiles(reviewers), submitted_facts_of(applications)
    has_words = any(profile.texts for profile in known)
    table = compute_affinity(
        [_profile(each.number, facts[each.pk], has_words=has_words) for each in applications],
        known,
    )
    parts = ((SUBJECTS, table.subjects), (TEXTS, table.texts), (KEYWORDS, table.keywords))
    summed = sum(weight * np.nan_to_num(part) for weight, part in parts)
    # Rounded, so that last digits, which differ between machines, decide nothing.
    rows: list[list[float]] = np.round(summed, 6).tolist()
    return rows


def _profile(number: str, facts: Mapping[str, Any], *, has_words: bool) -> Profile:
    expertise = facts.get(Meaning.EXPERTISE, ())
    words = (
        " ".join(" ".join(str(facts.get(key, "")).split()[:WORDS_READ]) for key in WORDS)
        if has_words
        else ""
    )
    return Profile(
        name=number,
        texts=(Text(words),) if words.strip() else (),
        subjects=frozenset((expertise,) if isinstance(expertise, str) else expertise),
        keywords=keywords_in(str(facts.get(Meaning.KEYWORDS, ""))),
    )


def _reviewer_profiles(reviewers: Sequence[Reviewer]) -> list[Profile]:
    """Subjects and keywords of each reviewer's expertise, in one query."""
    found: dict[int, list[Expertise]] = {}
    for row in Expertise.objects.filter(
        person__in=[reviewer.person_id for reviewer in reviewers]
    ).order_by("person_id", "subject"):
        found.setdefault(row.person_id, []).append(row)
    return [
        Profile(
            name=reviewer.reference,
            texts=tuple(
                Text(row.keywords)
                for row in found.get(reviewer.person_id, ())
                if row.keywords.strip()
            ),
            subjects=frozenset(row.subject for row in found.get(reviewer.person_id, ())),
            keywords=frozenset(
                word
                for row in found.get(reviewer.person_id, ())
                for word in keywords_in(row.keywords)
            ),
        )
        for reviewer in reviewers
    ]


def keywords_in(typed: str) -> frozenset[str]:
    """The words that somebody parted by commas, in whichever script."""
    return frozenset(word.strip() for word in re.split(r"[,;،；、]", typed) if word.strip())


def _asked_before(call: Call, now: dt.datetime) -> frozenset[tuple[int, int]]:
    """Pairs that were assigned once already in this step, whatever became of them: nobody is asked
    twice about the same application.
    """
    asked = Assignment.objects.filter(step=get_review_step(call, now))
    return frozenset(asked.values_list("application_id", "reviewer_id"))
