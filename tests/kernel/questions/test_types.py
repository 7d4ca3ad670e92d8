"""Every question type: what is kept, and what is refused with which error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.kernel.errors import BadDefinition
from anso.kernel.identifiers import clean_ror
from anso.kernel.questions import (
    QUESTION_TYPES,
    FileSlot,
    Form,
    Limit,
    Meaning,
    Question,
    Section,
    clean_answer,
    facts_meant,
    find_question_type,
)
from anso.kernel.questions.types.file import check_file
from tests.kernel.questions.forms import ask, choices

AB = choices("a", "b", "c")
WORDS = Limit.of("words", least=2, most=3)
SLOT = FileSlot(("application/pdf", "image/png"), 1024 * 1024, 2)
CV = {"reference": "R", "name": "cv.pdf", "media_type": "application/pdf", "bytes": 100}
REFEREE = {"name": "Ana Díaz", "email": "ana@Example.ORG"}

QUESTIONS: Mapping[str, Question] = {
    "text": ask("text", limit=Limit.of("characters", most=5)),
    "longtext": ask("longtext", limit=WORDS),
    "number": ask("number", limit=Limit.of("number", least="-1.5", most=10)),
    "date": ask("date", earliest=dt.date(1990, 1, 1), latest=dt.date(2027, 1, 1)),
    "choice": ask("choice", options=AB),
    "multichoice": ask("multichoice", options=AB, limit=Limit.of("choices", least=2, most=2)),
    "yesno": ask("yesno"),
    "country": ask("country"),
    "email": ask("email"),
    "ranking": ask("ranking", options=AB, limit=Limit.of("choices", most=2)),
    "file": ask("file", file=SLOT),
    "statement": ask("statement"),
    "person": ask("person"),
    "partners": ask("partners", limit=Limit.of("entries", most=2)),
    "degrees": ask("degrees"),  # more of these three in test_degrees_and_publications
    "publications": ask("publications"),
    "orcid": ask("orcid"),
    "table": ask("table"),  # more of it in test_tables
    "dois": ask("dois", limit=Limit.of("entries", most=2)),
    "organisation": ask("organisation"),
    "point": ask("point"),  # more of it in test_places
}
PARTNER = {"organisation": "Institute", "country": "KE", "name": "Ana", "email": "ana@example.org"}

KEPT: list[tuple[str, Any, Any]] = [
    ("text", "  a\tb ", "a b"),
    ("text", ["ab"], "ab"),
    ("longtext", "one\r\ntwo", "one\ntwo"),
    ("number", "1 0", "10"),
    ("number", "٣٫٥", "3.5"),
    ("number", "\u22121.50", "-1.5"),
    ("number", 7, "7"),
    ("date", "1994-03-07", "1994-03-07"),
    ("date", dt.date(1994, 3, 7), "1994-03-07"),
    ("date", {"day": "7", "month": "3", "year": "1994"}, "1994-03-07"),
    ("choice", ["b"], "b"),
    ("multichoice", ["c", "", "a"], ["a", "c"]),
    ("yesno", "yes", True),
    ("yesno", "False", False),
    ("yesno", False, False),
    ("country", " ke ", "KE"),
    ("email", " Ana@Example.ORG ", "Ana@example.org"),
    ("email", "ana@пример.рф", "ana@пример.рф"),
    ("ranking", ["c", "a"], ["c", "a"]),
    ("file", CV | {"extra": 1}, [CV]),
    ("statement", "on", True),
    ("statement", True, True),
    ("dois", "https://doi.org/10.1000/A\n\n doi:10.1000/b. ", ["10.1000/a", "10.1000/b"]),
    ("dois", ["10.1000/a"], ["10.1000/a"]),
    (
        "organisation",
        {"name": " Caltech ", "ror": "https://ror.org/05DXPS055", "pick": "x"},
        {"name": "Caltech", "ror": "05dxps055"},
    ),
    ("organisation", "Caltech", {"name": "Caltech"}),
    ("point", "١٫٢٩ S، 36.8E", "-1.29, 36.8"),
    (
        "partners",
        [{}, PARTNER | {"country": "ke", "part": " Field  work "}, {"name": " "}, "text"],
        [PARTNER | {"part": "Field work"}],
    ),
    (
        "person",
        REFEREE | {"position": "", "organisation": " U "},
        {"name": "Ana Díaz", "email": "ana@example.org", "organisation": "U"},
    ),
]

REFUSED: list[tuple[str, Any, str]] = [
    ("text", "abcdef", "too_much"),
    ("text", 5, "not_text"),
    ("text", "x" * 1_000_001, "not_text"),
    ("longtext", "one", "too_little"),
    ("longtext", "one two three four", "too_much"),
    ("longtext", 5, "not_text"),
    ("number", "1,5", "not_a_number"),
    ("number", "ten", "not_a_number"),
    ("number", 1.5, "not_a_number"),
    ("number", True, "not_a_number"),
    ("number", "1e9", "not_a_number"),
    ("number", "11", "too_much"),
    ("number", "-2", "too_little"),
    ("date", "1994-02-30", "no_such_day"),
    ("date", {"day": "30", "month": "2", "year": "1994"}, "no_such_day"),
    ("date", {"day": "", "month": "2", "year": None}, "no_such_day"),
    ("date", "1989-12-31", "too_early"),
    ("date", "2027-01-02", "too_late"),
    ("choice", "x", "not_an_option"),
    ("multichoice", ["a", "x"], "not_an_option"),
    ("multichoice", ["a"], "too_little"),
    ("multichoice", ["a", "b", "c"], "too_much"),
    ("yesno", "maybe", "not_an_option"),
    ("country", "Kenya", "not_a_country"),
    ("email", "ana", "not_an_address"),
    ("email", "ana@localhost", "no_delivery"),
    ("email", "a..b@example.org", "no_mailbox"),
    ("email", "a" * 300 + "@example.org", "not_an_address"),
    ("email", "ana@example.org, eve@example.org", "no_mailbox"),
    ("ranking", ["a", "a"], "twice"),
    ("ranking", ["a", "x"], "not_an_option"),
    ("ranking", ["a", "b", "c"], "too_much"),
    ("file", [CV | {"media_type": "text/html"}], "wrong_kind"),
    ("file", [CV | {"bytes": 2 * 1024 * 1024}], "too_large"),
    ("file", [CV | {"bytes": 0}], "empty_file"),
    ("file", [CV, CV, CV], "too_many"),
    ("file", ["cv.pdf"], "not_a_file"),
    ("file", [CV | {"bytes": "100"}], "not_a_file"),
    ("partners", [PARTNER | {"organisation": ""}], "no_organisation"),
    ("partners", [PARTNER | {"country": "Kenya"}], "no_country"),
    ("partners", [PARTNER | {"name": ""}], "no_name"),
    ("partners", [PARTNER | {"email": "nobody"}], "no_email"),
    ("partners", [PARTNER, PARTNER | {"email": "ANA@example.org"}], "same_address"),
    ("partners", [PARTNER | {"email": f"{n}@example.org"} for n in range(3)], "too_much"),
    ("partners", [PARTNER | {"name": "x" * 300}], "too_long"),
    ("person", "Ana", "not_a_person"),
    ("dois", "10.1000/a\nNature 585", "no_doi"),
    ("dois", "10.1000/a\n\nhttp://dx.doi.org/10.1000/A", "doi_twice"),
    ("dois", "10.1000/a\n10.1000/b\n10.1000/c", "too_much"),
    ("organisation", {"ror": "05dxps055"}, "no_name"),
    ("organisation", {"name": "Caltech", "ror": "05dxps056"}, "no_ror"),
    ("organisation", {"name": "Caltech", "ror": "Caltech"}, "no_ror"),
    ("organisation", {"name": "x" * 300}, "too_long"),
    ("point", "Nairobi", "no_point"),
    ("point", "36.8219, -181", "off_earth"),
    ("point", "91, 36", "off_earth"),
    ("orcid", "0000-0002-1825", "no_orcid"),
    ("orcid", "0000-0002-1825-0098", "no_orcid"),
    ("person", {"email": "ana@example.org"}, "no_name"),
    ("person", {"name": "Ana"}, "not_an_address"),
    ("person", {"name": "x" * 300}, "too_long"),
]


@pytest.mark.parametrize(("kind", "raw", "value"), KEPT)
def test_a_good_answer_is_kept_in_its_plain_form(kind: str, raw: Any, value: Any) -> None:
    cleaned = clean_answer(QUESTIONS[kind], raw)
    assert (cleaned.value, cleaned.error) == (value, None)
    assert clean_answer(QUESTIONS[kind], cleaned.value) == cleaned


@pytest.mark.parametrize(("kind", "raw", "code"), REFUSED)
def test_a_bad_answer_gets_an_error_with_a_sentence(kind: str, raw: Any, code: str) -> None:
    error = clean_answer(QUESTIONS[kind], raw).error
    assert error is not None
    assert error.code == code
    assert str(error).endswith(".")


@pytest.mark.parametrize("kind", QUESTIONS)
@pytest.mark.parametrize("raw", [None, "", []])
def test_an_empty_answer_is_open_and_no_error(kind: str, raw: Any) -> None:
    cleaned = clean_answer(QUESTIONS[kind], raw)
    assert (cleaned.value, cleaned.error) == (None, None)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [("date", {}), ("person", {}), ("statement", "no"), ("longtext", " \n "), ("text", " ")],
)
def test_blank_answers_of_several_parts_are_open_too(kind: str, raw: Any) -> None:
    assert clean_answer(QUESTIONS[kind], raw).value is None


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (kind, raw)
        for kind, raw, _ in REFUSED
        if kind in {"text", "longtext"} and isinstance(raw, str)
    ],
)
def test_text_over_its_limit_is_never_cut(kind: str, raw: str) -> None:
    assert clean_answer(QUESTIONS[kind], raw).value in (raw, None)


@given(
    st.sampled_from(sorted(QUESTIONS)),
    st.none()
    | st.booleans()
    | st.text()
    | st.lists(st.text())
    | st.dictionaries(st.text(), st.text()),
)
def test_no_input_makes_a_type_fail(kind: str, raw: Any) -> None:
    clean_answer(QUESTIONS[kind], raw)


def test_text_without_a_limit_holds_five_hundred_characters() -> None:
    assert clean_answer(ask("text"), "x" * 500).error is None
    assert clean_answer(ask("text"), "x" * 501).error is not None
    assert clean_answer(ask("text", limit=Limit.of("words", most=1)), "one two").error is not None
    assert clean_answer(ask("longtext"), "x" * 501).error is None
    assert (
        clean_answer(ask("longtext", limit=Limit.of("characters", most=1)), "xx").error is not None
    )


def test_a_country_question_may_take_several_countries_or_only_some() -> None:
    several = ask("country", limit=Limit.of("choices", most=2))
    assert clean_answer(several, ["ke", "KE", "ug"]).value == ["KE", "UG"]
    assert clean_answer(several, ["KE", "UG", "TZ"]).error is not None
    assert clean_answer(ask("country", options=choices("KE", "UG")), "TZ").error is not None


def test_limits_without_bounds_allow_everything() -> None:
    assert clean_answer(ask("multichoice", options=AB), ["a"]).error is None
    assert clean_answer(ask("number", limit=Limit("number")), "99").error is None


def test_every_type_of_the_register_is_tested_here() -> None:
    assert set(QUESTIONS) == set(QUESTION_TYPES)


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(BadDefinition, match="hologram"):
        find_question_type("hologram")


def test_a_file_is_checked_against_its_slot_before_upload() -> None:
    assert check_file(SLOT, media_type="image/png", size=10) is None
    too_large = check_file(SLOT, media_type="image/png", size=3 * 1024 * 1024 // 2)
    assert str(too_large) == "This file has 1.5 MB; upload one of at most 1 MB."


@pytest.mark.parametrize(
    ("accepts", "told"),
    [
        (("application/pdf",), "PDF"),
        (("image/jpeg", "image/png", "application/pdf"), "JPEG, PNG, PDF"),
        (("text/csv",), "text/csv"),
    ],
)
def test_a_wrong_file_is_told_the_formats_as_people_call_them(
    accepts: tuple[str, ...], told: str
) -> None:
    fault = check_file(FileSlot(accepts), media_type="video/mp4", size=9)
    assert str(fault) == f"Upload a file of this kind: {told}."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0000-0002-1825", "it has sixteen digits in four groups"),
        ("0000-0002-18B5-0097", "its group 3, “18B5”, must be four digits"),
        ("0000-0002-182-0097", "its group 3, “182”, must be four digits"),
        ("X000000218250097", "its group 1, “X000”, must be four digits"),
        ("https://orcid.org/0000-0002-1825-0098", "the last one would be 7, not 8. Compare each"),
        ("0000-0002-1825-009X", "the last one would be 7, not X"),
    ],
)
def test_an_orcid_that_is_none_is_told_by_group_or_by_its_check_digit(
    typed: str, sentence: str
) -> None:
    assert sentence in str(clean_answer(QUESTIONS["orcid"], typed).error)


@pytest.mark.parametrize("raw", [True, "yes", "2"])
def test_a_statement_is_agreed_to_in_one_edition(raw: Any) -> None:
    asked = ask("statement", edition="2")
    assert clean_answer(asked, raw).value == "2"
    assert clean_answer(asked, "1").value is None, "another edition was other words"
    assert Question.from_dict(asked.to_dict()) == asked


@pytest.mark.parametrize("ror", ["03yrm5c26", "04wxnsj81", "02twcfp32", "00f54p054", "042nb2s44"])
def test_a_ror_that_exists_is_taken_and_a_changed_sign_is_seen(ror: str) -> None:
    assert clean_ror(f"https://ror.org/{ror}/") == ror
    swapped = "7" if ror[3] != "7" else "8"
    assert clean_ror(ror[:3] + swapped + ror[4:]) is None


def test_what_means_an_organisation_means_its_name() -> None:
    asked = ask("organisation", means=(Meaning.ORGANISATION,))
    form = Form((Section("s", asked.label, (asked,)),))
    assert facts_meant(form, {"q": {"name": "Caltech", "ror": "05dxps055"}}) == {
        "organisation": "Caltech"
    }


@pytest.mark.parametrize("kind", ["dois", "organisation", "point", "orcid", "statement"])
def test_a_limit_that_counts_nothing_of_a_type_is_seen(kind: str) -> None:
    asked = ask(kind, limit=Limit.of("words", most=5))
    assert [fault.code for fault in find_question_type(kind).check_definition(asked)] == [
        "bad_unit"
    ]
