"""Every rule kind: met, not met, unknown, with the value seen and the limit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from anso.kernel.eligibility import (
    MEMBERS,
    RULE_KINDS,
    ClassMembership,
    CountryClasses,
    Rule,
    RuleResult,
    find_rule_kind,
)
from anso.kernel.errors import BadDefinition
from anso.kernel.periods import DatePeriod
from anso.kernel.wording import Text

TODAY = dt.date(2026, 11, 23)
CLASSES = CountryClasses(
    (
        ClassMembership("LDC", "BT", DatePeriod(None, dt.date(2023, 12, 13))),
        ClassMembership("LDC", "NP", DatePeriod(None, dt.date(2026, 11, 24))),
        ClassMembership("LDC", "TZ"),
    )
)
AGE = {"age": 35, "on": "2027-12-31"}
DEGREE = {"degree": "master", "day": "2027-09-01"}
LDC = {"class": "LDC"}
TWO_LDC = {"class": "LDC", "least": 2, "fact": "countries"}
MET, NOT_MET, UNKNOWN = RuleResult.MET, RuleResult.NOT_MET, RuleResult.UNKNOWN
QUESTION = RuleResult.QUESTION
KNOWN = "registered_organisations"
MONEY = {"fact": "matching", "other": "requested"}

PART_OF = {"fact": "a", "other": "b"}
NEPAL = {"nast": "Nepal Academy of Science", "nepal academy sciences": "Nepal Academy of Science"}
GHANA = "University of Ghana"
CASES: list[tuple[str, Mapping[str, Any], Mapping[str, Any], RuleResult, str]] = [
    ("age_at_most", AGE, {"means:birth_date": "1992-01-01"}, MET, "35"),
    ("age_at_most", AGE, {"means:birth_date": dt.date(1991, 12, 31)}, NOT_MET, "36"),
    ("age_at_most", AGE, {"means:birth_date": "soon"}, UNKNOWN, ""),
    (
        "born_on_or_after",
        {"day": "1992-01-01"},
        {"means:birth_date": "1992-01-01"},
        MET,
        "1992-01-01",
    ),
    (
        "born_on_or_after",
        {"day": "1992-01-01"},
        {"means:birth_date": "1991-12-31"},
        NOT_MET,
        "1991-12-31",
    ),
    ("born_on_or_after", {"day": "1992-01-01"}, {}, UNKNOWN, ""),
    (
        "born_on_or_after",
        {"day": "1992-01-01"},
        {"means:birth_date": "2537-03-07"},
        UNKNOWN,
        "2537-03-07",
    ),
    ("citizenship_not", {"countries": ["CN"]}, {"means:country": "KE"}, MET, "KE"),
    (
        "citizenship_not",
        {"countries": ["CN"]},
        {"means:country": "KE", "means:second_country": "CN"},
        NOT_MET,
        "KE, CN",
    ),
    ("citizenship_not", {"countries": ["CN"]}, {"means:second_country": "KE"}, UNKNOWN, ""),
    (
        "citizenship_in_class",
        LDC,
        {"means:country": "KE", "means:second_country": "TZ"},
        MET,
        "KE, TZ",
    ),
    ("citizenship_in_class", LDC, {"means:country": "KE"}, NOT_MET, "KE"),
    ("citizenship_in_class", LDC, {"means:country": "NP"}, MET, "NP"),
    ("citizenship_in_class", LDC | {"on": "2026-11-24"}, {"means:country": "NP"}, NOT_MET, "NP"),
    ("citizenship_in_class", LDC, {"means:country": "BT"}, NOT_MET, "BT"),
    ("citizenship_in_class", LDC | {"on": "2023-12-12"}, {"means:country": "BT"}, MET, "BT"),
    ("citizenship_in_class", {"class": "SIDS"}, {"means:country": "BT"}, UNKNOWN, "BT"),
    ("citizenship_in_class", LDC, {"means:country": ""}, UNKNOWN, ""),
    ("countries_in_class", TWO_LDC, {"countries": ["NP", "TZ", "KE"]}, MET, "NP, TZ"),
    ("countries_in_class", TWO_LDC, {"countries": ["NP", "NP", "KE"]}, NOT_MET, "NP"),
    ("countries_in_class", TWO_LDC, {"countries": []}, UNKNOWN, ""),
    ("countries_in_class", TWO_LDC | {"class": "SIDS"}, {"countries": ["KE"]}, UNKNOWN, "KE"),
    (
        "degree_held_before",
        DEGREE,
        {"means:degree": "master", "means:degree_date": "2027-08-31"},
        MET,
        "master, 2027-08-31",
    ),
    (
        "degree_held_before",
        DEGREE,
        {"means:degree": "master", "means:degree_date": "2027-09-01"},
        NOT_MET,
        "master, 2027-09-01",
    ),
    (
        "degree_held_before",
        DEGREE,
        {"means:degree": "bachelor", "means:degree_date": "2020-01-01"},
        NOT_MET,
        "bachelor",
    ),
    ("degree_held_before", DEGREE, {"means:degree": "doctor"}, MET, "doctor"),
    ("degree_held_before", DEGREE, {"means:degree": "master"}, UNKNOWN, "master"),
    ("degree_held_before", DEGREE, {"means:degree": "wizard"}, UNKNOWN, ""),
    (
        "language_proof",
        {"languages": ["en", "zh"]},
        {"means:language_proof": ["fr", "zh"]},
        MET,
        "fr, zh",
    ),
    (
        "language_proof",
        {"languages": ["en", "zh"]},
        {"means:language_proof": ["none"]},
        NOT_MET,
        "none",
    ),
    ("language_proof", {"languages": ["en", "zh"]}, {}, UNKNOWN, ""),
    ("answer_is", {"fact": "x", "value": False}, {"x": False}, MET, "no"),
    ("answer_is", {"fact": "x", "value": False}, {"x": True}, NOT_MET, "yes"),
    ("answer_is", {"fact": "x", "value": False}, {"x": "no"}, UNKNOWN, ""),
    ("answer_one_of", {"fact": "x", "values": ["a", "b"]}, {"x": "a"}, MET, "a"),
    ("answer_one_of", {"fact": "x", "values": ["a", "b"]}, {"x": ["a", "c"]}, NOT_MET, "a, c"),
    ("answer_one_of", {"fact": "x", "values": ["a", "b"]}, {}, UNKNOWN, ""),
    ("count_at_least", {"fact": "x", "least": 3}, {"x": ["KE", "UG", "TZ"]}, MET, "3"),
    ("count_at_least", {"fact": "x", "least": 3}, {"x": ["KE", "KE", "UG"]}, NOT_MET, "2"),
    ("count_at_least", {"fact": "x", "least": 3}, {"x": "3"}, MET, "3"),
    ("count_at_least", {"fact": "x", "least": 1}, {"x": True}, UNKNOWN, ""),
    ("count_at_most", {"fact": "x", "most": 2}, {"x": 2}, MET, "2"),
    ("count_at_most", {"fact": "x", "most": 2}, {"x": 3}, NOT_MET, "3"),
    ("count_at_most", {"fact": "x", "most": 2}, {}, UNKNOWN, ""),
    ("day_on_or_after", {"fact": "x", "day": "2029-02-15"}, {"x": "2029-02-15"}, MET, "2029-02-15"),
    (
        "day_on_or_after",
        {"fact": "x", "day": "2029-02-15"},
        {"x": "2029-02-14"},
        NOT_MET,
        "2029-02-14",
    ),
    ("day_on_or_after", {"fact": "x", "day": "2029-02-15"}, {}, UNKNOWN, ""),
    (
        "day_on_or_before",
        {"fact": "x", "day": "2027-07-31"},
        {"x": "2027-07-31"},
        MET,
        "2027-07-31",
    ),
    (
        "day_on_or_before",
        {"fact": "x", "day": "2027-07-31"},
        {"x": "2027-08-01"},
        NOT_MET,
        "2027-08-01",
    ),
    ("day_on_or_before", {"fact": "x", "day": "2027-07-31"}, {}, UNKNOWN, ""),
    ("differs", {"fact": "a", "other": "b"}, {"a": "Ana Díaz", "b": "Bo Li"}, MET, "Ana Díaz"),
    (
        "differs",
        {"fact": "a", "other": "b"},
        {"a": "Ana Díaz", "b": " ana diaz"},
        NOT_MET,
        "Ana Díaz",
    ),
    ("differs", {"fact": "a", "other": "b"}, {"a": "Ana"}, UNKNOWN, "Ana"),
    ("amount_at_least", MONEY, {"matching": "1000000", "requested": "1000000"}, MET, "1000000"),
    (
        "amount_at_least",
        MONEY,
        {"matching": "999999.99", "requested": "1000000"},
        NOT_MET,
        "999999.99",
    ),
    ("amount_at_least", MONEY, {"matching": "1"}, UNKNOWN, "1"),
    ("same_organisation", PART_OF, {"a": "Kathmandu University"}, UNKNOWN, "Kathmandu University"),
    ("same_organisation", PART_OF, {"a": "NAST", "b": {"organisation": "Nast."}}, MET, "NAST"),
    ("same_organisation", PART_OF, {"a": "NAST", "b": "Academy of Nepal"}, NOT_MET, "NAST"),
    (
        "same_organisation",
        PART_OF,
        {"a": "NAST", "b": "Academy of Nepal", KNOWN: {"nast": ["7"], "academy nepal": ["7"]}},
        MET,
        "NAST",
    ),
    ("is_member", {"fact": "a"}, {"a": "NAST"}, UNKNOWN, "NAST"),
    ("is_member", {"fact": "a"}, {MEMBERS: NEPAL}, UNKNOWN, ""),
    ("is_member", {"fact": "a"}, {"a": "nast", MEMBERS: NEPAL}, MET, "nast"),
    ("is_member", {"fact": "a"}, {"a": "University of Ghana", MEMBERS: NEPAL}, NOT_MET, GHANA),
    (
        "is_member",
        {"fact": "a"},
        {
            "a": "Academy of Science of Nepal",
            MEMBERS: NEPAL,
            KNOWN: {"academy sciences nepal": ["8"]},
        },
        NOT_MET,
        "Academy of Science of Nepal",
    ),
    (
        "is_member",
        {"fact": "a"},
        {"a": [{"organisation": "NAST"}, {"organisation": "University of Ghana"}], MEMBERS: NEPAL},
        NOT_MET,
        "University of Ghana",
    ),
]

# The limit itself, and one day or unit to each side, of every kind that has one.
EDGES: list[tuple[str, Mapping[str, Any], Mapping[str, Any], RuleResult, str]] = [
    (
        "same_organisation",
        PART_OF,
        {"a": "Nepal Academy of Science", "b": "Nepal Academy of Science and Technology"},
        QUESTION,
        "Nepal Academy of Science",
    ),
    (
        "is_member",
        {"fact": "a"},
        {"a": "Academy of Science of Nepal", MEMBERS: NEPAL},
        QUESTION,
        "Academy of Science of Nepal",
    ),
    ("age_at_most", AGE, {"means:birth_date": "1991"}, NOT_MET, "36"),
    ("age_at_most", AGE, {"means:birth_date": "1992"}, MET, "35"),
    ("age_at_most", AGE | {"on": "2027-06-30"}, {"means:birth_date": "1991"}, QUESTION, "35–36"),
    ("age_at_most", AGE | {"on": "2027-06-30"}, {"means:birth_date": "1991-06"}, NOT_MET, "36"),
    ("age_at_most", AGE | {"on": "2027-06-29"}, {"means:birth_date": "1991-06"}, QUESTION, "35–36"),
    ("age_at_most", AGE | {"on": "2027-06-30"}, {"means:birth_date": "1991-07"}, MET, "35"),
    ("age_at_most", AGE, {"means:birth_date": "1537"}, UNKNOWN, "1537"),
    ("age_at_most", AGE, {"means:birth_date": "1991-13"}, UNKNOWN, ""),
    (
        "born_on_or_after",
        {"day": "1992-04-30"},
        {"means:birth_date": "1992-04"},
        QUESTION,
        "1992-04",
    ),
    (
        "born_on_or_after",
        {"day": "1992-05-01"},
        {"means:birth_date": "1992-04"},
        NOT_MET,
        "1992-04",
    ),
    ("born_on_or_after", {"day": "1992-04-01"}, {"means:birth_date": "1992-04"}, MET, "1992-04"),
    ("born_on_or_after", {"day": "1992-12-31"}, {"means:birth_date": "1992"}, QUESTION, "1992"),
    (
        "day_on_or_after",
        {"fact": "x", "day": "2029-01-05"},
        {"x": "2029-01-04"},
        NOT_MET,
        "2029-01-04",
    ),
    ("day_on_or_after", {"fact": "x", "day": "2029-01-05"}, {"x": "2029-01-05"}, MET, "2029-01-05"),
    ("day_on_or_after", {"fact": "x", "day": "2029-01-05"}, {"x": "2029-01-06"}, MET, "2029-01-06"),
    ("day_on_or_after", {"fact": "x", "day": "2029-01-05"}, {"x": "2029-01"}, QUESTION, "2029-01"),
    ("day_on_or_before", {"fact": "x", "day": "2027-07-31"}, {"x": "2027-07"}, MET, "2027-07"),
    ("day_on_or_before", {"fact": "x", "day": "2027-07-30"}, {"x": "2027-07"}, QUESTION, "2027-07"),
    (
        "degree_held_before",
        DEGREE,
        {"means:degree": "master", "means:degree_date": "2027"},
        QUESTION,
        "master, 2027",
    ),
    (
        "degree_held_before",
        DEGREE,
        {"means:degree": "master", "means:degree_date": "2027-08"},
        MET,
        "master, 2027-08",
    ),
    ("count_at_least", {"fact": "n", "least": 30}, {"n": "29"}, NOT_MET, "29"),
    ("count_at_least", {"fact": "n", "least": 30}, {"n": "30"}, MET, "30"),
    (
        "count_at_least",
        {"fact": "n", "least": 3},
        {"n": ["Kenya ", "kenya", "KENYA"]},
        NOT_MET,
        "1",
    ),
    ("count_at_least", {"fact": "n", "least": 3}, {"n": "many"}, UNKNOWN, ""),
    ("count_at_least", {"fact": "n", "least": 3}, {"n": "Infinity"}, UNKNOWN, ""),
    ("count_at_most", {"fact": "n", "most": 2}, {"n": 2}, MET, "2"),
    ("count_at_most", {"fact": "n", "most": 2}, {"n": "2.5"}, NOT_MET, "2.5"),
    ("amount_at_least", MONEY, {"matching": "1", "requested": "1000000"}, NOT_MET, "1"),
    ("amount_at_least", MONEY | {"times": "0.5"}, {"matching": 50, "requested": 100}, MET, "50"),
    (
        "amount_at_least",
        MONEY | {"times": "0.5"},
        {"matching": 49, "requested": 100},
        NOT_MET,
        "49",
    ),
    ("citizenship_not", {"countries": ["CN"]}, {"means:country": "XS"}, MET, "XS"),
    ("citizenship_not", {"countries": ["CN"]}, {"means:country": "XU"}, UNKNOWN, "XU"),
    (
        "citizenship_not",
        {"countries": ["CN"]},
        {"means:country": "XU", "means:second_country": "CN"},
        NOT_MET,
        "XU, CN",
    ),
    ("citizenship_in_class", LDC, {"means:country": "XS"}, NOT_MET, "XS"),
    ("citizenship_in_class", LDC, {"means:country": "XU"}, UNKNOWN, "XU"),
    (
        "citizenship_in_class",
        LDC,
        {"means:country": "XU", "means:second_country": "TZ"},
        MET,
        "XU, TZ",
    ),
]


@pytest.mark.parametrize(("kind", "terms", "facts", "outcome", "seen"), EDGES)
def test_at_the_limit_and_one_step_to_each_side(
    kind: str, terms: Mapping[str, Any], facts: Mapping[str, Any], outcome: RuleResult, seen: str
) -> None:
    judgement = find_rule_kind(kind).judge(
        Rule("X", kind, Text({"en": "x"}), terms), facts, on=TODAY, classes=CLASSES
    )
    assert (judgement.result, judgement.seen) == (outcome, seen)


PERSON = {"fact": "own", "other": ["named", "contact"], "compares": "people"}
BODY = {"fact": "own", "other": "named", "compares": "organisations"}
REFEREE = {"name": "Somebody Else", "email": "amina+two@example.org"}
COMPARED: list[tuple[Mapping[str, Any], Mapping[str, Any], RuleResult, str, str]] = [
    (PERSON, {"own": "Dr Jane Doe", "named": "Jane Doe"}, NOT_MET, "Dr Jane Doe", "Jane Doe"),
    (PERSON, {"own": "Jane Doe", "named": "John Doe"}, MET, "Jane Doe", "John Doe"),
    (PERSON, {"own": "Mohammed Ali", "named": "محمد علي"}, QUESTION, "Mohammed Ali", "محمد علي"),
    (
        PERSON,
        {"own": ["Amina Yusuf", "amina@example.org"], "contact": REFEREE},
        NOT_MET,
        "amina@example.org",
        "amina+two@example.org",
    ),
    (
        PERSON,
        {"own": ["a@x.org"], "contact": {"name": "B", "email": "b@x.org"}},
        MET,
        "a@x.org",
        "B, b@x.org",
    ),
    (PERSON, {"own": "Jane Doe", "named": "-"}, UNKNOWN, "Jane Doe", ""),
    (
        BODY,
        {"own": "Makerere University", "named": "makerere university."},
        NOT_MET,
        "Makerere University",
        "makerere university.",
    ),
    (
        BODY,
        {"own": "Makerere University", "named": "Université Makerere"},
        QUESTION,
        "Makerere University",
        "Université Makerere",
    ),
    (
        BODY,
        {"own": "University of Ghana", "named": "University of Kenya"},
        MET,
        "University of Ghana",
        "University of Kenya",
    ),
    (
        BODY,
        {"own": "UCAS", "named": {"organisation": "Chinese Academy", "name": "UCAS"}},
        MET,
        "UCAS",
        "Chinese Academy",
    ),
    (
        BODY,
        {"own": "CAS", "named": "Chinese Academy", KNOWN: {"cas": ["1"], "chinese academy": ["1"]}},
        NOT_MET,
        "CAS",
        "Chinese Academy",
    ),
    (
        BODY,
        {
            "own": "CAS",
            "named": "Chinese Academy",
            KNOWN: {"cas": ["1", "2"], "chinese academy": ["1"]},
        },
        QUESTION,
        "CAS",
        "Chinese Academy",
    ),
    (
        BODY,
        {
            "own": "University of Ghana",
            "named": "University of Guyana",
            KNOWN: {"university ghana": ["1"], "university guyana": ["2"]},
        },
        MET,
        "University of Ghana",
        "University of Guyana",
    ),
]


@pytest.mark.parametrize(("terms", "facts", "outcome", "seen", "limit"), COMPARED)
def test_people_and_organisations_are_compared_and_not_their_spelling(
    terms: Mapping[str, Any], facts: Mapping[str, Any], outcome: RuleResult, seen: str, limit: str
) -> None:
    judgement = find_rule_kind("differs").judge(
        Rule("X", "differs", Text({"en": "x"}), terms), facts, on=TODAY, classes=CLASSES
    )
    assert (judgement.result, judgement.seen, judgement.limit) == (outcome, seen, limit)


@pytest.mark.parametrize(("kind", "terms", "facts", "outcome", "seen"), CASES)
def test_a_rule_judges_facts_and_shows_what_it_saw(
    kind: str, terms: Mapping[str, Any], facts: Mapping[str, Any], outcome: RuleResult, seen: str
) -> None:
    judgement = find_rule_kind(kind).judge(
        Rule("X", kind, Text({"en": "x"}), terms), facts, on=TODAY, classes=CLASSES
    )
    assert (judgement.result, judgement.seen) == (outcome, seen)


def test_every_kind_of_the_register_can_come_out_in_all_three_ways() -> None:
    seen = {(kind, outcome) for kind, _, _, outcome, _ in CASES}
    assert seen == {(kind, outcome) for kind in RULE_KINDS for outcome in (MET, NOT_MET, UNKNOWN)}


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadDefinition, match="horoscope"):
        find_rule_kind("horoscope")


@pytest.mark.parametrize("day", ["intake-12-31", "", "tomorrow"])
def test_a_rule_whose_day_is_not_settled_is_refused(day: str) -> None:
    rule = Rule("F3", "age_at_most", Text(), {"age": 35, "on": day})
    with pytest.raises(BadDefinition, match="Rule F3"):
        find_rule_kind("age_at_most").judge(rule, {}, on=TODAY, classes=CLASSES)
