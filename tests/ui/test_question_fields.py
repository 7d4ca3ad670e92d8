"""Questions of the question bank become plain dicts in the reader's language."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from django.utils import translation

from anso.kernel.questions import Audience, FileSlot, Limit, Option, Question
from anso.kernel.wording import Message, Text
from anso.ui.question_fields import field_spec_for, field_specs_for, sentence, set_apart


def question(kind: str = "text", **more: object) -> Question:
    return Question("q", kind, Text({"en": "Title", "ar": "العنوان"}), **more)  # type: ignore[arg-type]


def test_words_come_in_the_readers_language() -> None:
    with translation.override("ar"):
        assert field_spec_for(question())["label"] == "العنوان"
    with translation.override("fr"):
        assert field_spec_for(question())["label"] == "Title"


def test_readers_of_the_answer_are_named() -> None:
    asked = question(who_sees=(Audience.OFFICERS, Audience.REVIEWERS))
    assert (
        field_spec_for(asked)["who_sees"]
        == "Seen by: programme officers of this call, reviewers, auditors."
    )
    assert field_spec_for(question(who_sees=()))["who_sees"] == ""


def test_limits_bounds_and_file_slots_reach_the_browser() -> None:
    assert field_spec_for(question(limit=Limit.of("words", most=5)))["limit"] == {
        "unit": "words",
        "most": 5,
    }
    assert (
        field_spec_for(question("multichoice", limit=Limit.of("choices", most=5)))["limit"] is None
    )
    assert field_spec_for(question("date", earliest=date(2027, 9, 1)))["min"] == "2027-09-01"
    assert field_spec_for(question("number"))["step"] == "any"
    slot = field_spec_for(question("file", file=FileSlot(max_count=2)))
    assert (slot["accept"], slot["multiple"]) == ("application/pdf", True)


def test_a_message_is_translated_before_its_facts_are_filled_in() -> None:
    assert sentence(Message("x", "Use at most %(limit)s.", {"limit": 5})) == "Use at most 5."
    assert sentence(None) == ""


def test_countries_are_asked_for_only_by_questions_of_countries() -> None:
    asked = (
        question(),
        question("country"),
        question("choice", options=(Option("a", Text("A"), Text("hint")),)),
    )
    calls: list[int] = []

    def countries() -> tuple[tuple[str, str], ...]:
        calls.append(1)
        return (("KE", "Kenya"),)

    text, country, choice = field_specs_for(
        asked, {"q": "v"}, {"q": Message("m", "No.")}, countries
    )
    assert text["value"] == "v"
    assert text["error"] == "No."
    assert country["options"] == (("KE", "Kenya"),)
    assert choice["options"] == (("a", "A", "hint"),)
    assert len(calls) == 1


def test_several_things_in_one_fact_stand_in_a_row_of_the_readers_language() -> None:
    both = Text({"en": "open", "ar": "مفتوح"})
    told = Message("x", "Rows: %(rows)s", {"rows": (both, Message("y", "Open"), "7")})
    assert str(told) == sentence(told) == "Rows: open, Open, 7"
    with translation.override("ar"):
        assert sentence(told) == "Rows: مفتوح، المفتوحة، 7"


def test_what_holds_commas_of_its_own_is_set_apart_by_more() -> None:
    assert set_apart(["a, b", "c"]) == "a, b; c"
    with translation.override("ar"):
        assert set_apart(["أ، ب", "ج"]) == "أ، ب؛ ج"


def test_no_page_and_no_sentence_joins_with_the_comma_of_one_language() -> None:
    """Everywhere but where the row is data: of a header, a statement, an input, the record."""
    source = Path(__file__).resolve().parents[2] / "src" / "anso"
    joined = re.compile(r"""(["'])[,;] \1\.join|\|join:"[,;] """)
    found = {
        str(path.relative_to(source))
        for kind in ("*.py", "*.html")
        for path in source.rglob(kind)
        if path.relative_to(source).parts[0] not in ("selection", "demonstration")
        and joined.search(path.read_text())
    }
    assert {each for each in found if not each.startswith("kernel/eligibility/kinds/")} == {
        "applications/actions/export_views.py",
        "calls/forms/intake.py",
        "database/prepared.py",
        "decisions/actions/computing.py",
        "kernel/people_lists.py",
        "kernel/terms/occasion.py",
        "kernel/wording.py",
        "notifications/actions/delivery.py",
        "review/queries/candidates.py",
    }
