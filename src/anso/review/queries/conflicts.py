"""Who must not judge whom: conflicts computed from facts, for many pairs at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from anso.applications.models import Application, Letter, Participant
from anso.applications.queries import submitted_facts_of
from anso.applications.queries.participants import participants_by_application
from anso.calls.queries import parts_in_calls, people_of_hosts
from anso.directory.models import Affiliation, Interest, Person
from anso.directory.queries import addresses_of
from anso.governance.queries import alliance_day
from anso.kernel.call_parts import clashing_with
from anso.kernel.names import fold
from anso.kernel.participants import parties
from anso.kernel.questions import Meaning
from anso.review.models import Assignment


@dataclass(frozen=True)
class Parties:
    """Whom one application concerns, as reviewers are compared with them: the parties with their
    organisations, and everybody who was named by others, with or without an account.
    """

    people: frozenset[int]
    addresses: frozenset[str]
    names: frozenset[str]
    organisations: frozenset[int]
    organisation_names: frozenset[str]


NO_PARTIES = Parties(*([frozenset()] * 5))


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
    parties: dict[int, Parties]
    host_people: dict[int, frozenset[int]]
    parts: dict[tuple[int, int], list[str]]


def get_conflict_facts(
    people: Iterable[Person], applications: Iterable[Application], on: dt.date
) -> ConflictFacts:
    """Affiliations on a day, declared interests, addresses, participants and letter writers of the
    given people and applications.
    """
    reviewers = [person.pk for person in people]
    targets = list(applications)
    taking_part = participants_by_application(targets)
    named = {row.person_id for rows in taking_part.values() for row in rows if row.person_id}
    belonging = Affiliation.objects.filter(
        person_id__in={*reviewers, *named}, starts_on__lte=on
    ).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    organisations = _grouped(belonging.values_list("person_id", "organisation_id"))
    own = belonging.filter(person_id__in=reviewers)
    interests = Interest.objects.filter(person_id__in=reviewers)
    letters = Letter.objects.filter(application__in=targets).exclude(state="replaced")
    return ConflictFacts(
        organisations=organisations,
        organisation_names=_folded(
            (person, name)
            for person, *names in own.values_list(
                "person_id", "organisation__name", "organisation__acronym"
            )
            for name in names
        ),
        interests_in_people=_grouped(interests.values_list("person_id", "other_person_id")),
        interests_in_organisations=_grouped(interests.values_list("person_id", "organisation_id")),
        addresses=_folded(
            (person, email)
            for person, emails in addresses_of(reviewers).items()
            for email in emails
        ),
        letter_addresses=_folded(letters.values_list("application_id", "email")),
        letter_names=_folded(letters.values_list("application_id", "full_name")),
        parties={key: _parties(rows, organisations) for key, rows in taking_part.items()},
        host_people=_host_people(targets),
        parts=_parts(reviewers, targets, on),
    )


def _parts(
    people: list[int], applications: list[Application], on: dt.date
) -> dict[tuple[int, int], list[str]]:
    """By call and person: what each is in the call that nobody who judges in it may be."""
    calls = {each.call_id for each in applications}
    held = parts_in_calls(calls, people, on, beside="reviewer")
    return {pair: clashing_with("reviewer", parts) for pair, parts in held.items()}


def _host_people(applications: list[Application]) -> dict[int, frozenset[int]]:
    """Who answers for the hosts that each application prefers."""
    people = people_of_hosts(each.call_id for each in applications)
    if not people:
        return {}
    facts = submitted_facts_of(applications)
    preferred = {each.pk: facts.get(each.pk, {}).get(Meaning.PREFERENCE) for each in applications}
    return {
        each.pk: frozenset().union(
            *(people.get((each.call_id, key), frozenset()) for key in _listed(preferred[each.pk]))
        )
        for each in applications
    }


def _listed(preferred: Any) -> list[str]:
    return [preferred] if isinstance(preferred, str) else list(preferred or ())


def _parties(rows: list[Participant], organisations: dict[int, frozenset[int]]) -> Parties:
    of_parties = [row for row in rows if row.role in parties()]
    people = frozenset(row.person_id for row in of_parties if row.person_id)
    known = frozenset(row.organisation_id for row in of_parties if row.organisation_id)
    return Parties(
        people=people,
        addresses=frozenset(fold(row.email) for row in of_parties if row.email),
        # Whoever writes has an account, so that nobody else is taken for them by name.
        names=frozenset(fold(row.full_name) for row in of_parties if row.email and row.full_name),
        organisations=known.union(*(organisations.get(each, frozenset()) for each in people)),
        organisation_names=frozenset(
            fold(row.organisation_name) for row in of_parties if row.organisation_name
        ),
    )


def conflicts_between(person: Person, application: Application, facts: ConflictFacts) -> list[str]:
    """Why a person must not judge an application, as codes; empty when nothing is known."""
    theirs = facts.parties.get(application.pk, NO_PARTIES)
    addresses = facts.addresses.get(person.pk, frozenset())
    names = theirs.names | facts.letter_names.get(application.pk, frozenset())
    interests = facts.interests_in_organisations.get(person.pk, frozenset())
    is_oneself = person.pk in theirs.people or bool(addresses & theirs.addresses)
    tests = {
        "part": bool(facts.parts.get((application.call_id, person.pk))),
        "self": is_oneself,
        "letter": bool(addresses & facts.letter_addresses.get(application.pk, frozenset())),
        "namesake": not is_oneself and fold(person.full_name) in names,
        "organisation": bool(
            facts.organisations.get(person.pk, frozenset()) & theirs.organisations
        ),
        "institution": bool(
            facts.organisation_names.get(person.pk, frozenset()) & theirs.organisation_names
        ),
        "person": bool(facts.interests_in_people.get(person.pk, frozenset()) & theirs.people),
        "organisation_interest": bool(interests & theirs.organisations),
        "host": person.pk in facts.host_people.get(application.pk, frozenset()),
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
