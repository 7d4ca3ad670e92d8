"""Judge facts by rule sets: the outcome of every rule, and of the whole for every host.

Rules of the programme and of a host apply together, so the strictest wins. What is not known
is never guessed: the answer is then "ask us".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from anso.kernel.eligibility.classes import NO_CLASSES, CountryClasses
from anso.kernel.eligibility.kinds.base import RuleResult
from anso.kernel.eligibility.model import Rule, RuleSet, Standard
from anso.kernel.eligibility.registry import find_rule_kind
from anso.kernel.questions.conditions import is_answered


class Eligibility(StrEnum):
    """The whole result: may apply, may not, or nobody can say before asking."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    ASK_US = "ask_us"


@dataclass(frozen=True)
class RuleOutcome:
    """One rule judged: met, not met, unknown or not concerned, with the value and the limit.

    `strictness` orders rules of one kind over the same fact: the greater, the stricter.
    """

    rule: Rule
    rule_set: str
    host: str
    outcome: RuleResult
    seen: str
    limit: str
    strictness: int | None

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as plain content, ready to be frozen with a submission."""
        return {
            "rule": self.rule.to_dict(),
            "rule_set": self.rule_set,
            "host": self.host,
            "outcome": str(self.outcome),
            "seen": self.seen,
            "limit": self.limit,
        }


@dataclass(frozen=True)
class HostResult:
    """The result at one host: its own rules and those of the programme together."""

    host: str
    standing: Eligibility
    outcomes: tuple[RuleOutcome, ...]

    @property
    def failed(self) -> tuple[RuleOutcome, ...]:
        """Required rules that are not met."""
        return _required(self.outcomes, RuleResult.NOT_MET)

    @property
    def unknown(self) -> tuple[RuleOutcome, ...]:
        """Required rules on which nobody can decide yet."""
        return _required(self.outcomes, RuleResult.UNKNOWN)

    def binding(self) -> tuple[RuleOutcome, ...]:
        """For every kind of rule with degrees (age, dates), the one rule that is strictest."""
        strictest: dict[str, RuleOutcome] = {}
        for outcome in self.outcomes:
            known = strictest.get(outcome.rule.kind)
            if outcome.strictness is None:
                continue
            if known is None or outcome.strictness > (known.strictness or 0):
                strictest[outcome.rule.kind] = outcome
        return tuple(strictest.values())


@dataclass(frozen=True)
class EligibilityVerdict:
    """Every rule judged, and the result for the programme and for every host."""

    standing: Eligibility
    outcomes: tuple[RuleOutcome, ...]
    hosts: Mapping[str, HostResult]
    judged_on: date

    @property
    def failed(self) -> tuple[RuleOutcome, ...]:
        """Required rules that are not met, of the programme and of all hosts."""
        return _required(self.outcomes, RuleResult.NOT_MET)

    @property
    def unknown(self) -> tuple[RuleOutcome, ...]:
        """Required rules on which nobody can decide yet."""
        return _required(self.outcomes, RuleResult.UNKNOWN)

    @property
    def favours(self) -> tuple[RuleOutcome, ...]:
        """Preferences that speak for this person (never a condition)."""
        return tuple(
            o
            for o in self.outcomes
            if o.rule.standard is Standard.FAVOURED and o.outcome is RuleResult.MET
        )

    @property
    def open_hosts(self) -> tuple[str, ...]:
        """Hosts that are not ruled out."""
        return tuple(
            host
            for host, result in self.hosts.items()
            if result.standing is not Eligibility.NOT_ELIGIBLE
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain content, ready to be frozen with a submission."""
        return {
            "standing": str(self.standing),
            "judged_on": self.judged_on.isoformat(),
            "outcomes": [outcome.to_dict() for outcome in self.outcomes],
            "hosts": {host: str(result.standing) for host, result in self.hosts.items()},
        }


def evaluate(
    rule_sets: Iterable[RuleSet],
    facts: Mapping[str, Any],
    *,
    on: date,
    classes: CountryClasses = NO_CLASSES,
) -> EligibilityVerdict:
    """Judge the facts by every rule, country classes as they stood on that day.

    One is eligible when the programme's rules and those of at least one host are met; not
    eligible when a programme rule, or a rule of every host, is not met; otherwise "ask us".
    Refuses rules whose days are not settled.
    """
    sets = tuple(rule_sets)
    outcomes = tuple(
        _judge(rule, rule_set, facts, on=on, classes=classes)
        for rule_set in sets
        for rule in rule_set.rules
    )
    general = tuple(outcome for outcome in outcomes if not outcome.host)
    hosts = {
        rule_set.host: _judge_host(rule_set.host, outcomes) for rule_set in sets if rule_set.host
    }
    return EligibilityVerdict(_overall(_standing_of(general), hosts), outcomes, hosts, on)


def _judge(
    rule: Rule, rule_set: RuleSet, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
) -> RuleOutcome:
    kind = find_rule_kind(rule.kind)
    judgement = kind.judge(rule, facts, on=on, classes=classes)
    outcome = _narrow(rule, facts, judgement.outcome)
    strictness = None if outcome is RuleResult.NOT_CONCERNED else judgement.strictness
    return RuleOutcome(
        rule, rule_set.code, rule_set.host, outcome, judgement.seen, judgement.limit, strictness
    )


def _narrow(rule: Rule, facts: Mapping[str, Any], outcome: RuleResult) -> RuleResult:
    if rule.when is None or rule.when.holds(facts):
        return outcome
    is_known = all(is_answered(facts.get(key)) for key in rule.when.keys())  # noqa: SIM118 - a condition is no mapping
    if is_known:
        return RuleResult.NOT_CONCERNED
    return outcome if outcome is RuleResult.MET else RuleResult.UNKNOWN


def _judge_host(host: str, outcomes: tuple[RuleOutcome, ...]) -> HostResult:
    together = tuple(outcome for outcome in outcomes if outcome.host in ("", host))
    return HostResult(host, _standing_of(together), together)


def _standing_of(outcomes: tuple[RuleOutcome, ...]) -> Eligibility:
    if _required(outcomes, RuleResult.NOT_MET):
        return Eligibility.NOT_ELIGIBLE
    return Eligibility.ASK_US if _required(outcomes, RuleResult.UNKNOWN) else Eligibility.ELIGIBLE


def _overall(general: Eligibility, hosts: Mapping[str, HostResult]) -> Eligibility:
    standings = {result.standing for result in hosts.values()}
    if general is Eligibility.NOT_ELIGIBLE or not standings:
        return general
    best = (Eligibility.ELIGIBLE, Eligibility.ASK_US, Eligibility.NOT_ELIGIBLE)
    return next(standing for standing in best if standing in standings)


def _required(outcomes: tuple[RuleOutcome, ...], wanted: RuleResult) -> tuple[RuleOutcome, ...]:
    return tuple(
        o for o in outcomes if o.outcome is wanted and o.rule.standard is Standard.REQUIRED
    )
