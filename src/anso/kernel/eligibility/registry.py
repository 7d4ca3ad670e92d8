"""The register of rule kinds: one line each. A new kind is one file and one line here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from anso.kernel.eligibility.kinds.age import AGE_AT_MOST, BORN_ON_OR_AFTER
from anso.kernel.eligibility.kinds.answer import ANSWER_IS, ANSWER_ONE_OF
from anso.kernel.eligibility.kinds.base import RuleKind
from anso.kernel.eligibility.kinds.citizenship import (
    CITIZENSHIP_IN_CLASS,
    CITIZENSHIP_NOT,
    COUNTRIES_IN_CLASS,
)
from anso.kernel.eligibility.kinds.count import COUNT_AT_LEAST, COUNT_AT_MOST
from anso.kernel.eligibility.kinds.day import DAY_ON_OR_AFTER, DAY_ON_OR_BEFORE
from anso.kernel.eligibility.kinds.degree import DEGREE_HELD_BEFORE
from anso.kernel.eligibility.kinds.difference import DIFFERS
from anso.kernel.eligibility.kinds.language import LANGUAGE_PROOF
from anso.kernel.eligibility.model import Rule, RuleSet
from anso.kernel.errors import BadDefinition
from anso.kernel.wording import FALLBACK_LANGUAGE, Message, gettext_noop

RULE_KINDS: dict[str, RuleKind] = {
    kind.code: kind
    for kind in (
        AGE_AT_MOST,
        BORN_ON_OR_AFTER,
        CITIZENSHIP_NOT,
        CITIZENSHIP_IN_CLASS,
        COUNTRIES_IN_CLASS,
        DEGREE_HELD_BEFORE,
        LANGUAGE_PROOF,
        ANSWER_IS,
        ANSWER_ONE_OF,
        COUNT_AT_LEAST,
        COUNT_AT_MOST,
        DAY_ON_OR_AFTER,
        DAY_ON_OR_BEFORE,
        DIFFERS,
    )
}


def find_rule_kind(code: str) -> RuleKind:
    """Return the kind with that code; refuses one that is not in the register."""
    if code not in RULE_KINDS:
        raise BadDefinition(gettext_noop("There is no rule kind “%(kind)s”."), kind=code)
    return RULE_KINDS[code]


def check_rules(rule_sets: Iterable[RuleSet]) -> list[Message]:
    """List what is wrong with rule sets, each sentence naming the rule."""
    rules = [rule for rule_set in rule_sets for rule in rule_set.rules]
    times = Counter(rule.code for rule in rules)
    faults = [
        Message("rule_twice", gettext_noop("Two rules have the code %(rule)s."), {"rule": code})
        for code, count in times.items()
        if count > 1
    ]
    for rule in rules:
        faults.extend(_check_rule(rule))
    return faults


def _check_rule(rule: Rule) -> list[Message]:
    place = {"rule": rule.code, "kind": rule.kind}
    faults = []
    if FALLBACK_LANGUAGE not in rule.sentence:
        faults.append(
            Message("no_sentence", gettext_noop("Rule %(rule)s has no English sentence."), place)
        )
    if rule.kind not in RULE_KINDS:
        return [
            *faults,
            Message(
                "unknown_kind",
                gettext_noop("Rule %(rule)s has the unknown kind “%(kind)s”."),
                place,
            ),
        ]
    missing = [name for name in RULE_KINDS[rule.kind].needs if name not in rule.terms]
    faults.extend(
        Message(
            "no_term",
            gettext_noop("Rule %(rule)s does not say “%(term)s”."),
            place | {"term": name},
        )
        for name in missing
    )
    return faults
