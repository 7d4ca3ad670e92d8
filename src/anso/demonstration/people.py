"""Plausible people from a seed: names in their scripts, ages, genders, countries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from anso.demonstration.names import COUNTRIES, FAMILY_FIRST, LANGUAGES, TRADITIONS

FREQUENT = ("PK", "ET", "NG", "BD", "KE", "NP", "EG", "LK", "KZ", "GH")


@dataclass(frozen=True)
class Invented:
    """Somebody who does not exist."""

    full_name: str
    given_name: str
    family_name: str
    latin_name: str
    gender: str
    country: str
    born_on: dt.date
    email: str
    language: str


@lru_cache(maxsize=64)
def _names(tradition: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Women's, men's and family names of a tradition, each with its Latin spelling."""
    return tuple(tuple(_pairs(words)) for words in TRADITIONS[tradition])


def _pairs(words: str) -> list[tuple[str, str]]:
    """Names of a list, each as written and in Latin letters."""
    return [
        (own, latin or own) for own, _, latin in (name.partition("|") for name in words.split(", "))
    ]


def invent_person(
    random: Random, number: int, *, country: str = "", born: tuple[int, int] = (1993, 2004)
) -> Invented:
    """The person with a number. Three in ten come from the most frequent countries, the rest from
    all of them in turn.
    """
    codes = tuple(COUNTRIES)
    chosen = country or (
        random.choice(FREQUENT) if random.random() < 0.3 else codes[(number * 7) % len(codes)]
    )
    tradition = COUNTRIES[chosen]
    women, men, families = _names(tradition)
    gender = "woman" if random.random() < 0.47 else "man"
    given, given_latin = random.choice(women if gender == "woman" else men)
    family, family_latin = random.choice(families)
    order = (family, given) if tradition in FAMILY_FIRST else (given, family)
    joiner = "" if tradition == "chinese" else " "
    return Invented(
        full_name=joiner.join(order),
        given_name=given,
        family_name=family,
        latin_name=f"{given_latin} {family_latin}",
        gender=gender,
        country=chosen,
        born_on=dt.date(random.randint(*born), random.randint(1, 12), random.randint(1, 28)),
        email=f"person{number:06d}@people.example",
        language=LANGUAGES.get(tradition, "en"),
    )
