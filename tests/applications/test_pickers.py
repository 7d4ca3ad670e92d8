"""Organisations that are looked up, points, DOIs and statements with an edition, on the pages of a
form and in words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from anso.applications.forms import page_field_specs, stays_on_page
from anso.applications.wording import value_in_words
from anso.directory.queries import organisations_like
from anso.kernel.questions import Option, Question, clean_answer
from anso.kernel.wording import both
from anso.ui.fields import field, read_value, shown_value
from anso.ui.question_fields import field_spec_for
from tests.cast import Cast
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.directory import make_organisation

LABEL = both("Where", "أين")


def asked(kind: str, **more: Any) -> Question:
    return replace(Question("q", kind, LABEL), **more)


@pytest.mark.django_db
def test_an_organisation_is_looked_up_without_a_script_and_picked_by_one_button(cast: Cast) -> None:
    make_organisation(name="Institute of Salt & Water, Kisumu")
    make_organisation(name="Institute of Salt, Lima")
    assert organisations_like("salt kisumu") == ["Institute of Salt & Water, Kisumu"]
    assert organisations_like("salt", most=1) == ["Institute of Salt & Water, Kisumu"]
    assert organisations_like(" – ") == []
    application = make_application(make_call(), applicant=cast.applicant)
    typed = {"q": {"name": "salt kisumu"}}
    (entry,) = page_field_specs(application, [asked("organisation")], typed, {}, {})
    drawn = field(entry)
    assert 'name="look_up"' in drawn
    assert 'name="q:pick" value="Institute of Salt &amp; Water, Kisumu"' in drawn
    sent = QueryDict("q:name=salt+kisumu&q:ror=&q:pick=Institute+of+Salt")
    assert stays_on_page(sent)
    assert not stays_on_page(QueryDict("q:name=x&picked=1"))
    assert read_value("organisation", "q", sent) == {"name": "Institute of Salt", "ror": ""}
    known = {"q": {"name": "Institute of Salt, Lima"}}
    (entry,) = page_field_specs(application, [asked("organisation")], known, {}, {})
    assert entry["found"] == [], "what stands there is not offered again"
    assert 'name="look_up"' not in field(field_spec_for(asked("organisation")))


@pytest.mark.parametrize(
    ("question", "value", "words", "arabic"),
    [
        (asked("organisation"), {"name": "Caltech", "ror": "05dxps055"}, None, None),
        (asked("organisation"), "Caltech", "Caltech", "Caltech"),
        (
            asked("dois"),
            ["10.1/a", "10.1/b"],
            "https://doi.org/10.1/a\nhttps://doi.org/10.1/b",
            None,
        ),
        (
            asked("point"),
            "-1.2921, 36.8219",
            "1.2921° south, 36.8219° east",
            "1.2921° جنوبًا، 36.8219° شرقًا",
        ),
        (asked("point"), "1, -2", "1° north, 2° west", None),
        (asked("point"), "by the lake", "by the lake", None),
        (asked("statement"), True, "Yes", "نعم"),
        (asked("statement", edition="2"), "2", "Yes, version 2", "نعم، النسخة 2"),
    ],
)
def test_they_read_in_words(
    question: Question, value: Any, words: str | None, arabic: str | None
) -> None:
    assert value_in_words(question, value, "en") == (words or "Caltech, https://ror.org/05dxps055")
    if arabic:
        with override("ar"):
            assert value_in_words(question, value, "ar") == arabic


def test_a_point_is_said_back_where_it_was_typed() -> None:
    drawn = field(field_spec_for(asked("point"), "-1.2921, 36.8219"))
    assert "Understood as 1.2921° south, 36.8219° east." in drawn
    assert "Understood" not in field(field_spec_for(asked("point"), "by the lake"))


def test_dois_stand_one_on_each_line_and_come_back_so() -> None:
    entry = field_spec_for(asked("dois"), ["10.1000/a", "10.1000/b"])
    assert ">\n10.1000/a\n10.1000/b</textarea>" in field(entry)
    assert clean_answer(asked("dois"), shown_value(entry)).value == ["10.1000/a", "10.1000/b"]
    assert "Nature</textarea>" in field(field_spec_for(asked("dois"), "Nature"))


def test_a_statement_names_its_edition_and_is_open_again_in_the_next() -> None:
    statement = asked("statement", edition="2")
    assert "Where (version 2)" in field(field_spec_for(statement, "2"))
    assert " checked" in field(field_spec_for(statement, "2"))
    assert " checked" not in field(field_spec_for(statement, "1"))
    assert shown_value(field_spec_for(statement, "1")) == ""


def test_options_of_a_group_stand_below_its_name() -> None:
    groups = (both("Research", "بحث"), both("Well-being", "رفاه"))
    options = tuple(Option(str(number), LABEL, group=groups[number // 2]) for number in range(3))
    assert Option.from_dict(options[0].to_dict()) == options[0]
    for kind in ("choice", "multichoice"):
        drawn = field(field_spec_for(asked(kind, options=options), "1"))
        assert drawn.count('<li class="of">') == 2
        assert drawn.index("Research") < drawn.index("Well-being")
