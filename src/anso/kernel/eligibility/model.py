"""What an eligibility rule is: a code, its terms as data, its sentence, and its source.

Here: immutable values, their JSON, and settling of edition days. Not here: judging
(`evaluation`, `kinds`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from anso.kernel.errors import BadDefinition
from anso.kernel.periods import call_day, edition_day, is_call_day, is_edition_day
from anso.kernel.questions.conditions import Condition, read_condition
from anso.kernel.wording import NO_TEXT, Text, gettext_noop

TERMS_OF_FACTS = ("fact", "other", "facts", "day_fact")


class Standard(StrEnum):
    """What a rule that is not met does: bar the application, or only be pointed out."""

    REQUIRED = "required"
    FAVOURED = "favoured"


@dataclass(frozen=True)
class Rule:
    """One rule: `kind` judges, `terms` are its limits, `when` narrows whom it concerns.

    A day in the terms may be written "intake-12-31" or "intake+1-09-01": relative to the year
    of intake, made absolute by `resolve_rule_days` when a call of that year is opened. Or it is
    one of the call itself, "opening" or "closing+2" (years): it moves with the deadline and is
    made absolute by `resolve_call_days` whenever facts are judged.
    """

    code: str
    kind: str
    sentence: Text
    terms: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    when: Condition | None = None
    standard: Standard = Standard.REQUIRED

    def day(self, name: str) -> date:
        """Return a day of the terms; refuses one that is missing or not resolved."""
        try:
            return date.fromisoformat(str(self.terms.get(name, "")))
        except ValueError:
            raise BadDefinition(
                gettext_noop("Rule %(rule)s has no settled day “%(name)s”."),
                rule=self.code,
                name=name,
            ) from None

    def facts_named(self) -> tuple[str, ...]:
        """The facts that the rule names: those it judges, and those that narrow whom it
        concerns.
        """
        judged = [
            name
            for term in TERMS_OF_FACTS
            if term in self.terms
            for name in names_in(self.terms[term])
        ]
        narrowing = sorted(self.when.keys()) if self.when else ()
        return tuple(dict.fromkeys((*judged, *narrowing)))

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as plain content, ready for JSON."""
        content: dict[str, Any] = {
            "code": self.code,
            "kind": self.kind,
            "sentence": self.sentence.to_dict(),
        }
        content |= {
            "terms": dict(self.terms),
            "source": self.source,
            "standard": str(self.standard),
        }
        return content | ({"when": self.when.to_dict()} if self.when else {})

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Rule:
        """Read what `to_dict` wrote."""
        if not content.get("code") or not content.get("kind"):
            raise BadDefinition(gettext_noop("A rule needs a code and a kind."))
        return cls(
            code=content["code"],
            kind=content["kind"],
            sentence=Text.from_dict(content.get("sentence")),
            terms=dict(content.get("terms", {})),
            source=content.get("source", ""),
            when=read_condition(content["when"]) if "when" in content else None,
            standard=Standard(content.get("standard", Standard.REQUIRED)),
        )


@dataclass(frozen=True)
class RuleSet:
    """Rules of one maker: the programme itself (`host` empty) or one host."""

    code: str
    name: Text
    rules: tuple[Rule, ...]
    host: str = ""
    intro: Text = NO_TEXT

    def to_dict(self) -> dict[str, Any]:
        """Return the set as plain content, ready for JSON."""
        content: dict[str, Any] = {
            "code": self.code,
            "name": self.name.to_dict(),
            "host": self.host,
        }
        content |= {"intro": self.intro.to_dict()} if self.intro else {}
        return content | {"rules": [rule.to_dict() for rule in self.rules]}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> RuleSet:
        """Read what `to_dict` wrote."""
        if not content.get("code") or not isinstance(content.get("rules"), list):
            raise BadDefinition(gettext_noop("A rule set needs a code and a list of rules."))
        return cls(
            code=content["code"],
            name=Text.from_dict(content.get("name")),
            rules=tuple(Rule.from_dict(rule) for rule in content["rules"]),
            host=content.get("host", ""),
            intro=Text.from_dict(content.get("intro")),
        )


def names_in(term: Any) -> tuple[str, ...]:
    """The facts that a term names: one, or a list of them."""
    return tuple(map(str, term)) if isinstance(term, list | tuple) else (str(term),)


def resolve_rule_days(rule_sets: Iterable[RuleSet], intake_year: int) -> tuple[RuleSet, ...]:
    """Return the rule sets with all edition days made absolute for that year of intake."""

    def resolve(value: Any) -> Any:
        if isinstance(value, str) and is_edition_day(value):
            return edition_day(value, intake_year).isoformat()
        return value

    return _with_terms(rule_sets, resolve)


def resolve_call_days(
    rule_sets: Iterable[RuleSet], *, opening: date, closing: date
) -> tuple[RuleSet, ...]:
    """Return the rule sets with all days of the call as they stand, after extensions too."""

    def resolve(value: Any) -> Any:
        if isinstance(value, str) and is_call_day(value):
            return call_day(value, opening=opening, closing=closing).isoformat()
        return value

    return _with_terms(rule_sets, resolve)


def _with_terms(rule_sets: Iterable[RuleSet], resolve: Callable[[Any], Any]) -> tuple[RuleSet, ...]:
    def changed(rule: Rule) -> Rule:
        return replace(rule, terms={name: resolve(value) for name, value in rule.terms.items()})

    return tuple(
        replace(rule_set, rules=tuple(map(changed, rule_set.rules))) for rule_set in rule_sets
    )
