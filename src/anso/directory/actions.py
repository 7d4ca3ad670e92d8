"""Putting shipped reference facts into the directory, as often as one likes: countries, their dated
classes, organisations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from anso.directory.models import Country, CountryClass, Organisation
from anso.directory.reference import reference_rows
from anso.kernel.names import search_text

COUNTRY_FIELDS = ("alpha3", "region", "subregion", "latitude", "longitude")


@transaction.atomic
def load_countries() -> int:
    """Bring countries and their dated classes to the shipped state; returns how many countries
    there are.

    Classes are replaced as a whole, because a corrected period must not overlap its former one.
    """
    rows = reference_rows("countries")
    Country.objects.bulk_create(
        (
            Country(code=row["code"], **{field: row[field] for field in COUNTRY_FIELDS})
            for row in rows
        ),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=COUNTRY_FIELDS,
    )
    CountryClass.objects.all().delete()
    CountryClass.objects.bulk_create(
        CountryClass(
            country_id=row["country"],
            code=row["code"],
            period=DateRange(_day(row["starts_on"]), _day(row["ends_before"])),
            source=row["source"],
        )
        for row in reference_rows("country_classes")
    )
    return len(rows)


@transaction.atomic
def load_organisations() -> dict[str, Organisation]:
    """Bring members and other known organisations to the shipped state; returns them by acronym and
    by name.
    """
    found: dict[str, Organisation] = {}
    for row in (*reference_rows("members"), *reference_rows("organisations")):
        organisation = load_organisation(row)
        found |= {key: organisation for key in (row["acronym"], row["name"]) if key}
    return found


def load_organisation(row: Mapping[str, Any]) -> Organisation:
    """One organisation, known by its name and country, with the shipped facts."""
    facts = {
        field: row[field] for field in ("acronym", "kind", "city", "url", "latitude", "longitude")
    }
    facts["search_text"] = search_text(row["name"], row["acronym"], row["city"])
    organisation, _ = Organisation.objects.update_or_create(
        name=row["name"], country_id=row["country"], defaults=facts
    )
    return organisation


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
