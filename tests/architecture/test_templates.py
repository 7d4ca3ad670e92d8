"""Pages are made of the components of the design system: what has a component is written by hand
nowhere else, and every template can be compiled.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import anso
from anso.ui.templatetags.components import COMPONENTS

SOURCE = Path(anso.__file__).parent
TEMPLATES = sorted(path for path in SOURCE.glob("*/templates/**/*.*") if path.is_file())
PAGES = [path for path in TEMPLATES if path.relative_to(SOURCE).parts[0] != "ui"]
PAGES_AND_PARTS = [path for path in TEMPLATES if path.name not in {"mail.html", "mail.txt"}]
CODE = [*SOURCE.glob("**/*.py"), *SOURCE.glob("*/scripts/**/*.js")]
PARTS = SOURCE / "ui" / "templates" / "ui" / "parts"
BY_HAND = {
    "table": r"<table\b",
    "callout": r'class="call[ "{]',
    "pairs": r'class="pairs\b',
    "page_head": r'class="head\b',
    "crumbs": r'class="crumbs\b',
    "facts": r'class="facts\b',
    "tasks": r'class="tasks\b',
    "steps": r'class="steps\b',
    "timeline": r'class="timeline\b',
    "problem": r'class="errors\b',
    "listing": r'class="rows\b',
    "field": r'class="field\b',
    "notice": r'class="dialog\b',
    "file": r'class="file\b',
    "empty": r'class="empty\b',
    "page_links": r'class="pages\b',
    "bulk": r'class="bulk\b',
}
# Forms and elements of the library for signing in: their content comes by its own widgets and
# slots, not by ours.
ALLOWED = {
    "accounts/templates/allauth/elements/alert.html": "callout",
    "accounts/templates/accounts/form_field.html": "field",
    "accounts/templates/allauth/elements/field.html": "field",
    "accounts/templates/allauth/elements/h1.html": "page_head",
    "accounts/templates/allauth/elements/table.html": "table",
}


def test_no_browser_cuts_what_is_typed_or_pasted() -> None:
    """What is too long is refused with how many characters too many, and comes back whole."""
    cutting = [
        str(path.relative_to(SOURCE))
        for path in (*TEMPLATES, *CODE)
        if "maxlength" in path.read_text(errors="ignore").lower()
    ]
    assert cutting == []


def classes_in(markup: str) -> set[str]:
    """The classes that a template says in full."""
    said = re.findall(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', markup, re.DOTALL)
    return set(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", " ".join(said), flags=re.DOTALL).split())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_template_can_be_compiled(path: Path) -> None:
    inside = path.relative_to(SOURCE).parts[2:]
    assert get_template("/".join(inside))


@pytest.mark.parametrize("name", BY_HAND)
def test_what_has_a_component_is_written_by_hand_nowhere(name: str) -> None:
    found = [
        str(path.relative_to(SOURCE))
        for path in PAGES
        if re.search(BY_HAND[name], path.read_text())
    ]
    assert found == sorted(path for path, component in ALLOWED.items() if component == name)


def test_every_component_has_its_markup_and_is_shown_in_the_style_guide() -> None:
    assert {path.stem for path in PARTS.glob("*.html")} == set(COMPONENTS)
    guide = "".join(path.read_text() for path in SOURCE.glob("ui/templates/ui/**/*.html"))
    assert [name for name in COMPONENTS if f"{{% {name} " not in guide] == []


def test_a_sentence_with_a_per_cent_sign_is_no_argument() -> None:
    """Django doubles the sign in `_("50 %")`; `{% translate "50 %" as words %}` does not."""
    doubled = {
        str(path.relative_to(SOURCE)): found
        for path in TEMPLATES
        if (found := re.findall(r'_\("[^"]*%[^"]*"\)', path.read_text()))
    }
    assert doubled == {}


def test_every_class_on_a_page_is_in_the_style_sheet_and_no_rule_is_for_nobody() -> None:
    ruled = set(
        re.findall(
            r"\.([a-zA-Z][\w-]*)",
            "".join(
                selector
                for path in SOURCE.glob("ui/styles/**/*.css")
                for selector in re.findall(
                    r"([^{};]*)\{", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
                )
            ),
        )
    )
    said = {word for path in PAGES_AND_PARTS for word in classes_in(path.read_text())}
    assert said - ruled == {"d"}, "d0 to d3 are the depth of a group"
    elsewhere = "".join(path.read_text() for path in CODE)
    idle = {
        name
        for name in ruled - said
        if not re.search(rf"""["' ]{re.escape(name)}["' ]""", elsewhere)
    }
    assert idle == {"d1", "d2", "d3", "dense"}, "dense is put together by the page of staff"
