"""Rules on countries: citizenships held, and the classes that countries belong to on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import Judgement, RuleResult, result_of, texts_of
from anso.kernel.eligibility.model import Rule
from anso.kernel.questions.meanings import meaning_fact
from anso.kernel.questions.model import Meaning

BOTH_CITIZENSHIPS = tuple(
    meaning_fact(meaning) for meaning in (Meaning.COUNTRY, Meaning.SECOND_COUNTRY)
)


class CitizenshipNot:
    """Holds no citizenship among `countries`; terms: countries, facts (both citizenships)."""

    code = "citizenship_not"
    needs = ("countries",)

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge all citizenships: one that is barred is enough."""
        barred = tuple(str(country) for country in rule.terms["countries"])
        held = _citizenships(rule, facts)
        result = result_of(not set(held) & set(barred)) if held else RuleResult.UNKNOWN
        return Judgement(result, ", ".join(held), ", ".join(barred))


class CitizenshipInClass:
    """Holds a citizenship of a country in a class; terms: class, facts (both citizenships), on.

    The class is read as it stood on `on`, or else on the day of judging.
    """

    code = "citizenship_in_class"
    needs = ("class",)

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge all citizenships: one in the class is enough; an unknown class is unknown."""
        held = _citizenships(rule, facts)
        inside = _in_class(rule, held, on=on, classes=classes)
        if not held or any(known is None for known in inside):
            return Judgement(RuleResult.UNKNOWN, ", ".join(held), str(rule.terms["class"]))
        return Judgement(result_of(any(inside)), ", ".join(held), str(rule.terms["class"]))


class CountriesInClass:
    """At least `least` different countries of a class; terms: class, least, fact, on.

    Serves consortia: a partner in a least developed country, three countries of a region.
    """

    code = "countries_in_class"
    needs = ("class", "least", "fact")

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge how many different countries lie in the class."""
        countries = tuple(dict.fromkeys(texts_of(facts, str(rule.terms["fact"]))))
        inside = _in_class(rule, countries, on=on, classes=classes)
        limit = f"{rule.terms['least']} {rule.terms['class']}"
        if not countries or any(known is None for known in inside):
            return Judgement(RuleResult.UNKNOWN, ", ".join(countries), limit)
        found = [country for country, known in zip(countries, inside, strict=True) if known]
        return Judgement(result_of(len(found) >= int(rule.terms["least"])), ", ".join(found), limit)


def _citizenships(rule: Rule, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """All citizenships held; none when the first of the facts is not known yet."""
    names = [str(name) for name in rule.terms.get("facts", BOTH_CITIZENSHIPS)]
    if not texts_of(facts, names[0]):
        return ()
    return tuple(dict.fromkeys(held for name in names for held in texts_of(facts, name)))


def _in_class(
    rule: Rule, countries: tuple[str, ...], *, on: date, classes: CountryClasses
) -> list[bool | None]:
    day = rule.day("on") if "on" in rule.terms else on
    return [classes.contains(country, str(rule.terms["class"]), day) for country in countries]


CITIZENSHIP_NOT = CitizenshipNot()
CITIZENSHIP_IN_CLASS = CitizenshipInClass()
COUNTRIES_IN_CLASS = CountriesInClass()
