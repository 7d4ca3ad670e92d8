"""A call that takes nominations asks its reviewers to judge nominations: every mail and page of
reviewing is read in both languages for the word of another kind of call.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils.translation import override

from anso.accounts.models import Account
from anso.calls.queries import get_form
from anso.kernel.actors import SETUP
from anso.kernel.notices import Notice
from anso.notifications.notices import render_notice
from anso.review import notices
from anso.review.actions import Asking, invite_by_mail, invite_reviewer
from anso.review.actions.inviting_by_mail import own_invitation_link
from anso.review.actions.proposing import ask_for_proposal
from anso.review.forms import read_invitees
from anso.review.models import Assignment, Invitation, Reviewer
from anso.review.wording import reviewer_told, todo_items_for
from anso.review.wording.asked import asked_told
from tests.factories.answers import answers_for
from tests.factories.calls import make_call, make_programme
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.review import (
    IN_REVIEW,
    account_of,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)
from tests.shared import made_for_module

pytestmark = pytest.mark.django_db
BY = IN_REVIEW.date() + dt.timedelta(days=5)
OTHER = {
    "en": re.compile(r"\bapplications?\b", re.IGNORECASE),
    # Not the fixed word for an applicant.
    "ar": re.compile(
        r"(?<!مقدم )(?<!مقدمو )(?<!مقدمي )\b[وفبل]?(?:ال|لل)?طلب(?:ات(?:ك|هم)?|ان|ين|ًا|ك)?\b"
    ),
}
OWN = {"en": "2 nominations", "ar": "ترشيحان"}
TO_REVIEWERS = [
    each
    for each in vars(notices).values()
    if isinstance(each, Notice) and each.audience != "applicant" and not each.is_unworded
]


@dataclass
class World:
    """A call for nominations with one that lacks a second reviewer, somebody who judges it,
    somebody invited from the desk and somebody asked by mail.
    """

    officer: Account
    assigned: Assignment
    accepted: Assignment
    invited: Reviewer
    asked: Invitation


def a_world() -> World:
    officer, person = make_officer(), make_person("Björn Åkesson")
    call = make_call(make_programme("prize"), officer=officer)
    reviewer = make_reviewer(call, person=person, capacity=2)
    form = get_form(call)[1]
    first, second = (
        make_eligible_application(call, answers=answers_for(form, number)) for number in (1, 2)
    )
    (asked,) = invite_by_mail(
        actor=SETUP,
        call=call,
        lines=read_invitees("Ada Obi,ada@uni.example.org").lines,
        asking=Asking(2, BY, "en"),
        now=IN_REVIEW,
    )
    return World(
        officer,
        make_assignment(first, reviewer),
        make_assignment(second, reviewer, accepted=True),
        invite_reviewer(
            actor=SETUP, call=call, person=make_person("Chen Wei"), capacity=2, now=IN_REVIEW
        ),
        asked,
    )


made = made_for_module(a_world)


@pytest.fixture
def world(made: World) -> World:
    return deepcopy(made)


@pytest.mark.parametrize("language", OTHER)
@pytest.mark.parametrize("notice", TO_REVIEWERS, ids=lambda each: each.code)
def test_a_mail_to_a_reviewer_has_the_word_of_its_call(
    world: World, notice: Notice, language: str
) -> None:
    own = {"answer_by", "day", "until", "contact"}
    with override(language):
        facts = reviewer_told(world.invited, IN_REVIEW, count=2) | asked_told(
            world.asked, IN_REVIEW
        )
        facts |= {"contact": "", **{name: facts.get(name, "") for name in own}}
        mail = render_notice(notice, {name: facts[name] for name in notice.fields}, language)
    said = f"{mail.subject} {mail.body}"
    assert not OTHER[language].search(said), said
    counts = {"at_most", "entries"} & set(notice.fields)
    assert (OWN[language] in said) is bool(counts)


def reviewer_of(world: World) -> Account:
    return account_of(world.assigned)


def invited_of(world: World) -> Account:
    account = world.invited.person.account
    assert account is not None
    return account


def officer_of(world: World) -> Account:
    return world.officer


def link_of(world: World) -> str:
    return own_invitation_link(invitation=world.asked, now=IN_REVIEW)


def desk(path: str) -> Callable[[World], str]:
    return lambda world: f"/desk/calls/{world.asked.call.reference}/{path}"


PAGES: dict[str, tuple[Callable[[World], Account], Callable[[World], str]]] = {
    "list": (reviewer_of, lambda _: "/reviews/"),
    "asked whether": (reviewer_of, lambda world: f"/reviews/{world.assigned.reference}/"),
    "judged": (reviewer_of, lambda world: f"/reviews/{world.accepted.reference}/"),
    "none yet": (invited_of, lambda _: "/reviews/"),
    "invited": (invited_of, lambda world: f"/reviews/invitations/{world.invited.reference}/"),
    "asked by mail": (invited_of, link_of),
    "a yes by mail": (invited_of, lambda world: f"{link_of(world)}yes/"),
    "reviewers": (officer_of, desk("reviewers/")),
    "whom to ask": (officer_of, desk("reviewers/find/")),
    "a list to ask": (officer_of, desk("reviewers/invite/")),
    "assignments": (officer_of, desk("assignments/")),
    "to propose": (officer_of, desk("assignments/propose/")),
    "of one": (
        officer_of,
        lambda world: desk(f"assignments/{world.assigned.application.number}/")(world),
    ),
}


def words_of(client: Client, address: str, language: str) -> str:
    """What a page says, without its frame."""
    answer = client.get(address, headers={"accept-language": language}, follow=True)
    assert answer.status_code == 200, address
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    assert main
    return html.unescape(re.sub(r"<script.*?</script>|<[^>]*>", " ", main[0], flags=re.DOTALL))


@pytest.mark.parametrize("language", OTHER)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_reviewing_has_the_word_of_its_call(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch, page: str, language: str
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    reader, address = PAGES[page]
    account = reader(world)
    Account.objects.filter(pk=account.pk).update(language=language)
    client.force_login(account)
    said = words_of(client, address(world), language)
    found = OTHER[language].search(said)
    assert not found, said[max(0, found.start() - 60) : found.end() + 40]


@pytest.mark.parametrize("language", OTHER)
def test_a_proposal_and_what_is_to_do_have_the_word_of_the_call(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    Account.objects.filter(pk=world.officer.pk).update(language=language)
    ask_for_proposal(call=world.asked.call, after="", actor=world.officer, now=IN_REVIEW)
    client.force_login(world.officer)
    said = words_of(client, desk("assignments/propose/")(world), language)
    assert not OTHER[language].search(said)
    assert OWN[language] in said, "so many stay short"
    with override(language):
        for account in (reviewer_of(world), invited_of(world)):
            to_do = [each.text for each in todo_items_for(account, IN_REVIEW)]
            assert to_do
            assert not OTHER[language].search(" ".join(to_do))
