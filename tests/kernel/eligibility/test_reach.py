"""Rules that cannot decide: never met, always met, about nobody, about what nobody is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from anso.kernel.eligibility import (
    RULE_KINDS,
    ClassMembership,
    CountryClasses,
    Domain,
    Domains,
    Rule,
    RuleSet,
    check_reach,
    check_rules,
    domains_of,
)
from anso.kernel.periods import DatePeriod
from anso.kernel.questions import Equals, Form, Limit, Meaning, OneOf, Option, Question, Section
from anso.kernel.questions.conditions import AllOf, Answered, AnyOf, Condition
from anso.kernel.wording import Text

CLOSING = dt.date(2027, 2, 15)
CLASSES = CountryClasses(
    (
        ClassMembership("LDC", "NP", DatePeriod(None, dt.date(2026, 11, 24))),
        ClassMembership("LDC", "TZ"),
        ClassMembership("LDC", "ET"),
        ClassMembership("gone", "BT", DatePeriod(None, dt.date(2023, 1, 1))),
    )
)


def asked(key: str, kind: str, **parts: Any) -> Question:
    offered = tuple(Option(value, Text({"en": value})) for value in parts.pop("offered", ()))
    return Question(key, kind, Text({"en": key}), options=offered, **parts)


FORM = Form(
    (
        Section(
            "all",
            Text({"en": "All"}),
            (
                asked("level", "choice", offered=("master", "phd"), means=(Meaning.CATEGORY,)),
                asked("yes", "yesno"),
                asked("agreed", "statement"),
                asked("one_country", "country", means=(Meaning.COUNTRY,)),
                asked("african", "country", offered=("TZ", "KE")),
                asked("chinese", "country", offered=("CN",)),
                asked("countries", "country", limit=Limit.of("choices", most=3)),
                asked("partners", "partners", limit=Limit.of("entries", least=1, most=3)),
                asked("topics", "multichoice", offered=("a", "b", "c")),
                asked("wanted", "number", limit=Limit.of("number", least=1, most=100)),
                asked("brought", "number", limit=Limit.of("number", least=0, most=50)),
                asked("plenty", "number", limit=Limit.of("number", least=100)),
                asked("free", "number"),
                asked(
                    "born",
                    "date",
                    earliest=dt.date(1970, 1, 1),
                    latest=dt.date(2000, 1, 1),
                    means=(Meaning.BIRTH_DATE,),
                ),
                asked("until", "date", earliest=dt.date(2029, 1, 1), latest=dt.date(2030, 1, 1)),
                asked("degree", "choice", offered=("master", "doctor"), means=(Meaning.DEGREE,)),
                asked("awarded", "date", means=(Meaning.DEGREE_DATE,)),
                asked(
                    "proofs", "multichoice", offered=("fr", "none"), means=(Meaning.LANGUAGE_PROOF,)
                ),
                asked("name", "text"),
            ),
        ),
    )
)
DOMAINS = Domains(domains_of([FORM]), CLOSING, CLASSES)

NEVER: list[tuple[str, Mapping[str, Any]]] = [
    ("age_at_most", {"age": 25, "on": "2026-12-31"}),
    ("born_on_or_after", {"day": "2000-01-02"}),
    ("citizenship_not", {"countries": ["CN"], "facts": ["chinese"]}),
    ("citizenship_in_class", {"class": "gone"}),
    ("citizenship_in_class", {"class": "LDC", "facts": ["chinese"]}),
    ("countries_in_class", {"class": "LDC", "least": 2, "fact": "one_country"}),
    ("countries_in_class", {"class": "LDC", "least": 3, "fact": "countries"}),
    ("degree_held_before", {"degree": "doctor", "day": "2027-01-01", "fact": "level"}),
    ("language_proof", {"languages": ["en", "zh"]}),
    ("answer_is", {"fact": "agreed", "value": False}),
    ("answer_one_of", {"fact": "level", "values": ["bachelor"]}),
    ("count_at_least", {"fact": "one_country", "least": 3}),
    ("count_at_least", {"fact": "partners", "least": 30}),
    ("count_at_least", {"fact": "topics", "least": 4}),
    ("count_at_most", {"fact": "plenty", "most": 99}),
    ("amount_at_least", {"fact": "brought", "other": "plenty"}),
    ("day_on_or_after", {"fact": "until", "day": "2030-01-02"}),
    ("day_on_or_before", {"fact": "until", "day": "2028-12-31"}),
    ("differs", {"fact": "name", "other": ["level", "name"]}),
]
ALWAYS: list[tuple[str, Mapping[str, Any]]] = [
    ("age_at_most", {"age": 57, "on": "2027-12-31"}),
    ("born_on_or_after", {"day": "1970-01-01"}),
    ("citizenship_not", {"countries": ["FR"], "facts": ["african"]}),
    ("citizenship_not", {"countries": []}),
    ("citizenship_in_class", {"class": "LDC", "facts": ["one_ldc"]}),
    ("countries_in_class", {"class": "LDC", "least": 0, "fact": "countries"}),
    ("degree_held_before", {"degree": "bachelor", "day": "2027-01-01"}),
    ("language_proof", {"languages": ["fr", "none"]}),
    ("answer_is", {"fact": "agreed", "value": True}),
    ("answer_one_of", {"fact": "level", "values": ["phd", "master", "other"]}),
    ("count_at_least", {"fact": "partners", "least": 1}),
    ("count_at_most", {"fact": "partners", "most": 3}),
    ("amount_at_least", {"fact": "plenty", "other": "wanted"}),
    ("day_on_or_after", {"fact": "until", "day": "2029-01-01"}),
    ("day_on_or_before", {"fact": "until", "day": "2030-01-01"}),
    ("same_organisation", {"fact": "name", "other": "name"}),
]
EITHER: list[tuple[str, Mapping[str, Any]]] = [
    ("age_at_most", {"age": 56, "on": "2027-12-31"}),
    ("age_at_most", {"age": 35, "on": "2027-12-31", "fact": "awarded"}),
    ("born_on_or_after", {"day": "2000-01-01"}),
    ("born_on_or_after", {"day": "2000-01-01", "fact": "awarded"}),
    ("citizenship_not", {"countries": ["CN"]}),
    ("citizenship_not", {"countries": ["KE"], "facts": ["african"]}),
    ("citizenship_in_class", {"class": "LDC"}),
    ("citizenship_in_class", {"class": "LDC", "on": "2026-11-23"}),
    ("citizenship_in_class", {"class": "not recorded"}),
    ("countries_in_class", {"class": "LDC", "least": 2, "fact": "countries"}),
    ("countries_in_class", {"class": "LDC", "least": 1, "fact": "african"}),
    ("degree_held_before", {"degree": "doctor", "day": "2027-01-01"}),
    ("degree_held_before", {"degree": "doctor", "day": "2027-01-01", "fact": "name"}),
    ("language_proof", {"languages": ["fr"]}),
    ("answer_is", {"fact": "yes", "value": True}),
    ("answer_one_of", {"fact": "level", "values": ["phd"]}),
    ("count_at_least", {"fact": "partners", "least": 3}),
    ("count_at_least", {"fact": "free", "least": 3}),
    ("count_at_most", {"fact": "free", "most": 3}),
    ("amount_at_least", {"fact": "brought", "other": "wanted"}),
    ("amount_at_least", {"fact": "free", "other": "free"}),
    ("day_on_or_after", {"fact": "until", "day": "2029-01-02"}),
    ("day_on_or_before", {"fact": "awarded", "day": "2029-12-31"}),
    ("differs", {"fact": "name", "other": "level"}),
    ("same_organisation", {"fact": "name", "other": "level"}),
    ("is_member", {"fact": "name"}),
]


def codes_of(rule: Rule, domains: Domains = DOMAINS) -> list[str]:
    rule_set = RuleSet("programme", Text({"en": "x"}), (rule,))
    assert check_rules([rule_set]) == []
    return [fault.code for fault in check_reach([rule_set], domains)]


def rule_of(kind: str, terms: Mapping[str, Any], when: Condition | None = None) -> Rule:
    return Rule("X", kind, Text({"en": "x"}), terms, when=when)


@pytest.mark.parametrize(
    ("kind", "terms", "codes"),
    [
        *((kind, terms, ["never_met"]) for kind, terms in NEVER),
        *((kind, terms, ["always_met"]) for kind, terms in ALWAYS),
        *((kind, terms, []) for kind, terms in EITHER),
    ],
)
def test_a_rule_that_cannot_decide_is_found(
    kind: str, terms: Mapping[str, Any], codes: list[str]
) -> None:
    known = {"one_ldc": Domain(("TZ",)), **DOMAINS.facts}
    assert codes_of(rule_of(kind, terms), Domains(known, CLOSING, CLASSES)) == codes


def test_every_kind_of_the_register_is_looked_at_from_all_sides() -> None:
    assert {kind for kind, _ in EITHER} == set(RULE_KINDS)
    assert {kind for kind, _ in NEVER} == set(RULE_KINDS) - {"same_organisation", "is_member"}
    assert {kind for kind, _ in ALWAYS} == set(RULE_KINDS) - {"differs", "is_member"}


def test_a_rule_on_what_nobody_is_asked_names_it() -> None:
    rules = RuleSet(
        "programme",
        Text({"en": "x"}),
        (
            rule_of("answer_is", {"fact": "removed", "value": True}),
            rule_of("age_at_most", {"age": 35, "on": "2027-12-31"}),
        ),
    )
    (fault, other) = check_reach([rules], Domains({}, CLOSING))
    assert str(fault) == "Rule X reads “removed”, which nobody is asked."
    assert other.facts["fact"] == "means:birth_date"


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        (Equals("level", "phd"), []),
        (Equals("level", "gone"), ["concerns_nobody"]),
        (OneOf("level", ("gone", "lost")), ["concerns_nobody"]),
        (AllOf((Equals("level", "phd"), Equals("yes", "yes"))), ["concerns_nobody"]),
        (AnyOf((Equals("level", "gone"), Equals("level", "phd"))), []),
        (Answered("level"), []),
        (Answered("removed"), ["not_asked"]),
        (Answered("removed", is_answered=False), ["not_asked"]),
        (Equals("topics", "a"), []),
        (Equals("free", "7"), []),
        (AnyOf((Equals("removed", "x"), Equals("level", "phd"))), ["not_asked"]),
    ],
)
def test_a_rule_that_concerns_nobody_is_found(when: Condition, codes: list[str]) -> None:
    assert codes_of(rule_of("answer_is", {"fact": "yes", "value": True}, when)) == codes


def test_a_condition_narrows_what_can_be_answered() -> None:
    rule = rule_of("answer_one_of", {"fact": "level", "values": ["phd"]}, Equals("level", "phd"))
    assert codes_of(rule) == ["always_met"]
    both = AllOf((Equals("level", "phd"), OneOf("topics", ("a",))))
    rule = rule_of("answer_one_of", {"fact": "level", "values": ["master"]}, both)
    assert codes_of(rule) == ["never_met"]


def test_two_questions_of_one_key_are_read_together() -> None:
    later = Form((Section("s", Text({"en": "S"}), (
        asked("level", "choice", offered=("bachelor",)),
        asked("wanted", "number"),
        asked("partners", "partners", limit=Limit.of("entries", most=9)),
    )),))  # fmt: skip
    both = Domains(domains_of([FORM, later]), CLOSING, CLASSES)
    assert codes_of(rule_of("answer_one_of", {"fact": "level", "values": ["bachelor"]}), both) == []
    assert codes_of(rule_of("count_at_least", {"fact": "wanted", "least": 101}), both) == []
    assert codes_of(rule_of("count_at_least", {"fact": "partners", "least": 9}), both) == []
    assert codes_of(rule_of("count_at_least", {"fact": "partners", "least": 10}), both) == [
        "never_met"
    ]


def test_a_comparison_of_something_else_is_refused() -> None:
    rule = rule_of("differs", {"fact": "a", "other": "b", "compares": "horoscopes"})
    (fault,) = check_rules([RuleSet("programme", Text({"en": "x"}), (rule,))])
    assert fault.code == "bad_comparison"
