"""The pipeline knows no kind of programme: the code of none stands as a text outside the catalogue,
but in the demonstration, which opens calls of them.
"""

from __future__ import annotations

import ast
from pathlib import Path

from anso.programmes.catalogue import KINDS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "anso"
MAY_NAME = ("programmes/catalogue/", "demonstration/")
# The same word for another thing: an outcome, a register, how far a letter is wanted.
ALSO_MEANS = {"prize", "membership", "need", "association"}


def named_in(path: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in KINDS
    }


def test_no_kind_is_named_outside_the_catalogue() -> None:
    found = {
        f"{path.relative_to(SOURCE)}: {code}"
        for path in sorted(SOURCE.rglob("*.py"))
        if not str(path.relative_to(SOURCE)).startswith(MAY_NAME)
        for code in named_in(path) - ALSO_MEANS
    }
    assert found == set()


def test_a_kind_that_is_named_is_found() -> None:
    catalogue = SOURCE / "programmes" / "catalogue"
    assert "volunteer" in named_in(catalogue / "volunteer" / "__init__.py")
