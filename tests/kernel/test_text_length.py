"""Words and characters are counted by one rule in all scripts."""

from __future__ import annotations

import pytest

from anso.kernel.text_length import count_characters, count_words, normalise

WORDS = [
    ("", 0),
    ("   \n\t ", 0),
    ("Salt water moves up", 4),
    ("well-known  isn't", 2),
    ("one - two … three —", 3),
    ("— один – два •", 2),
    ("3.14 https://example.org/a?b=1 x@y.org", 3),
    ("один два\nтри", 3),
    ("تحالف المنظمات العلمية", 3),
    ("国际科学组织", 3),
    ("国际，科学。", 2),
    ("中华人民共和国", 3),
    ("CO2 国际 x", 3),
    ("CO2国际x", 3),
    ("日本語の単語数", 4),
    ("カタカナ", 1),
    ("한국어 단어 수", 3),
    (" ".join(["과학기술은"] * 120), 120),
    ("ภาษาไทยเป็นภาษาที่สวยงาม", 6),
    ("ພາສາລາວແມ່ນພາສາ", 4),
    (" ".join(["ວິທະຍາສາດ"] * 40), 40),
    ("ភាសាខ្មែរ ជាភាសា", 3),
    ("မြန်မာဘာသာစကား", 2),
    ("བོད་སྐད་ཀྱི་ཡིག", 4),
    ("ราคา 100 ฿", 2),
    ("न दी", 2),
    ("ሳይንስ፡እና፡ቴክኖሎጂ", 3),
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
def test_words_are_runs_between_spaces_or_those_of_the_dictionary(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(("text", "count"), CHARACTERS)
def test_characters_are_counted_after_normalisation_without_marks(text: str, count: int) -> None:
    assert count_characters(text) == count


def test_every_line_break_becomes_one_newline() -> None:
    assert normalise("a\r\nb\rc") == "a\nb\nc"
