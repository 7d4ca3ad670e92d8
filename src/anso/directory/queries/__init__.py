"""Reading people, organisations and countries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from anso.accounts.models import Account
from anso.database import PreparedValues
from anso.database.search import has_words
from anso.directory.models import Country, CountryClass, Organisation, Person
from anso.kernel.actors import Actor
from anso.kernel.eligibility import ClassMembership, CountryClasses
from anso.kernel.likeness import organisation_key, telling_words
from anso.kernel.names import mailbox, search_beginning
from anso.kernel.periods import DatePeriod

PEOPLE_AT_MOST = 100
# Addresses by which somebody signs in, or that they confirmed.
OWNED = Q(verified=True) | Q(primary=True)


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


def get_person_of(account: Actor) -> Person | None:
    """The person behind an account, or None before they have given their name."""
    return Person.objects.filter(account_id=account.pk).first()


def names_of_accounts(accounts: Collection[int]) -> dict[int, str]:
    """What the people behind these accounts are called today, also those whose account was made one
    with another since; nobody who has given no name.
    """
    people = Person.objects.filter(account__in=accounts)
    found = dict(people.values_list("account_id", "full_name"))
    if rest := set(accounts) - set(found):
        merged = Account.objects.filter(pk__in=rest, merged_into__person__isnull=False)
        found |= dict(merged.values_list("pk", "merged_into__person__full_name"))
    return found


def accounts_of_people_named(text: str) -> list[int]:
    """The accounts of people whose name begins like this, the first hundred."""
    begins = Person.objects.filter(search_text__startswith=search_beginning(text))
    found = begins.filter(account__isnull=False).order_by("pk")
    return list(found.values_list("account_id", flat=True)[:PEOPLE_AT_MOST])


def _addresses(people: list[int]) -> QuerySet[Any, Any]:
    accounts = Person.objects.filter(pk__among=people, account__isnull=False)
    confirmed = EmailAddress.objects.filter(OWNED, user__person__pk__among=people)
    return accounts.values_list("pk", "account__email").union(
        confirmed.values_list("user__person__pk", "email")
    )


# Asked of everybody who is compared with others in a call.
ADDRESSES = PreparedValues("addresses_of", _addresses, list[int])


def addresses_of(people: Iterable[int]) -> dict[int, frozenset[str]]:
    """Every address by which these people sign in, the confirmed further ones too, by the keys of
    the people.
    """
    found: dict[int, set[str]] = {person: set() for person in people}
    for person, email in ADDRESSES.rows([*found]):
        found[person].add(email)
    return {person: frozenset(addresses) for person, addresses in found.items()}


def people_at(address: str) -> list[int]:
    """The keys of the people who sign in by an address, or by another spelling of its mailbox."""
    local, _sign, domain = mailbox(address).rpartition("@")
    near = EmailAddress.objects.filter(
        OWNED, email__istartswith=local, email__iendswith=f"@{domain}", user__person__isnull=False
    )
    found = near.values_list("user__person__pk", "email")
    return sorted({person for person, email in found if mailbox(email) == mailbox(address)})


def organisations_like(name: str, most: int = 6) -> list[str]:
    """The first few organisations that the directory knows by these words, or by this acronym, in
    the order of their names; none for a name that tells nothing.
    """
    words = " ".join(telling_words(name))
    if not words:
        return []
    found = Organisation.objects.filter(Q(acronym__iexact=name.strip()) | has_words(words))
    return list(found.order_by("name").values_list("name", flat=True)[:most])


def references_of(name: str) -> list[str]:
    """The organisations that the directory knows by a name or acronym, however it is spelled."""
    wanted = organisation_key(name)
    by_words = has_words(" ".join(telling_words(name)))
    found = Organisation.objects.filter(Q(acronym__iexact=name.strip()) | by_words)
    rows = found.values_list("reference", "name", "acronym")
    return [
        reference
        for reference, *spellings in rows
        if wanted in {organisation_key(spelling) for spelling in spellings}
    ]


def get_country_classes() -> CountryClasses:
    """All dated country classes on record, for judging eligibility and for figures of a day."""
    rows = CountryClass.objects.values_list("code", "country_id", "period")
    return CountryClasses(
        ClassMembership(code, country, DatePeriod(period.lower, period.upper))
        for code, country, period in rows
    )
