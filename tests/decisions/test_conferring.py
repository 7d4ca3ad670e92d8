"""Where another body confers, the jury's chair proposes and whoever presides over that body
confirms, each by mandate.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.models import Participant
from anso.calls.actions import Edition, create_call
from anso.calls.models import CallBody
from anso.calls.queries import bodies_of, find_faults, is_panel_chair_of
from anso.decisions.actions import confirm_selection, propose_selection
from anso.decisions.rules import may_confirm_selection, may_propose_selection
from anso.decisions.rules.beside_reviews import may_speak_of_selection
from anso.directory.models import Person
from anso.governance.models import Body
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.site.wording import todo_items_for
from tests.factories.calls import YEAR, make_call, make_programme
from tests.factories.decisions import SELECTED, Contest, computed, make_contest, make_officer
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    """A prize whose panel is a jury; the Governing Board confers."""
    return make_contest((5, 4), kind="prize", terms=find_kind("prize").terms_for(YEAR))


@pytest.fixture
def board(contest: Contest) -> Body:
    body = make_body("board", name={"en": "Governing Board", "ar": "مجلس الإدارة"})
    CallBody.objects.filter(call=contest.call).update(function="jury")
    CallBody.objects.create(call=contest.call, body=body, function="conferring", order=2)
    return body


@pytest.fixture
def president(board: Body) -> Account:
    person = make_person("President")
    make_mandate(person, "president", board)
    assert person.account is not None
    return person.account


def refused(verdict: object) -> list[str]:
    return [reason.code for reason in verdict.reasons]  # type: ignore[attr-defined]


def test_the_jury_proposes_and_the_board_confirms(contest: Contest, president: Account) -> None:
    run = computed(contest)
    assert refused(may_propose_selection(contest.officer, run, SELECTED)) == ["not_jury"]
    assert refused(may_propose_selection(president, run, SELECTED)) == ["not_jury"]
    (item,) = todo_items_for(contest.chair, SELECTED)
    assert str(item.text) == "Propose the selection"
    run = propose_selection(actor=contest.chair, run=run, now=SELECTED, because="As it is.")
    mail = Message.objects.get(code="decisions.proposed")
    assert mail.recipient == president
    assert "You preside over “Governing Board”: you confirm it" in mail.body
    assert refused(may_confirm_selection(contest.chair, run, SELECTED)) == ["not_chair"]
    (item,) = todo_items_for(president, SELECTED)
    assert str(item.text) == "Confirm the selection"
    assert confirm_selection(actor=president, run=run, now=SELECTED).state == "confirmed"


def test_the_jury_s_chair_speaks_of_the_selection_and_the_president_too(
    contest: Contest, president: Account
) -> None:
    for account in (contest.chair, president, contest.officer):
        assert may_speak_of_selection(account, contest.call, SELECTED).allowed
    assert not may_speak_of_selection(make_person("Ngozi").account, contest.call, SELECTED).allowed


def test_whoever_chairs_both_bodies_proposes_and_does_not_confirm(
    contest: Contest, president: Account, board: Body
) -> None:
    make_mandate(Person.objects.get(account=contest.chair), "chair", board)
    run = propose_selection(
        actor=contest.chair, run=computed(contest), now=SELECTED, because="As it is."
    )
    assert refused(may_confirm_selection(contest.chair, run, SELECTED)) == ["own_proposal"]
    assert may_confirm_selection(president, run, SELECTED)


def test_a_mandate_that_ended_confirms_nothing(
    contest: Contest, president: Account, board: Body
) -> None:
    run = propose_selection(
        actor=contest.chair, run=computed(contest), now=SELECTED, because="As it is."
    )
    board.mandates.update(ends_on=dt.date(2027, 1, 1))
    with pytest.raises(Refused, match="presides over the body that confers"):
        confirm_selection(actor=president, run=run, now=SELECTED)


def test_the_board_s_president_reads_the_ranking_and_no_answer_marked_for_the_panel(
    contest: Contest, president: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    propose_selection(actor=contest.chair, run=computed(contest), now=SELECTED, because="As it is.")
    client.force_login(president)
    page = client.get(f"/desk/calls/{contest.call.reference}/ranking/").content.decode()
    assert contest.applications[0].number in page
    assert not is_panel_chair_of(president, contest.call, SELECTED)


def test_a_new_prize_is_conferred_by_the_governing_board_and_asks_for_its_jury() -> None:
    board, officer = make_body("board", code="governing-board"), make_officer()
    now = SELECTED
    call = create_call(
        programme=make_programme("prize"), edition=Edition(YEAR), actor=officer, now=now
    )
    assert bodies_of(call) == {"conferring": board}
    told = [str(fault) for fault in find_faults(call, now)]
    assert "No jury is named: nobody could propose the selection." in told
    assert "The body that confers has no chair today." in told
    assert not any("panel" in words for words in told)


def test_officers_name_jury_and_conferring_body_on_one_page(client: Client) -> None:
    officer = make_officer()
    make_body("panel", code="jury-2027")
    make_body("board", code="the-board")
    draft = make_call(make_programme("prize"), state="draft", officer=officer)
    client.force_login(officer)
    here = f"/desk/calls/{draft.reference}/people/"
    page = client.get(here).content.decode()
    assert "Whoever presides over it confirms what the jury proposes." in page
    posted = {"act": "bodies", "body:jury": "jury-2027", "body:conferring": "the-board"}
    assert client.post(here, posted).status_code == 302
    named = {function: body.code for function, body in bodies_of(draft).items()}
    assert named == {"jury": "jury-2027", "conferring": "the-board"}
    assert client.post(here, posted | {"body:jury": "the-board"}).status_code == 302
    assert "jury" not in bodies_of(draft)


def test_a_call_may_be_part_of_another_and_has_editions_of_its_own() -> None:
    officer, programme = make_officer(), make_programme("prize")
    facts = {"programme": programme, "actor": officer, "now": SELECTED}
    whole = create_call(edition=Edition(YEAR + 1), **facts)
    parts = [
        create_call(edition=Edition(YEAR + 1, round=each, parent=whole), **facts) for each in "BC"
    ]
    assert list(whole.parts.order_by("id")) == parts
    assert [part.number_prefix for part in parts] == ["PB28", "PC28"]


def test_a_jury_s_chair_who_is_nominated_does_not_propose(
    contest: Contest, president: Account
) -> None:
    run = computed(contest)
    Participant.objects.create(
        application=contest.applications[0],
        role="nominee",
        order=9,
        person=Person.objects.get(account=contest.chair),
        full_name="The chair",
    )
    assert refused(may_propose_selection(contest.chair, run, SELECTED)) == ["incompatible"]
