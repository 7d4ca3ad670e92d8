"""Names: as written, and safe."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.kernel.errors import TooLarge
from anso.kernel.names import PersonName, clean_line, clean_paragraphs, sort_key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Aisha \t Wanjiru\n Otieno ", "Aisha Wanjiru Otieno"),
        ("Jose\u0301", "José"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("a\u2066b\u2069\u200f\u061cc", "abc"),
        ("null\x00 bell\x07", "null bell"),
        ("\u200cزهرا\u200cسادات\u200c", "زهرا\u200cسادات"),
        ("\ud800x", "x"),
        ("\ufeffname", "name"),
    ],
)
def test_one_line_keeps_the_spelling_and_loses_what_is_unsafe(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_a_name_of_ten_thousand_characters_is_refused_and_not_cut() -> None:
    with pytest.raises(TooLarge, match="at most 200 characters; this has 10000"):
        clean_line("x" * 10_000)


@given(st.text())
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    once = clean_line(typed, limit=10_000)
    assert clean_line(once, limit=10_000) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text())
def test_cleaning_paragraphs_twice_changes_nothing(typed: str) -> None:
    once = clean_paragraphs(typed)
    assert clean_paragraphs(once) == once


def test_paragraphs_keep_direction_marks_and_lose_overrides() -> None:
    assert clean_paragraphs("س\u200f!\u202e\u2066x") == "س\u200f!x"


def test_paragraphs_keep_their_lines() -> None:
    assert (
        clean_paragraphs(" one\r\ntwo\rthree\x00\u202e\n\n\tfour\n") == "one\ntwo\nthree\n\n\tfour"
    )


@pytest.mark.parametrize(
    ("full", "initials"),
    [
        ("Aisha Wanjiru Otieno", "AO"),
        ("王伟", "王"),
        ("jean-luc", "JL"),
        ("Madonna", "M"),
        ("7", "7"),
        ("", ""),
        ("(Ana) Díaz", "D"),
    ],
)
def test_initials_are_at_most_two_letters(full: str, initials: str) -> None:
    assert PersonName(full).initials == initials


def test_people_are_ordered_by_family_name_where_it_is_known() -> None:
    assert PersonName("Élodie Ångström", "Élodie", "Ångström").sort_key == "angstrom elodie"
    assert PersonName("Suharto").sort_key == "suharto"


def test_every_part_of_a_name_is_cleaned() -> None:
    assert PersonName.cleaned(" A  B ", given="A\x00", family=" B", latin="A B ") == PersonName(
        "A B", "A", "B", "A B"
    )


def test_sort_key_ignores_case_and_accents() -> None:
    assert sort_key("  ÇELİK  Straße ") == sort_key("celik strasse")
