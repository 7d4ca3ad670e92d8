"""What a page remembers of a draft, and what is read from it: only what was changed on it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from lxml import html

from anso.ui import drafts, fields

OPTIONS = (("b", "Second"), ("a", "First", "with a hint"))
PERSON = {"name": "Ana", "email": "", "position": "", "organisation": ""}
VALUES: list[tuple[str, Any, Any]] = [
    ("text", " Salt\t", "Salt"),
    ("text", None, ""),
    ("longtext", "\n  one\r\ntwo\rthree\n", "one\ntwo\nthree"),
    ("email", "a@example.org", "a@example.org"),
    ("number", 3, "3"),
    ("date", "2027-02-15", "2027-02-15"),
    ("choice", "a", "a"),
    ("choice", None, ""),
    ("yesno", True, "yes"),
    ("yesno", False, "no"),
    ("yesno", None, ""),
    ("statement", True, "yes"),
    ("statement", "", ""),
    ("multichoice", ["a", "b"], ["b", "a"]),
    ("multichoice", None, []),
    ("ranking", ["a", "b"], ["a", "b"]),
    ("ranking", None, []),
    ("country", "a", "a"),
    ("person", {"name": " Ana "}, PERSON),
    ("person", None, dict.fromkeys(PERSON, "")),
]


def entry(kind: str, value: Any, **more: Any) -> dict[str, Any]:
    return {
        "key": "q",
        "type": kind,
        "label": "Question",
        "value": value,
        "options": OPTIONS,
    } | more


def sent_back(entries: list[dict[str, Any]], base: str = "", **typed: str) -> QueryDict:
    """What a browser sends of a page on which nothing but ``typed`` was typed over."""
    page = (
        f"<form>{base}{render_to_string('ui/fields.html', {'fields': fields.fields_for(entries)})}"
    )
    posted = QueryDict(mutable=True)
    for name, value in html.fromstring(page).form_values():
        posted.appendlist(name, typed.get(name, value))
    return posted


@pytest.mark.parametrize(("kind", "value", "shown"), VALUES)
def test_a_field_that_nobody_touches_comes_back_as_it_was_shown(
    kind: str, value: Any, shown: Any
) -> None:
    asked = entry(kind, value)
    assert fields.shown_values([asked]) == {"q": shown}
    assert fields.read_values([asked], sent_back([asked])) == {"q": shown}


def test_headings_and_files_are_shown_but_are_no_text() -> None:
    assert fields.shown_values([entry("heading", None), entry("file", None)]) == {}


def page_of(*entries: dict[str, Any], revision: int = 3) -> str:
    draft = drafts.draft_base(revision, fields.shown_values(entries))
    return render_to_string("ui/draft_base.html", {"draft": draft})


def read(entries: list[dict[str, Any]], posted: QueryDict) -> drafts.PostedDraft:
    return drafts.read_draft(fields.read_values(entries, posted), posted, latest=9)


def test_only_what_was_typed_over_is_a_change() -> None:
    asked = [entry("text", "Salt"), entry("longtext", "Wells", key="r")]
    found = read(asked, sent_back(asked, page_of(*asked), r="Rivers"))
    assert (found.base, found.changes, found.values) == (
        3,
        {"r": "Rivers"},
        {"q": "Salt", "r": "Rivers"},
    )


@pytest.mark.parametrize("marks", ["", "[]", "3", "{", "[" * 100_000])
def test_a_page_that_remembers_nothing_counts_as_opened_just_now(marks: str) -> None:
    posted = QueryDict(mutable=True)
    posted.update({"q": "Salt", "marks": marks, "revision": "x" * 20})
    found = read([entry("text", "Salt")], posted)
    assert (found.base, found.changes) == (9, {"q": "Salt"})
    assert drafts.shown_keys(posted) == frozenset()


def test_the_page_tells_which_parts_it_showed() -> None:
    asked = [entry("multichoice", None), entry("text", "x", key="r")]
    assert drafts.shown_keys(sent_back(asked, page_of(*asked))) == {"q", "r"}


@pytest.mark.parametrize(
    ("mine", "kept"),
    [
        ('"My words"', "My words"),
        ('"a\\u0000b"', "ab"),
        ("", "theirs"),
        ("3", "theirs"),
        ("[1]", "theirs"),
    ],
)
def test_the_own_text_of_two_takes_the_place_of_the_field_when_it_is_chosen(
    mine: str, kept: str
) -> None:
    asked = [entry("text", "theirs")]
    posted = sent_back(asked, page_of(*asked))
    posted["mine-q"] = mine
    assert read(asked, posted).changes == {}, "not chosen"
    posted["keep-q"] = "mine"
    found = read(asked, posted)
    assert found.values == {"q": kept}
    assert found.changes == ({} if kept == "theirs" else {"q": kept})


def test_both_texts_are_shown_in_words_and_nothing_in_them_becomes_markup() -> None:
    asked = [
        entry("multichoice", ["a"]),
        entry("yesno", False, key="r"),
        entry("person", {"name": "Bo"}, key="s"),
        entry("text", "<b>theirs</b>", key="t"),
    ]
    yours = {"q": ["b"], "r": "yes", "s": PERSON, "t": '"><script>', "gone": "x"}
    both = drafts.two_texts_of(drafts.parts_of(asked), yours, yours)
    assert [(part["key"], part["yours"], part["theirs"]) for part in both] == [
        ("q", "Second", "First"),
        ("r", "Yes", "No"),
        ("s", "Ana", "Bo"),
        ("t", '"><script>', "<b>theirs</b>"),
    ]
    page = render_to_string("ui/two_texts.html", {"two_texts": both})
    assert "<script>" not in page
    assert "<b>" not in page
    mine = html.fromstring(f"<form>{page}").fields["mine-t"]
    assert json.loads(str(mine)) == '"><script>'
