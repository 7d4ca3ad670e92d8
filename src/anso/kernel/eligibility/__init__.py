"""Eligibility: rules as data, and verdicts that say which rule, which value and which limit.

This is the public surface; import from here. Where facts come from (answers, the directory)
is the business of `applications`.
"""

from __future__ import annotations

from anso.kernel.eligibility.classes import NO_CLASSES, ClassMembership, CountryClasses
from anso.kernel.eligibility.evaluation import (
    NO_ANSWERS,
    OPEN,
    Eligibility,
    EligibilityVerdict,
    HostEligibility,
    JudgedRule,
    RuleAnswer,
    evaluate,
    read_judged,
)
from anso.kernel.eligibility.kinds.base import RuleResult
from anso.kernel.eligibility.kinds.belonging import MEMBERS
from anso.kernel.eligibility.kinds.difference import REGISTERED
from anso.kernel.eligibility.model import (
    Rule,
    RuleSet,
    Standard,
    resolve_call_days,
    resolve_rule_days,
)
from anso.kernel.eligibility.reach import (
    ANY,
    Domain,
    Domains,
    Reach,
    domains_of,
    domains_of_questions,
)
from anso.kernel.eligibility.registry import (
    RULE_KINDS,
    check_reach,
    check_rules,
    facts_read,
    find_rule_kind,
    organisations_read,
    rules_asked,
)

__all__ = [
    "ANY",
    "MEMBERS",
    "NO_ANSWERS",
    "NO_CLASSES",
    "OPEN",
    "REGISTERED",
    "RULE_KINDS",
    "ClassMembership",
    "CountryClasses",
    "Domain",
    "Domains",
    "Eligibility",
    "EligibilityVerdict",
    "HostEligibility",
    "JudgedRule",
    "Reach",
    "Rule",
    "RuleAnswer",
    "RuleResult",
    "RuleSet",
    "Standard",
    "check_reach",
    "check_rules",
    "domains_of",
    "domains_of_questions",
    "evaluate",
    "facts_read",
    "find_rule_kind",
    "organisations_read",
    "read_judged",
    "resolve_call_days",
    "resolve_rule_days",
    "rules_asked",
]
