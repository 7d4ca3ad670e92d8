"""The living style guide: every part has its page, in both lights and directions, light in weight
and free of faults.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.http import Http404
from django.template.loader import get_template
from django.test import RequestFactory

import anso.ui
from anso.ui.examples import COMPONENTS
from anso.ui.views import public

TEMPLATES = Path(anso.ui.__file__).parent / "templates"
ADDRESSES = ["/style/", *(f"/style/{name}/" for name in COMPONENTS)]


def page_of(address: str) -> str:
    """Render a page without the visitor's account, which the guide does not need."""
    request = RequestFactory().get(address)
    name = request.path.removeprefix("/style/").strip("/")
    response = public.component(request, name) if name else public.guide(request)
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_part_has_a_page_without_inline_style_or_script(address: str) -> None:
    page = page_of(f"{address}?theme=dark&dir=rtl")
    assert 'data-theme="dark"' in page
    assert 'dir="rtl"' in page
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son\w+=", page)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_first_visit_of_a_public_page_is_light(address: str) -> None:
    page = page_of(address)
    assert len(gzip.compress(page.encode())) < 10_000
    assert len(re.findall(r'<(?:script src|link rel="stylesheet"|link rel="icon"|img )', page)) <= 4
    assert ("ui/table.js" in page) is (address == "/style/table/")


@pytest.mark.django_db
def test_an_unknown_part_is_not_found_and_odd_variants_fall_back() -> None:
    with pytest.raises(Http404):
        public.component(RequestFactory().get("/style/x/"), "x")
    assert 'dir="ltr"' in page_of("/style/?theme=neon&dir=up")


def test_an_alliance_changes_its_colours_but_not_the_style_sheet(settings: object) -> None:
    settings.ALLIANCE = {
        "COLOURS": {"act": "#123456", "paper": "red;}body{display:none", "b}d": "#000"}
    }  # type: ignore[attr-defined]
    assert (
        public.colours(RequestFactory().get("/style/colours.css")).content
        == b":root:root{--act:#123456;}"
    )


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_every_template_can_be_compiled(path: Path) -> None:
    assert get_template(str(path.relative_to(TEMPLATES)))
