"""Verdicts: programme and host together, the strictest wins, and the unknown is asked."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from anso.kernel.eligibility import (
    ClassMembership,
    CountryClasses,
    Eligibility,
    EligibilityVerdict,
    Rule,
    RuleResult,
    RuleSet,
    Standard,
    evaluate,
)
from anso.kernel.questions import Equals
from anso.kernel.wording import Text

TODAY = dt.date(2026, 11, 23)
PHD = Equals("level", "phd")


def age(code: str, most: int, on: str, **parts: Any) -> Rule:
    return Rule(code, "age_at_most", Text({"en": code}), {"age": most, "on": on}, **parts)


PROGRAMME = RuleSet(
    "programme",
    Text({"en": "Programme"}),
    (
        age("F1", 35, "2027-12-31", when=PHD),
        Rule("F2", "citizenship_not", Text({"en": "F2"}), {"countries": ["CN"]}),
        Rule(
            "F3",
            "citizenship_in_class",
            Text({"en": "F3"}),
            {"class": "LDC"},
            standard=Standard.FAVOURED,
        ),
    ),
)
USTC = RuleSet(
    "ustc",
    Text({"en": "USTC"}),
    (age("U1", 45, "2027-09-01"), age("U2", 30, "2027-09-01", when=Equals("track", "fast"))),
    "USTC",
)
STRICT = RuleSet("strict", Text({"en": "Strict"}), (age("S1", 25, "2027-12-31"),), "STRICT")
OPEN = RuleSet("open", Text({"en": "Open"}), (), "OPEN")
GOOD = {"level": "phd", "means:birth_date": "1999-05-01", "means:country": "TZ", "track": "slow"}
CLASSES = CountryClasses((ClassMembership("LDC", "TZ"),))


def judge(*sets: RuleSet, **changes: Any) -> EligibilityVerdict:
    named = {name.replace("means_", "means:"): value for name, value in changes.items()}
    return evaluate((PROGRAMME, *sets), GOOD | named, on=TODAY, classes=CLASSES)


def test_someone_who_meets_every_rule_is_eligible_at_every_host() -> None:
    verdict = judge(USTC, OPEN)
    assert verdict.eligibility is Eligibility.ELIGIBLE
    assert {host.eligibility for host in verdict.hosts.values()} == {Eligibility.ELIGIBLE}
    assert verdict.failed == ()


def test_a_programme_rule_that_is_not_met_closes_every_host() -> None:
    verdict = judge(USTC, OPEN, means_country="CN")
    assert verdict.eligibility is Eligibility.NOT_ELIGIBLE
    assert {host.eligibility for host in verdict.hosts.values()} == {Eligibility.NOT_ELIGIBLE}
    assert [(o.rule.code, o.seen, o.limit) for o in verdict.failed] == [("F2", "CN", "CN")]


def test_a_stricter_host_closes_only_itself() -> None:
    verdict = judge(STRICT, OPEN)
    assert verdict.eligibility is Eligibility.ELIGIBLE
    assert verdict.hosts["STRICT"].eligibility is Eligibility.NOT_ELIGIBLE
    assert verdict.hosts["OPEN"].eligibility is Eligibility.ELIGIBLE
    assert [o.rule.code for o in verdict.hosts["STRICT"].failed] == ["S1"]


def test_when_every_host_is_closed_the_answer_is_no() -> None:
    assert judge(STRICT).eligibility is Eligibility.NOT_ELIGIBLE


def test_without_hosts_the_programme_alone_decides() -> None:
    assert judge().eligibility is Eligibility.ELIGIBLE
    assert judge().hosts == {}


def test_what_is_not_known_is_asked_and_never_guessed() -> None:
    verdict = judge(USTC, OPEN, means_birth_date=None)
    assert verdict.eligibility is Eligibility.ASK_US
    assert [o.rule.code for o in verdict.unknown] == ["F1", "U1"]
    assert [o.rule.code for o in verdict.hosts["OPEN"].unknown] == ["F1"]


def test_a_no_outweighs_what_is_not_known() -> None:
    assert (
        judge(OPEN, means_birth_date=None, means_country="CN").eligibility
        is Eligibility.NOT_ELIGIBLE
    )


def test_a_host_that_must_be_asked_does_not_hide_one_that_is_open() -> None:
    verdict = judge(USTC, STRICT, OPEN, track=None)
    assert verdict.hosts["USTC"].eligibility is Eligibility.ELIGIBLE
    assert verdict.eligibility is Eligibility.ELIGIBLE


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"level": "master", "means:birth_date": "1970-01-01"}, RuleResult.NOT_CONCERNED),
        ({"level": None, "means:birth_date": "1970-01-01"}, RuleResult.UNKNOWN),
        ({"level": None}, RuleResult.MET),
        ({"means:birth_date": "1970-01-01"}, RuleResult.NOT_MET),
    ],
)
def test_a_rule_concerns_only_those_it_names(changes: dict[str, Any], outcome: RuleResult) -> None:
    assert judge(**changes).judged_rules[0].result is outcome


def test_a_preference_never_bars_and_is_named_when_it_helps() -> None:
    assert [o.rule.code for o in judge().favours] == ["F3"]
    other = judge(means_country="KE")
    assert (other.eligibility, other.favours) == (Eligibility.ELIGIBLE, ())


def test_a_verdict_can_be_frozen_as_json() -> None:
    frozen = json.loads(json.dumps(judge(STRICT, OPEN).to_dict()))
    assert frozen["eligibility"] == "eligible"
    assert frozen["judged_on"] == "2026-11-23"
    assert frozen["hosts"] == {"STRICT": "not_eligible", "OPEN": "eligible"}
    assert frozen["judged_rules"][0] | {"rule": None} == {
        "rule": None,
        "rule_set": "programme",
        "host": "",
        "result": "met",
        "seen": "28",
        "limit": "35",
        "reads": ["means:birth_date"],
    }
