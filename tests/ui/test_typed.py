"""What a person wrote is told from what a form carries by itself."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from anso.ui.typed import typed_texts


@pytest.mark.parametrize("words", ["I know her well.", "我认识她。", "one\nword", " Zoë "])
def test_words_are_given_back(words: str) -> None:
    assert typed_texts(QueryDict(urlencode({"because": words}))) == [words]


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
    assert typed_texts(QueryDict(urlencode({name: value}))) == []


def test_several_values_come_in_the_order_of_the_form() -> None:
    assert typed_texts(QueryDict("b=two+words&a=x&b=more+words&c=three+words")) == ["two words", "more words", "three words"]
