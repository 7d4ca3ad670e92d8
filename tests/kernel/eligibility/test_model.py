"""Rules as data."""

from __future__ import annotations

import json

import pytest

from anso.kernel.eligibility import Rule, RuleSet, Standard, check_rules, resolve_rule_days
from anso.kernel.errors import BadDefinition
from anso.kernel.questions import Equals
from anso.kernel.wording import Text

AGE = Rule(
    "F3",
    "age_at_most",
    Text({"en": "At most 35.", "ar": "٣٥"}),
    {"age": 35, "on": "intake-12-31"},
    "Call of 2020",
    Equals("level", "phd"),
    Standard.FAVOURED,
)
SET = RuleSet("programme", Text({"en": "Programme"}), (AGE,), intro=Text({"en": "Read on"}))


def test_a_rule_set_survives_json() -> None:
    assert RuleSet.from_dict(json.loads(json.dumps(SET.to_dict()))) == SET
    plain = RuleSet(
        "ustc", Text({"en": "USTC"}), (Rule("U1", "answer_is", Text({"en": "x"})),), host="USTC"
    )
    assert RuleSet.from_dict(plain.to_dict()) == plain


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"code": "a"},
        {"code": "a", "rules": [{"code": "x"}]},
        {"code": "a", "rules": [{"kind": "x"}]},
    ],
)
def test_malformed_rules_are_refused(content: dict[str, object]) -> None:
    with pytest.raises(BadDefinition):
        RuleSet.from_dict(content)


def test_edition_days_are_settled_and_other_terms_kept() -> None:
    (settled,) = resolve_rule_days((SET,), 2027)
    assert settled.rules[0].terms == {"age": 35, "on": "2027-12-31"}
    assert resolve_rule_days((settled,), 2030) == (settled,)


def test_sound_rules_have_no_fault() -> None:
    assert check_rules((SET,)) == []


def test_faults_name_the_rule() -> None:
    rules = (
        AGE,
        AGE,
        Rule("X", "horoscope", Text()),
        Rule("Y", "answer_is", Text({"en": "y"}), {"fact": "a"}),
    )
    faults = check_rules((RuleSet("s", Text({"en": "S"}), rules),))
    assert [(fault.code, fault.facts["rule"]) for fault in faults] == [
        ("rule_twice", "F3"),
        ("no_sentence", "X"),
        ("unknown_kind", "X"),
        ("no_term", "Y"),
    ]
