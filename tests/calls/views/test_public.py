"""What everyone reads about calls, and the eligibility check."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from anso.calls import actions, queries
from anso.calls.models import Call
from anso.calls.views.eligibility_check import SESSION_KEY
from tests.cast import Cast
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_country, make_country_class
from tests.pages import squeezed

pytestmark = pytest.mark.django_db
GOOD = {
    "level": "phd",
    "date_of_birth": "1998-05-01",
    "citizenship": "KE",
    "passport_valid_until": "2031-01-01",
    "highest_degree": "master",
    "degree_awarded_on": "2024-07-01",
    "is_doctoral_student_in_china": "no",
    "language_proofs": "en",
    "commits_full_time": "yes",
}


@pytest.fixture(autouse=True)
def frozen_clock(now: dt.datetime) -> object:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def call() -> Call:
    for code in ("KE", "CN", "ET"):
        make_country(code)
    make_country_class(make_country("KE"), "developing")
    make_country_class(make_country("ET"), "LDC")
    return make_call(slug="fellowship-2027")


def test_the_list_groups_calls_and_hides_drafts(client: Client, call: Call) -> None:
    make_call(title={"en": "Secret draft"}, state="draft")
    make_call(
        title={"en": "Old call"},
        state="completed",
        closes_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
    )
    page = client.get("/calls/").content.decode()
    assert "Secret draft" not in page
    assert page.index("Fellowship for Young Talents 2027") < page.index("Old call")


def test_a_call_shows_its_deadline_in_two_zones(client: Client, call: Call) -> None:
    client.cookies["zone"] = "Africa%2FNairobi"
    page = client.get("/calls/fellowship-2027/").content.decode()
    assert "15 February 2027, 23:59 (Beijing)" in page
    assert "15 February 2027, 18:59 (Nairobi)" in page
    assert "76 days left" in page


def test_a_zone_that_does_not_exist_is_ignored(client: Client, call: Call) -> None:
    client.cookies["zone"] = "Mars/Olympus"
    assert "15:59 (UTC)" in client.get("/calls/fellowship-2027/").content.decode()


def test_a_call_shows_rules_places_benefits_questions_and_who_sees_them(
    client: Client, call: Call
) -> None:
    page = squeezed(client.get("/calls/fellowship-2027/"))
    for words in (
        "You are not a citizen of China.",
        "Doctoral at UCAS, TWAS-UNESCO",
        "40,000 CNY",
        "Date of birth",
        "Seen by",
        "Letters of referees: 2.",
    ):
        assert words in page


def test_the_terms_are_downloaded_exactly_as_they_were_hashed(client: Client, call: Call) -> None:
    frozen = queries.get_frozen_terms(call)
    assert frozen is not None
    answer = client.get("/calls/fellowship-2027/terms.json")
    assert hashlib.sha256(answer.content).hexdigest() == frozen.sha256
    assert frozen.sha256 in client.get("/calls/fellowship-2027/").content.decode()


def test_an_extension_stands_on_the_page_with_its_reason(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call = make_call(slug="moved", officer=cast.programme_officer)
    later = call.closes_at + dt.timedelta(days=1)
    actions.extend_call(
        call=call,
        base_revision=call.revision,
        closes_at=later,
        because="Storm in Kenya",
        actor=cast.programme_officer,
        now=now,
    )
    page = client.get("/calls/moved/").content.decode()
    assert "Storm in Kenya" in page
    assert "16 February 2027, 23:59 (Beijing)" in page


@pytest.mark.parametrize("path", ["", "check/", "check/result/", "terms.json"])
def test_drafts_are_not_found_by_those_who_do_not_work_on_them(
    client: Client, cast: Cast, path: str
) -> None:
    make_call(slug="hidden", state="draft", officer=cast.programme_officer)
    readers = {**cast.everyone(), "nobody": None}
    for role, account in readers.items():
        client.logout()
        if account is not None:
            client.force_login(account)
        page = client.get(f"/calls/hidden/{path}")
        if role == "programme_officer" and path != "terms.json":  # nothing is frozen yet
            assert page.status_code != 404, "who works on it finds what the others do not"
        else:
            assert page.status_code == 404, role
            assert "There is nothing at this address" in page.content.decode(), role


def test_the_page_asks_the_database_as_often_for_three_calls_as_for_one(
    client: Client, call: Call, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6) as one:
        client.get("/calls/")
    make_call()
    make_call()
    with django_assert_max_num_queries(len(one)):
        client.get("/calls/")


def test_arabic_pages_run_from_right_to_left(client: Client, call: Call) -> None:
    page = squeezed(client.get("/calls/fellowship-2027/", headers={"accept-language": "ar"}))
    assert '<html lang="ar" dir="rtl">' in page
    assert "زمالة المواهب الشابة" in page


def test_somebody_who_meets_every_rule_may_apply_and_the_answers_are_kept(
    client: Client, call: Call
) -> None:
    answer = client.post("/calls/fellowship-2027/check/", GOOD, follow=True)
    page = answer.content.decode()
    assert "You can apply" in page
    assert client.session[SESSION_KEY]["fellowship-2027"]["citizenship"] == "KE"
    page = client.get("/calls/fellowship-2027/check/").content.decode()
    assert all(f'value="{part}"' in page for part in ("1998", "05", "01"))


def test_a_refusal_names_rule_value_limit_and_source(client: Client, call: Call) -> None:
    page = squeezed(
        client.post(
            "/calls/fellowship-2027/check/", GOOD | {"date_of_birth": "1980-01-01"}, follow=True
        )
    )
    assert "You cannot apply to this call" in page
    assert "For a doctoral place you are at most 35" in page
    assert "Your answer: <bdi>47</bdi>" in page
    assert "35 years on 31 December 2027" in page
    assert "F4: <bdi>Calls of 2020 and 2021</bdi>" in page, "behind a disclosure"


def test_a_citizen_of_china_reads_the_country_by_name(client: Client, call: Call) -> None:
    page = squeezed(
        client.post("/calls/fellowship-2027/check/", GOOD | {"citizenship": "CN"}, follow=True)
    )
    assert "You are not a citizen of China." in page
    assert "Your answer: <bdi>China</bdi>" in page


def test_what_is_left_out_is_not_guessed(client: Client, call: Call) -> None:
    page = client.post(
        "/calls/fellowship-2027/check/", GOOD | {"passport_valid_until": ""}, follow=True
    ).content.decode()
    assert "Nobody can say yet: ask us" in page
    assert "not told" in page


def test_a_host_s_own_rule_closes_only_that_host(client: Client, call: Call) -> None:
    page = client.post(
        "/calls/fellowship-2027/check/", GOOD | {"degree_awarded_on": "2027-08-15"}, follow=True
    ).content.decode()
    assert "You can apply" in page
    assert "If your degree is still to come, it is completed by the end of July" in page
    assert page.count("not open to you") == 1
    assert "What stands against it" not in page


def test_an_unreadable_answer_comes_back_with_an_error_and_nothing_is_lost(
    client: Client, call: Call
) -> None:
    answer = client.post("/calls/fellowship-2027/check/", GOOD | {"date_of_birth": "yesterday"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#f-date_of_birth"' in page
    assert "yesterday" in page
    assert "2031-01-01" in page


def test_the_verdict_without_answers_leads_back_to_the_questions(
    client: Client, call: Call
) -> None:
    assert (
        client.get("/calls/fellowship-2027/check/result/").headers["Location"]
        == "/calls/fellowship-2027/check/"
    )


def test_a_check_without_any_answer_says_that_it_needs_one(client: Client, call: Call) -> None:
    response = client.post("/calls/fellowship-2027/check/", {})
    assert response.status_code == 422
    assert "Answer at least one question" in response.content.decode()


def test_the_verdict_names_what_else_is_open(client: Client, call: Call) -> None:
    make_call(title={"en": "Another open call"})
    page = client.post("/calls/fellowship-2027/check/", GOOD, follow=True).content.decode()
    assert "Another open call" in page


@pytest.mark.parametrize("state", ["cancelled", "completed"])
def test_a_call_that_is_over_says_so_and_takes_nobody(client: Client, state: str) -> None:
    make_call(slug="over", state=state, closes_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    page = client.get("/calls/over/").content.decode()
    assert {"cancelled": "This call was cancelled", "completed": "This call has closed"}[
        state
    ] in page
    assert "Check whether you can apply" not in page


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "prize",
            (
                "Start nomination",
                "Who can nominate, and whom",
                "Check whether your nomination can count",
            ),
        ),
        (
            "collaborative_research",
            ("Start proposal", "Who can apply", "Check whether you can apply"),
        ),
    ],
)
def test_a_call_speaks_of_what_comes_in_and_of_no_hosts_where_there_are_none(
    client: Client, kind: str, words: tuple[str, ...]
) -> None:
    other = make_call(make_programme(kind))
    page = client.get(f"/calls/{other.slug}/").content.decode()
    assert [each for each in words if each not in page] == []
    assert "the hosts you name" not in page
    assert "those of the host" not in page
    assert '<th scope="col">Who</th>' not in page
