"""Starting an application and saving answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anso.applications.actions import (
    SaveResult,
    save_answers,
    start_application,
    withdraw_application,
)
from anso.applications.models import Application, SaveReceipt
from anso.audit.models import Entry
from anso.kernel.drafts import TwoTexts
from anso.kernel.verdict import Refused
from tests.cast import Cast
from tests.factories.applications import make_application
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db


def save(
    application: Application,
    now: dt.datetime,
    fields: dict,
    base: int | None = None,
    token: str = "",
):
    joined = ("call", "step", "form_version", "applicant__account")
    fresh = Application.objects.select_related(*joined).get(pk=application.pk)
    actor = fresh.applicant.account
    assert actor is not None
    revision = fresh.revision if base is None else base
    return save_answers(
        application=fresh, fields=fields, base=revision, token=token, actor=actor, now=now
    )


def test_numbers_are_given_in_order_and_begin_with_the_prefix_of_the_call(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(number_prefix="F27")
    first = start_application(call=call, actor=cast.applicant, now=now)
    second = start_application(call=call, actor=cast.stranger, now=now)
    assert [first.number, second.number] == ["F27-00001", "F27-00002"]


def test_a_person_has_one_application_per_call(cast: Cast, now: dt.datetime) -> None:
    call = make_call()
    first = start_application(call=call, actor=cast.applicant, now=now)
    assert start_application(call=call, actor=cast.applicant, now=now).pk == first.pk
    call.refresh_from_db()
    assert call.last_number == 1


def test_a_kind_may_take_two_of_one_person_and_no_third(cast: Cast, now: dt.datetime) -> None:
    prize = make_call(make_programme("prize"))
    first = start_application(call=prize, actor=cast.applicant, now=now)
    second = start_application(call=prize, actor=cast.applicant, now=now, ordinal=2)
    assert (
        start_application(call=prize, actor=cast.applicant, now=now, ordinal=2).pk
        == second.pk
        != first.pk
    )
    with pytest.raises(Refused, match="as many as one person may"):
        start_application(call=prize, actor=cast.applicant, now=now, ordinal=3)
    withdraw_application(application=first, actor=cast.applicant, now=now)
    assert start_application(call=prize, actor=cast.applicant, now=now).pk not in {
        first.pk,
        second.pk,
    }, "the place is free again"


def test_answers_of_the_eligibility_check_are_carried_over(cast: Cast, now: dt.datetime) -> None:
    application = start_application(
        call=make_call(),
        actor=cast.applicant,
        now=now,
        answers={"level": "phd", "citizenship": "CN", "unknown": 1},
    )
    assert {key: cell["value"] for key, cell in application.answers.items()} == {
        "level": "phd",
        "citizenship": "CN",
    }
    assert (application.category, application.country_id) == ("", None), "lists show no draft"


@pytest.mark.parametrize("state", ["draft", "cancelled", "completed"])
def test_nobody_starts_an_application_in_a_call_that_is_not_open(
    cast: Cast, now: dt.datetime, state: str
) -> None:
    with pytest.raises(Refused):
        start_application(call=make_call(state=state), actor=cast.applicant, now=now)


def test_a_save_changes_only_what_was_sent_and_gives_a_receipt(now: dt.datetime) -> None:
    application = make_application()
    result = save(application, now + dt.timedelta(minutes=1), {"title": "  New   title "})
    application.refresh_from_db()
    assert application.answers["title"] == {"value": "New title", "form": 1, "revision": 2}
    assert application.answers["level"]["revision"] == 1
    assert (result.revision, result.receipt.changes) == (2, {"title": "New title"})
    assert application.title == "", "lists repeat what was submitted, and nothing was"
    assert "new title" not in application.search_text
    assert "amina" in application.search_text


def test_errors_do_not_prevent_saving(now: dt.datetime) -> None:
    application = make_application()
    result = save(
        application,
        now,
        {"full_name": "x" * 10_000, "citizenship": {"\x00": ["\x00"]}, "hosts": ["nowhere", 1.5]},
    )
    application.refresh_from_db()
    assert set(result.errors) == {"full_name", "citizenship", "hosts"}
    assert len(application.answers["full_name"]["value"]) == 10_000


def test_marks_that_turn_the_direction_of_text_are_taken_out(now: dt.datetime) -> None:
    application = make_application()
    save(application, now, {"full_name": "Amina \u202eevil\u202c Yusuf"})
    application.refresh_from_db()
    assert application.answers["full_name"]["value"] == "Amina evil Yusuf"


def test_of_two_tabs_both_texts_are_kept(now: dt.datetime) -> None:
    application = make_application()
    base = application.revision
    save(application, now, {"title": "From the first tab"}, base=base)
    result = save(application, now, {"title": "From the second tab", "keywords": "salt"}, base=base)
    application.refresh_from_db()
    assert application.answers["title"]["value"] == "From the first tab"
    assert application.answers["keywords"]["value"] == "salt"
    assert result.disputed == {"title": TwoTexts("From the second tab", "From the first tab")}
    assert result.receipt.set_aside == {"title": "From the second tab"}


def test_the_same_text_from_two_tabs_is_not_disputed(now: dt.datetime) -> None:
    application = make_application()
    base = application.revision
    save(application, now, {"title": "Same"}, base=base)
    assert save(application, now, {"title": "Same"}, base=base).disputed == {}


def test_a_repeated_request_is_saved_once_and_answered_alike(now: dt.datetime) -> None:
    application = make_application()
    first = save(application, now, {"title": "Once"}, token="t1")
    again = save(application, now, {"title": "Once"}, base=1, token="t1")
    assert again.receipt.pk == first.receipt.pk
    assert SaveReceipt.objects.count() == 1
    application.refresh_from_db()
    assert application.revision == 2


def test_other_words_with_the_same_token_are_saved_too_as_after_the_back_button(
    now: dt.datetime,
) -> None:
    application = make_application()
    save(application, now, {"title": "First", "keywords": "a"}, token="t1")
    application.refresh_from_db()
    second = save(
        application,
        now,
        {"title": "Second", "keywords": "a"},
        base=application.revision,
        token="t1",
    )
    assert second.receipt.changes == {"title": "Second"}
    late = save(application, now, {"title": "Third", "keywords": "a"}, base=1, token="t1")
    assert late.disputed == {"title": TwoTexts("Third", "Second")}
    assert SaveReceipt.objects.count() == 3


def test_saves_leave_no_row_in_the_record(now: dt.datetime) -> None:
    application = make_application()
    before = Entry.objects.count()
    save(application, now, {"title": "Quiet"})
    assert Entry.objects.count() == before


def test_a_save_is_one_statement(now: dt.datetime) -> None:
    application = make_application()
    joined = ("call", "step", "form_version", "applicant__account")
    fresh = Application.objects.select_related(*joined).get(pk=application.pk)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        save_answers(
            application=fresh,
            fields={"keywords": "a"},
            base=1,
            token="q",
            actor=fresh.applicant.account,
            now=now,
        )
    statements = [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 1, statements


def as_read(application: Application) -> Application:
    joined = ("call", "step", "form_version", "applicant__account")
    return Application.objects.select_related(*joined).get(pk=application.pk)


def save_as_read(
    read: Application, fields: dict, now: dt.datetime, token: str = "late"
) -> SaveResult:
    return save_answers(
        application=read,
        fields=fields,
        base=read.revision,
        token=token,
        actor=read.applicant.account,
        now=now,
    )


def test_what_was_saved_between_reading_and_writing_stays(now: dt.datetime) -> None:
    application = make_application()
    read = as_read(application)
    save(application, now, {"title": "First"}, token="first")
    late = save_as_read(read, {"title": "Second", "keywords": "salt"}, now)
    assert late.disputed == {"title": TwoTexts("Second", "First")}
    assert late.receipt.changes == {"keywords": "salt"}
    application.refresh_from_db()
    kept = {key: application.answers[key]["value"] for key in ("title", "keywords")}
    assert kept == {"title": "First", "keywords": "salt"}


def test_a_receipt_for_disputed_words_alone_leaves_the_row_as_it_was(now: dt.datetime) -> None:
    application = make_application()
    read = as_read(application)
    save(application, now, {"title": "First"}, token="first")
    later = now + dt.timedelta(minutes=1)
    late = save_as_read(read, {"title": "Second"}, later)
    application.refresh_from_db()
    assert (application.revision, application.saved_at) == (2, now)
    assert (late.receipt.set_aside, late.receipt.saved_at) == ({"title": "Second"}, later)
    again = save_as_read(read, {"title": "Second"}, later)
    assert again.receipt.pk == late.receipt.pk


def test_nothing_is_written_where_the_application_was_withdrawn_meanwhile(
    now: dt.datetime,
) -> None:
    application = make_application()
    read = as_read(application)
    withdraw_application(application=application, actor=application.applicant.account, now=now)
    with pytest.raises(Refused):
        save_as_read(read, {"title": "Late"}, now)
    assert not SaveReceipt.objects.filter(token="late").exists()


def test_nothing_is_saved_after_the_close(now: dt.datetime) -> None:
    application = make_application()
    with pytest.raises(Refused) as refusal:
        save(application, application.call.closes_at, {"title": "Late"})
    assert refusal.value.verdict.reasons[0].code == "call_closed"
    assert SaveReceipt.objects.count() == 0


def test_only_the_applicant_saves(cast: Cast, now: dt.datetime) -> None:
    application = make_application(applicant=cast.applicant)
    for role, account in cast.everyone().items():
        if role == "applicant":
            continue
        with pytest.raises(Refused):
            save_answers(
                application=application,
                fields={"title": "x"},
                base=9,
                token="t",
                actor=account,
                now=now,
            )
