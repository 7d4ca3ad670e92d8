"""Pages and mails speak of the body that acts: a panel, a jury, or the body that confers; and
officers learn when nobody can act for it.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from anso.accounts.models import Account
from anso.applications.models import Participant
from anso.applications.wording import who_can_see
from anso.calls.actions import name_body
from anso.calls.enums import BodyFunction
from anso.calls.models import Call, CallBody, CallOfficer
from anso.calls.queries import bodies_of
from anso.calls.wording import confirming_words, judging_words
from anso.decisions.actions import confirm_selection, propose_selection, return_selection
from anso.decisions.models import SelectionRun
from anso.decisions.queries.speakers import runs_for
from anso.decisions.rules import can_go_on, may_speak_for_confirmers
from anso.decisions.wording.todo import todo_items_for as decisions_to_do
from anso.directory.models import Person
from anso.governance.models import Body
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.site.wording import todo_items_for
from tests.factories.calls import YEAR, make_call, step_of
from tests.factories.decisions import SELECTED, Contest, computed, make_contest
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate
from tests.shared import made_for_module

pytestmark = pytest.mark.django_db
OF_PANEL, OF_JURY = "the chair of the panel", "the chair of the jury"


def a_world() -> Contest:
    return make_contest((5, 4), kind="prize", terms=find_kind("prize").terms_for(YEAR))


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


@pytest.fixture
def run(contest: Contest) -> SelectionRun:
    return computed(contest)


def serve_as(contest: Contest, function: str) -> None:
    CallBody.objects.filter(call=contest.call).update(function=function)


def make_conferring(contest: Contest) -> Account:
    """The board confers what a jury proposes; its president."""
    serve_as(contest, "jury")
    body = make_body("board", name={"en": "Governing Board", "ar": "مجلس الإدارة"})
    CallBody.objects.create(call=contest.call, body=body, function="conferring", order=2)
    person = make_person("President")
    make_mandate(person, "president", body)
    assert person.account is not None
    return person.account


def name_in_a_file(contest: Contest, account: Account) -> None:
    """Somebody is nominated in the first file of the call."""
    Participant.objects.create(
        application=contest.applications[0],
        role="nominee",
        order=9,
        person=Person.objects.get(account=account),
        full_name="Named",
    )


def ranking_page(client: Client, account: Account, call: Call, language: str = "en") -> str:
    with time_machine.travel(SELECTED, tick=False):
        client.force_login(account)
        client.cookies["django_language"] = language
        return client.get(f"/desk/calls/{call.reference}/ranking/").content.decode()


@pytest.mark.parametrize("function", ["panel", "jury"])
def test_a_body_that_confirms_alone_is_called_what_it_is(
    client: Client, contest: Contest, run: SelectionRun, function: str
) -> None:
    chair, other = (OF_PANEL, OF_JURY) if function == "panel" else (OF_JURY, OF_PANEL)
    serve_as(contest, function)
    page = ranking_page(client, contest.officer, contest.call)
    assert f"Send to {chair}" in page
    assert f"not yet sent to {chair}" in page
    assert other not in page
    run = propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    assert f"waits for {chair}" in ranking_page(client, contest.officer, contest.call)
    with pytest.raises(Refused, match=f"Only {chair} confirms"):
        confirm_selection(actor=contest.officer, run=run, now=SELECTED)
    (item,) = todo_items_for(contest.chair, SELECTED)
    assert item.reason == f"You chair the {function} of {contest.call.title['en']}."
    confirm_selection(actor=contest.chair, run=run, now=SELECTED)
    (item,) = todo_items_for(contest.officer, SELECTED)
    assert item.reason == f"{chair.capitalize()} confirmed {contest.call.title['en']}."
    (line,) = [each for each in who_can_see(contest.applications[0]) if "chair" in each.who]
    assert (line.who, line.why) == (
        chair.capitalize(),
        f"{chair.capitalize()} confirms the result.",
    )


def test_where_another_body_confers_both_are_called_by_what_they_do(
    client: Client, contest: Contest, run: SelectionRun
) -> None:
    president = make_conferring(contest)
    page = ranking_page(client, contest.chair, contest.call)
    assert "Propose to the body that confers" in page
    assert "not yet proposed to the body that confers" in page
    (item,) = todo_items_for(contest.chair, SELECTED)
    assert item.reason.startswith("You chair the jury of")
    run = propose_selection(actor=contest.chair, run=run, now=SELECTED, because="As it is.")
    (item,) = todo_items_for(president, SELECTED)
    assert item.reason.startswith("You preside over the body that confers in")
    confirm_selection(actor=president, run=run, now=SELECTED)
    assert "confirmed by the body that confers" in ranking_page(
        client, contest.officer, contest.call
    )
    assert OF_PANEL not in ranking_page(client, contest.officer, contest.call)


@pytest.mark.parametrize("function", ["panel", "jury", "conferring"])
def test_whoever_returns_a_selection_is_called_what_they_are(
    client: Client, contest: Contest, run: SelectionRun, function: str
) -> None:
    """In the tag, above the reason, in the to-do of whoever proposed, and in their mail."""
    chair, proposer, says = contest.chair, contest.officer, f"The chair of the {function}"
    serve_as(contest, function)
    if function == "conferring":
        chair, proposer = make_conferring(contest), contest.chair
        says = "Whoever presides over the body that confers"
    run = propose_selection(actor=proposer, run=run, now=SELECTED, because="As it is.")
    return_selection(actor=chair, run=run, reason="Two reviews are missing.", now=SELECTED)
    page = ranking_page(client, contest.officer, contest.call)
    assert f"{says} returned run 1" in page
    assert f"returned by the {function.replace('conferring', 'body that confers')}" in page.replace(
        "returned by the chair of the", "returned by the"
    )
    (item,) = todo_items_for(proposer, SELECTED)
    assert item.reason == f"{says} returned {contest.call.title['en']}."
    mail = Message.objects.get(code="decisions.returned", recipient=proposer)
    assert mail.subject.endswith(f"{says[0].lower()}{says[1:]} returned the selection")
    assert f"{says[0].lower()}{says[1:]} returned run 1" in mail.body


def test_an_arabic_officer_reads_of_the_jury(
    client: Client, contest: Contest, run: SelectionRun
) -> None:
    serve_as(contest, "jury")
    page = ranking_page(client, contest.officer, contest.call, "ar")
    assert "رئيس لجنة التحكيم" in page
    assert "رئيس اللجنة" not in page


def test_a_call_that_names_no_body_yet_is_spoken_of_as_its_kind_declares(contest: Contest) -> None:
    CallBody.objects.filter(call=contest.call).delete()
    with translation.override("en"):
        assert judging_words(contest.call).chair == OF_JURY
        assert confirming_words(contest.call).body == "the body that confers"


def test_the_public_page_and_the_form_of_a_review_name_the_jury(
    client: Client, contest: Contest
) -> None:
    serve_as(contest, "jury")
    page = client.get(f"/calls/{contest.call.slug}/").content.decode()
    assert OF_JURY in page
    assert OF_PANEL not in page


# Nobody can act.


def test_officers_learn_that_the_chair_takes_part_and_what_to_do(
    client: Client, contest: Contest, run: SelectionRun
) -> None:
    assert can_go_on(run, SELECTED)
    name_in_a_file(contest, contest.chair)
    (reason,) = can_go_on(run, SELECTED).reasons
    assert reason.code == "chair_recused"
    page = ranking_page(client, contest.officer, contest.call)
    assert "Nobody can decide on it now" in page
    assert "李雨桐, who presides over" in page
    items = {str(each.text): each for each in todo_items_for(contest.officer, SELECTED)}
    item = items[f"Nobody can decide: {contest.call.title['en']}"]
    assert "once a mandate lets somebody else preside" in item.reason
    propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    assert not Message.objects.filter(code="decisions.proposed").exists()
    assert todo_items_for(contest.chair, SELECTED) == []
    assert "You are already in this call" in ranking_page(client, contest.chair, contest.call)


@pytest.mark.parametrize("part", ["", "named", "officer", "jury too", "no account"])
def test_lists_of_many_selections_ask_the_same_as_the_rule_of_one(
    contest: Contest, run: SelectionRun, part: str
) -> None:
    president = make_conferring(contest)
    run = propose_selection(actor=contest.chair, run=run, now=SELECTED, because="As it is.")
    if part == "named":
        name_in_a_file(contest, president)
    elif part == "officer":
        CallOfficer.objects.create(call=contest.call, account=president, since_at=SELECTED)
    elif part == "jury too":
        jury = CallBody.objects.get(call=contest.call, function="jury").body
        make_mandate(president.person, "president", jury)
    elif part == "no account":
        Person.objects.filter(account=president).update(account=None)
    is_able = bool(may_speak_for_confirmers(president, run, SELECTED))
    assert is_able is (part == "")
    assert bool(runs_for(president, [run], SELECTED)) is is_able
    assert bool(can_go_on(run, SELECTED)) is is_able


def test_many_stuck_selections_cost_an_officer_as_many_queries_as_one(
    contest: Contest, run: SelectionRun
) -> None:
    bodies = [None, make_body("panel"), CallBody.objects.get(call=contest.call).body]
    name_in_a_file(contest, contest.chair)
    costs = []
    for body in bodies:
        call = make_call(officer=contest.officer)
        if body:
            CallBody.objects.create(call=call, body=body, function="panel")
        facts = {"step": step_of(call, "review"), "record": {}, "computed_at": SELECTED}
        SelectionRun.objects.create(call=call, number=1, state="computed", **facts)
        with CaptureQueriesContext(connection) as found:
            items = decisions_to_do(contest.officer, SELECTED)
        costs.append(len(found))
    assert [item.text.split(":")[0] for item in items] == ["Nobody can decide"] * 3
    # Terms are fetched once per content, with the first of the new calls where nobody did before.
    assert costs[0] - costs[1] in (0, 1), costs
    assert costs[1] == costs[2], costs


def test_once_somebody_else_presides_they_are_asked_and_the_hint_goes(
    client: Client, contest: Contest, run: SelectionRun
) -> None:
    name_in_a_file(contest, contest.chair)
    vice = make_person("Vice")
    make_mandate(vice, "president", CallBody.objects.get(call=contest.call).body)
    assert can_go_on(run, SELECTED)
    propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    assert Message.objects.get(code="decisions.proposed").recipient == vice.account
    assert "Nobody can decide" not in ranking_page(client, contest.officer, contest.call)


def test_a_jury_whose_chair_cannot_propose_is_told_before_the_body_that_confers(
    contest: Contest, run: SelectionRun
) -> None:
    president = make_conferring(contest)
    name_in_a_file(contest, contest.chair)
    (reason,) = can_go_on(run, SELECTED).reasons
    assert "李雨桐" in str(reason.text)
    Participant.objects.filter(role="nominee", full_name="Named").delete()
    name_in_a_file(contest, president)
    (reason,) = can_go_on(run, SELECTED).reasons
    assert "“Governing Board”" in str(reason.text)
    assert str(reason.text).startswith("President")


def test_a_chair_without_account_and_a_body_without_chair_cannot_act(
    contest: Contest, run: SelectionRun
) -> None:
    Person.objects.filter(account=contest.chair).update(account=None)
    assert [each.code for each in can_go_on(run, SELECTED).reasons] == ["chair_recused"]
    body = CallBody.objects.get(call=contest.call).body
    body.mandates.update(ends_on=dt.date(2027, 1, 1))
    assert [each.code for each in can_go_on(run, SELECTED).reasons] == ["no_chair"]
    run.state = "confirmed"  # nobody needs to speak any more
    assert can_go_on(run, SELECTED)


def test_a_published_call_without_a_body_is_given_one_and_keeps_it(
    client: Client, contest: Contest, run: SelectionRun
) -> None:
    body = CallBody.objects.get(call=contest.call).body
    CallBody.objects.all().delete()
    assert [each.code for each in can_go_on(run, SELECTED).reasons] == ["no_body"]
    with pytest.raises(BadInput, match="name one first"):
        propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    with time_machine.travel(SELECTED, tick=False):
        client.force_login(contest.officer)
        here = f"/desk/calls/{contest.call.reference}/people/"
        assert 'name="body:jury"' in client.get(here).content.decode()
        client.post(here, {"act": "bodies", "body:jury": body.code})
        assert bodies_of(contest.call) == {"jury": body}
        assert 'name="body:jury"' not in client.get(here).content.decode()
    facts = {"actor": contest.officer, "now": SELECTED, "base_revision": 99}
    with pytest.raises(Refused):
        name_body(call=contest.call, function=BodyFunction.JURY, body=other_body(), **facts)
    assert bodies_of(contest.call) == {"jury": body}


def other_body() -> Body:
    return make_body("panel", code="another-panel")
