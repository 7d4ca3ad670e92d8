"""The room that runs the product stays small, and the product's ``config`` starts and stops
nothing.
"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.test_files_and_sizes import (
    ARGUMENT_LIMIT,
    FILE_LIMIT,
    FUNCTION_LIMIT,
    SOURCE,
    functions_in,
)

ROOM = SOURCE.parent / "operations"
ROOM_LIMIT = 1050  # what it replaced had 1,367 lines; more than this belongs to a kept library
MODULES = sorted(ROOM.rglob("*.py"))
CONFIG_FILES = {
    "__init__", "env", "jobs", "settings", "sign_in", "startup_checks", "urls", "wsgi",
}  # fmt: skip


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_config_holds_settings_addresses_and_what_is_looked_at_before_serving() -> None:
    assert {path.stem for path in (SOURCE / "config").glob("*.py")} == CONFIG_FILES


def test_room_and_each_of_its_files_stay_small() -> None:
    assert {path.name: lines_of(path) for path in MODULES if lines_of(path) > FILE_LIMIT} == {}
    assert sum(lines_of(path) for path in MODULES) <= ROOM_LIMIT


def test_functions_of_the_room_fit_in_a_glance() -> None:
    found = [(path.name, node) for path in MODULES for node in functions_in(path)]
    assert found
    assert [
        f"{name}:{node.name}"
        for name, node in found
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LIMIT
        or len([*node.args.args, *node.args.kwonlyargs]) > ARGUMENT_LIMIT
    ] == []


def test_every_module_of_the_room_says_what_belongs_in_it() -> None:
    silent = [path.name for path in MODULES if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []
