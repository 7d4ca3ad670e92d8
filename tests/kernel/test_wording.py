"""Text in several languages, and messages with facts."""

from __future__ import annotations

import pytest

from anso.kernel.wording import Message, Text, gettext_noop


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ar", "مرحبا"), ("pt-BR", "olá"), ("pt_BR", "olá"), ("fr", "hello"), ("en", "hello")],
)
def test_text_falls_back_to_the_base_language_and_then_to_english(
    language: str, shown: str
) -> None:
    assert Text({"en": "hello", "ar": "مرحبا", "pt": "olá"}).in_language(language) == shown


def test_text_without_english_shows_the_first_language_written() -> None:
    assert Text({"ar": "مرحبا"}).in_language("fr") == "مرحبا"


def test_empty_text_shows_nothing_and_is_false() -> None:
    assert not Text({"en": ""})
    assert str(Text()) == ""


def test_texts_with_the_same_words_are_equal_and_hash_alike() -> None:
    one, two = Text({"en": "a", "ar": "b"}), Text({"ar": "b", "EN": "a"})
    assert one == two
    assert len({one, two}) == 1
    assert one != {"en": "a", "ar": "b"}
    assert repr(one) == "Text({'en': 'a', 'ar': 'b'})"


def test_text_is_a_mapping_and_survives_json() -> None:
    text = Text({"en": "a", "ar": "b"})
    assert dict(text) == {"en": "a", "ar": "b"}
    assert len(text) == 2
    assert Text.from_dict(text.to_dict()) == text
    assert list(text.to_dict()) == ["ar", "en"]


def test_a_bare_string_is_english_and_nothing_is_empty() -> None:
    assert Text.from_dict("hello")["en"] == "hello"
    assert Text.from_dict(None) == Text()


def test_message_fills_in_its_facts_and_cannot_be_changed() -> None:
    message = Message("too_much", gettext_noop("At most %(limit)d."), {"limit": 3})
    assert str(message) == "At most 3."
    with pytest.raises(TypeError):
        message.facts["limit"] = 4  # type: ignore[index]


def test_message_without_facts_may_hold_a_percent_sign() -> None:
    assert str(Message("share", "100 % of it")) == "100 % of it"
    assert hash(Message("a", "b")) == hash(Message("a", "b", {"c": 1}))
