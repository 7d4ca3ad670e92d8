"""Eligibility: rules as data, and verdicts that say which rule, which value and which limit.

This is the public surface; import from here. Where facts come from (answers, the directory)
is the business of `applications`.
"""

from __future__ import annotations

from anso.kernel.eligibility.classes import NO_CLASSES, ClassMembership, CountryClasses
from anso.kernel.eligibility.evaluation import (
    Eligibility,
    EligibilityVerdict,
    HostEligibility,
    JudgedRule,
    evaluate,
)
from anso.kernel.eligibility.kinds.base import RuleResult
from anso.kernel.eligibility.model import (
    Rule,
    RuleSet,
    Standard,
    resolve_call_days,
    resolve_rule_days,
)
from anso.kernel.eligibility.registry import RULE_KINDS, check_rules, find_rule_kind

__all__ = [
    "NO_CLASSES",
    "RULE_KINDS",
    "ClassMembership",
    "CountryClasses",
    "Eligibility",
    "EligibilityVerdict",
    "HostEligibility",
    "JudgedRule",
    "Rule",
    "RuleResult",
    "RuleSet",
    "Standard",
    "check_rules",
    "evaluate",
    "find_rule_kind",
    "resolve_call_days",
    "resolve_rule_days",
]
