"""A question that depends on another answer: at once with the page's script, on a page of its own
without; and every button does what stands on it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.applications.actions import issue_own_letter_link
from anso.applications.models import Application, Letter
from anso.calls.queries import get_form
from anso.kernel.questions.conditions import (
    FAILS,
    HOLDS,
    AllOf,
    Answered,
    AnyOf,
    Equals,
    OneOf,
    within,
)
from tests.cast import Cast
from tests.factories.answers import answers_for
from tests.factories.applications import (
    NOW,
    fellowship_answers,
    make_application,
    make_letter,
)
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db
SUPERVISED = {"hosts": ["UCAS"], "supervisor_ucas": {"name": "李明", "email": "li@ucas.example"}}


def page_of(letter: Letter) -> str:
    token = issue_own_letter_link(
        letter=letter, actor=letter.application.applicant.account, now=NOW
    )
    return reverse("applications:letter", args=[token])


def fields_of(html: str) -> dict[str, str]:
    """What the page itself sends beside the answers."""
    return {
        name: re.search(rf'name="{name}"\s+value="([^"]*)"', html)[1].replace("&quot;", '"')  # type: ignore[index]
        for name in ("revision", "marks")
    }


def buttons(html: str) -> list[str]:
    found = re.findall(r'<button\s+class="btn"\s+name="act"\s+value="(\w+)"', html)
    return [str(each) for each in found]


@pytest.fixture
def supervisor(now: dt.datetime) -> Letter:
    application = make_application(answers=fellowship_answers(**SUPERVISED))
    return make_letter(application, "supervisor_ucas", host="UCAS")


@pytest.fixture
def nominee(cast: Cast) -> Letter:
    call = make_call(make_programme("prize"))
    answers = answers_for(get_form(call)[1], 1)
    application = make_application(call, applicant=cast.applicant, answers=answers)
    return make_letter(application, "nominee")


def state_of(letter: Letter) -> tuple[str, bool | None]:
    letter.refresh_from_db()
    return letter.state, letter.is_acceptance


def test_without_script_the_first_button_says_continue_and_the_last_one_sends(
    client: Client, supervisor: Letter
) -> None:
    url = page_of(supervisor)
    first = client.get(url).content.decode()
    assert buttons(first) == ["continue"]
    answer = {"is_acceptance": "yes", "act": "continue", **fields_of(first)}
    second = client.post(url, answer, follow=True)
    assert second.redirect_chain[0][0].endswith("?again=1&more=institute+comment")
    html = second.content.decode()
    assert buttons(html) == ["give"]
    assert 'name="is_acceptance"' not in html, "a page of its own"
    assert state_of(supervisor) == ("opened", None), "nothing was sent yet"
    given = {"institute": "Ecology", "comment": "", "act": "give", **fields_of(html)}
    page = client.post(second.redirect_chain[0][0], given, follow=True).content.decode()
    assert "Your answer has arrived" in page
    assert "Your yes or no is told to" in page
    assert state_of(supervisor) == ("completed", True)


def test_a_no_that_opens_nothing_is_continued_and_then_sent(
    client: Client, nominee: Letter
) -> None:
    url = page_of(nominee)
    answer = {
        "is_acceptance": "no",
        "act": "continue",
        **fields_of(client.get(url).content.decode()),
    }
    second = client.post(url, answer, follow=True)
    html = second.content.decode()
    assert buttons(html) == ["give"], "nothing can be opened any more"
    assert state_of(nominee)[0] == "opened"
    client.post(
        second.redirect_chain[0][0], {"is_acceptance": "no", "act": "give", **fields_of(html)}
    )
    assert state_of(nominee) == ("completed", False)


def test_with_script_everything_is_asked_on_one_page_and_sent_at_once(
    client: Client, supervisor: Letter
) -> None:
    url = page_of(supervisor)
    html = client.get(url).content.decode()
    block = re.search(r'data-when="([^"]*)" data-question="institute" hidden disabled', html)
    assert block
    when = json.loads(block[1].replace("&quot;", '"'))
    assert when == {"key": "is_acceptance", "equals": "yes"}
    button = re.search(r'data-at-end="give"\s+data-at-end-label="Send my answer"', html)
    assert button, "the script writes on the button what it does"
    sent = {
        "is_acceptance": "yes", "institute": "Ecology", "comment": "Gladly.", "act": "give",
        "opened": "institute comment", "closed": "", **fields_of(html),
    }  # fmt: skip
    client.post(url, sent)
    assert state_of(supervisor) == ("completed", True)
    assert supervisor.answers["comment"] == "Gladly."


def test_what_the_script_closed_is_not_erased(client: Client, supervisor: Letter) -> None:
    url = page_of(supervisor)
    token = fields_of(client.get(url).content.decode())
    kept = {"is_acceptance": "yes", "institute": "Ecology", "opened": "institute comment",
            "act": "continue", **token}  # fmt: skip
    again = client.post(url, kept, follow=True).content.decode()
    turned = {"is_acceptance": "no", "closed": "institute", "opened": "comment", "comment": "",
              "act": "give", **fields_of(again)}  # fmt: skip
    client.post(url, turned)
    assert state_of(supervisor) == ("completed", False)
    assert supervisor.answers["institute"] == "Ecology", "typed once, and not sent"


def test_an_answer_that_was_turned_without_script_is_told_not_to_be_sent(
    client: Client, supervisor: Letter
) -> None:
    url = page_of(supervisor)
    html = client.get(url).content.decode()
    answer = {"is_acceptance": "yes", "act": "give", **fields_of(html)}
    page = client.post(url, answer, follow=True).content.decode()
    assert "Nothing was sent yet" in page
    assert state_of(supervisor)[0] == "opened"


def section_page(application: Application, key: str) -> str:
    return reverse("applications:section", args=[application.reference, key])


def test_a_section_asks_at_once_or_on_a_page_of_its_own(client: Client, cast: Cast) -> None:
    application = make_application(
        make_call(), applicant=cast.applicant, answers=fellowship_answers()
    )
    client.force_login(cast.applicant)
    url = section_page(application, "choices")
    html = client.get(url).content.decode()
    assert 'data-question="supervisor_ucas" hidden disabled' in html
    chosen: dict[str, Any] = {"level": "phd", "hosts:UCAS": "1", "hosts:USTC": "2", "subject": "07",
              "token": "a", **fields_of(html)}  # fmt: skip
    second = client.post(url, chosen, follow=True)
    assert "Your answers opened these further questions" in second.content.decode()
    html = second.content.decode()
    assert 'name="supervisor_ucas:name"' in html
    assert 'name="subject"' not in html
    more = {"supervisor_ucas:name": "李明", "supervisor_ucas:email": "li@ucas.example",
            "token": "b", **fields_of(html)}  # fmt: skip
    client.post(second.redirect_chain[0][0], more)
    application.refresh_from_db()
    assert application.answers["hosts"]["value"] == ["UCAS", "USTC"], "what is elsewhere stays"
    assert application.answers["supervisor_ucas"]["value"]["name"] == "李明"


def test_a_condition_on_a_page_knows_what_other_pages_say() -> None:
    here, answers = {"hosts"}, {"level": "phd"}
    assert within(Equals("hosts", "UCAS"), here, answers) == Equals("hosts", "UCAS")
    assert within(Equals("level", "phd"), here, answers) == HOLDS
    assert within(Answered("title"), here, answers) == FAILS
    both = AllOf((Equals("level", "phd"), OneOf("hosts", ("UCAS",))))
    assert within(both, here, answers) == AllOf((HOLDS, OneOf("hosts", ("UCAS",))))
    assert within(both, here, {"level": "master"}) == FAILS
    assert within(AnyOf(both.parts), here, answers) == HOLDS
