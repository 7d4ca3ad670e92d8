"""What is known of people who may judge and of files that they may be given, for many of both at
once, so that no pair costs a query.

Of a file only what was submitted counts: who takes part and what it means as it was frozen, never
the live answers. Not here: what is a conflict, which is next door.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from anso.applications.models import Application, Letter, Participant, Submission
from anso.applications.queries.participants import participants_by_application
from anso.calls.queries import get_terms, parts_in_calls, people_of_hosts
from anso.directory.models import Affiliation, Interest, Person
from anso.directory.queries import addresses_of
from anso.kernel.call_parts import clashing_with
from anso.kernel.citizenships import NO_COUNTRY
from anso.kernel.family_names import family_keys, family_words, keys_sought
from anso.kernel.likeness import organisation_key, person_words
from anso.kernel.names import mailbox, romanise
from anso.kernel.participants import parties
from anso.kernel.periods import day_of
from anso.kernel.questions import Meaning
from anso.kernel.sounds import sounds_of, sounds_sought
from anso.kernel.terms import ConflictTerms
from anso.review.models import ConflictAnswer, DeclaredName, ListedName, Reviewer

Shown = Mapping[str, str]
MEANT = (Meaning.PREFERENCE, Meaning.SECOND_COUNTRY, Meaning.PUBLICATIONS)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Parties:
    """Whom one file concerns, as those who may judge it are compared with them. What maps to a text
    maps a key of comparison to what an officer is shown.
    """

    people: frozenset[int] = frozenset()
    boxes: frozenset[str] = frozenset()
    letter_boxes: frozenset[str] = frozenset()
    names: Shown = field(default_factory=dict)
    families: Shown = field(default_factory=dict)
    organisations: frozenset[int] = frozenset()
    unknown_organisations: Shown = field(default_factory=dict)
    sounds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    publications: tuple[tuple[int | None, frozenset[str]], ...] = ()
    listed: Shown = field(default_factory=dict)

    def traces(self) -> Iterator[str]:
        """Everything by which somebody may have a tie to it."""
        return _traces(
            person=self.people,
            box=self.boxes | self.letter_boxes,
            name=self.names,
            family=self.families,
            organisation=self.organisations,
            called=self.unknown_organisations,
            sound=self.sounds,
            country=self.countries,
            written=(word for _year, words in self.publications for word in words),
        )


@dataclass(frozen=True)
class Judge:
    """What is known of one person who may judge."""

    names: frozenset[str]
    families: frozenset[str]
    spelled: tuple[tuple[str, ...], ...]
    boxes: frozenset[str]
    countries: frozenset[str]
    organisations: Mapping[int, str] = field(default_factory=dict)
    organisation_names: Shown = field(default_factory=dict)
    sounds: frozenset[str] = frozenset()
    interests: tuple[Interest, ...] = ()

    def traces(self, person: int) -> Iterator[str]:
        """The same of one who may judge, whose key is given."""
        return _traces(
            person={person, *(each.other_person_id for each in self.interests)},
            box=self.boxes,
            name=self.names,
            family=self.families,
            organisation={*self.organisations, *(each.organisation_id for each in self.interests)},
            called=self.organisation_names,
            sound=self.sounds,
            country=self.countries,
            written=(word for words in self.spelled for word in words if len(word) > 1),
        )


def _traces(**found: Iterable[Any]) -> Iterator[str]:
    return (f"{kind}:{each}" for kind, several in found.items() for each in several)


@dataclass(frozen=True)
class ConflictFacts:
    """Facts about many people and files at once, from which conflicts are computed without a query
    per pair.
    """

    terms: Mapping[int, ConflictTerms]
    closing_years: Mapping[int, int]
    parties: Mapping[int, Parties]
    judges: Mapping[int, Judge]
    host_people: Mapping[int, frozenset[int]]
    parts: Mapping[tuple[int, int], list[str]]
    answers: Mapping[tuple[int, int], Mapping[str, bool]]
    declared: Mapping[tuple[int, int], Mapping[str, DeclaredName]]
    unanswered: frozenset[tuple[int, int]]

    @cached_property
    def touched(self) -> dict[int, set[int]]:
        """By person: the files of which anything is known that is known of them too. Each side is
        looked at once, so that most pairs are never compared.
        """
        files: dict[str, set[int]] = {}
        for key, theirs in self.parties.items():
            for trace in theirs.traces():
                files.setdefault(trace, set()).add(key)
        found: dict[int, set[int]] = {
            person: set().union(*(files.get(trace, ()) for trace in own.traces(person)))
            for person, own in self.judges.items()
        }
        for key, people in self.host_people.items():
            for person in people & found.keys():
                found[person].add(key)
        return found


def get_conflict_facts(
    people: Iterable[Person], applications: Iterable[Application], on: dt.date
) -> ConflictFacts:
    """Affiliations on a day, declared interests, addresses, names, participants and letter writers,
    and what officers have answered, of the given people and files.
    """
    judging = {person.pk: person for person in people}
    targets = list({each.pk: each for each in applications}.values())
    # Of each call one file is asked for it: the others may not have it at hand.
    calls = {each.call.pk: each.call for each in {each.call_id: each for each in targets}.values()}
    taking_part = participants_by_application(targets)
    named = {row.person_id for rows in taking_part.values() for row in rows if row.person_id}
    affiliations = _affiliations_of({*judging, *named}, on)
    meant = _meant_by(targets)
    settings = {key: get_terms(call).conflicts for key, call in calls.items()}
    return ConflictFacts(
        terms=settings,
        closing_years={key: day_of(call.closes_at, call.zone).year for key, call in calls.items()},
        parties=_parties_of(targets, taking_part, affiliations, meant),
        judges=_judges(judging, affiliations),
        host_people=_host_people(targets, meant),
        parts=_parts([*judging], targets, on),
        answers=_answers([*judging], targets),
        declared=_declared_names([*judging], [*calls]),
        unanswered=_unanswered(
            [*judging],
            [key for key, call in calls.items() if get_terms(call).conflicts.names_first],
        ),
    )


def _affiliations_of(people: set[int], on: dt.date) -> dict[int, list[Affiliation]]:
    standing = Affiliation.objects.filter(person_id__in=people, starts_on__lte=on)
    found: dict[int, list[Affiliation]] = {}
    for each in standing.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).select_related(
        "organisation"
    ):
        found.setdefault(each.person_id, []).append(each)
    return found


def _meant_by(applications: list[Application]) -> dict[int, dict[str, Any]]:
    """What the latest submissions say of host, second citizenship and publications, without
    carrying whole submissions over the line.
    """
    wanted = {each.submission_id for each in applications if each.submission_id is not None}
    columns = [f"body__facts__{meaning}" for meaning in MEANT]
    found = Submission.objects.filter(pk__in=wanted).values_list("application_id", *columns)
    return {key: dict(zip(MEANT, values, strict=True)) for key, *values in found}


def _parties_of(
    applications: list[Application],
    taking_part: Mapping[int, list[Participant]],
    affiliations: Mapping[int, list[Affiliation]],
    meant: Mapping[int, Mapping[str, Any]],
) -> dict[int, Parties]:
    letters: dict[int, list[Letter]] = {}
    for letter in Letter.objects.filter(application__in=applications).exclude(state="replaced"):
        letters.setdefault(letter.application_id, []).append(letter)
    nations = dict(
        Person.objects.filter(parts__application__in=applications, nationality__isnull=False)
        .order_by()
        .values_list("pk", "nationality_id")
        .distinct()
    )
    found = {}
    for each in applications:
        rows = [row for row in taking_part.get(each.pk, ()) if row.role in parties()]
        told = meant.get(each.pk, {})
        own = {nations.get(row.person_id or 0, "") for row in rows}
        codes = {each.country_id or "", str(told.get(Meaning.SECOND_COUNTRY) or ""), *own}
        found[each.pk] = _parties(
            rows,
            letters.get(each.pk, []),
            affiliations,
            countries=frozenset(codes - NO_COUNTRY - {""}),
            publications=_publications(told.get(Meaning.PUBLICATIONS)),
        )
    return found


def _parties(
    rows: list[Participant],
    letters: list[Letter],
    affiliations: Mapping[int, list[Affiliation]],
    **facts: Any,
) -> Parties:
    people = frozenset(row.person_id for row in rows if row.person_id)
    known = {row.organisation_id for row in rows if row.organisation_id}
    held = {each.organisation_id for person in people for each in affiliations.get(person, ())}
    names = [row.organisation_name for row in rows if row.organisation_name]
    sounds: dict[str, set[str]] = {}
    for name in names:
        for sound in sounds_of(name):
            sounds.setdefault(sound, set()).add(name)
    return Parties(
        people=people,
        boxes=frozenset(mailbox(row.email) for row in rows if row.email),
        letter_boxes=frozenset(mailbox(each.email) for each in letters if each.email),
        names={
            name_key(name): name
            for name in (*(row.full_name for row in rows), *(each.full_name for each in letters))
            if name_key(name)
        },
        families={
            key: row.full_name for row in rows for key in family_keys(family_words(row.full_name))
        },
        organisations=frozenset(known | held),
        unknown_organisations={
            organisation_key(row.organisation_name): row.organisation_name
            for row in rows
            if organisation_key(row.organisation_name) and not row.organisation_id
        },
        sounds={sound: frozenset(told) for sound, told in sounds.items()},
        listed=listed_keys(rows),
        **facts,
    )


def listed_keys(rows: Iterable[Participant]) -> dict[str, str]:
    """By what the parties of a file, and their organisations, are found on the list of names that
    reviewers answer about, and how they are called.
    """
    people = {f"p:{name_key(row.full_name)}": row.full_name for row in rows if row.full_name}
    named = {
        f"o:{organisation_key(row.organisation_name)}": row.organisation_name
        for row in rows
        if row.organisation_name
    }
    return {key: name for key, name in (people | named).items() if len(key) > len("p:")}


def name_key(name: str) -> str:
    """A name without titles, in any order of its words: equal where names are the same."""
    return " ".join(sorted(person_words(name)))


def _publications(text: Any) -> tuple[tuple[int | None, frozenset[str]], ...]:
    """Each line of a list of publications: its year, where it names one, and its words."""
    lines = text.splitlines() if isinstance(text, str) else []
    found = []
    for line in lines:
        years = YEAR.findall(line)
        words = frozenset(romanise(word) for word in person_words(line))
        if words:
            found.append((int(years[-1]) if years else None, words))
    return tuple(found)


def _judges(
    people: Mapping[int, Person], affiliations: Mapping[int, list[Affiliation]]
) -> dict[int, Judge]:
    addresses = addresses_of(people)
    interests: dict[int, list[Interest]] = {}
    for interest in Interest.objects.filter(person_id__in=people).order_by("id"):
        interests.setdefault(interest.person_id, []).append(interest)
    found = {}
    for key, person in people.items():
        own = [each.organisation for each in affiliations.get(key, ())]
        called = [name for each in own for name in (each.name, each.acronym)]
        names = [name for name in (person.full_name, person.latin_name) if name]
        words = frozenset(word for name in names for word in family_words(name, person.family_name))
        found[key] = Judge(
            names=frozenset(name_key(name) for name in names if name_key(name)),
            families=keys_sought(words),
            spelled=tuple(tuple(romanise(word) for word in person_words(name)) for name in names),
            boxes=frozenset(mailbox(each) for each in addresses.get(key, ()) if each),
            countries=frozenset({person.nationality_id or ""} - NO_COUNTRY - {""}),
            organisations={each.pk: each.name for each in own},
            organisation_names={
                organisation_key(name): name for name in called if organisation_key(name)
            },
            sounds=frozenset(sound for name in called if name for sound in sounds_sought(name)),
            interests=tuple(interests.get(key, ())),
        )
    return found


def _host_people(
    applications: list[Application], meant: Mapping[int, Mapping[str, Any]]
) -> dict[int, frozenset[int]]:
    """Who answers for the hosts that each file prefers."""
    people = people_of_hosts(each.call_id for each in applications)
    if not people:
        return {}
    return {
        each.pk: frozenset().union(
            *(
                people.get((each.call_id, key), frozenset())
                for key in _listed(meant.get(each.pk, {}).get(Meaning.PREFERENCE))
            )
        )
        for each in applications
    }


def _listed(preferred: Any) -> list[str]:
    return [preferred] if isinstance(preferred, str) else list(preferred or ())


def _parts(
    people: list[int], applications: list[Application], on: dt.date
) -> dict[tuple[int, int], list[str]]:
    """By call and person: what each is in the call that nobody who judges in it may be."""
    calls = {each.call_id for each in applications}
    held = parts_in_calls(calls, people, on, beside="reviewer")
    return {pair: clashing_with("reviewer", parts) for pair, parts in held.items()}


def _answers(
    people: list[int], applications: list[Application]
) -> dict[tuple[int, int], dict[str, bool]]:
    """By file and person: what officers answered, to each question that they answered."""
    given = ConflictAnswer.objects.filter(
        application__in=applications, reviewer__person__in=people
    ).order_by("answered_at", "id")
    found: dict[tuple[int, int], dict[str, bool]] = {}
    for application, person, about, is_conflict in given.values_list(
        "application_id", "reviewer__person_id", "about", "is_conflict"
    ):
        found.setdefault((application, person), {})[about] = is_conflict
    return found


def _declared_names(
    people: list[int], calls: list[int]
) -> dict[tuple[int, int], dict[str, DeclaredName]]:
    """By call and person: to whom on the list of names they have said that they have a tie."""
    said = DeclaredName.objects.filter(reviewer__call__in=calls, reviewer__person__in=people)
    found: dict[tuple[int, int], dict[str, DeclaredName]] = {}
    for each in said.select_related("listed", "reviewer"):
        pair = (each.reviewer.call_id, each.reviewer.person_id)
        found.setdefault(pair, {})[each.listed.key] = each
    return found


def _unanswered(people: list[int], calls: list[int]) -> frozenset[tuple[int, int]]:
    """By call and person: who has not answered yet about all names on the list, or before there was
    one; of calls in which that comes first.
    """
    if not calls:
        return frozenset()
    listed = ListedName.objects.filter(call=OuterRef("call"))
    later = listed.filter(added_at__gt=OuterRef("names_answered_at"))
    found = Reviewer.objects.filter(call__in=calls, person__in=people).filter(
        ~Exists(listed) | Q(names_answered_at__isnull=True) | Exists(later)
    )
    return frozenset(found.values_list("call_id", "person_id"))
