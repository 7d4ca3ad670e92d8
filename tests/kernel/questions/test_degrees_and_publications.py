"""Degrees with their scales, publications by DOI, ORCID iDs: checked without asking anybody."""

from __future__ import annotations

from typing import Any

import pytest

from anso.kernel.identifiers import clean_doi, clean_orcid, orcid_check
from anso.kernel.questions import Limit, Question, clean_answer
from anso.kernel.questions.definition import check_form
from anso.kernel.questions.model import Form, Section
from anso.kernel.wording import both

TITLE = both("T", "ت")


def question(kind: str, limit: Limit | None = None) -> Question:
    return Question("q", kind, TITLE, limit=limit)


def degree(**changes: str) -> dict[str, str]:
    row = {
        "degree": "Bachelor of Science",
        "institution": "University of Nairobi",
        "country": "ke",
        "year": "2021",
    }
    return row | changes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0001-5109-3700", "0000-0001-5109-3700"),
        ("0000 0002 1694 233x", "0000-0002-1694-233X"),
        ("ORCID: 0000–0002–1825–0097", "0000-0002-1825-0097"),
        ("0000-0002-1825-0098", None),
        ("0000-0002-1825-009", None),
        ("X000-0002-1825-0097", None),
        ("٠٠٠٠-0002-1825-0097", None),
        ("orcid.org", None),
    ],
)
def test_an_orcid_is_kept_in_one_way_or_refused(typed: str, kept: str | None) -> None:
    assert clean_orcid(typed) == kept
    cleaned = clean_answer(question("orcid"), typed)
    assert cleaned.value == (kept or cleaned.value)
    assert (cleaned.error is None) is (kept is not None)


def test_any_single_wrong_digit_of_an_orcid_is_found() -> None:
    digits = "000000021825009"
    for place in range(15):
        other = str((int(digits[place]) + 1) % 10)
        assert orcid_check(digits[:place] + other + digits[place + 1 :]) != orcid_check(digits)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1038/S41586-020-2649-2", "10.1038/s41586-020-2649-2"),
        ("http://dx.doi.org/10.1016/0005-2736(88)90003-9", "10.1016/0005-2736(88)90003-9"),
        ("doi: 10.1000/182.", "10.1000/182"),
        ("10.1000/", None),
        ("11.1000/182", None),
        ("10.1000/with a gap", None),
        ("Nature 585, 357", None),
    ],
)
def test_a_doi_is_kept_in_one_way_or_refused(typed: str, kept: str | None) -> None:
    assert clean_doi(typed) == kept
    cleaned = clean_answer(question("publications"), [{"doi": typed, "reference": ""}, {}])
    assert cleaned.value == [{"doi": kept or typed}]
    if kept is None:
        assert cleaned.error
        assert cleaned.error.facts["doi"] == typed


def test_publications_without_a_doi_are_told_in_words_and_counted() -> None:
    rows = [{"reference": "Yusuf, Salt, 2024"}, {"doi": "10.1000/182"}]
    assert clean_answer(question("publications"), rows).error is None
    error = clean_answer(question("publications", Limit.of("entries", most=1)), rows).error
    assert error
    assert error.code == "too_much"
    assert clean_answer(question("publications"), "a text").value is None
    long = clean_answer(question("publications"), [{"reference": "x" * 3_000_000}])
    assert long.error


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (degree(), ""),
        (degree(degree=""), "no_degree"),
        (degree(institution=""), "no_institution"),
        (degree(country="Kenya"), "no_country"),
        (degree(year="21"), "no_year"),
        (degree(year="next"), "no_year"),
        (degree(grade="3.7"), "no_scale"),
        (degree(grade="3.7", best="4.0"), "no_scale"),
        (degree(grade="3.7", best="4.0", passing="2.0"), ""),
        # The best grade of some scales is the lowest number.
        (degree(grade="1,3", best="1,0", passing="4,0"), ""),
        (degree(grade="4.1", best="1.0", passing="4.0"), "off_scale"),
        (degree(grade="4.0", best="4.0", passing="4.0"), ""),
        (degree(grade="72 %", best="100 %", passing="40%"), ""),
        (degree(grade="39 %", best="100 %", passing="40%"), "off_scale"),
        (degree(grade="first class", best="first class", passing="pass"), ""),
        (degree(grade="7", best="distinction", passing="4"), ""),
        (degree(grade="NaN", best="5", passing="3"), ""),
    ],
)
def test_a_degree_stands_on_its_own_scale(row: dict[str, str], code: str) -> None:
    cleaned = clean_answer(question("degrees"), [row])
    assert (cleaned.error.code if cleaned.error else "") == code
    if not code:
        assert cleaned.value[0]["country"] == "KE"


def test_several_degrees_name_the_row_that_is_wrong() -> None:
    rows: list[Any] = [degree(), degree(degree="Master", year="")]
    error = clean_answer(question("degrees"), rows).error
    assert error
    assert error.facts == {"row": 2}


@pytest.mark.parametrize("kind", ["degrees", "publications", "orcid"])
def test_their_definitions_are_limited_in_entries_alone(kind: str) -> None:
    asked = question(kind, Limit.of("words", most=3))
    form = Form((Section("s", TITLE, (asked,)),))
    assert "bad_unit" in {fault.code for fault in check_form(form)}
