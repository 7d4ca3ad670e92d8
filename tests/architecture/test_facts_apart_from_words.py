"""Queries return facts; whoever reads them makes the words, in one place, in the reader's language.

A query that returned a sentence would freeze the language of whoever asked first, could not be
exported, and would be said anew by the next mail or page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_files_and_sizes import MODULES, SOURCE, name_of

# What makes words, looks of words, or addresses.
MAKERS = re.compile(
    r"django\.utils\.translation\.(?!gettext_noop$)"
    r"|django\.utils\.formats\b|django\.utils\.html\b|babel\b"
    r"|django\.urls\b|django\.shortcuts\.(?!get_object_or_404$)"
    r"|anso\.ui\b|anso\.(?!kernel\b)\w+\.wording\b|anso\.kernel\.todo\b"
)


def layer_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[1] if len(parts) > 1 else ""


def imports_of(source: str) -> Iterator[str]:
    """Every name that a module imports, in full."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def words_made_in(source: str) -> list[str]:
    return [name for name in imports_of(source) if MAKERS.match(name)]


def rows_asked_in(source: str) -> list[str]:
    """Where a module asks the database by itself."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("from django.utils.translation import gettext as _", True),
        ("from django.utils.translation import get_language", True),
        ("from django.utils.translation import gettext_noop", False),
        ("from anso.kernel.wording import Message, gettext_noop", False),
        ("from django.urls import reverse", True),
        ("from babel.dates import format_date", True),
        ("def late():\n    from anso.ui.question_fields import sentence", True),
        ("from anso.calls.wording import call_link", True),
        ("from anso.calls.queries import get_terms", False),
    ],
)
def test_words_are_recognised(source: str, is_found: bool) -> None:
    assert bool(words_made_in(source)) is is_found


def test_queries_return_facts_and_no_words() -> None:
    made = {
        name_of(path): found
        for path in MODULES
        if layer_of(path) == "queries" and (found := words_made_in(path.read_text()))
    }
    assert made == {}


def test_words_ask_no_database() -> None:
    asking = {
        name_of(path): found
        for path in MODULES
        if layer_of(path) == "wording" and (found := rows_asked_in(path.read_text()))
    }
    assert asking == {}


def test_apps_write_to_people_in_one_way() -> None:
    """``notify`` finds the reader's language and makes the facts in it; who wrote into the outbox
    by itself would have to think of both.
    """
    by_themselves = [
        name_of(path)
        for path in MODULES
        if not name_of(path).startswith("notifications/")
        and any("enqueue_notice" in name for name in imports_of(path.read_text()))
    ]
    assert by_themselves == []
