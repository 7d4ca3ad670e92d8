"""Who must not judge whom: conflicts computed from facts, for many pairs at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from anso.accounts.models import Account
from anso.applications.models import Application, Letter
from anso.directory.models import Affiliation, Interest, Person

CONFLICT_TEXTS = {
    "self": gettext_lazy("is the applicant"),
    "letter": gettext_lazy("wrote or was asked for a letter"),
    "organisation": gettext_lazy("belongs to the same organisation"),
    "person": gettext_lazy("declared an interest in the applicant"),
    "organisation_interest": gettext_lazy("declared an interest in the applicant's organisation"),
}


@dataclass(frozen=True)
class ConflictFacts:
    """Facts about many people at once, from which conflicts are computed without a query per pair."""

    organisations: dict[int, frozenset[int]]
    interests_in_people: dict[int, frozenset[int]]
    interests_in_organisations: dict[int, frozenset[int]]
    emails: dict[int, str]
    letters: dict[int, frozenset[str]]


def get_conflict_facts(people: Iterable[Person], applications: Iterable[Application], on: dt.date) -> ConflictFacts:
    """Affiliations on a day, declared interests, addresses and letter writers of the given people and applications."""
    reviewers = list(people)
    targets = list(applications)
    everybody = {person.pk for person in reviewers} | {application.applicant_id for application in targets}
    belonging = Affiliation.objects.filter(person_id__in=everybody, starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    interests = Interest.objects.filter(person_id__in=[person.pk for person in reviewers])
    letters = Letter.objects.filter(application__in=targets).exclude(state="replaced")
    return ConflictFacts(
        organisations=_grouped(belonging.values_list("person_id", "organisation_id")),
        interests_in_people=_grouped(interests.filter(other_person__isnull=False).values_list("person_id", "other_person_id")),
        interests_in_organisations=_grouped(interests.filter(organisation__isnull=False).values_list("person_id", "organisation_id")),
        emails=dict(Account.objects.filter(person__in=[person.pk for person in reviewers]).values_list("person__pk", "email")),
        letters={key: frozenset(str(v).lower() for v in values) for key, values in _grouped_text(letters).items()},
    )


def conflicts_between(person: Person, application: Application, facts: ConflictFacts) -> list[str]:
    """Why a person must not judge an application, as codes of CONFLICT_TEXTS; empty when nothing is known."""
    applicant = application.applicant_id
    theirs = facts.organisations.get(applicant, frozenset())
    tests = {
        "self": person.pk == applicant,
        "letter": facts.emails.get(person.pk, "").lower() in facts.letters.get(application.pk, frozenset()),
        "organisation": bool(facts.organisations.get(person.pk, frozenset()) & theirs),
        "person": applicant in facts.interests_in_people.get(person.pk, frozenset()),
        "organisation_interest": bool(facts.interests_in_organisations.get(person.pk, frozenset()) & theirs),
    }
    return [code for code, is_met in tests.items() if is_met]


def _grouped(pairs: Iterable[tuple[int, int | None]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for key, value in pairs:
        if value is not None:
            found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _grouped_text(letters: QuerySet[Letter]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for application, email in letters.values_list("application_id", "email"):
        found.setdefault(application, set()).add(email)
    return found
