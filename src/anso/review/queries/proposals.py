"""Proposing who judges what: subjects that fit, nobody overloaded, no conflict. A proposal changes nothing until an officer accepts it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from anso.applications.models import Application
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.directory.models import Expertise
from anso.review.models import Assignment, Reviewer
from anso.review.queries.conflicts import conflicts_between, get_conflict_facts
from anso.review.queries.reading import STANDING, applications_to_review, reviewers_of_call

SUBJECT_KEY = "subject"


@dataclass(frozen=True)
class Proposal:
    """Pairs to assign, and what could not be met."""

    pairs: tuple[tuple[Application, Reviewer], ...]
    short: tuple[tuple[Application, int], ...]


def propose_assignments(call: Call, now: dt.datetime) -> Proposal:
    """Fill every application up to the number of reviews the call asks for.

    Applications with fewest possible reviewers choose first; each takes the reviewer of its subject with the most room, then any
    other. Deterministic. Applications that stay short are named with how many reviews they lack.
    """
    needed = get_terms(call).rubric.reviews_each
    loads = [load for load in reviewers_of_call(call, now) if load.reviewer.state == "accepted"]
    applications = [each for each in applications_to_review(call) if each.review_standing < needed]
    people = [load.reviewer.person for load in loads]
    facts = get_conflict_facts(people, applications, now.date())
    possible = {
        each.pk: [load.reviewer for load in loads if not conflicts_between(load.reviewer.person, each, facts)] for each in applications
    }
    return _fill(call, applications, possible, room={load.reviewer.pk: load.room for load in loads}, needed=needed)


def _fill(
    call: Call, applications: list[Application], possible: dict[int, list[Reviewer]], *, room: dict[int, int], needed: int
) -> Proposal:
    taken = _taken(call)
    subjects = _subjects(call)
    pairs: list[tuple[Application, Reviewer]] = []
    short: list[tuple[Application, int]] = []
    for application in sorted(applications, key=lambda each: (len(possible[each.pk]), each.number)):
        missing = needed - application.review_standing  # type: ignore[attr-defined]  # annotated by applications_to_review
        wanted = (application.answers.get(SUBJECT_KEY) or {}).get("value", "")
        free = [r for r in possible[application.pk] if room[r.pk] > 0 and (application.pk, r.pk) not in taken]
        free.sort(key=lambda r: (wanted not in subjects.get(r.person_id, frozenset()), -room[r.pk], r.pk))
        for reviewer in free[:missing]:
            room[reviewer.pk] -= 1
            pairs.append((application, reviewer))
        if len(free) < missing:
            short.append((application, missing - len(free)))
    return Proposal(tuple(pairs), tuple(short))


def _taken(call: Call) -> frozenset[tuple[int, int]]:
    """Pairs that were assigned once already, whatever became of them: nobody is asked twice about the same application."""
    return frozenset(Assignment.objects.filter(application__call=call).values_list("application_id", "reviewer_id"))


def _subjects(call: Call) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for person, subject in Expertise.objects.filter(person__reviewer_roles__call=call).values_list("person_id", "subject"):
        found.setdefault(person, set()).add(subject)
    return {person: frozenset(codes) for person, codes in found.items()}


def loads_after(proposal: Proposal, call: Call) -> Counter[int]:
    """Standing assignments per reviewer once the proposal is carried out."""
    standing = Assignment.objects.filter(application__call=call, state__in=STANDING).values_list("reviewer_id", flat=True)
    return Counter(standing) + Counter(reviewer.pk for _, reviewer in proposal.pairs)
