"""Makers of countries, organisations and people."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from anso.accounts.models import Account
from anso.directory.models import Country, CountryClass, Organisation, Person

_numbers = count(1)
_COUNTRIES = {
    "KE": ("KEN", "Africa", "Eastern Africa", "-1.2864", "36.8172"),
    "CN": ("CHN", "Asia", "Eastern Asia", "39.9042", "116.4074"),
    "NP": ("NPL", "Asia", "Southern Asia", "27.7172", "85.3240"),
    "BR": ("BRA", "Americas", "South America", "-15.7939", "-47.8828"),
    "ET": ("ETH", "Africa", "Eastern Africa", "9.0300", "38.7400"),
    "EG": ("EGY", "Africa", "Northern Africa", "30.0444", "31.2357"),
    "DE": ("DEU", "Europe", "Western Europe", "52.5200", "13.4050"),
}


def make_country(code: str = "KE") -> Country:
    """A country by its code; the same one when asked again."""
    alpha3, region, subregion, latitude, longitude = _COUNTRIES[code]
    country, _ = Country.objects.get_or_create(
        code=code,
        defaults={
            "alpha3": alpha3,
            "region": region,
            "subregion": subregion,
            "latitude": latitude,
            "longitude": longitude,
        },
    )
    return country


def make_country_class(
    country: Country,
    code: str = "LDC",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> CountryClass:
    """A dated class of a country."""
    return CountryClass.objects.create(
        country=country, code=code, period=DateRange(starts_on, ends_on), source="made for a test"
    )


def make_organisation(**fields: Any) -> Organisation:
    """A university in Kenya unless told otherwise."""
    number = next(_numbers)
    defaults: dict[str, Any] = {"name": f"University {number}", "kind": "university"}
    if "country" not in fields:
        defaults["country"] = make_country("KE")
    return Organisation.objects.create(**(defaults | fields))


def make_account(email: str = "", **fields: Any) -> Account:
    """An account with a usable address and no password."""
    return Account.objects.create_user(email or f"person{next(_numbers)}@example.org", **fields)


def make_person(
    full_name: str = "Wanjiru Kamau", *, has_account: bool = True, **fields: Any
) -> Person:
    """A person from Kenya, with an account unless told otherwise."""
    defaults: dict[str, Any] = {"full_name": full_name}
    if has_account and "account" not in fields:
        defaults["account"] = make_account()
    if "nationality" not in fields:
        defaults["nationality"] = make_country("KE")
    return Person.objects.create(**(defaults | fields))
