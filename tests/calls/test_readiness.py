"""Before publication a draft is looked at as a whole: what lost its question, what comes in the
wrong order, what is missing in a language. Each fault leads to the page that mends it.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.calls.actions import remove_question
from anso.calls.models import Call
from anso.calls.queries import find_faults
from anso.calls.wording.readiness import url_of_fault
from anso.kernel.faults import DesignFault
from tests.factories.calls import make_call, make_programme
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]


def faults_now(call: Call, now: dt.datetime) -> dict[str, DesignFault]:
    return {fault.code: fault for fault in find_faults(Call.objects.get(pk=call.pk), now)}


def remove(call: Call, key: str, officer: Account, now: dt.datetime) -> None:
    call.refresh_from_db()
    remove_question(
        call=call, purpose="application", key=key, base_revision=call.revision, actor=officer,
        now=now,
    )  # fmt: skip


def test_a_rule_whose_question_is_gone_leads_to_the_rule_that_then_looks_elsewhere(
    ana: Client, draft: Call, officer: Account, now: dt.datetime
) -> None:
    remove(draft, "passport_valid_until", officer, now)
    fault = faults_now(draft, now)["not_asked"]
    assert str(fault) == "Rule F9 reads “passport_valid_until”, which nobody is asked."
    tab = Tab(ana, url_of_fault(draft, fault), field="terms.fact")
    assert "which is not there any more" in tab.words()
    assert tab.fill({"terms.fact": "degree_awarded_on"}).send().status_code == 302
    assert "not_asked" not in faults_now(draft, now)


def test_letters_groups_and_meanings_that_lost_their_question_are_found(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    for key in ("referee_2", "gender"):
        remove(draft, key, officer, now)
    found = faults_now(draft, now)
    assert "“referee_2”, which names who writes it, is gone." in str(found["no_writer"])
    assert str(found["few_writers"]) == (
        "referee’s letter: 2 are asked for, and 1 questions name a writer."
    )
    assert found["no_writer"].at == found["few_writers"].at == ("referee",)
    assert "who is in “women”" in str(found["group_not_asked"])
    assert found["group_not_asked"].at == ("women",)
    assert str(found["meaning_lost"]).startswith("“Gender” is not asked any more")
    assert found["meaning_lost"].is_blocking is False


def test_one_missing_text_is_named_and_many_are_counted_each_with_the_way_to_them(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    assert "words_missing" not in faults_now(draft, now)
    design = draft.design
    del design["benefits"][0]["label"]["ar"]
    draft.save()
    fault = faults_now(draft, now)["words_missing"]
    assert str(fault) == "“Tuition waived”: words are missing in العربية."
    tab = Tab(ana, url_of_fault(draft, fault), field="label_ar")
    assert "missing in العربية" in tab.words()
    assert tab.fill({"label_ar": "إعفاء من الرسوم"}).send().status_code == 302
    assert "words_missing" not in faults_now(draft, now)
    draft.refresh_from_db()
    for benefit in draft.design["benefits"]:
        del benefit["payer"]["ar"]
    draft.save()
    fault = faults_now(draft, now)["words_missing"]
    page = ana.get(f"/desk/calls/{draft.reference}/publish/").content.decode()
    count = len(draft.design["benefits"])
    assert f"Benefits: words of {count} entries are missing in العربية." in page
    assert f'href="{url_of_fault(draft, fault)}"' in page
    assert url_of_fault(draft, fault).endswith("/terms/benefits/")


def test_a_question_without_arabic_words_leads_to_that_question(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    page = f"/desk/calls/{draft.reference}/questions/application/degree_institution/"
    hint = {"hint_en": "As it stands in the passport."}
    assert Tab(ana, page, field="hint_en").fill(hint).send().status_code == 302
    fault = faults_now(draft, now)["words_missing"]
    assert fault.at == ("application", "degree_institution")
    assert url_of_fault(draft, fault) == page


def test_a_letter_that_counts_until_after_the_panel_has_met_is_refused(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    page = f"/desk/calls/{draft.reference}/terms/letters/referee/"
    tab = Tab(ana, page, field="days_after_close").fill({"days_after_close": "92"})
    assert tab.send().status_code == 302
    told = faults_now(draft, now)["letter_untold"]
    assert "when “Letters of referees” is over already" in str(told)
    assert told.is_blocking is False
    fault = faults_now(draft, now)["letter_late"]
    assert "when “Panel meeting” has begun" in str(fault)
    assert url_of_fault(draft, fault) == page
    tab = Tab(ana, page, field="days_after_close").fill({"days_after_close": "91"})
    tab.send()
    assert "letter_late" not in faults_now(draft, now)


@pytest.mark.parametrize("kind", ["fellowship", "prize", "collaborative_research"])
def test_what_a_kind_ships_lacks_nothing_but_people(
    officer: Account, kind: str, now: dt.datetime
) -> None:
    call = make_call(make_programme(kind), state="draft", officer=officer)
    assert {fault.part for fault in find_faults(call, now)} <= {"people"}
