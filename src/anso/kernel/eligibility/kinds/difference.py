"""The rule that people, or organisations, are different ones: nobody nominates themselves or their
own institution, nobody supports their colleague.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from anso.kernel.addresses import same_mailbox
from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import NOTHING_ASSUMED, Judgement, RuleResult
from anso.kernel.eligibility.model import Rule, names_in
from anso.kernel.eligibility.reach import Domains, Reach
from anso.kernel.likeness import (
    Likeness,
    closest,
    organisation_key,
    organisation_words,
    organisations_alike,
    people_alike,
    person_words,
)
from anso.kernel.names import fold
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop

PEOPLE, ORGANISATIONS, TEXTS = "people", "organisations", "texts"
COMPARED = (PEOPLE, ORGANISATIONS, TEXTS)
# Among the facts: a name of an organisation, in its words, to what the directory knows by it.
REGISTERED = "registered_organisations"
RESULTS = {
    None: RuleResult.UNKNOWN,
    Likeness.SAME: RuleResult.NOT_MET,
    Likeness.NEAR: RuleResult.QUESTION,
    Likeness.DIFFERENT: RuleResult.MET,
}

NAMING = ("text", "email", "person", "partners", "names")


class Differs:
    """Two facts, or two lists of facts, have nobody in common; terms: fact, other, compares.

    ``compares`` is people (by names and addresses), organisations (first by the directory, then by
    names) or texts. What only looks alike is a question for an officer.
    """

    code = "differs"
    label = gettext_noop("People or organisations are different ones")
    asks = (
        Column(
            "terms.fact",
            gettext_noop("Those named in"),
            ColumnKind.SEVERAL,
            choices="facts",
            types=NAMING,
            is_required=True,
        ),
        Column(
            "terms.other",
            gettext_noop("Are others than those named in"),
            ColumnKind.SEVERAL,
            choices="facts",
            types=NAMING,
            is_required=True,
        ),
        Column(
            "terms.compares",
            gettext_noop("What is compared"),
            ColumnKind.ONE,
            choices="compared",
            is_required=True,
        ),
    )
    needs = ("fact", "other")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge by the two that are closest to each other, and show these."""
        compared = str(rule.terms.get("compares", TEXTS))
        one, other, likeness, closest_two = compare_facts(rule, facts, compared)
        if likeness in (Likeness.SAME, Likeness.NEAR):
            return Judgement(RESULTS[likeness], *closest_two)
        return Judgement(RESULTS[likeness], ", ".join(one), ", ".join(other))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Never met where a fact is compared with itself."""
        one, other = (names_in(rule.terms[part]) for part in ("fact", "other"))
        return Reach.NEVER if set(one) & set(other) else Reach.EITHER


def compare_facts(
    rule: Rule, facts: Mapping[str, Any], compared: str
) -> tuple[tuple[str, ...], tuple[str, ...], Likeness | None, tuple[str, str]]:
    """Who or what a rule's two facts name, how alike the closest two of them are, and these two;
    how alike is None where either names nobody.
    """
    one, other = (
        named_in(facts, names_in(rule.terms[part]), compared) for part in ("fact", "other")
    )
    if not one or not other:
        return one, other, None, ("", "")
    known = facts.get(REGISTERED) or {}
    pairs = [(compare_names(*pair, compared, known), pair) for pair in product(one, other)]
    likeness = closest(each for each, _ in pairs)
    return one, other, likeness, next(pair for each, pair in pairs if each is likeness)


def named_in(facts: Mapping[str, Any], names: Iterable[str], compared: str) -> tuple[str, ...]:
    """The people, organisations or texts that facts name, as they were typed, each once."""
    found = (text for name in names for text in _texts_in(facts.get(name), compared))
    return tuple(dict.fromkeys(text for text in found if _tells(text, compared)))


def _texts_in(value: Any, compared: str) -> Iterator[str]:
    """Who or what an answer names: a text, a person, or a list of either."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _texts_in(item, compared)
    elif isinstance(value, Mapping):
        parts = ("organisation",) if compared == ORGANISATIONS else ("name", "email")
        yield from (str(value[part]) for part in parts if value.get(part))
    elif value:
        yield str(value)


def _tells(text: str, compared: str) -> bool:
    """Whether a text names anybody: "-" and "." stand for nobody."""
    words = {PEOPLE: person_words, ORGANISATIONS: organisation_words}
    return bool(words[compared](text) if compared in words else fold(text))


def compare_names(
    one: str, other: str, compared: str, known: Mapping[str, Iterable[str]]
) -> Likeness:
    """How alike two names are; ``known`` is what the directory knows by those of organisations."""
    if compared == TEXTS:
        return Likeness.SAME if fold(one) == fold(other) else Likeness.DIFFERENT
    if compared == ORGANISATIONS:
        return _compare_organisations(one, other, known)
    are_addresses = ("@" in one) + ("@" in other)
    if are_addresses == 2:
        is_same = same_mailbox(one) == same_mailbox(other)
        return Likeness.SAME if is_same else Likeness.DIFFERENT
    # A name and an address tell nothing of each other.
    return Likeness.DIFFERENT if are_addresses else people_alike(one, other)


def _compare_organisations(one: str, other: str, known: Mapping[str, Iterable[str]]) -> Likeness:
    """What the directory knows both of decides, however they are spelled; else their names do."""
    first, second = (set(known.get(organisation_key(name), ())) for name in (one, other))
    if first and second:
        if first == second and len(first) == 1:
            return Likeness.SAME
        return Likeness.NEAR if first & second else Likeness.DIFFERENT
    return organisations_alike(one, other)


DIFFERS = Differs()
