"""What I have to do, the desk, and how a call stands."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.decisions.actions import release_decisions
from anso.kernel.todo import TodoItem, in_order
from anso.questionnaires.queries import versions_of
from anso.site.queries.overview import CallCounts, count_call, counts_of_calls
from anso.site.wording import funnel_of, next_lines
from tests.cast import Cast
from tests.factories.applications import store_application
from tests.factories.calls import make_call
from tests.factories.decisions import SELECTED, confirmed, make_contest
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def desk_surroundings(now: dt.datetime, settings: object) -> object:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # the cast has no second factor
    with time_machine.travel(now, tick=False):
        yield


def make_applications(call: object, now: dt.datetime, states: tuple[str, ...]) -> None:
    for number, state in enumerate(states):
        store_application(
            state,
            call=call,
            applicant=make_person(has_account=False),
            form_version=versions_of(call).get(purpose="application"),  # type: ignore[attr-defined]
            number=f"{call.number_prefix}-{number:05d}",  # type: ignore[attr-defined]
        )


def test_things_to_do_stand_in_the_order_of_their_dates(now: dt.datetime) -> None:
    late, soon, whenever = (
        TodoItem(at, text, "", "/") for at, text in ((now + HOUR, "b"), (now, "a"), (None, "c"))
    )
    assert in_order([whenever, late, soon]) == [soon, late, whenever]
    assert (soon.is_overdue(now), late.is_overdue(now), whenever.is_overdue(now)) == (
        True,
        False,
        False,
    )


def test_everyone_of_the_cast_has_a_list_and_strangers_are_asked_to_sign_in(
    client: Client, cast: Cast
) -> None:
    assert client.get("/todo/").status_code == 302
    for account in cast.everyone().values():
        client.force_login(account)
        assert "What I have to do" in client.get("/todo/").content.decode()


def test_an_officer_reads_what_waits_after_the_deadline(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer, closes_at=now - HOUR)
    make_applications(call, now, ("submitted", "submitted"))
    client.force_login(cast.programme_officer)
    page = client.get("/todo/").content.decode()
    assert "2" in page
    assert f"/desk/calls/{call.reference}/screening/" in page
    assert "Go to the desk" in page


def test_the_desk_belongs_to_officers_chairs_and_auditors(client: Client, cast: Cast) -> None:
    panel = cast.panel_chair.person.mandates.get().body
    call = make_call(officer=cast.programme_officer, panel=panel)
    answers = {}
    for role, account in cast.everyone().items():
        client.force_login(account)
        answers[role] = (
            client.get("/desk/").status_code,
            client.get(f"/desk/calls/{call.reference}/").status_code,
        )
    on_the_call = {"programme_officer", "panel_chair", "auditor"}
    assert {role for role, codes in answers.items() if codes == (200, 200)} == on_the_call
    assert {codes for role, codes in answers.items() if role not in on_the_call} == {(403, 404)}


def test_the_funnel_counts_every_application_once(cast: Cast, now: dt.datetime) -> None:
    call = make_call()
    make_applications(
        call, now, ("draft", "draft", "submitted", "eligible", "ineligible", "withdrawn")
    )
    standing = count_call(call)
    assert (standing.started, standing.submitted_ever, standing.eligible) == (6, 4, 1)
    assert [count for _label, count in funnel_of(standing)] == [6, 4, 1, 0, 0, 0]


def test_the_overview_asks_a_fixed_number_of_questions(
    client: Client, cast: Cast, now: dt.datetime, django_assert_max_num_queries: object
) -> None:
    call = make_call(officer=cast.programme_officer)
    client.force_login(cast.programme_officer)
    make_applications(call, now, ("draft",))
    with django_assert_max_num_queries(31) as one:  # type: ignore[operator]
        client.get(f"/desk/calls/{call.reference}/")
    Application.objects.all().delete()
    make_applications(call, now, ("draft", "submitted", "eligible"))
    with django_assert_max_num_queries(len(one)):  # type: ignore[operator]
        page = client.get(f"/desk/calls/{call.reference}/").content.decode()
    assert "From started to accepted" in page


def test_the_desk_asks_as_often_for_three_calls_as_for_one(
    client: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    make_call(officer=cast.programme_officer)
    client.force_login(cast.programme_officer)
    with django_assert_max_num_queries(15) as one:  # type: ignore[operator]
        client.get("/desk/")
    make_call(officer=cast.programme_officer)
    make_call(officer=cast.programme_officer, state="draft")
    with django_assert_max_num_queries(len(one)):  # type: ignore[operator]
        client.get("/desk/")


def steps_of(call: object, now: dt.datetime, **counted: dict[str, int]) -> list[str]:
    empty: dict[str, dict[str, int]] = {
        "applications": {},
        "decisions": {},
        "offers": {},
        "assignments": {},
    }
    return [
        step.url.rstrip("/").rsplit("/", 1)[-1]
        for step in next_lines(call, CallCounts(submitted_ever=9, **(empty | counted)), now)
    ]  # type: ignore[arg-type]


def test_the_next_step_follows_the_life_of_the_call(now: dt.datetime) -> None:
    closed = make_call(closes_at=now - HOUR)
    assert steps_of(make_call(state="draft"), now) == ["publish"]
    assert steps_of(make_call(), now, applications={"submitted": 3}) == []
    assert steps_of(closed, now, applications={"submitted": 3}) == ["screening"]
    assert steps_of(closed, now, applications={"eligible": 3}) == ["reviewers"]
    assert steps_of(
        closed, now, applications={"eligible": 3}, assignments={"accepted": 2, "submitted": 1}
    ) == ["assignments"]
    assert steps_of(closed, now, applications={"eligible": 3}, assignments={"submitted": 3}) == [
        "ranking"
    ]


def test_after_the_ranking_the_decisions_and_then_the_offers_wait() -> None:
    contest = make_contest((6, 5))
    run = confirmed(contest)
    assert steps_of(contest.call, SELECTED, assignments={"submitted": 2}) == ["decisions"]
    release_decisions(actor=contest.officer, run=run, now=SELECTED)
    assert steps_of(contest.call, SELECTED, assignments={"submitted": 2}) == ["offers"]
    assert steps_of(contest.call, SELECTED, assignments={"submitted": 2}, offers={"made": 2}) == []


def test_counts_of_many_calls_come_together(now: dt.datetime) -> None:
    one, other = make_call(), make_call()
    make_applications(one, now, ("draft", "submitted"))
    assert counts_of_calls([one, other]) == {one.pk: {"draft": 1, "submitted": 1}, other.pk: {}}


def test_an_account_without_calls_may_still_create_one(client: Client, cast: Cast) -> None:
    assert Account.objects.exists()
    client.force_login(cast.programme_officer)
    page = client.get("/desk/").content.decode()
    assert "You work on no call yet" in page
    assert "/desk/calls/new/" in page


def test_staff_without_calls_are_told_who_puts_them_on_one(client: Client, cast: Cast) -> None:
    Account.objects.filter(pk=cast.stranger.pk).update(is_staff=True)
    client.force_login(cast.stranger)
    page = client.get("/desk/").content.decode()
    assert "the head of its division or the Executive Director puts you on it." in page
    assert "/desk/calls/new/" not in page
    assert 'href="/desk/"' in client.get("/desk/find/").content.decode()


def test_an_auditor_has_a_desk_before_there_is_a_call(client: Client) -> None:
    auditor = make_person("Somebody who audits")
    make_mandate(auditor, "auditor", make_body("audit"))
    client.force_login(auditor.account)
    answer = client.get("/desk/")
    assert answer.status_code == 200
    assert "Every call stands here as soon as there is one." in answer.content.decode()


def test_whoever_has_no_desk_is_not_led_to_one(client: Client, cast: Cast) -> None:
    client.force_login(cast.applicant)
    assert client.get("/desk/").status_code == 403
    assert '/desk/"' not in client.get("/desk/find/").content.decode()
