"""What a person wrote is told from what a form carries by itself."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from anso.ui.posted_text import posted_texts


def posting(body: object, **how: str) -> HttpRequest:
    return RequestFactory().post("/", body, **how)  # type: ignore[arg-type]  # whatever is posted


@pytest.mark.parametrize("words", ["I know her well.", "我认识她。", "one\nword", " Zoë "])
def test_words_are_given_back(words: str) -> None:
    assert posted_texts(posting({"because": words})) == [words]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("act", "ask:referee_1"),
        ("token", "a b"),
        ("csrfmiddlewaretoken", "x"),
        ("password1", "correct horse"),
        ("score", "4.5"),
        ("empty", ""),
    ],
)
def test_codes_choices_and_secrets_are_not(name: str, value: str) -> None:
    assert posted_texts(posting({name: value})) == []


def test_several_values_come_in_the_order_of_the_form() -> None:
    form = posting(
        "b=two+words&a=x&b=more+words&c=three+words",
        content_type="application/x-www-form-urlencoded",
    )
    assert posted_texts(form) == ["two words", "more words", "three words"]


def test_what_cannot_be_read_gives_nothing_back() -> None:
    assert (
        posted_texts(posting(b"x", content_type="multipart/form-data; boundary=" + "x" * 300)) == []
    )
    assert (
        posted_texts(posting("a=b&" * 3000, content_type="application/x-www-form-urlencoded")) == []
    )
