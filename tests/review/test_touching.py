"""Of many people and files only those are compared of whom something is known that touches; no tie
is lost by it. The plain way, which compares every pair, stands here.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from typing import Any

from anso.applications.models import Application
from anso.directory.models import Interest, Person
from anso.kernel.sounds import sounds_of, sounds_sought
from anso.kernel.terms import ConflictTerms, Strictness
from anso.review.models import DeclaredName
from anso.review.queries import Finding, findings_between
from anso.review.queries.conflict_facts import ConflictFacts, Judge, Parties
from anso.review.queries.conflicts import _ties

CALLS, PEOPLE, FILES = (1, 2), range(1, 6), range(1, 9)
NAMES = ("akinyi nyong", "bai li", "chou o", "dube t", "egal", "fofana u")
HOUSES = ("University of Nairobi", "Nairobi University", "UoN", "Max Planck", "Max-Planck", "ETH")
SAID_AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
KINDS = ("family", "supervision", "joint_work")


def some(draw: random.Random, found: Iterable[Any]) -> list[Any]:
    """None, one or two of them, none more often than not."""
    return draw.sample(list(found), draw.choice((0, 0, 0, 1, 2)))


def parties(draw: random.Random) -> Parties:
    houses = some(draw, HOUSES)
    sounds = {sound: frozenset(houses) for name in houses for sound in sounds_of(name)}
    return Parties(
        people=frozenset(some(draw, PEOPLE)),
        boxes=frozenset(some(draw, "abcd")),
        letter_boxes=frozenset(some(draw, "abcd")),
        names={name: name.title() for name in some(draw, NAMES)},
        families={name: name.title() for name in some(draw, "nlodeu")},
        organisations=frozenset(some(draw, range(4))),
        unknown_organisations={name.lower(): name for name in some(draw, HOUSES)},
        sounds=sounds,
        countries=frozenset(some(draw, ("KE", "NP"))),
        publications=tuple(
            (draw.choice((None, 2010, 2025)), frozenset(name.split())) for name in some(draw, NAMES)
        ),
        listed={name: name for name in some(draw, NAMES)},
    )


def judge(draw: random.Random) -> Judge:
    houses, names = some(draw, HOUSES), draw.sample(NAMES, 1)
    return Judge(
        names=frozenset(names),
        families=frozenset(some(draw, "nlodeu")),
        spelled=tuple(tuple(name.split()) for name in names),
        boxes=frozenset(some(draw, "abcd")),
        countries=frozenset(some(draw, ("KE", "NP"))),
        organisations={key: f"house {key}" for key in some(draw, range(4))},
        organisation_names={name.lower(): name for name in houses},
        sounds=frozenset(sound for name in houses for sound in sounds_sought(name)),
        interests=tuple(
            Interest(kind=draw.choice(KINDS), declared_at=SAID_AT, **{column: key})
            for column, keys in (("other_person_id", PEOPLE), ("organisation_id", range(4)))
            for key in some(draw, keys)
        ),
    )


def a_world(seed: int) -> ConflictFacts:
    draw = random.Random(seed)
    pairs = [(call, person) for call in CALLS for person in PEOPLE]
    said = {"kind": "family", "declared_at": SAID_AT}
    return ConflictFacts(
        terms={call: ConflictTerms(country=draw.choice([*Strictness])) for call in CALLS},
        closing_years=dict.fromkeys(CALLS, 2026),
        parties={key: parties(draw) for key in FILES[:-1]},  # of one nothing is known
        judges={key: judge(draw) for key in PEOPLE},
        host_people={key: frozenset(some(draw, PEOPLE)) for key in some(draw, FILES)},
        parts={pair: draw.choice(([], ["chair"])) for pair in some(draw, pairs)},
        answers={},
        declared={
            pair: {name: DeclaredName(**said) for name in some(draw, NAMES)}
            for pair in some(draw, pairs)
        },
        unanswered=frozenset(some(draw, pairs)),
    )


def plainly_between(person: Person, file: Application, facts: ConflictFacts) -> list[Finding]:
    return [tie for tie in _ties(person, file, facts) if tie.strictness is not Strictness.OFF]


def test_the_ties_of_every_pair_are_found_and_most_pairs_are_not_compared() -> None:
    seen: set[str] = set()
    untouched = 0
    for seed in range(150):
        facts = a_world(seed)
        files = [Application(pk=key, call_id=CALLS[key % 2]) for key in FILES]
        for person in (Person(pk=key) for key in PEOPLE):
            for file in files:
                expected = plainly_between(person, file, facts)
                assert findings_between(person, file, facts) == expected, (seed, person.pk, file.pk)
                seen |= {tie.code for tie in expected}
                untouched += file.pk not in facts.touched[person.pk]
    assert untouched > 100
    assert seen == {
        "author", "country", "family_name", "host", "institution", "institution_alike",
        "joint_work", "letter", "listed", "namesake", "organisation", "organisation_interest",
        "part", "person", "self", "supervision", "unanswered",
    }  # fmt: skip
