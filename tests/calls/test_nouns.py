"""A call's own words for what comes in: typed by officers, read wherever the call speaks of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils.translation import override

from anso.calls import queries
from anso.calls.models import Call
from anso.calls.queries import find_faults
from anso.calls.wording.readiness import url_of_fault
from anso.programmes.wording import CallWords
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]
OWN = {
    "noun_en": "abstract",
    "heading_en": "Abstract",
    "your_en": "your abstract",
    "yours_en": "Your abstract",
    "start_en": "Start abstract",
    "start_yours_en": "Start your abstract",
    "counted_en_one": "{n} abstract",
    "counted_en_other": "{n} abstracts, 100% of them read",
}
ARABIC = {
    "noun_ar": "ملخص",
    "heading_ar": "الملخص",
    "your_ar": "ملخصكم",
    "yours_ar": "ملخصكم",
    "start_ar": "ابدأ الملخص",
    "start_yours_ar": "ابدأ ملخصكم",
    "counted_ar_two": "ملخصان",
    "counted_ar_other": "{n} ملخص",
}


def words_page(client: Client, call: Call) -> Tab:
    return Tab(client, f"/desk/calls/{call.reference}/words/", field="noun_en")


def words_of(call: Call) -> CallWords:
    return CallWords(queries.get_terms(Call.objects.get(pk=call.pk)))


def test_a_call_speaks_of_abstracts_in_both_languages(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    tab = words_page(ana, draft)
    assert tab.shown("noun_en") == ""
    assert "Usually: application" in tab.words()
    assert "Usually: طلب" in tab.words(), "the usual word of each language below its field"
    assert "For as many as 3, 4, 5" in tab.words(), "which numbers a form is for"
    assert tab.fill(OWN).send().status_code == 302
    said = words_of(draft)
    assert (said.count_entries(1), str(said.entry.start)) == ("1 abstract", "Start abstract")
    assert said.count_entries(7) == "7 abstracts, 100% of them read"
    assert str(said.entry.who) == "Who can apply", "what was left out is said as usual"
    fault = next(
        each for each in find_faults(Call.objects.get(pk=draft.pk), now) if each.part == "nouns"
    )
    assert str(fault) == "“abstract”: words are missing in العربية."
    assert url_of_fault(draft, fault) == tab.address
    tab = words_page(ana, draft)
    assert tab.shown("counted_en_other") == "{n} abstracts, 100% of them read"
    assert tab.fill(ARABIC).send().status_code == 302
    with override("ar"):
        assert words_of(draft).count_entries(2) == "ملخصان"
        assert str(words_of(draft).entry.heading) == "الملخص"
    assert not [
        each for each in find_faults(Call.objects.get(pk=draft.pk), now) if each.part == "nouns"
    ]
    tab = words_page(ana, draft)
    assert tab.fill(dict.fromkeys(OWN | ARABIC, "")).send().status_code == 302
    assert queries.get_terms(Call.objects.get(pk=draft.pk)).nouns is None


def test_some_words_without_the_others_are_refused_and_stay(ana: Client, draft: Call) -> None:
    tab = words_page(ana, draft).fill(noun_en="abstract", heading_en="A" * 201)
    answer = tab.send()
    assert answer.status_code == 422
    assert "you have 201" in tab.read(answer).words()
    answer = tab.fill(heading_en="").send()
    assert answer.status_code == 422
    assert "this one must be there too" in tab.read(answer).words()
    assert tab.shown("noun_en") == "abstract"
    tab.fill({key: words for key, words in OWN.items() if key != "counted_en_other"})
    assert "this one must be there too" in tab.read(tab.send()).words()
    tab.fill(OWN | {"counted_ar_two": "ملخصان"})  # a language has all its forms or none
    assert "this one must be there too" in tab.read(tab.send()).words()
    assert queries.get_terms(Call.objects.get(pk=draft.pk)).nouns is None


def test_two_officers_on_the_words_see_both(ana: Client, bo: Client, draft: Call) -> None:
    assert words_page(ana, draft).fill(OWN).send().status_code == 302
    mine, theirs = words_page(ana, draft), words_page(bo, draft)
    assert theirs.fill(noun_en="poster").send().status_code == 302
    answer = mine.fill(noun_en="talk", your_en="your talk").send()
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "poster" in page
    assert "talk" in page
    assert str(words_of(draft).entry.noun) == "poster"
