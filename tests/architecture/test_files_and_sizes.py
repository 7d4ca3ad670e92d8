"""The house keeps its shape: which files an app may have, how large they may grow, what views may
not do.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "anso"
PURE = {"kernel", "selection"}
WITHOUT_APP_SHAPE = PURE | {"config", "database", "demonstration", "ui", "programmes", "locale"}
APP_FILES = {
    "__init__", "apps", "lifecycle", "enums", "models", "queries", "rules", "wording", "notices",
    "actions", "tasks", "forms", "views", "urls",
    "admin", "management", "migrations", "templates", "static", "scripts", "templatetags",
    "middleware", "context", "adapters", "typst", "reference",
    "outcomes", "__pycache__",
}  # fmt: skip
BANNED = {
    "utils",
    "helpers",
    "services",
    "signals",
    "common",
    "misc",
    "util",
    "helper",
    "manager",
    "managers",
}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
APPS = sorted(
    path
    for path in SOURCE.iterdir()
    if path.is_dir() and path.name not in WITHOUT_APP_SHAPE | {"__pycache__"}
)
FILE_LIMIT, VIEW_LIMIT, FUNCTION_LIMIT, ARGUMENT_LIMIT = 400, 300, 50, 6
FUNCTION_MEDIAN, FUNCTION_P95 = 8, 30
FREE_ARGUMENTS = {"self", "cls", "actor", "now"}


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def functions_in(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.mark.parametrize("app", APPS, ids=lambda path: path.name)
def test_an_app_has_only_files_of_the_list(app: Path) -> None:
    present = {path.stem for path in app.iterdir()}
    assert present <= APP_FILES, (
        f"{app.name}: {sorted(present - APP_FILES)} are not on the list in docs/architecture.md"
    )


def test_no_file_has_a_name_that_attracts_everything() -> None:
    assert [name_of(path) for path in MODULES if path.stem in BANNED] == []


def test_an_instant_becomes_a_day_in_one_place_which_asks_for_the_zone() -> None:
    """``now.date()`` is the day in UTC, and ``date.today()`` the server's: both are wrong for
    people. ``kernel.periods.day_of`` takes the zone.
    """
    guessed = re.compile(r"\.date\(\)|\.today\(\)|\blocaldate\(")
    places = [
        f"{name_of(path)}: {line.strip()}"
        for path in MODULES
        if name_of(path) != "kernel/periods.py"
        for line in path.read_text().splitlines()
        if guessed.search(line)
    ]
    assert places == []


def test_no_file_is_too_long() -> None:
    long = {
        name_of(path): lines
        for path in MODULES
        if (lines := len(path.read_text().splitlines()))
        > (VIEW_LIMIT if "views" in path.parts or path.stem == "views" else FILE_LIMIT)
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{name_of(path)}:{node.name}": length
        for path in MODULES
        for node in functions_in(path)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LIMIT
    }
    assert long == {}


def test_most_functions_fit_in_a_glance() -> None:
    lengths = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in MODULES
        for node in functions_in(path)
    )
    assert lengths[len(lengths) // 2] <= FUNCTION_MEDIAN
    assert lengths[len(lengths) * 95 // 100] <= FUNCTION_P95


def test_no_function_takes_too_many_arguments() -> None:
    crowded = {}
    for path in MODULES:
        for node in functions_in(path):
            names = [
                argument.arg
                for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            ]
            count = len([name for name in names if name not in FREE_ARGUMENTS])
            if count > ARGUMENT_LIMIT:
                crowded[f"{name_of(path)}:{node.name}"] = count
    assert crowded == {}


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [
        name_of(path)
        for path in MODULES
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_only_transition_assigns_a_state() -> None:
    assigning = []
    for path in MODULES:
        if (
            name_of(path) == "audit/actions/transitions.py"
            or path.relative_to(SOURCE).parts[0] in PURE
        ):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(
                isinstance(target, ast.Attribute) and target.attr == "state" for target in targets
            ):
                assigning.append(name_of(path))
    assert assigning == []


def test_no_view_imports_a_view_of_another_app() -> None:
    crossing = []
    for path in MODULES:
        if "views" not in path.parts and path.stem != "views":
            continue
        app = path.relative_to(SOURCE).parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            if (
                module
                and re.match(r"anso\.\w+\.(views|forms)", module)
                and module.split(".")[1] != app
            ):
                crossing.append(f"{name_of(path)} imports {module}")
    assert crossing == []


def test_the_clock_is_read_at_the_edges_only() -> None:
    """Actions, rules and queries are told what time it is."""
    reading = []
    for path in MODULES:
        layer = (
            path.relative_to(SOURCE).parts[1].removesuffix(".py")
            if len(path.relative_to(SOURCE).parts) > 1
            else ""
        )
        if layer in {"actions", "rules", "queries", "models", "notices"} and re.search(
            r"timezone\.now\(|datetime\.now\(|date\.today\(", path.read_text()
        ):
            reading.append(name_of(path))
    assert reading == []


def test_no_template_has_inline_script_or_style() -> None:
    pattern = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=\"", re.IGNORECASE)
    allowed = {"ui/templates/ui/mail.html"}  # a mail program has no style sheet of ours
    found = [
        name_of(path)
        for path in sorted(SOURCE.rglob("templates/**/*.html"))
        if pattern.search(path.read_text()) and name_of(path) not in allowed
    ]
    assert found == []
