"""The rule book says what holds each known rule; what it names exists, and no shipped rule is
missing.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anso.programmes.catalogue import KINDS as CATALOGUE
from anso.programmes.catalogue import find_kind
from anso.programmes.kinds import ProgrammeKind

BOOK = Path(__file__).parents[2] / "docs" / "programmes" / "rule-book.md"
KINDS = sorted(CATALOGUE)
NAMED = re.compile(r"`([\w-]+)`")
PLACES = ("places", "budget", "window", "answer to reviewers")


def rows_of(kind: str) -> list[tuple[str, str]]:
    _, heading, rest = BOOK.read_text().partition(f"\n## {kind}\n")
    assert heading, f"docs/programmes/rule-book.md has no part “## {kind}”"
    part = rest.split("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return [(row[0], row[1]) for row in lines[1:]]


def known_to(kind: ProgrammeKind) -> set[str]:
    """Everything in a kind that a row may name."""
    terms = kind.terms_for(2027)
    forms = (kind.form, *kind.further_forms.values())
    rules = {rule.code for rule_set in kind.rule_sets for rule in rule_set.rules}
    questions = {question.key for form in forms for question in form.questions()}
    letters = {plan.rule.kind for plan in kind.letters}
    nodes = {node.key for node in terms.outcome.tree()}
    levels = {level.key for level in terms.levels}
    parts = set(type(terms).__dataclass_fields__) | set(kind.bodies)
    return rules | questions | letters | nodes | levels | parts


@pytest.mark.parametrize("code", KINDS)
def test_what_the_rule_book_names_exists_and_no_rule_is_missing(code: str) -> None:
    kind, rows = find_kind(code), rows_of(code)
    named = {name for _, held in rows for name in NAMED.findall(held)}
    assert named - known_to(kind) == set()
    rules = {rule.code for rule_set in kind.rule_sets for rule in rule_set.rules}
    assert rules - named == set()


@pytest.mark.parametrize("code", KINDS)
def test_every_row_says_what_holds_it_or_why_nothing_does(code: str) -> None:
    rows = rows_of(code)
    assert len(rows) > 9
    for known, held in rows:
        says_why = held.startswith("not held: ") and len(held) > len("not held: ") + 30
        assert says_why or NAMED.search(held) or any(word in held for word in PLACES), known


@pytest.mark.parametrize("code", KINDS)
def test_the_figures_of_the_rule_book_are_those_of_the_rules(code: str) -> None:
    """Ages, days and numbers that a row tells stand in the sentence of the rule that it names."""
    rules = {rule.code: rule for each in find_kind(code).rule_sets for rule in each.rules}
    for known, held in rows_of(code):
        sentences = " ".join(
            f"{rules[name].sentence.in_language('en')} {rules[name].terms}"
            for name in NAMED.findall(held)
            if name in rules and "birth date" not in known
        )
        told = set(re.findall(r"\b(?:at most|or) (\d+)\b", known)) if sentences else set()
        assert told <= set(re.findall(r"\d+", sentences)), (known, sentences)
