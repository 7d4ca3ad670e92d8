"""Reading people, organisations and countries."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from babel import Locale
from django.db.models import Model
from django.utils import translation

from anso.directory.models import Country, CountryClass, Person
from anso.kernel.eligibility import ClassMembership, CountryClasses
from anso.kernel.periods import DatePeriod


@lru_cache(maxsize=16)
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language.replace("-", "_")).territories)


def country_name(code: str, language: str = "") -> str:
    """The name of a country in the reader's language, from CLDR; the code itself where CLDR has
    none.
    """
    return _territories(language or translation.get_language() or "en").get(code, code)


def country_choices(language: str = "") -> list[tuple[str, str]]:
    """All countries as (code, name), sorted by name in the reader's language."""
    codes = Country.objects.values_list("code", flat=True)
    return sorted(
        ((code, country_name(code, language)) for code in codes), key=lambda pair: pair[1]
    )


def country_classes_on(day: dt.date) -> dict[str, frozenset[str]]:
    """Which classes each country was in on a day: country code to class codes."""
    found: dict[str, set[str]] = {}
    for country, code in CountryClass.objects.filter(period__contains=day).values_list(
        "country_id", "code"
    ):
        found.setdefault(country, set()).add(code)
    return {country: frozenset(codes) for country, codes in found.items()}


def get_person_of(account: Model) -> Person | None:
    """The person behind an account, or None before they have given their name."""
    return Person.objects.filter(account_id=account.pk).first()


def get_country_classes() -> CountryClasses:
    """All dated country classes on record, for judging eligibility and for figures of a day."""
    rows = CountryClass.objects.values_list("code", "country_id", "period")
    return CountryClasses(
        ClassMembership(code, country, DatePeriod(period.lower, period.upper))
        for code, country, period in rows
    )
