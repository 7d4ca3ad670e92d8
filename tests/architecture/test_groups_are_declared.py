"""No code names a group of people: a programme declares who is counted, favoured or kept for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "anso"
NAMES = frozenset({"women", "woman", "men", "man", "LDC", "LLDC", "SIDS"})
# Where they are declared, stand for what people state or where a country belongs, or are invented.
DECLARED_IN = ("programmes/catalogue/", "directory/", "demonstration/")


def groups_named(source: str) -> set[str]:
    """The names of groups that stand as a text of their own in a piece of code."""
    constants = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {each.value for each in constants if isinstance(each.value, str)} & NAMES


def code() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if "/migrations/" not in name and not name.startswith(DECLARED_IN):
            yield name, path.read_text()


def test_a_planted_name_is_found() -> None:
    assert groups_named('if facts["gender"] == "woman": groups.add("women")') == {"woman", "women"}
    assert groups_named('"""Such as women."""\nkept = {"LDC": 3}') == {"LDC"}


def test_no_code_names_a_group_of_people() -> None:
    found = {name: groups_named(text) for name, text in code()}
    assert {name: named for name, named in found.items() if named} == {}
