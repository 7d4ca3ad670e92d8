"""The worked examples of the documentation give the numbers that the pages show."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "page",
    [
        "affinity",
        "allocation",
        "assignment",
        "calibration",
        "counting",
        "lottery",
        "methods",
        "pairing",
        "ranking",
        "record",
    ],
)
def test_the_worked_examples_of_the_page_are_right(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    file = ROOT / "docs" / "selection" / f"{page}.md"
    result = doctest.testfile(str(file), module_relative=False, encoding="utf-8")
    assert result.attempted > 4
    assert result.failed == 0
