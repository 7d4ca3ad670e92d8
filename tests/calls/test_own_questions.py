"""Officers change the answers that a question offers, the words of sections, who is asked what, and
ask questions of their own, in each language; nothing typed is lost, and no key is given twice.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.calls import queries
from anso.calls.models import BankQuestion, Call
from anso.kernel.questions import Equals, Question
from anso.kernel.wording import Text
from tests.factories.calls import make_call, make_programme
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]


def page(call: Call, rest: str) -> str:
    return f"/desk/calls/{call.reference}/{rest}"


def asked(call: Call, key: str, purpose: str = "application") -> Question:
    return queries.get_working_form(call, purpose)[1].question(key)


def open_own(client: Client, call: Call, purpose: str = "application") -> Tab:
    return Tab(client, page(call, f"ask/{purpose}/"), field="label_en")


def test_answers_that_may_be_chosen_are_worded_added_ordered_and_taken_away(
    ana: Client, draft: Call
) -> None:
    listed = page(draft, "terms/options-application-gender/")
    assert "Answers to “Gender”" in ana.get(listed).content.decode()
    question = page(draft, "questions/application/gender/")
    assert f'href="{listed}"' in ana.get(question).content.decode()
    tab = Tab(ana, page(draft, "add/options-application-gender/"), field="label_en")
    assert tab.fill({"label_en": "Non-binary"}).send().status_code == 302
    assert "missing in العربية" in ana.get(listed).content.decode()
    tab = Tab(ana, f"{listed}non_binary/", field="label_ar")
    assert tab.fill({"label_ar": "غير ثنائي", "hint_en": "Or similar."}).send().status_code == 302
    revision = str(Call.objects.get(pk=draft.pk).revision)
    ana.post(listed, {"act": "up", "key": "non_binary", "revision": revision})
    values = asked(draft, "gender").option_values()
    option = asked(draft, "gender").options[-2]
    assert values[-2] == "non_binary"
    assert option.label == Text({"en": "Non-binary", "ar": "غير ثنائي"})
    revision = str(Call.objects.get(pk=draft.pk).revision)
    ana.post(listed, {"act": "remove", "key": "non_binary", "revision": revision})
    assert "non_binary" not in asked(draft, "gender").option_values()


def test_a_question_keeps_two_answers_and_officers_are_told_which_it_is(
    ana: Client, draft: Call
) -> None:
    tab = open_own(ana, draft)
    tab.fill({"label_en": "Tea or coffee?", "type": "choice", "options_en": "Tea\n\nCoffee\n"})
    assert tab.send().status_code == 302
    assert asked(draft, "tea_or_coffee").option_values() == ("tea", "coffee")
    revision = str(Call.objects.get(pk=draft.pk).revision)
    body = {"act": "remove", "key": "tea", "revision": revision}
    answer = ana.post(page(draft, "terms/options-application-tea_or_coffee/"), body, follow=True)
    assert "needs at least two options" in answer.content.decode()
    assert asked(draft, "tea_or_coffee").option_values() == ("tea", "coffee")


def test_a_table_of_our_own_gets_its_columns_and_what_may_be_chosen_in_one(
    ana: Client, draft: Call
) -> None:
    assert (
        open_own(ana, draft).fill({"label_en": "Costs", "type": "table"}).send().status_code == 302
    )
    listed = page(draft, "terms/columns-application-costs/")
    assert "Columns of “Costs”" in ana.get(listed).content.decode()
    assert (
        f'href="{listed}"' in ana.get(page(draft, "questions/application/costs/")).content.decode()
    )
    add = page(draft, "add/columns-application-costs/")
    refused = Tab(ana, add, field="label_en").fill({"label_en": "Cost", "kind": "money"}).send()
    assert "needs the code of a currency" in refused.content.decode()
    amount = {"label_en": "Cost", "kind": "money", "currency": "eur", "has_total": "yes"}
    assert Tab(ana, add, field="label_en").fill(amount).send().status_code == 302
    kind = {"label_en": "Kind", "label_ar": "النوع", "kind": "choice"}
    assert Tab(ana, add, field="label_en").fill(kind).send().status_code == 302
    options = page(draft, "terms/options-application-costs-kind/")
    assert f'href="{options}"' in ana.get(f"{listed}kind/").content.decode()
    assert f'href="{options}"' not in ana.get(f"{listed}cost/").content.decode()
    assert "Answers to “Kind”" in ana.get(options).content.decode()
    for name in ("Travel", "Equipment"):
        tab = Tab(ana, page(draft, "add/options-application-costs-kind/"), field="label_en")
        assert tab.fill({"label_en": name}).send().status_code == 302
    item, cost, chosen = asked(draft, "costs").columns
    assert (item.key, item.required) == ("item", True)
    assert (cost.currency, cost.has_total) == ("EUR", True)
    assert [option.value for option in chosen.options] == ["travel", "equipment"]
    for gone in (
        "options-application-costs",
        "options-application-costs-cost",
        "columns-application",
    ):
        assert ana.get(page(draft, f"terms/{gone}/")).status_code == 404
    assert ana.get(page(draft, "terms/options-application-costs-kind-x/")).status_code == 404


def test_a_statement_of_our_own_has_a_version_of_its_words(ana: Client, draft: Call) -> None:
    asking = open_own(ana, draft).fill({"label_en": "I agree to the terms.", "type": "statement"})
    tab = Tab(ana, asking.send()["Location"], field="edition").fill({"edition": " 2 "})
    assert tab.send().status_code == 302
    assert asked(draft, "i_agree_to_the_terms").edition == "2"
    assert "(version 2)" in ana.get(page(draft, "questions/application/i_agree_to_the_terms/")).text
    long = Tab(ana, tab.address, field="edition").fill({"edition": "2" * 21}).send()
    assert long.status_code == 422
    assert 'name="edition"' not in ana.get(page(draft, "questions/application/gender/")).text


def test_the_limits_of_a_budget_are_changed_as_other_lists_are(
    ana: Client, officer: Account
) -> None:
    programme = make_programme(kind="collaborative_research")
    call = make_call(programme, state="draft", officer=officer)
    listed = page(call, "terms/sums-full_proposal-budget/")
    shown = ana.get(page(call, "questions/full_proposal/budget/")).text
    assert f'href="{listed}"' in shown
    assert f'href="{page(call, "terms/columns-full_proposal-budget/")}"' in shown
    assert "Rules about amounts of “Budget by" in ana.get(listed).text
    tab = Tab(ana, f"{listed}ceiling/", field="bound")
    assert "Write a number" in tab.fill({"bound": "a million"}).send().text
    assert tab.fill({"bound": "1500000.50"}).send().status_code == 302
    budget = asked(call, "budget", "full_proposal")
    assert {rule.key: rule.bound for rule in budget.sums}["ceiling"] == Decimal("1500000.50")
    assert ana.get(page(call, "terms/sums-full_proposal-work_plan/")).status_code == 404
    assert ana.get(page(call, "add/sums-full_proposal-budget/")).status_code == 302


def test_levels_are_changed_where_they_are_promised_and_nowhere_else(
    ana: Client, draft: Call
) -> None:
    answer = ana.get(page(draft, "terms/options-application-level/"), follow=True)
    assert answer.request["PATH_INFO"] == page(draft, "terms/levels/")
    assert "The question by which people choose what they ask for" in answer.content.decode()


def test_a_question_of_our_own_is_asked_in_both_languages_after_an_answer(
    ana: Client, draft: Call
) -> None:
    tab = open_own(ana, draft)
    answer = tab.fill({"label_ar": "أي لغات أخرى؟", "type": "multichoice"}).send()
    assert "This must be there in English." in answer.content.decode()
    assert tab.read(answer).shown("label_ar") == "أي لغات أخرى؟"
    tab.fill(
        {
            "label_en": "Which other languages?",
            "options_en": "French\nSwahili",
            "options_ar": "الفرنسية\nالسواحلية",
            "required": "no",
            "who_sees": ["officers", "reviewers"],
        }
    )
    answer = tab.send()
    assert answer.status_code == 302
    question = asked(draft, "which_other_languages")
    assert [each.label["ar"] for each in question.options] == ["الفرنسية", "السواحلية"]
    assert (question.required, question.who_sees) == (False, ("officers", "reviewers"))
    tab = Tab(ana, answer["Location"], field="condition")
    offered = {
        option.text_content().strip(): option.get("value")
        for option in tab.form.xpath(".//select[@name='condition']/option")
    }
    assert tab.fill({"condition": offered["Level of study: Doctoral"]}).send().status_code == 302
    assert asked(draft, "which_other_languages").condition == Equals("level", "phd")
    tab = Tab(ana, answer["Location"], field="condition").fill({"condition": ""})
    tab.send()
    assert asked(draft, "which_other_languages").condition is None


def test_a_question_cannot_depend_on_one_that_is_asked_later(ana: Client, draft: Call) -> None:
    tab = Tab(ana, page(draft, "questions/application/level/"), field="condition")
    assert tab.form.xpath(".//select[@name='condition']/option/@value") == [""]
    answer = tab.fill({"condition": '{"equals":true,"key":"commits_full_time"}'}).send()
    assert "Choose one of the answers in the list." in answer.content.decode()


def test_an_own_question_never_takes_a_key_of_the_bank_or_of_the_form(
    ana: Client, draft: Call
) -> None:
    assert BankQuestion.objects.filter(key="gender").exists()
    for _ in range(2):
        tab = open_own(ana, draft).fill({"label_en": "Gender", "type": "text"})
        assert tab.send().status_code == 302
    keys = queries.get_working_form(draft)[1].keys()
    assert {"gender", "gender_2", "gender_3"} <= set(keys)
    tab = open_own(ana, draft).fill({"label_en": "Как вы узнали о нас?", "type": "text"})
    assert tab.send().status_code == 302
    assert str(asked(draft, "own").label) == "Как вы узнали о нас?"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"label_en": "Why?"}, "Say how it is answered."),
        ({"label_en": "Why?", "type": "hologram"}, "Say how it is answered."),
        (
            {"label_en": "Why?", "type": "choice", "options_en": "One"},
            "Give at least two answers in English",
        ),
        ({"label_en": "Why?", "type": "text", "section": "nowhere"}, "There is no section"),
    ],
)
def test_what_could_not_be_answered_is_refused_and_kept(
    ana: Client, draft: Call, typed: dict[str, Any], told: str
) -> None:
    tab = open_own(ana, draft)
    answer = tab.fill(typed).send()
    assert told in answer.content.decode()
    assert tab.read(answer).shown("label_en") == "Why?"


def test_a_section_has_words_in_each_language(ana: Client, draft: Call) -> None:
    form = queries.get_working_form(draft)[1]
    key = form.sections[0].key
    listed = page(draft, "terms/sections-application/")
    assert f'href="{listed}"' in ana.get(page(draft, "questions/")).content.decode()
    tab = Tab(ana, f"{listed}{key}/", field="title_en")
    tab.fill({"title_en": "First things", "intro_en": "Have your passport at hand."})
    assert tab.send().status_code == 302
    changed = queries.get_working_form(draft)[1].section(key)
    assert str(changed.title) == "First things"
    assert changed.questions == form.section(key).questions
    assert "missing in العربية" in ana.get(listed).content.decode()
    assert ana.get(page(draft, "terms/sections-nothing/")).status_code == 404
    assert ana.get(page(draft, "terms/options-application-title/")).status_code == 404


def test_after_publication_other_answers_wait_as_a_new_version(
    ana: Client, officer: Account
) -> None:
    call = make_call(make_programme("prize"), officer=officer)
    tab = Tab(ana, page(call, "add/options-application-nominee_gender/"), field="label_en")
    assert tab.fill({"label_en": "Prefers no word"}).send().status_code == 302
    assert "prefers_no_word" in asked(call, "nominee_gender").option_values()
    in_force = queries.get_form(call)[1].question("nominee_gender")
    assert "prefers_no_word" not in in_force.option_values()


def test_a_letter_asks_a_question_of_our_own_too(ana: Client, officer: Account) -> None:
    call = make_call(make_programme("collaborative_research"), state="draft", officer=officer)
    tab = open_own(ana, call, "partner").fill({"label_en": "Since when?", "type": "date"})
    assert tab.send().status_code == 302
    assert asked(call, "since_when", "partner").type == "date"


def question_tab(client: Client, call: Call, key: str, field: str) -> Tab:
    return Tab(client, f"/desk/calls/{call.reference}/questions/application/{key}/", field=field)


def test_what_an_answer_may_be_is_changed_for_words_days_and_documents(
    ana: Client, draft: Call
) -> None:
    def now(key: str) -> Question:
        return queries.get_working_form(Call.objects.get(pk=draft.pk))[1].question(key)

    tab = question_tab(ana, draft, "passport", "files")
    kept = now("passport").file
    assert kept is not None
    assert tab.shown("files") == str(kept.max_count)
    tab.fill({"formats": ["application/pdf"], "bytes": "5", "files": "3"})
    assert tab.send().status_code == 302
    slot = now("passport").file
    assert slot is not None
    assert (slot.accepts, slot.max_bytes, slot.max_count) == (
        ("application/pdf",), 5 * 1024 * 1024, 3,
    )  # fmt: skip
    for field, typed, said in (
        ("bytes", "5000", "give a whole number from 1 to"),
        ("files", "none", "is not a whole number"),
        ("formats", [], "at least one of the formats"),
    ):
        tab = question_tab(ana, draft, "passport", "files").fill({field: typed})
        answer = tab.send()
        assert answer.status_code == 422
        assert said in answer.content.decode()
    tab = question_tab(ana, draft, "passport_valid_until", "earliest")
    tab.fill(earliest="2027-01-01", latest="2026-01-01")
    answer = tab.send()
    assert answer.status_code == 422
    assert "allows no day at all" in answer.content.decode()
    tab = question_tab(ana, draft, "passport_valid_until", "earliest")
    assert tab.fill(earliest="2027-01-01", latest="").send().status_code == 302
    assert now("passport_valid_until").earliest == dt.date(2027, 1, 1)
    tab = question_tab(ana, draft, "title", "least")
    assert tab.fill(least="10", most="150").send().status_code == 302
    limit = now("title").limit
    assert limit is not None
    assert (limit.unit, limit.least, limit.most) == ("characters", 10, 150)
    tab = question_tab(ana, draft, "title", "least").fill(least="200")
    answer = tab.send()
    assert answer.status_code == 422
    assert "nothing lies between its least and its most" in answer.content.decode()
    tab = question_tab(ana, draft, "title", "least").fill(least="", most="")
    assert tab.send().status_code == 302
    assert now("title").limit is None


def test_two_officers_on_the_limits_of_one_question(ana: Client, bo: Client, draft: Call) -> None:
    mine, theirs = (question_tab(who, draft, "title", "least") for who in (ana, bo))
    assert theirs.fill(most="90").send().status_code == 302
    assert mine.fill(least="5").send().status_code == 302, "each bound is changed by itself"
    limit = queries.get_working_form(Call.objects.get(pk=draft.pk))[1].question("title").limit
    assert limit is not None
    assert (limit.least, limit.most) == (5, 90)
    late = mine.read(ana.get(mine.address))
    assert question_tab(bo, draft, "title", "least").fill(most="80").send().status_code == 302
    assert late.fill(most="70").send().status_code == 409
