"""Small values of the kernel that other tests only pass by."""

from __future__ import annotations

from anso.kernel.eligibility.evaluation import _WatchedFacts
from anso.kernel.faults import DesignFault, DesignPart
from anso.kernel.questions import Form, Meaning, Question, Section, check_form
from anso.kernel.wording import CountedText, Message, Text


def test_watched_facts_are_a_mapping_that_notes_what_was_looked_at() -> None:
    facts = _WatchedFacts({"a": 1, "b": 2})
    assert (list(facts), len(facts), list(facts.read)) == (["a", "b"], 2, [])
    assert facts["b"] == 2
    assert list(facts.read) == ["b"]


def test_a_fault_has_the_code_of_what_is_wrong() -> None:
    fault = DesignFault(DesignPart.RUBRIC, Message("no_weight", "A weight is missing."))
    assert fault.code == "no_weight"


def test_equal_counted_texts_are_found_in_a_set() -> None:
    forms = {"en": {"one": "%(n)s place", "other": "%(n)s places"}}
    assert len({CountedText(forms), CountedText(dict(forms))}) == 1


def test_a_meaning_needs_a_question_of_its_type() -> None:
    asked = Question("born", "text", Text("Born"), means=(Meaning.BIRTH_DATE,))
    form = Form((Section("one", Text("One"), (asked,)),))
    assert "meaning_of_other_type" in {fault.code for fault in check_form(form)}
