"""Who reads an answer, by the question alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anso.kernel.questions import (
    Audience,
    Equals,
    Form,
    Meaning,
    Question,
    Section,
    check_form,
    is_told_to_all,
    meanings_read_by,
    meanings_told_to_all,
    read_by,
    read_whole,
    readers_of,
    readers_that_may_be_named,
)
from anso.kernel.wording import Text

OFFICERS, PANEL = frozenset({Audience.OFFICERS}), frozenset({Audience.PANEL})


def ask(key: str, *who_sees: Audience, **fields: object) -> Question:
    return Question(key, "text", Text({"en": key}), who_sees=who_sees, **fields)  # type: ignore[arg-type]  # fields of the question


EXPECTED = ask("expected", Audience.OFFICERS)
PHONE = ask("phone", Audience.OFFICERS, Audience.PANEL, is_sensitive=True)
PROOF = ask("proof", Audience.OFFICERS, Audience.PANEL, condition=Equals("expected", "yes"))
OTHER = ask("other", Audience.PANEL, condition=Equals("expected", "no"))
FORM = Form(
    (
        Section("first", Text({"en": "First"}), (EXPECTED, PHONE)),
        Section("second", Text({"en": "Second"}), (PROOF, OTHER)),
    )
)
ANSWERS = {"expected": "yes", "phone": "+254", "proof": "a letter", "other": "left over"}


@pytest.mark.parametrize(
    ("who_sees", "is_sensitive", "readers"),
    [
        ((Audience.OFFICERS, Audience.PUBLIC), False, [Audience.OFFICERS, Audience.AUDITORS]),
        ((Audience.PUBLIC,), False, []),
        ((), False, []),
        ((Audience.OFFICERS, Audience.PANEL), True, [Audience.OFFICERS]),
        ((Audience.PANEL,), True, []),
        ((Audience.AUDITORS, Audience.PANEL), False, [Audience.PANEL, Audience.AUDITORS]),
    ],
)
def test_readers_are_those_with_a_page_and_officers_alone_of_what_is_sensitive(
    who_sees: tuple[Audience, ...], *, is_sensitive: bool, readers: list[Audience]
) -> None:
    assert list(readers_of(ask("a", *who_sees, is_sensitive=is_sensitive))) == readers


def test_what_names_everybody_is_told_to_all_unless_it_is_sensitive_or_asked_twice() -> None:
    told = ask("a", Audience.PUBLIC, means=(Meaning.CITATION, Meaning.TITLE))
    kept = ask("b", Audience.OFFICERS, means=(Meaning.TITLE,))
    hidden = ask("c", Audience.PUBLIC, is_sensitive=True, means=(Meaning.GENDER,))
    assert [is_told_to_all(each) for each in (told, kept, hidden)] == [True, False, False]
    form = Form((Section("all", Text("All"), (told, kept, hidden)),))
    assert meanings_told_to_all(form) == {Meaning.CITATION}


def test_a_reader_gets_what_was_asked_for_their_eyes_and_nothing_beside() -> None:
    read = read_by(FORM, ANSWERS, PANEL)
    assert read.answers == {"proof": "a letter"}
    assert [section.key for section in read.form.sections] == ["second"]
    assert (read.has("proof"), read.has("phone"), read.is_whole) == (True, False, False)


def test_a_condition_on_a_hidden_answer_does_not_hide_what_was_asked() -> None:
    (kept,) = read_by(FORM, ANSWERS, PANEL).form.questions()
    assert kept == replace(PROOF, condition=None)


def test_officers_and_the_applicant_read_all_that_applied() -> None:
    asked = {"expected": "yes", "phone": "+254", "proof": "a letter"}
    for read in (read_whole(FORM, ANSWERS), read_by(FORM, ANSWERS, OFFICERS)):
        assert (read.answers, read.is_whole) == (asked, True)


def test_nobody_of_no_audience_reads_anything() -> None:
    read = read_by(FORM, ANSWERS, frozenset())
    assert (read.form.sections, read.answers) == ((), {})


def test_a_meaning_is_told_where_every_question_that_carries_it_is_read() -> None:
    open_one = ask("a", Audience.OFFICERS, Audience.PANEL, means=(Meaning.TITLE,))
    closed = ask("b", Audience.OFFICERS, means=(Meaning.TITLE, Meaning.KEYWORDS))
    form = Form((Section("s", Text({"en": "S"}), (open_one, closed)),))
    assert {Meaning.TITLE, Meaning.KEYWORDS} <= meanings_read_by(form, OFFICERS)
    assert {Meaning.TITLE, Meaning.KEYWORDS}.isdisjoint(meanings_read_by(form, PANEL))


def test_officers_name_only_readers_to_whom_it_opens_something() -> None:
    assert readers_that_may_be_named(PHONE) == (Audience.OFFICERS,)
    hosted = ask("title", Audience.OFFICERS, Audience.HOSTS)
    assert Audience.HOSTS in readers_that_may_be_named(hosted)
    assert set(readers_that_may_be_named(EXPECTED)) == {
        Audience.OFFICERS,
        Audience.AGREEING,
        Audience.MATCHED,
        Audience.WRITERS,
        Audience.REVIEWERS,
        Audience.PANEL,
    }


@pytest.mark.parametrize(
    "question",
    [
        ask("title", Audience.OFFICERS, means=(Meaning.TITLE,)),
        ask("title", Audience.PANEL, means=(Meaning.SUBJECT_NAME,)),
        ask(
            "title",
            Audience.OFFICERS,
            Audience.PANEL,
            is_sensitive=True,
            means=(Meaning.APPLICANT_NAME,),
        ),
    ],
)
def test_what_lists_show_must_be_readable_by_whoever_opens_a_list(question: Question) -> None:
    form = Form((Section("s", Text({"en": "S"}), (question,)),))
    assert [fault.code for fault in check_form(form)] == ["listed_unread"]
