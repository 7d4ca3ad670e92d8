"""Who of the directory could be asked to review in a call: the fields of its files, how many they
need and how many its reviewers offered, and the people whose expertise fits what is missing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count

from anso.applications.models import Application
from anso.applications.queries import submitted_facts_of
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.queries.steps import rubric_of
from anso.directory.models import Expertise, Person
from anso.governance.queries import alliance_day
from anso.kernel.people_lists import PersonLine
from anso.kernel.questions import Meaning
from anso.review.models import Reviewer
from anso.review.queries.invitations import Invitee, invitees_in
from anso.review.queries.proposals import KEYWORDS, SUBJECTS, TEXTS, keywords_in
from anso.review.queries.reading import applications_to_review, get_review_step, reviewers_of_call
from anso.selection.affinity import Profile, Text, compute_affinity

MOST_SHOWN = 60
WORDS_OF_A_FIELD = 600


@dataclass(frozen=True)
class FieldCover:
    """One field of a call: its files, the reviews that they need, and what reviewers offered. Who
    judges several fields counts in each with an even share.
    """

    subject: str
    files: int
    needed: int
    reviewers: int
    offered: int

    @property
    def missing(self) -> int:
        """How many reviews nobody offered yet."""
        return max(0, self.needed - self.offered)


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be asked, and what speaks for them."""

    invitee: Invitee
    person: Person
    subjects: tuple[str, ...]
    fit: float
    reviewed: int


def candidates_for(call: Call, now: dt.datetime) -> tuple[list[FieldCover], list[Candidate]]:
    """The fields of a call, and those of the directory who can be asked, whoever fits best what
    nobody covers first. Only people with an account are known by an address.
    """
    files = _files_by_subject(call, now)
    covers = _covers(call, files, now)
    by_person: dict[int, list[Expertise]] = {}
    known = Expertise.objects.filter(person__account__is_active=True)
    for row in known.select_related("person__account").order_by("person_id", "subject"):
        by_person.setdefault(row.person_id, []).append(row)
    people = {pk: rows[0].person for pk, rows in by_person.items()}
    invitees = _invitees(call, people, by_person, now)
    free = {pk: each for pk, each in invitees.items() if not each.standing}
    if not free or not covers:
        return covers, []
    fits = _fits(covers, files, {pk: by_person[pk] for pk in free})
    done = Counter(
        dict(
            Reviewer.objects.filter(person__in=free, assignments__state="submitted")
            .values_list("person")
            .annotate(Count("call", distinct=True))
            .order_by()
        )
    )
    found = [
        Candidate(
            invitee=each,
            person=people[pk],
            subjects=tuple(row.subject for row in by_person[pk]),
            fit=fits[pk],
            reviewed=done[pk],
        )
        for pk, each in free.items()
        if fits[pk] > 0
    ]
    found.sort(key=lambda each: (-each.fit, -each.reviewed, each.person.full_name))
    return covers, found


def _files_by_subject(call: Call, now: dt.datetime) -> dict[str, list[Mapping[str, Any]]]:
    """What the files that are judged now say of themselves, by their field."""
    files: list[Application] = list(applications_to_review(call, now))
    found: dict[str, list[Mapping[str, Any]]] = {}
    for facts in submitted_facts_of(files).values():
        said = facts.get(Meaning.EXPERTISE, ())
        for subject in (said,) if isinstance(said, str) else said:
            found.setdefault(subject, []).append(facts)
    return dict(sorted(found.items()))


def _covers(
    call: Call, files: Mapping[str, Sequence[object]], now: dt.datetime
) -> list[FieldCover]:
    each_needs = rubric_of(get_terms(call), get_review_step(call, now)).reviews_each
    loads = [load for load in reviewers_of_call(call, now) if load.reviewer.state == "accepted"]
    capacity = {load.reviewer.person_id: load.reviewer.capacity for load in loads}
    subjects: dict[int, list[str]] = {}
    rows = Expertise.objects.filter(person__in=capacity, subject__in=files)
    for person, subject in rows.values_list("person_id", "subject"):
        subjects.setdefault(person, []).append(subject)
    number: Counter[str] = Counter()
    offered: dict[str, float] = dict.fromkeys(files, 0.0)
    for person, own in subjects.items():
        for subject in own:
            number[subject] += 1
            offered[subject] += capacity[person] / len(own)
    return [
        FieldCover(
            subject=subject,
            files=len(held),
            needed=len(held) * each_needs,
            reviewers=number[subject],
            offered=round(offered[subject]),
        )
        for subject, held in files.items()
    ]


def _invitees(
    call: Call,
    people: Mapping[int, Person],
    by_person: Mapping[int, Sequence[Expertise]],
    now: dt.datetime,
) -> dict[int, Invitee]:
    """What they are in the call, as if they stood on a list."""
    lines = [
        PersonLine(
            number=pk,
            typed="",
            name=person.full_name,
            email=person.account.email if person.account else "",
            expertise=", ".join(row.keywords for row in by_person[pk] if row.keywords)[:300],
        )
        for pk, person in people.items()
    ]
    return {each.line.number: each for each in invitees_in(call, lines, alliance_day(now))}


def _fits(
    covers: Sequence[FieldCover],
    files: Mapping[str, Sequence[Mapping[str, Any]]],
    by_person: Mapping[int, Sequence[Expertise]],
) -> dict[int, float]:
    """How well each fits the fields, those weighing most in which most reviews are missing; where
    none is, by their files.
    """
    profiles = [
        Profile(
            name=f"{pk}",
            texts=tuple(Text(row.keywords) for row in rows if row.keywords.strip()),
            subjects=frozenset(row.subject for row in rows),
            keywords=frozenset(word for row in rows for word in keywords_in(row.keywords)),
        )
        for pk, rows in by_person.items()
    ]
    has_words = any(profile.texts for profile in profiles)
    table = compute_affinity(
        [_profile_of_field(each.subject, files[each.subject], has_words) for each in covers],
        profiles,
    )
    parts = ((SUBJECTS, table.subjects), (TEXTS, table.texts), (KEYWORDS, table.keywords))
    summed = sum(weight * np.nan_to_num(part) for weight, part in parts)
    is_short = any(each.missing for each in covers)
    weights = np.array([each.missing if is_short else each.needed for each in covers], dtype=float)
    # Rounded, so that last digits, which differ between machines, decide nothing.
    scores = np.round(weights / weights.sum() @ summed, 6)
    return {pk: float(score) for pk, score in zip(by_person, scores, strict=True)}


def _profile_of_field(subject: str, files: Sequence[Mapping[str, Any]], has_words: bool) -> Profile:
    typed = [str(facts.get(Meaning.KEYWORDS, "")) for facts in files]
    words = " ".join(" ".join(typed).split()[:WORDS_OF_A_FIELD])
    return Profile(
        name=subject,
        texts=(Text(words),) if has_words and words else (),
        subjects=frozenset({subject}),
        keywords=frozenset(word for text in typed for word in keywords_in(text)),
    )
