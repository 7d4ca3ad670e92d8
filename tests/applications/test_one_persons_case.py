"""One person's case: more time for one, a withdrawal taken back, each with a reason and told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from anso.applications.actions import submit_application, withdraw_application
from anso.applications.actions.helping import extend_for_one, undo_withdrawal
from anso.applications.models import Application
from anso.applications.queries.windows import deadline_of, is_writable
from anso.applications.rules import may_change_application, may_screen_application
from anso.audit.models import Entry
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import (
    make_application,
    make_complete_application,
    make_submitted_application,
)
from tests.factories.calls import make_call

DAY = dt.timedelta(days=1)


def test_one_who_was_cut_off_submits_after_the_close_and_nobody_else_does(cast: Cast) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    cut_off = make_complete_application(call, applicant=cast.applicant)
    other = make_complete_application(call, applicant=cast.stranger)
    late = call.closes_at + DAY
    assert not may_change_application(cast.applicant, cut_off, late)
    until = late + 2 * DAY
    extend_for_one(application=cut_off, until=until, because="Your cable", actor=officer, now=late)
    cut_off = Application.objects.get(pk=cut_off.pk)
    assert deadline_of(cut_off).closes_at == until
    assert may_change_application(cast.applicant, cut_off, late)
    assert not may_change_application(cast.stranger, other, late)
    submit_application(application=cut_off, actor=cast.applicant, arrived_at=late, now=late)
    assert not may_screen_application(officer, Application.objects.get(pk=cut_off.pk), late)
    assert not is_writable(cut_off, until)
    mail = Message.objects.get(code="applications.extended_for_one")
    assert "Your cable" in mail.body
    assert mail.recipient == cast.applicant
    assert Entry.objects.get(verb="extend_for_one").because == "Your cable"


def test_a_withdrawal_by_mistake_is_taken_back_with_its_letters(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    application = make_submitted_application(call, applicant=cast.applicant)
    asked = {each.email for each in application.letters.all()}
    withdraw_application(application=application, actor=cast.applicant, now=now)
    undo_withdrawal(application=application, because="By mistake", actor=officer, now=now + DAY)
    application = Application.objects.get(pk=application.pk)
    assert (application.state, application.withdrawn_at) == ("submitted", None)
    standing = application.letters.exclude(state="replaced")
    assert {each.email for each in standing} == asked
    assert "By mistake" in Message.objects.get(code="applications.restored").body
    draft = make_application(call, applicant=cast.stranger)
    withdraw_application(application=draft, actor=cast.stranger, now=now)
    undo_withdrawal(application=draft, because="By mistake", actor=officer, now=now + DAY)
    assert Application.objects.get(pk=draft.pk).state == "draft"


def test_whoever_began_anew_keeps_the_new_one(cast: Cast, now: dt.datetime) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    first = make_application(call, applicant=cast.applicant)
    with pytest.raises(BadInput, match="is not withdrawn"):
        undo_withdrawal(application=first, because="x", actor=officer, now=now)
    withdraw_application(application=first, actor=cast.applicant, now=now)
    make_application(call, applicant=cast.applicant)
    with pytest.raises(BadInput, match="begun another"):
        undo_withdrawal(application=first, because="x", actor=officer, now=now)


def test_no_help_without_a_reason_to_an_earlier_day_or_for_what_is_judged(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    application = make_submitted_application(call, applicant=cast.applicant)
    later = call.closes_at + DAY
    for until, because, words in (
        (later, " ", "Say why"),
        (call.closes_at, "x", "must end later"),
    ):
        with pytest.raises(BadInput, match=words):
            extend_for_one(
                application=application, until=until, because=because, actor=officer, now=now
            )
    Application.objects.filter(pk=application.pk).update(
        state="eligible", screened_at=call.opens_at
    )
    with pytest.raises(BadInput, match="take its result back first"):
        extend_for_one(application=application, until=later, because="x", actor=officer, now=now)
    Application.objects.filter(pk=application.pk).update(state="decided", decided_at=call.opens_at)
    with pytest.raises(Refused, match="released already"):
        extend_for_one(application=application, until=later, because="x", actor=officer, now=now)


def test_only_officers_who_take_no_part_help_and_only_while_the_call_runs(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_application(call, applicant=cast.applicant)
    until = call.closes_at + DAY
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                extend_for_one(
                    application=application, until=until, because="x", actor=account, now=now
                )
    own = make_call()
    mine = make_application(own, applicant=cast.programme_officer)
    own.officers.create(account=cast.programme_officer, since_at=now)
    with pytest.raises(Refused, match="You take part"):
        extend_for_one(
            application=mine, until=until, because="x", actor=cast.programme_officer, now=now
        )
    type(call).objects.filter(pk=call.pk).update(state="cancelled", cancelled_at=now)
    with pytest.raises(Refused, match="not running"):
        extend_for_one(
            application=application, until=until, because="x", actor=cast.programme_officer, now=now
        )


def test_the_case_is_helped_by_pages(client: Client, cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant)
    page = reverse("applications:case", args=[application.reference])
    client.force_login(cast.applicant)
    assert client.get(page).status_code == 404
    client.force_login(cast.programme_officer)
    desk = reverse("applications:desk_detail", args=[application.reference])
    assert page in client.get(desk).content.decode()
    typed = {"act": "extend", "until_on": "2027-02-20", "until_time": "23:59", "because": " "}
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert "2027-02-20" in refused.content.decode()
    assert client.post(page, typed | {"because": "Your cable"}).status_code == 302
    Application.objects.filter(pk=application.pk).update(
        state="eligible", screened_at=call.opens_at
    )
    assert "being judged" in client.get(page).content.decode()
    Application.objects.filter(pk=application.pk).update(
        state="withdrawn", withdrawn_at=call.opens_at
    )
    assert "counts again" in client.get(page).content.decode()
    assert client.post(page, {"act": "restore", "because": "By mistake"}).status_code == 302
    assert Application.objects.get(pk=application.pk).state == "submitted"
