"""Mails tell every time in the zone of the call and in the reader's, both named: from the account,
the browser, or the country that was answered.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import ask_letters, remind_draft, submit_application
from anso.applications.actions.letter_mail import how_to_reach_writer
from anso.applications.models import Application, Letter
from anso.calls.models import CallHost
from anso.kernel.zones import OF_CAPITALS, zone_of_country
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import (
    agree_before_submission,
    fellowship_answers,
    give_all_letters,
    make_application,
    make_complete_application,
)
from tests.factories.calls import make_call
from tests.factories.directory import make_country, make_organisation, make_person
from tests.times import zones_told

pytestmark = pytest.mark.django_db


def reminded(application: Application, now: dt.datetime) -> Message:
    remind_draft(application=application, now=now)
    return Message.objects.get(code="applications.draft_reminder")


@pytest.mark.parametrize(
    ("zone", "browser", "country", "city"),
    [
        ("America/Lima", "Asia/Tokyo", "KE", "Lima"),
        ("", "Asia/Tokyo", "KE", "Tokyo"),
        ("", "", "KE", "Nairobi"),
        ("", "", "BR", "Sao Paulo"),
        ("No/Where", "", "KE", "UTC"),
    ],
)
def test_a_mail_tells_times_where_the_reader_is(
    now: dt.datetime, zone: str, browser: str, country: str, city: str
) -> None:
    make_country(country)
    application = make_application(answers=fellowship_answers(citizenship=country))
    account = application.applicant.account
    Account.objects.filter(pk=account.pk).update(zone=zone, browser_zone=browser)
    application = Application.objects.select_related("call", "applicant__account").get()
    mail = reminded(application, now)
    assert zones_told(mail.body) == {("Beijing", city)}


def test_whoever_answered_no_country_is_told_utc_beside_the_zone_of_the_call(
    now: dt.datetime,
) -> None:
    mail = reminded(make_application(answers={"title": "Salt"}), now)
    assert zones_told(mail.body) == {("Beijing", "UTC")}


def test_an_arabic_mail_names_both_zones(now: dt.datetime) -> None:
    application = make_application()
    Account.objects.filter(pk=application.applicant.account_id).update(language="ar")
    application = Application.objects.select_related("call", "applicant__account").get()
    mail = reminded(application, now)
    assert {len(pair) for pair in zones_told(mail.body)} == {2}


def test_the_browser_of_a_visit_says_where_mails_tell_times(cast: Cast, client: Client) -> None:
    client.force_login(cast.applicant)
    client.cookies["zone"] = "Africa%2FAddis_Ababa"
    client.get("/todo/")
    cast.applicant.refresh_from_db()
    assert cast.applicant.mail_zone == "Africa/Addis_Ababa"
    other = Client()
    other.force_login(cast.applicant)
    page = other.get("/accounts/settings/")
    assert page.wsgi_request.user.browser_zone == "Africa/Addis_Ababa", "kept without the cookie"


def test_a_writer_is_told_times_by_account_host_or_the_country_they_were_named_with(
    now: dt.datetime,
) -> None:
    make_country("CN")
    call = make_call()
    institute = make_organisation(name="UCAS", country=make_country("CN"))
    CallHost.objects.update_or_create(call=call, key="UCAS", defaults={"organisation": institute})
    answers = fellowship_answers(
        hosts=["UCAS", "USTC"], supervisor_ucas={"name": "Li Wei", "email": "li@ucas.example"}
    )
    application = make_complete_application(call, answers=answers, now=now)
    account = application.applicant.account
    ask_letters(application=application, actor=account, now=now)
    give_all_letters(application, at=now)
    agree_before_submission(application, now)
    submit_application(application=application, actor=account, arrived_at=now, now=now)
    assert (
        how_to_reach_writer(Letter.objects.get(email="li@ucas.example"))["zone"] == "Asia/Shanghai"
    )
    referee = Letter.objects.get(question_key="referee_1")
    assert how_to_reach_writer(referee)["zone"] == ""
    person = make_person("Wanjiru Kamau")
    Account.objects.filter(pk=person.account_id).update(email=referee.email, zone="Africa/Lagos")
    assert how_to_reach_writer(referee)["zone"] == "Africa/Lagos"
    mails = Message.objects.filter(code="applications.letter_request")
    assert zones_told(mails.get(email=referee.email).body) == {("Beijing", "UTC")}
    # The supervisor is where the call is: one zone is all of both.
    assert "(Beijing)" in mails.get(email="li@ucas.example").body
    receipt = Message.objects.get(code="applications.receipt")
    assert zones_told(receipt.body) == {("Beijing", "Nairobi")}
    assert ask_letters(application=application, actor=account, now=now) == []


def test_every_country_of_several_zones_has_the_zone_of_its_capital() -> None:
    for country, zone in OF_CAPITALS.items():
        assert zone_of_country(country) == zone
    for country, zone in {
        "KE": "Africa/Nairobi", "NP": "Asia/Kathmandu", "IR": "Asia/Tehran",
        "": "", "QQ": "",
    }.items():  # fmt: skip
        found = zone_of_country(country)
        assert found in {zone, zone.replace("Kathmandu", "Katmandu")}


def test_no_app_tells_a_time_in_another_way() -> None:
    """Words come from the one function, templates from the tags that ask it."""
    apps = Path(settings.BASE_DIR) / "src" / "anso"
    alone = re.compile(r"\{% (?:until|instant) \S+ (?:\S+\.)?zone %\}")
    found = [
        path.name
        for path in apps.rglob("*.py")
        if "ui" not in path.parts and "instant_in_words" in path.read_text()
    ]
    found += [
        path.name
        for path in apps.rglob("*.html")
        if "desk" not in str(path.relative_to(apps)) and alone.search(path.read_text())
    ]
    assert found == []


def told_nowhere(source: str) -> list[int]:
    """The lines on which a mail is sent of which nobody says where its reader lives."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "notify"
        and not any(each.arg in {None, "zone"} for each in node.keywords)
    ]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("notify(N, recipient=a, say=s)", [1]),
        ("notify(N, recipient=a, zone=z)", []),
        ("notify(N, **how_to_reach(a))", []),
    ],
)
def test_a_mail_without_the_zone_of_its_reader_is_found(source: str, found: list[int]) -> None:
    assert told_nowhere(source) == found


# These send a code or a link to whoever is at the door, and tell no time.
WITHOUT_TIMES = {"accounts/actions/entry.py", "accounts/adapters.py"}


def test_every_mail_is_told_where_its_reader_lives() -> None:
    silent = {
        str(path.relative_to(settings.BASE_DIR / "src" / "anso"))
        for path in (settings.BASE_DIR / "src" / "anso").rglob("*.py")
        if told_nowhere(path.read_text())
    }
    assert silent <= WITHOUT_TIMES
