"""Judge facts by rule sets: what became of every rule, and of the whole for every host.

Rules of the programme and of a host apply together, so the strictest wins. What is not known
is never guessed: the answer is then "ask us".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from anso.kernel.canonical import content_hash
from anso.kernel.eligibility.classes import NO_CLASSES, CountryClasses
from anso.kernel.eligibility.kinds.base import RuleResult, result_of
from anso.kernel.eligibility.model import Rule, RuleSet, Standard, resolve_call_days
from anso.kernel.eligibility.registry import find_rule_kind
from anso.kernel.questions.conditions import is_answered

# What nobody can decide before asking: a person, or the applicant.
OPEN = (RuleResult.QUESTION, RuleResult.UNKNOWN)


class Eligibility(StrEnum):
    """The whole result: may apply, may not, or nobody can say before asking."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    ASK_US = "ask_us"


@dataclass(frozen=True)
class RuleAnswer:
    """What an officer says where a rule cannot judge: met or not, why, and about which value and
    limit. It holds as long as these stand. ``by`` is who said so.
    """

    is_met: bool
    reason: str
    about: str
    by: str = ""


@dataclass(frozen=True)
class JudgedRule:
    """One rule judged: met, not met, a question, unknown or not concerned, with the value and the
    limit, and what an officer answered.

    `reads` names the facts that the rule looked at: whoever may not read one of them is not shown
    the value seen.
    """

    rule: Rule
    rule_set: str
    host: str
    result: RuleResult
    seen: str
    limit: str
    reads: tuple[str, ...] = ()
    answer: RuleAnswer | None = None

    @property
    def about(self) -> str:
        """By which an answer remembers what was asked."""
        return content_hash([self.seen, self.limit])

    def to_dict(self) -> dict[str, Any]:
        """Return the judged rule as plain content, ready to be frozen with a submission."""
        answered = (
            {"answer": self.answer.reason, "answered_by": self.answer.by} if self.answer else {}
        )
        return answered | {
            "rule": self.rule.to_dict(),
            "rule_set": self.rule_set,
            "host": self.host,
            "result": str(self.result),
            "seen": self.seen,
            "limit": self.limit,
            "reads": list(self.reads),
        }


NO_ANSWERS: Mapping[str, RuleAnswer] = {}


def read_judged(content: Mapping[str, Any]) -> JudgedRule:
    """Read one judged rule as a verdict keeps it; what was hidden from the reader reads blank."""
    answer = content.get("answer")
    judged = JudgedRule(
        Rule.from_dict(content["rule"]),
        content["rule_set"],
        content["host"],
        RuleResult(content["result"]),
        content["seen"] or "",
        content["limit"],
        tuple(content["reads"]),
    )
    if answer is None:
        return judged
    given = RuleAnswer(
        judged.result is RuleResult.MET, answer, judged.about, content.get("answered_by", "")
    )
    return replace(judged, answer=given)


class _WatchedFacts(Mapping[str, Any]):
    """Facts that note which of them a rule looks at, known or not."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts, self.read = facts, dict[str, None]()

    def __getitem__(self, name: str) -> Any:
        self.read[name] = None
        return self.facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)


@dataclass(frozen=True)
class HostEligibility:
    """The result at one host: its own rules and those of the programme together."""

    host: str
    eligibility: Eligibility
    judged_rules: tuple[JudgedRule, ...]

    @property
    def failed(self) -> tuple[JudgedRule, ...]:
        """Required rules that are not met."""
        return _required(self.judged_rules, RuleResult.NOT_MET)

    @property
    def unknown(self) -> tuple[JudgedRule, ...]:
        """Required rules on which nobody can decide yet, questions for an officer first."""
        return _required(self.judged_rules, *OPEN)


@dataclass(frozen=True)
class EligibilityVerdict:
    """Every rule judged, and the result for the programme and for every host."""

    eligibility: Eligibility
    judged_rules: tuple[JudgedRule, ...]
    hosts: Mapping[str, HostEligibility]
    judged_on: date

    @property
    def failed(self) -> tuple[JudgedRule, ...]:
        """Required rules that are not met, of the programme and of all hosts."""
        return _required(self.judged_rules, RuleResult.NOT_MET)

    @property
    def unknown(self) -> tuple[JudgedRule, ...]:
        """Required rules on which nobody can decide yet, questions for an officer first."""
        return _required(self.judged_rules, *OPEN)

    @property
    def favours(self) -> tuple[JudgedRule, ...]:
        """Preferences that speak for this person (never a condition)."""
        return tuple(
            judged
            for judged in self.judged_rules
            if judged.rule.standard is Standard.FAVOURED and judged.result is RuleResult.MET
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain content, ready to be frozen with a submission."""
        return {
            "eligibility": str(self.eligibility),
            "judged_on": self.judged_on.isoformat(),
            "judged_rules": [judged.to_dict() for judged in self.judged_rules],
            "hosts": {host: str(result.eligibility) for host, result in self.hosts.items()},
        }


def evaluate(
    rule_sets: Iterable[RuleSet],
    facts: Mapping[str, Any],
    *,
    on: date,
    classes: CountryClasses = NO_CLASSES,
    opens_on: date | None = None,
    answers: Mapping[str, RuleAnswer] = NO_ANSWERS,
) -> EligibilityVerdict:
    """Judge the facts by every rule on the closing day of a call, country classes as they stood on
    that day. ``opens_on`` is the day on which it opened, the closing day where it is not told.

    One is eligible when the programme's rules and those of at least one host are met; not
    eligible when a programme rule, or a rule of every host, is not met; otherwise "ask us".
    Refuses rules whose days are not resolved. ``answers`` are those of officers, by code of the
    rule.
    """
    sets = resolve_call_days(rule_sets, opening=opens_on or on, closing=on)
    judged_rules = tuple(
        _answered(_judge(rule, rule_set, facts, on=on, classes=classes), answers.get(rule.code))
        for rule_set in sets
        for rule in rule_set.rules
    )
    general = tuple(judged for judged in judged_rules if not judged.host)
    hosts = {
        rule_set.host: _judge_host(rule_set.host, judged_rules)
        for rule_set in sets
        if rule_set.host
    }
    return EligibilityVerdict(_overall(_eligibility_of(general), hosts), judged_rules, hosts, on)


def _judge(
    rule: Rule, rule_set: RuleSet, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
) -> JudgedRule:
    kind = find_rule_kind(rule.kind)
    watched = _WatchedFacts(facts)
    judgement = kind.judge(rule, watched, on=on, classes=classes)
    result = _narrow(rule, facts, judgement.result)
    return JudgedRule(
        rule,
        rule_set.code,
        rule_set.host,
        result,
        judgement.seen,
        judgement.limit,
        tuple(watched.read),
    )


def _answered(judged: JudgedRule, answer: RuleAnswer | None) -> JudgedRule:
    """A rule that cannot judge, with the officer's answer to exactly that."""
    if answer is None or judged.result not in OPEN or answer.about != judged.about:
        return judged
    return replace(judged, result=result_of(answer.is_met), answer=answer)


def _narrow(rule: Rule, facts: Mapping[str, Any], result: RuleResult) -> RuleResult:
    if rule.when is None or rule.when.holds(facts):
        return result
    is_known = all(is_answered(facts.get(key)) for key in rule.when.keys())  # noqa: SIM118 - a condition is no mapping
    if is_known:
        return RuleResult.NOT_CONCERNED
    return result if result is RuleResult.MET else RuleResult.UNKNOWN


def _judge_host(host: str, judged_rules: tuple[JudgedRule, ...]) -> HostEligibility:
    together = tuple(judged for judged in judged_rules if judged.host in ("", host))
    return HostEligibility(host, _eligibility_of(together), together)


def _eligibility_of(judged_rules: tuple[JudgedRule, ...]) -> Eligibility:
    if _required(judged_rules, RuleResult.NOT_MET):
        return Eligibility.NOT_ELIGIBLE
    return Eligibility.ASK_US if _required(judged_rules, *OPEN) else Eligibility.ELIGIBLE


def _overall(general: Eligibility, hosts: Mapping[str, HostEligibility]) -> Eligibility:
    eligibilities = {result.eligibility for result in hosts.values()}
    if general is Eligibility.NOT_ELIGIBLE or not eligibilities:
        return general
    best = (Eligibility.ELIGIBLE, Eligibility.ASK_US, Eligibility.NOT_ELIGIBLE)
    return next(eligibility for eligibility in best if eligibility in eligibilities)


def _required(judged_rules: tuple[JudgedRule, ...], *wanted: RuleResult) -> tuple[JudgedRule, ...]:
    return tuple(
        judged
        for result in wanted
        for judged in judged_rules
        if judged.result is result and judged.rule.standard is Standard.REQUIRED
    )
