"""A test says what the page says or what changed, not only that an answer came.

A status alone is also what a page gives that lost its content, or that refuses for another reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
STATUS = {"status_code"}
# What looks by itself, and raises where it does not find what it looks for.
CHECKING = {"raises", "warns", "expect", "assertNumQueries", "django_assert_num_queries"}


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def asserts_of(function: ast.FunctionDef) -> list[ast.expr]:
    return [node.test for node in ast.walk(function) if isinstance(node, ast.Assert)]


def is_about_status_alone(test: ast.expr) -> bool:
    """Whether an assertion compares a status and nothing else."""
    if isinstance(test, ast.BoolOp):
        return all(is_about_status_alone(part) for part in test.values)
    if isinstance(test, ast.UnaryOp):
        return is_about_status_alone(test.operand)
    parts = [part for side in sides_of(test) for part in each_of(side)]
    looked_at = [part for part in parts if any(map(is_looked_up, ast.walk(part)))]
    return bool(looked_at) and all(any(map(is_status, ast.walk(part))) for part in looked_at)


def sides_of(test: ast.expr) -> list[ast.expr]:
    """The two sides of a comparison, and more where it has more."""
    return [test.left, *test.comparators] if isinstance(test, ast.Compare) else [test]


def each_of(side: ast.expr) -> list[ast.expr]:
    """What is compared at once: ``(page.status_code, page["Location"])`` is two things."""
    return list(side.elts) if isinstance(side, ast.Tuple) else [side]


def is_looked_up(node: ast.AST) -> bool:
    """Whether it is found somewhere, and not written down in the test."""
    return isinstance(node, ast.Attribute | ast.Call | ast.Subscript)


def is_status(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in STATUS


def called_in(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }


def looks_only_at_the_status(function: ast.FunctionDef, helpers: set[str]) -> bool:
    found = asserts_of(function)
    if not found or called_in(function) & (CHECKING | helpers):
        return False
    return all(is_about_status_alone(test) for test in found)


def offenders_in(source: str) -> list[str]:
    """The tests of a file that look at nothing but a status; helpers of the file that look at more
    count for them.
    """
    functions = list(functions_of(ast.parse(source)))
    helpers = {
        each.name
        for each in functions
        if not each.name.startswith("test_")
        and any(not is_about_status_alone(test) for test in asserts_of(each))
    }
    tests = (each for each in functions if each.name.startswith("test_"))
    return [each.name for each in tests if looks_only_at_the_status(each, helpers)]


def test_no_test_looks_at_a_status_alone() -> None:
    found = [
        f"{path.relative_to(TESTS)}::{name}"
        for path in sorted(TESTS.rglob("test_*.py"))
        for name in offenders_in(path.read_text())
    ]
    assert found == [], "say what the page says or what changed"


def test_a_test_that_does_is_found() -> None:
    planted = """
def test_alone(client):
    assert client.get("/").status_code == 200

def test_many(client):
    assert [client.get(page).status_code for page in PAGES] == [404, 404]
    assert client.post("/").status_code == 302 and client.get("/").status_code in (200, 404)

def test_pair(client):
    page = client.get("/")
    assert (page.status_code, page["Location"]) == (302, "/todo/")

def test_more(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "Welcome" in page.content.decode()

def test_helped(client):
    assert client.get("/").status_code == 200
    is_as_before()

def is_as_before():
    assert Call.objects.count() == 1
"""
    assert offenders_in(planted) == ["test_alone", "test_many"]
