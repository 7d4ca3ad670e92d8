"""The register of rule kinds: one line each. A new kind is one file and one line here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from anso.kernel.eligibility.kinds.age import AGE_AT_MOST, BORN_ON_OR_AFTER
from anso.kernel.eligibility.kinds.answer import ANSWER_IS, ANSWER_ONE_OF
from anso.kernel.eligibility.kinds.base import RuleKind
from anso.kernel.eligibility.kinds.belonging import IS_MEMBER, SAME_ORGANISATION
from anso.kernel.eligibility.kinds.citizenship import (
    CITIZENSHIP_IN_CLASS,
    CITIZENSHIP_NOT,
    COUNTRIES_IN_CLASS,
)
from anso.kernel.eligibility.kinds.count import AMOUNT_AT_LEAST, COUNT_AT_LEAST, COUNT_AT_MOST
from anso.kernel.eligibility.kinds.day import DAY_ON_OR_AFTER, DAY_ON_OR_BEFORE
from anso.kernel.eligibility.kinds.degree import DEGREE_HELD_BEFORE
from anso.kernel.eligibility.kinds.difference import (
    COMPARED,
    DIFFERS,
    ORGANISATIONS,
    TEXTS,
    named_in,
)
from anso.kernel.eligibility.kinds.language import LANGUAGE_PROOF
from anso.kernel.eligibility.model import TERMS_OF_FACTS, Rule, RuleSet, names_in
from anso.kernel.eligibility.reach import Domains, Reach, can_hold, narrowed
from anso.kernel.errors import BadDefinition
from anso.kernel.questions.meanings import meaning_fact
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
        AMOUNT_AT_LEAST,
        DAY_ON_OR_AFTER,
        DAY_ON_OR_BEFORE,
        DIFFERS,
        SAME_ORGANISATION,
        IS_MEMBER,
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


def facts_read(rule: Rule) -> tuple[str, ...]:
    """All facts that a rule looks at: those that it names, and those that its kind assumes."""
    assumed = find_rule_kind(rule.kind).assumes
    named = [meaning_fact(each) for term, each in assumed.items() if term not in rule.terms]
    return (*rule.facts_named(), *named)


def organisations_read(rule: Rule, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The organisations that a rule compares or looks up, as they were typed; none by another kind
    of rule.
    """
    compares = rule.kind == DIFFERS.code and rule.terms.get("compares") == ORGANISATIONS
    if not compares and rule.kind not in (SAME_ORGANISATION.code, IS_MEMBER.code):
        return ()
    terms = (names_in(rule.terms[term]) for term in ("fact", "other") if term in rule.terms)
    return named_in(facts, [name for names in terms for name in names], ORGANISATIONS)


def rules_asked(rule_sets: Iterable[RuleSet], asked: Collection[str]) -> tuple[RuleSet, ...]:
    """The rule sets with those rules alone that some answers can decide: of each term that names
    facts at least one is asked, and all that narrow whom a rule concerns.
    """
    return tuple(
        replace(rule_set, rules=tuple(rule for rule in rule_set.rules if _is_asked(rule, asked)))
        for rule_set in rule_sets
    )


def _is_asked(rule: Rule, asked: Collection[str]) -> bool:
    named = [names_in(rule.terms[term]) for term in TERMS_OF_FACTS if term in rule.terms]
    assumed = find_rule_kind(rule.kind).assumes
    named += [(meaning_fact(each),) for term, each in assumed.items() if term not in rule.terms]
    narrowing = rule.when.keys() if rule.when else frozenset()
    return narrowing <= set(asked) and all(set(names) & set(asked) for names in named)


def check_reach(rule_sets: Iterable[RuleSet], domains: Domains) -> list[Message]:
    """List the rules that cannot decide anything, given what can be answered: those that read what
    nobody is asked, concern nobody, can never be met, or always are.
    """
    rules = (rule for rule_set in rule_sets for rule in rule_set.rules)
    faults = (_fault_of_reach(rule, domains) for rule in rules if not _check_rule(rule))
    return [fault for fault in faults if fault]


_REACHES = {
    Reach.NEVER: (
        "never_met",
        gettext_noop("Rule %(rule)s can never be met by what the form lets people answer."),
    ),
    Reach.ALWAYS: (
        "always_met",
        gettext_noop("Rule %(rule)s is always met by what the form lets people answer."),
    ),
}


def _fault_of_reach(rule: Rule, domains: Domains) -> Message | None:
    place = {"rule": rule.code}
    for name in facts_read(rule):
        if name not in domains:
            text = gettext_noop("Rule %(rule)s reads “%(fact)s”, which nobody is asked.")
            return Message("not_asked", text, place | {"fact": name})
    if rule.when is not None and not can_hold(rule.when, domains):
        text = gettext_noop("Rule %(rule)s concerns nobody: its condition can never hold.")
        return Message("concerns_nobody", text, place)
    if rule.when is not None:
        domains = narrowed(domains, rule.when)
    reach = find_rule_kind(rule.kind).reach(rule, domains)
    if reach not in _REACHES:
        return None
    code, text = _REACHES[reach]
    return Message(code, text, place)


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
    if rule.kind == DIFFERS.code and rule.terms.get("compares", TEXTS) not in COMPARED:
        text = gettext_noop("Rule %(rule)s compares neither people, organisations nor texts.")
        faults.append(Message("bad_comparison", text, place))
    return faults
