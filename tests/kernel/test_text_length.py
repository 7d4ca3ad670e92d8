"""Words and characters are counted by one rule in all scripts."""

from __future__ import annotations

import pytest

from anso.kernel.text_length import count_characters, count_words, normalise

WORDS = [
    ("", 0),
    ("   \n\t ", 0),
    ("Salt water moves up", 4),
    ("well-known  isn't", 2),
    ("один два\nтри", 3),
    ("تحالف المنظمات العلمية", 3),
    ("国际科学组织", 6),
    ("国际，科学。", 4),
    ("CO2 国际 x", 4),
    ("カタカナ", 4),
    ("न दी", 2),
    ("a\u00a0b\u3000c\ufeffd", 4),
    ("\U00020000\U00020001", 2),
]
CHARACTERS = [
    ("", 0),
    ("e\u0301", 1),
    ("a\r\nb\rc\nd", 7),
    ("q\u0307\u0323", 1),
    ("\U0001f600", 1),
    ("नदी", 3),
    ("a\u200db", 2),
]


@pytest.mark.parametrize(("text", "count"), WORDS)
def test_words_are_runs_between_spaces_and_single_han_signs(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(("text", "count"), CHARACTERS)
def test_characters_are_counted_after_normalisation_without_marks(text: str, count: int) -> None:
    assert count_characters(text) == count


def test_every_line_break_becomes_one_newline() -> None:
    assert normalise("a\r\nb\rc") == "a\nb\nc"
