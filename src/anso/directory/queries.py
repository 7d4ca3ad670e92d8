"""Reading people, organisations and countries."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model

from anso.directory.models import Country, CountryClass, Person
from anso.kernel.eligibility import ClassMembership, CountryClasses
from anso.kernel.periods import DatePeriod


def country_codes() -> list[str]:
    """All countries that the directory knows."""
    return list(Country.objects.order_by("code").values_list("code", flat=True))


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
