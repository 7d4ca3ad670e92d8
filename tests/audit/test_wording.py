"""Every verb that a program can write, and every kind of object, is named in words by an app."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.translation import override

from anso.audit.wording import KINDS, VERBS
from anso.kernel.lifecycle import Lifecycle

SOURCE = Path(__file__).resolve().parents[2] / "src" / "anso"
MODULES = [
    path
    for path in SOURCE.rglob("*.py")
    if not {"migrations", "config"} & set(path.relative_to(SOURCE).parts)
]


def places_of_verbs(trees: list[ast.Module]) -> dict[str, int]:
    """The functions that take a verb by position, and at which one."""
    found = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args]
                if "verb" in names:
                    found[node.name] = names.index("verb")
    return found


def texts_in(node: ast.AST) -> Iterator[str]:
    """The words that an expression can be: also both sides of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts_in(node.body)
        yield from texts_in(node.orelse)


def verbs_in_code() -> set[str]:
    trees = [ast.parse(path.read_text()) for path in MODULES]
    places = places_of_verbs(trees)
    assert {"record_entry", "record_entries", "transition", "transition_many"} <= places.keys()
    found: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = places.get(node.func.id, len(node.args))
                for argument in node.args[place : place + 1]:
                    found.update(texts_in(argument))
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "verb":
                found.update(texts_in(node.value))
    return found


def lifecycles() -> list[Lifecycle]:
    declared = [getattr(model, "lifecycle", None) for model in apps.get_models()]
    return [each for each in declared if isinstance(each, Lifecycle)]


def test_every_verb_of_the_house_has_words() -> None:
    written = verbs_in_code()
    assert {"create_call", "change_outcome", "revise_review", "admit_member"} <= written
    assert sorted(written - VERBS.keys()) == []
    moves = {step.verb for lifecycle in lifecycles() for step in lifecycle.transitions}
    assert "propose_selection" in moves
    assert sorted(moves - VERBS.keys()) == []


def test_every_kind_is_a_model_and_every_model_that_changes_state_has_words() -> None:
    assert [kind for kind in KINDS if apps.get_model(kind)._meta.label_lower != kind] == []
    living = {model._meta.label_lower for model in apps.get_models() if hasattr(model, "lifecycle")}
    assert sorted(living - KINDS.keys()) == []


@pytest.mark.parametrize("register", [VERBS, KINDS], ids=["verbs", "kinds"])
def test_words_are_read_in_the_readers_language(register: dict[str, object]) -> None:
    with override("en"):
        english = {key: str(words) for key, words in register.items()}
    with override("ar"):
        arabic = {key: str(words) for key, words in register.items()}
    assert [key for key in register if arabic[key] == english[key]] == []
