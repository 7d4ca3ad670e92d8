"""Rules on countries: citizenships held, and the classes that countries belong to on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from anso.kernel.citizenships import UNDETERMINED
from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import (
    LEAST,
    NOTHING_ASSUMED,
    Judgement,
    RuleResult,
    asked_fact,
    result_of,
    texts_of,
)
from anso.kernel.eligibility.model import Rule
from anso.kernel.eligibility.reach import Domains, Reach, reach_of_least
from anso.kernel.questions.meanings import meaning_fact
from anso.kernel.questions.model import Meaning
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop

BOTH_CITIZENSHIPS = tuple(
    meaning_fact(meaning) for meaning in (Meaning.COUNTRY, Meaning.SECOND_COUNTRY)
)

COUNTRY_CLASS = Column(
    "terms.class",
    gettext_noop("Class of countries"),
    ColumnKind.ONE,
    choices="country_classes",
    is_required=True,
)
CLASS_DAY = Column(
    "terms.on",
    gettext_noop("As the class stood on"),
    ColumnKind.DAY,
    hint=gettext_noop("Without a day: on the closing day."),
)


class CitizenshipNot:
    """Holds no citizenship among `countries`; terms: countries, facts (both citizenships)."""

    code = "citizenship_not"
    label = gettext_noop("Holds no citizenship of some countries")
    asks = (
        Column(
            "terms.countries",
            gettext_noop("Countries whose citizens are left out"),
            ColumnKind.SEVERAL,
            choices="countries",
            is_required=True,
        ),
    )
    needs = ("countries",)
    assumes: Mapping[str, Meaning] = {"facts": Meaning.COUNTRY}

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge all citizenships: one that is barred is enough."""
        barred = tuple(str(country) for country in rule.terms["countries"])
        held = _citizenships(rule, facts)
        is_barred = bool(set(held) & set(barred))
        is_known = bool(held) and not set(held) & UNDETERMINED
        result = result_of(not is_barred) if is_known or is_barred else RuleResult.UNKNOWN
        return Judgement(result, ", ".join(held), ", ".join(barred))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Never met where only barred countries can be answered, always where none of them can."""
        offered = _offered(rule, domains)
        barred = {str(country) for country in rule.terms["countries"]}
        if not barred or (offered is not None and not offered & barred):
            return Reach.ALWAYS
        return Reach.NEVER if offered is not None and offered <= barred else Reach.EITHER


class CitizenshipInClass:
    """Holds a citizenship of a country in a class; terms: class, facts (both citizenships), on.

    The class is read as it stood on `on`, or else on the day of judging.
    """

    code = "citizenship_in_class"
    label = gettext_noop("Holds the citizenship of a country of a class")
    asks = (
        COUNTRY_CLASS,
        CLASS_DAY,
    )
    needs = ("class",)
    assumes: Mapping[str, Meaning] = {"facts": Meaning.COUNTRY}

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge all citizenships: one in the class is enough; an unknown class is unknown."""
        held = _citizenships(rule, facts)
        inside = _in_class(rule, held, on=on, classes=classes)
        is_known = bool(held) and (any(inside) or not any(known is None for known in inside))
        result = result_of(any(inside)) if is_known else RuleResult.UNKNOWN
        return Judgement(result, ", ".join(held), str(rule.terms["class"]))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Never met where no country was in the class on the day."""
        return _reach_of_class(rule, domains, _offered(rule, domains), least=1)


class CountriesInClass:
    """At least `least` different countries of a class; terms: class, least, fact, on.

    Serves consortia: a partner in a least developed country, three countries of a region.
    """

    code = "countries_in_class"
    label = gettext_noop("So many countries of a class")
    asks = (
        asked_fact("country", "partners", "partner_countries"),
        COUNTRY_CLASS,
        LEAST,
        CLASS_DAY,
    )
    needs = ("class", "least", "fact")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge how many different countries lie in the class."""
        countries = tuple(dict.fromkeys(texts_of(facts, str(rule.terms["fact"]))))
        inside = _in_class(rule, countries, on=on, classes=classes)
        limit = f"{rule.terms['least']} {rule.terms['class']}"
        found = [country for country, known in zip(countries, inside, strict=True) if known]
        is_met, is_open = len(found) >= int(rule.terms["least"]), None in inside
        if not countries or (is_open and not is_met):
            return Judgement(RuleResult.UNKNOWN, ", ".join(countries), limit)
        return Judgement(result_of(is_met), ", ".join(found), limit)

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Never met where fewer countries can be named, or were in the class on the day."""
        asked, least = domains[str(rule.terms["fact"])], int(rule.terms["least"])
        if reach_of_least(asked.bounds(), Decimal(least)) is Reach.NEVER:
            return Reach.NEVER
        offered = None if asked.values is None else frozenset(map(str, asked.values))
        return _reach_of_class(rule, domains, offered, least)


def _citizenships(rule: Rule, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """All citizenships held; none when the first of the facts is not known yet."""
    names = [str(name) for name in rule.terms.get("facts", BOTH_CITIZENSHIPS)]
    if not texts_of(facts, names[0]):
        return ()
    return tuple(dict.fromkeys(held for name in names for held in texts_of(facts, name)))


def _offered(rule: Rule, domains: Domains) -> frozenset[str] | None:
    """The countries that can be answered; None for all."""
    named = [domains[str(name)] for name in rule.terms.get("facts", BOTH_CITIZENSHIPS)]
    if any(domain.values is None for domain in named):
        return None
    return frozenset(str(value) for domain in named for value in domain.values or ())


def _reach_of_class(
    rule: Rule, domains: Domains, offered: frozenset[str] | None, least: int
) -> Reach:
    day = rule.day("on") if "on" in rule.terms else domains.closing
    inside = domains.classes.members(str(rule.terms["class"]), day)
    if inside is None:
        return Reach.EITHER
    if least < 1 or (offered and offered <= inside and len(offered) == 1):
        return Reach.ALWAYS
    possible = inside if offered is None else inside & offered
    return Reach.NEVER if len(possible) < least else Reach.EITHER


def _in_class(
    rule: Rule, countries: tuple[str, ...], *, on: date, classes: CountryClasses
) -> list[bool | None]:
    day = rule.day("on") if "on" in rule.terms else on
    return [
        None
        if country in UNDETERMINED
        else classes.contains(country, str(rule.terms["class"]), day)
        for country in countries
    ]


CITIZENSHIP_NOT = CitizenshipNot()
CITIZENSHIP_IN_CLASS = CitizenshipInClass()
COUNTRIES_IN_CLASS = CountriesInClass()
