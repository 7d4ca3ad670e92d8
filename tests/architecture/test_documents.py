"""Documents name only what is there: files, decisions, components."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PATH = re.compile(r"`((?:src|tests|docs|deploy|bench)/[\w./-]+\.\w+|(?:src|tests)/[\w/]+/)`")
TAG = re.compile(r"\{% (\w+)(?: \"(ui/[^\"]+)\")?")
OF_DJANGO = {"load", "include", "extends", "block"}
SLOTS = {"columns"}


def test_links_and_paths_lead_somewhere() -> None:
    lost = []
    for document in DOCUMENTS:
        text = document.read_text()
        lost += [
            f"{document.relative_to(ROOT)}: {link}"
            for link in LINK.findall(text)
            if not (document.parent / link).exists()
        ]
        lost += [
            f"{document.relative_to(ROOT)}: {path}"
            for path in PATH.findall(text)
            if not (ROOT / path).exists()
        ]
    assert lost == []


def test_the_design_system_names_components_that_exist() -> None:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    known = {
        name for library in ("ui", "components") for name in engine.template_libraries[library].tags
    }
    named = TAG.findall((ROOT / "docs/design-system.md").read_text())
    assert len(named) > 40
    unknown = {
        tag for tag, _file in named if tag.removeprefix("end") not in known | OF_DJANGO | SLOTS
    }
    assert unknown == set()
    for file in {file for _tag, file in named if file}:
        get_template(file)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [x](gone.md)", ["gone.md"]),
        ("see [x](https://example.org/gone.md) and [y](#part)", []),
    ],
)
def test_links_are_found(text: str, found: list[str]) -> None:
    assert LINK.findall(text) == found
