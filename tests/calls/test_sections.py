"""Officers order what a form asks: sections are added, renamed, moved and taken away with their
questions, and a question moves from one to another.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.calls import queries
from anso.calls.actions import add_question
from anso.calls.models import Call
from anso.calls.queries import find_faults
from anso.calls.wording.readiness import url_of_fault
from anso.kernel.questions import Form, Question
from anso.kernel.wording import both
from tests.factories.calls import make_call
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]
TABLE = "sections-application"


def fresh(call: Call) -> Call:
    return Call.objects.get(pk=call.pk)


def form_of(call: Call, purpose: str = "application") -> Form:
    return queries.get_working_form(fresh(call), purpose)[1]


def titles(call: Call) -> list[str]:
    return [str(section.title) for section in form_of(call).sections]


def desk(call: Call, page: str) -> str:
    return f"/desk/calls/{call.reference}/{page}"


def faults(call: Call, now: dt.datetime) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in find_faults(fresh(call), now):
        found.setdefault(fault.code, []).append(str(fault))
    return found


def press(client: Client, call: Call, act: str, key: str) -> str:
    body = {"act": act, "key": key, "revision": str(fresh(call).revision)}
    answer = client.post(desk(call, f"terms/{TABLE}/"), body, follow=True)
    return str(answer.content.decode())


def removal(client: Client, call: Call, key: str) -> Tab:
    return Tab(client, desk(call, f"terms/{TABLE}/{key}/remove/"), field="revision")


def test_a_section_is_added_named_ordered_and_filled(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    assert "Add: Section" in " ".join(
        ana.get(desk(draft, f"terms/{TABLE}/")).content.decode().split()
    )
    tab = Tab(ana, desk(draft, f"add/{TABLE}/"), field="title_en")
    assert tab.send().status_code == 422
    assert tab.fill(title_en="Ethics", intro_en="Be open.").send().status_code == 302
    assert titles(draft)[-1] == "Ethics"
    found = next(each for each in find_faults(fresh(draft), now) if each.code == "no_questions")
    assert (str(found), found.is_blocking) == ("Section “Ethics” asks nothing.", True)
    assert url_of_fault(draft, found) == desk(draft, f"terms/{TABLE}/")
    missing = next(
        each
        for each in find_faults(fresh(draft), now)
        if each.part == "sections" and each.code == "words_missing"
    )
    assert str(missing) == "“Ethics”: words are missing in العربية."
    assert url_of_fault(draft, missing) == desk(draft, f"terms/{TABLE}/ethics/")
    press(ana, draft, "up", "ethics")
    assert titles(draft)[-2] == "Ethics"
    question = Tab(ana, desk(draft, "questions/application/gender/"), field="section")
    here = question.shown("section")
    assert question.fill(section="ethics").send().status_code == 302
    assert form_of(draft).section_of("gender").key == "ethics"
    assert "no_questions" not in faults(draft, now)
    again = Tab(ana, desk(draft, "questions/application/gender/"), field="section")
    assert again.fill(section=here).send().status_code == 302
    assert form_of(draft).section_of("gender").key == here


def test_what_goes_with_a_section_and_what_reads_it_is_told_before(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    form = form_of(draft)
    key = form.section_of("referee_1").key
    page = ana.get(desk(draft, f"terms/{TABLE}/{key}/remove/")).content.decode()
    assert "go with it" in page
    assert "referee’s letter: “" in page
    assert key in {section.key for section in form_of(draft).sections}, "a look takes nothing away"
    assert removal(ana, draft, key).send().url == desk(draft, f"terms/{TABLE}/")
    assert "referee_1" not in [each.key for each in form_of(draft).questions()]
    assert any(
        "which names who writes it, is gone" in each for each in faults(draft, now)["no_writer"]
    )


def test_a_section_whose_question_a_rule_looks_at(
    ana: Client, draft: Call, officer: Account, now: dt.datetime
) -> None:
    Tab(ana, desk(draft, f"add/{TABLE}/"), field="title_en").fill(title_en="Passport").send()
    question = Tab(ana, desk(draft, "questions/application/passport_valid_until/"), field="section")
    assert question.fill(section="passport").send().status_code == 302
    tab = removal(ana, draft, "passport")
    assert "1 question goes with it: “Passport valid until”." in tab.words()
    assert "Rule F9 looks at “Passport valid until”." in tab.words()
    tab.send()
    assert faults(draft, now)["not_asked"] == [
        "Rule F9 reads “passport_valid_until”, which nobody is asked."
    ]


def test_a_section_on_which_another_question_depends_stays(ana: Client, draft: Call) -> None:
    form = form_of(draft)
    asked = next(each for each in form.questions() if each.condition)
    assert asked.condition is not None
    above = next(iter(asked.condition.keys()))
    Tab(ana, desk(draft, f"add/{TABLE}/"), field="title_en").fill(title_en="Aside").send()
    for _ in form.sections:
        press(ana, draft, "up", "aside")
    question = Tab(ana, desk(draft, f"questions/application/{above}/"), field="section")
    assert question.fill(section="aside").send().status_code == 302
    removal(ana, draft, "aside").send()
    assert "Aside" in titles(draft)
    page = ana.get(desk(draft, f"terms/{TABLE}/")).content.decode()
    assert "It is still needed." in page


def test_two_officers_at_once_on_a_section(
    ana: Client, bo: Client, draft: Call, officer: Account, now: dt.datetime
) -> None:
    key = form_of(draft).section_of("gender").key
    mine = removal(ana, draft, key)
    theirs = Tab(bo, desk(draft, "questions/application/gender/"), field="hint_en")
    assert theirs.fill(hint_en="As you see yourself.").send().status_code == 302
    answer = mine.send()
    assert answer.status_code == 409
    assert form_of(draft).section_of("gender").key == key
    mine = removal(ana, draft, key)
    question = Question("shoes", "text", both("Shoes", "الحذاء"))
    add_question(
        call=fresh(draft), purpose="application", section=key, question=question,
        actor=officer, now=now,
    )  # fmt: skip
    assert mine.send().status_code == 409, "a question that was added meanwhile goes unseen"
    late = Tab(bo, desk(draft, "questions/application/gender/"), field="hint_en")
    removal(ana, draft, key).send()
    answer = late.fill(hint_en="A hint that took an hour.").send()
    assert answer.status_code == 404
    assert "A hint that took an hour." in answer.content.decode(), "what was typed can be copied"


def test_a_published_form_gets_a_section_by_a_new_version(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    first = form_of(call).sections[0]
    tab = Tab(ana, desk(call, f"terms/{TABLE}/{first.key}/"), field="title_en")
    assert tab.fill(title_en="Who you are today").send().status_code == 302
    page = Tab(ana, desk(call, "questions/application/changes/"), field="revision")
    assert "Only the order, or the words of sections, differ" in page.words()
    assert page.send().status_code == 302
    assert str(queries.get_form(fresh(call))[1].sections[0].title) == "Who you are today"
    Tab(ana, desk(call, f"add/{TABLE}/"), field="title_en").fill(title_en="Ethics").send()
    page = Tab(ana, desk(call, "questions/application/changes/"), field="revision")
    page.send()
    shown = ana.get(desk(call, "questions/application/changes/")).content.decode()
    assert "Section “Ethics” asks nothing." in shown
    assert "Ethics" not in [str(each.title) for each in queries.get_form(fresh(call))[1].sections]
