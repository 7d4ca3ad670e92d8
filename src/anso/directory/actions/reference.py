"""Putting shipped reference facts into the directory, as often as one likes: countries, their dated
classes, organisations. What staff changed stays and is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from anso.directory.actions.shipped import Difference, bring_rows
from anso.directory.models import Country, CountryClass, Organisation
from anso.directory.reference import reference_rows

COUNTRY_FIELDS = ("alpha3", "region", "subregion", "latitude", "longitude")
ORGANISATION_FIELDS = ("acronym", "kind", "city", "url", "latitude", "longitude")


@transaction.atomic
def load_countries() -> list[Difference]:
    """Bring countries and their dated classes to the shipped state; returns what stays as people
    have it.
    """
    countries = {
        row["code"]: {field: row[field] for field in ("code", *COUNTRY_FIELDS)}
        for row in reference_rows("countries")
    }
    brought = bring_rows(Country.objects.all(), "countries", countries, known_by=["code"])
    classes = bring_rows(
        CountryClass.objects.all(),
        "country_classes",
        _shipped_classes(),
        known_by=["country_id", "code"],
        removes=True,
    )
    return brought.differences + classes.differences


def _shipped_classes() -> dict[str, dict[str, Any]]:
    """Classes by country, code and place among those of the same country and code, which stays the
    same when a day is corrected.
    """
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for row in reference_rows("country_classes"):
        pair = (row["country"], row["code"])
        seen[pair] += 1
        found[f"{pair[0]} {pair[1]} {seen[pair]}"] = {
            "country_id": row["country"],
            "code": row["code"],
            "period": [row["starts_on"], row["ends_before"]],
            "source": row["source"],
        }
    return found


@transaction.atomic
def load_organisations() -> tuple[dict[str, Organisation], list[Difference]]:
    """Bring members and other known organisations to the shipped state; returns them by the acronym
    and the name that are shipped, and what stays as people have it.
    """
    rows = [*reference_rows("members"), *reference_rows("organisations")]
    shipped = {_key_of(row): _organisation_facts(row) for row in rows}
    found = Organisation.objects.all()
    brought = bring_rows(found, "organisations", shipped, known_by=["name", "country_id"])
    named: dict[str, Organisation] = {}
    for row in rows:
        organisation = brought.rows.get(_key_of(row))
        if organisation is not None:
            named |= {key: organisation for key in (row["acronym"], row["name"]) if key}
    return named, brought.differences


def _organisation_facts(row: Mapping[str, Any]) -> dict[str, Any]:
    facts = {field: row[field] for field in ORGANISATION_FIELDS}
    return facts | {"name": row["name"], "country_id": row["country"]}


def _key_of(row: Mapping[str, Any]) -> str:
    return f"{row['name']}, {row['country']}"
