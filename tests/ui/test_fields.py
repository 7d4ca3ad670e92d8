"""The form renderer draws plain dicts and reads back what it drew."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from anso.ui import fields


def drawn(*entries: dict[str, Any]) -> str:
    return render_to_string("ui/fields.html", {"fields": fields.fields_for(entries)})


def entry(kind: str, **more: Any) -> dict[str, Any]:
    return {"key": "q", "type": kind, "label": "Question", **more}


@pytest.mark.parametrize("kind", sorted(fields.TYPES))
def test_every_type_is_drawn_with_its_label_and_anchor(kind: str) -> None:
    page = drawn(entry(kind, options=[("a", "First"), ("b", "Second")]))
    assert "Question" in page
    assert 'id="f-q"' in page


@pytest.mark.parametrize("kind", sorted(fields.TYPES))
def test_nothing_typed_can_become_markup(kind: str) -> None:
    bad = '"><script>alert(1)</script>'
    value = {"person": {"name": bad}, "multichoice": [bad], "ranking": [bad]}.get(kind, bad)
    page = drawn(
        entry(kind, value=value, hint=bad, why=bad, error=bad, options=[(bad, bad)], label=bad)
    )
    assert "<script>" not in page


def test_an_unknown_type_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(ValueError, match="unknown type"):
        fields.field(entry("colour"))


def test_hint_reason_error_and_counter_describe_the_control() -> None:
    page = drawn(
        entry("longtext", hint="h", why="w", error="e", limit={"words": 3}, value="a b c d")
    )
    assert 'aria-describedby="why-q hint-q error-q count-q"' in page
    assert 'aria-invalid="true"' in page
    assert "4 of 3 words" in page
    assert "num over" in page


def test_a_limit_of_the_question_bank_shows_its_most() -> None:
    assert "2 of 1,500 characters" in drawn(
        entry("text", limit={"unit": "characters", "most": 1500}, value="ab")
    )


def test_a_limit_without_a_most_has_no_counter() -> None:
    page = drawn(entry("text", limit={"unit": "words", "least": 5}, value="ab"))
    assert "output" not in page
    assert "count-q" not in page


def test_optional_questions_say_so_and_required_ones_do_not() -> None:
    assert "(optional)" in drawn(entry("text"))
    assert "(optional)" not in drawn(entry("text", required=True))


def test_what_was_chosen_is_drawn_as_chosen() -> None:
    assert 'value="b" checked' in drawn(
        entry("choice", options=[("a", "A"), ("b", "B")], value="b")
    )
    assert (
        drawn(entry("multichoice", options=["a", "b", "c"], value=["a", "c"])).count(" checked")
        == 2
    )
    assert 'value="no" checked' in drawn(entry("yesno", value=False))
    assert "checked" not in drawn(entry("yesno", value=None))
    assert '<option value="KE" selected>' in drawn(
        entry("country", options=(("KE", "Kenya"), ("LK", "Sri Lanka")), value="KE")
    )
    assert "checked" in drawn(entry("statement", value=True))


def test_a_text_keeps_its_first_empty_line() -> None:
    assert ">\n\nabc</textarea>" in drawn(entry("longtext", value="\nabc"))


def test_posted_answers_are_read_in_the_shape_in_which_they_are_drawn() -> None:
    posted = QueryDict(
        "t=+a%0D%0Ab+&m=x&m=&m=y&r:one=2&r:two=1&r:three=&p:name=Ann&p:email=+a@b.c+&r:four=zz"
    )
    entries = [
        {"key": key, "type": kind}
        for key, kind in [
            ("t", "longtext"),
            ("m", "multichoice"),
            ("r", "ranking"),
            ("p", "person"),
            ("h", "heading"),
        ]
    ]
    assert fields.read_values(entries, posted) == {
        "t": "a\nb",
        "m": ["x", "y"],
        "r": ["two", "one"],
        "p": {"name": "Ann", "email": "a@b.c", "position": "", "organisation": ""},
    }


def test_the_error_summary_lists_errors_in_the_order_of_the_page() -> None:
    entries = [
        entry("text", error=""),
        {**entry("text", error="First"), "key": "a"},
        {**entry("date", error="Second"), "key": "b"},
    ]
    assert [each["key"] for each in fields.error_list(entries)] == ["a", "b"]


@pytest.mark.parametrize(
    ("label", "said"),
    [("Passport", "Passport: Missing."), ("How long?", "How long? Missing."), ("", "Missing.")],
)
def test_every_line_of_the_error_summary_names_its_field(label: str, said: str) -> None:
    assert fields.error_list([{"key": "a", "label": label, "error": "Missing."}]) == [
        {"key": "a", "message": said}
    ]


def test_uploaded_files_are_listed_with_their_receipts() -> None:
    files = [
        {
            "name": "a.pdf",
            "url": "/a",
            "size": 2048,
            "receipt": "8d41",
            "status": "checked",
            "tone": "good",
            "remove": "X1",
        }
    ]
    page = drawn(
        entry("file", files=files, upload_url="/up/", max_bytes=10, accept=".pdf", multiple=True)
    )
    assert "8d41" in page
    assert 'name="remove" value="X1"' in page
    assert 'data-upload="/up/"' in page
    assert 'accept=".pdf" multiple' in page
