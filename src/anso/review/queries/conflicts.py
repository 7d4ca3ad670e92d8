"""Who must not judge whom: conflicts computed from facts, for many pairs at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Q

from anso.accounts.models import Account
from anso.applications.models import Application, Letter
from anso.applications.queries import submitted_facts_of
from anso.directory.models import Affiliation, Interest, Person
from anso.governance.queries import alliance_day
from anso.kernel.names import fold
from anso.kernel.questions import Meaning
from anso.review.models import Assignment


@dataclass(frozen=True)
class ConflictFacts:
    """Facts about many people at once, from which conflicts are computed without a query per
    pair.
    """

    organisations: dict[int, frozenset[int]]
    organisation_names: dict[int, frozenset[str]]
    interests_in_people: dict[int, frozenset[int]]
    interests_in_organisations: dict[int, frozenset[int]]
    addresses: dict[int, frozenset[str]]
    letter_addresses: dict[int, frozenset[str]]
    letter_names: dict[int, frozenset[str]]
    institutions: dict[int, str]


def get_conflict_facts(
    people: Iterable[Person], applications: Iterable[Application], on: dt.date
) -> ConflictFacts:
    """Affiliations on a day, declared interests, addresses and letter writers of the given people
    and applications.
    """
    reviewers = [person.pk for person in people]
    targets = list(applications)
    everybody = {*reviewers, *(application.applicant_id for application in targets)}
    belonging = Affiliation.objects.filter(person_id__in=everybody, starts_on__lte=on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    )
    interests = Interest.objects.filter(person_id__in=reviewers)
    letters = Letter.objects.filter(application__in=targets).exclude(state="replaced")
    return ConflictFacts(
        organisations=_grouped(belonging.values_list("person_id", "organisation_id")),
        organisation_names=_folded(
            belonging.filter(person_id__in=reviewers).values_list("person_id", "organisation__name")
        ),
        interests_in_people=_grouped(interests.values_list("person_id", "other_person_id")),
        interests_in_organisations=_grouped(interests.values_list("person_id", "organisation_id")),
        addresses=_addresses(reviewers),
        letter_addresses=_folded(letters.values_list("application_id", "email")),
        letter_names=_folded(letters.values_list("application_id", "full_name")),
        institutions={
            application: fold(str(facts.get(Meaning.ORGANISATION, "")))
            for application, facts in submitted_facts_of(targets).items()
        },
    )


def conflicts_between(person: Person, application: Application, facts: ConflictFacts) -> list[str]:
    """Why a person must not judge an application, as codes; empty when nothing is known."""
    applicant = application.applicant_id
    own, theirs = (
        facts.organisations.get(person.pk, frozenset()),
        facts.organisations.get(applicant, frozenset()),
    )
    institution = facts.institutions.get(application.pk, "")
    tests = {
        "self": person.pk == applicant,
        "letter": bool(
            facts.addresses.get(person.pk, frozenset())
            & facts.letter_addresses.get(application.pk, frozenset())
        ),
        "namesake": fold(person.full_name) in facts.letter_names.get(application.pk, frozenset()),
        "organisation": bool(own & theirs),
        "institution": institution in facts.organisation_names.get(person.pk, frozenset()),
        "person": applicant in facts.interests_in_people.get(person.pk, frozenset()),
        "organisation_interest": bool(
            facts.interests_in_organisations.get(person.pk, frozenset()) & theirs
        ),
    }
    return [code for code, is_met in tests.items() if is_met]


def assignments_without_conflict(assignments: Iterable[Assignment], now: dt.datetime) -> set[int]:
    """Which of a reviewer's assignments are free of known conflicts, in a fixed number of
    queries.
    """
    listed = list(assignments)
    people, applications = (
        [each.reviewer.person for each in listed],
        [each.application for each in listed],
    )
    facts = get_conflict_facts(people, applications, alliance_day(now))
    return {
        each.pk
        for each in listed
        if not conflicts_between(each.reviewer.person, each.application, facts)
    }


def _addresses(people: list[int]) -> dict[int, frozenset[str]]:
    """Every address of a person's account, the confirmed further ones too."""
    pairs = list(Account.objects.filter(person__in=people).values_list("person__pk", "email"))
    pairs += EmailAddress.objects.filter(user__person__in=people).values_list(
        "user__person__pk", "email"
    )
    return _folded(pairs)


def _folded(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for key, text in pairs:
        if fold(text):
            found.setdefault(key, set()).add(fold(text))
    return {key: frozenset(texts) for key, texts in found.items()}


def _grouped(pairs: Iterable[tuple[int, int | None]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for key, value in pairs:
        if value is not None:
            found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}
