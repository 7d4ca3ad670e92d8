"""A page that a lower package leads to is its own, or one below it: the names of pages, templates,
tags and static files follow the stack as imports do. Import-linter cannot see these.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import Resolver404, resolve

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "anso"
NAMES = {
    "page": re.compile(r"""["']([a-z_]+):[a-z_]+["']"""),
    "template": re.compile(r"""["']([a-z_]+)/[\w/.-]+\.(?:html|txt|typ)["']"""),
    "static file": re.compile(r"""["']([a-z_]+)/[\w/.-]+\.(?:js|css|svg|png|woff2)["']"""),
}
ADDRESS = re.compile(r"""["'](/[\w-]+/[^"'\s]*)["']""")
LOADS = re.compile(r"""{%\s*load\s+([\w\s]+?)\s*%}""")


def stack() -> dict[str, int]:
    """Each package with its height, from the contract that holds imports."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    lines = contracts["importlinter:contract:stack"]["layers"].split("\n")
    layers = [re.findall(r"anso\.(\w+)", line) for line in lines if line.strip()]
    return {name: -depth for depth, layer in enumerate(layers) for name in layer}


def tag_libraries() -> dict[str, str]:
    """Which package a library of template tags belongs to."""
    found = SOURCE.glob("*/templatetags/*.py")
    return {path.stem: path.relative_to(SOURCE).parts[0] for path in found}


def names_in(text: str) -> Iterator[tuple[str, str, str]]:
    """What a text names: the sort of thing, the package it belongs to, the words."""
    for sort, pattern in NAMES.items():
        for found in pattern.finditer(text):
            yield sort, found[1], found[0]
    for found in ADDRESS.finditer(text):
        try:
            page = resolve(re.sub(r"{[^}]*}", "1", found[1].partition("?")[0]))
        except Resolver404:
            continue
        yield "address", page.app_name, found[1]
    libraries = tag_libraries()
    for load in LOADS.finditer(text):
        for library in load[1].split():
            yield "tags", libraries.get(library, ""), library


def upward_names(package: str, text: str) -> list[str]:
    """What a file of a package names of packages beside or above it."""
    heights = stack()
    here = heights[package]
    return [
        f"{sort} {words}"
        for sort, owner, words in names_in(text)
        if owner != package and heights.get(owner, here - 1) >= here
    ]


def test_the_stack_is_read_and_an_upward_name_is_found() -> None:
    heights = stack()
    assert heights["site"] > heights["awards"] > heights["calls"] > heights["ui"]
    assert heights["files"] == heights["notifications"]
    assert upward_names("calls", "{% url 'applications:start' %} {% url 'calls:list' %}") == [
        "page 'applications:start'"
    ]
    assert upward_names("ui", '{% include "site/todo.html" %}{% load i18n calls %}') == [
        'template "site/todo.html"',
        "tags calls",
    ]
    assert upward_names("applications", 'f"/applications/{application.reference}/outcome/"') == [
        "address /applications/{application.reference}/outcome/"
    ]
    assert upward_names("site", "reverse('calls:list')") == []


def test_no_package_names_what_stands_above_it() -> None:
    found = {}
    for path in sorted(SOURCE.rglob("*")):
        package = path.relative_to(SOURCE).parts[0]
        if path.suffix not in {".py", ".html", ".txt"} or package not in stack():
            continue
        if "migrations" not in path.parts and (names := upward_names(package, path.read_text())):
            found[str(path.relative_to(SOURCE))] = names
    assert found == {}
