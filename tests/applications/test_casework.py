"""What officers keep beside an application: notes, flags, whose file it is; seen by them alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions.casework import (
    name_owner,
    remove_note,
    set_flags,
    write_note,
)
from anso.applications.models import Application, CaseNote, Letter
from anso.applications.queries.casework import late_files_of, notes_visible_to
from anso.applications.wording import todo_items_for
from anso.audit.models import Entry
from anso.calls.actions import hand_over_call, remove_officer
from anso.calls.models import Call
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from tests.cast import Cast
from tests.factories.applications import make_application, make_submitted_application
from tests.factories.calls import make_call, make_programme
from tests.factories.governance import make_secretary

DAY = dt.timedelta(days=1)
NOTE = "Her supervisor telephoned: the scan is upside down."


def colleague_on(call: Call, now: dt.datetime) -> Account:
    account = make_secretary(f"colleague{call.officers.count()}-{call.pk}@example.org")
    call.officers.create(account=account, since_at=now)
    return account


def test_a_note_is_for_the_officers_alone_and_leaves_a_trace_when_taken_away(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    application = make_submitted_application(call, applicant=cast.applicant)
    colleague, page = colleague_on(call, now), "applications:desk_detail"
    note = write_note(application=application, text=f" {NOTE} ", actor=officer, now=now)
    for text, words in (("  ", "Write the note first"), ("x" * 4001, "at most 4000")):
        with pytest.raises(BadInput, match=words):
            write_note(application=application, text=text, actor=officer, now=now)
    for account, reads in ((officer, True), (colleague, True), (cast.auditor, False)):
        client.force_login(account)
        seen = client.get(reverse(page, args=[application.reference])).content.decode()
        assert (NOTE in seen) == reads, account
    assert not any(NOTE in f"{each.changes} {each.because}" for each in Entry.objects.all())
    client.force_login(cast.applicant)
    own = client.get(reverse("applications:detail", args=[application.reference]))
    assert NOTE not in own.content.decode()
    with pytest.raises(Refused, match="Only who wrote"):
        remove_note(note=note, actor=colleague, now=now)
    for _again in range(2):
        remove_note(note=note, actor=officer, now=now + DAY)
    kept = CaseNote.objects.get()
    assert (kept.text, kept.written_by, kept.removed_at) == ("", officer, now + DAY)
    assert Entry.objects.filter(verb="remove_note").count() == 1


def test_nobody_else_keeps_anything_on_a_file(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_application(call, applicant=cast.applicant)
    elsewhere = make_call()
    other = colleague_on(elsewhere, now)
    everyone = {**cast.everyone(), "officer of another call": other}
    for role, account in everyone.items():
        if role == "programme_officer":
            continue
        facts = {"application": application, "actor": account, "now": now}
        with pytest.raises(Refused):
            write_note(text="x", **facts)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            set_flags(flags=["waiting"], **facts)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            name_owner(owner=account, **facts)  # type: ignore[arg-type]
        assert not notes_visible_to(account, application, now).exists()


def test_flags_and_owner_narrow_the_list_for_officers_and_tell_nobody_else(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    mine = make_submitted_application(call, applicant=cast.applicant)
    other = make_submitted_application(call, applicant=cast.stranger)
    facts = {"application": mine, "actor": officer, "now": now}
    with pytest.raises(BadInput, match="no such flag"):
        set_flags(flags=["urgent"], **facts)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="does not work on this call"):
        name_owner(owner=cast.stranger, **facts)  # type: ignore[arg-type]
    for _again in range(2):
        set_flags(flags=["integrity", "document"], **facts)  # type: ignore[arg-type]
        name_owner(owner=officer, **facts)  # type: ignore[arg-type]
    assert Application.objects.get(pk=mine.pk).flags == ["document", "integrity"]
    assert Entry.objects.filter(verb__in=("flag_application", "name_owner")).count() == 2
    table = reverse("applications:table", args=[call.reference])
    csv = reverse("applications:export", args=[call.reference, "csv"])
    client.force_login(officer)
    for narrowed in (f"owner={officer.reference}", "flag=document"):
        page = client.get(f"{table}?{narrowed}").content.decode()
        assert mine.number in page
        assert other.number not in page
        assert "a document is to be mended" in page
    nobody = client.get(f"{table}?owner=none").content.decode()
    assert other.number in nobody
    assert mine.number not in nobody
    exported = b"".join(client.get(f"{csv}?flag=document").streaming_content).decode()
    assert other.number not in exported
    client.force_login(cast.auditor)
    # Who reads the list besides must not learn by a filter what officers keep.
    for address in (table, reverse("applications:screening", args=[call.reference])):
        page = client.get(f"{address}?flag=waiting&owner=none").content.decode()
        assert mine.number in page
        assert "Looked after by" not in page
        assert "to be mended" not in page


def test_what_is_late_in_ones_own_files_waits_for_their_owner_alone(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    files = [make_submitted_application(call) for _each in range(5)]
    colleague = colleague_on(call, now)
    for each in files:
        name_owner(application=each, owner=officer, actor=officer, now=now)
    Application.objects.filter(pk__in=[each.pk for each in files]).update(lacks=[])
    assert not list(late_files_of(officer, now))
    Application.objects.filter(pk=files[0].pk).update(lacks=["referee"])
    assert not list(late_files_of(officer, now)), "the day of the letter has not passed"
    late = call.closes_at + 40 * DAY
    Application.objects.filter(pk=files[0].pk).update(lacks=["referee"])
    Application.objects.filter(pk=files[1].pk).update(
        lacks=["referee"], state="eligible", screened_at=late
    )
    Application.objects.filter(pk=files[4].pk).update(state="eligible", screened_at=late)
    Letter.objects.filter(application=files[1]).update(due_at=call.closes_at)
    (item,) = [each for each in todo_items_for(officer, late) if "look after" in str(each.text)]
    assert "4 applications that you look after" in str(item.text)
    said = str(item.reason)
    assert f"{files[0].number} waits for screening and for a letter" in said
    assert f"{files[1].number} lacks a letter whose day has passed" in said
    assert f"{files[2].number} waits for screening; and 1 more" in said
    assert files[4].number not in said
    assert item.url.endswith(f"?owner={officer.reference}")
    assert item.due_at is not None
    assert item.is_overdue(late)
    assert not list(late_files_of(colleague, late))
    Application.objects.exclude(pk=files[1].pk).update(owner=colleague)
    (only,) = [each for each in todo_items_for(officer, late) if "look after" in str(each.text)]
    assert only.url == reverse("applications:desk_detail", args=[files[1].reference])


def test_files_go_with_the_call_to_who_takes_it_over_and_to_nobody_without_one(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    application = make_submitted_application(call, applicant=cast.applicant)
    colleague = colleague_on(call, now)
    name_owner(application=application, owner=officer, actor=officer, now=now)
    hand_over_call(
        call=call, account=officer, to=colleague, because="Leave", actor=officer, now=now
    )
    assert Application.objects.get(pk=application.pk).owner == colleague
    third = make_secretary("third@example.org")
    call.officers.create(account=third, since_at=now)
    remove_officer(call=call, account=colleague, actor=third, now=now)
    assert Application.objects.get(pk=application.pk).owner is None
    assert Entry.objects.filter(verb="name_owner", object_id=application.pk).count() == 3


@pytest.mark.parametrize("code", ["fellowship", "prize", "collaborative_research"])
def test_the_page_keeps_and_shows_it_for_every_kind(
    client: Client, cast: Cast, now: dt.datetime, code: str
) -> None:
    call = make_call(make_programme(code), officer=cast.programme_officer)
    application = make_application(call, applicant=cast.applicant, answers={})
    page = reverse("applications:keep", args=[application.reference])
    client.force_login(cast.programme_officer)
    refused = client.post(page, {"act": "note", "note": " "})
    assert refused.status_code == 422
    assert "Write the note first" in refused.content.decode()
    client.post(page, {"act": "note", "note": NOTE})
    assert (
        NOTE
        in client.get(
            reverse("applications:desk_detail", args=[application.reference])
        ).content.decode()
    )
    note = CaseNote.objects.get()
    client.post(
        page,
        {"act": "case", "owner": cast.programme_officer.reference, "flags": ["waiting"]},
    )
    kept = Application.objects.get(pk=application.pk)
    assert (kept.owner, kept.flags) == (cast.programme_officer, ["waiting"])
    client.post(page, {"act": "case", "owner": ""})
    kept.refresh_from_db()
    assert (kept.owner, kept.flags) == (None, [])
    for act in ("remove:nobody", "nonsense"):
        assert client.post(page, {"act": act}).status_code == 404
    assert client.post(page, {"act": "case", "owner": "nobody"}).status_code == 404
    client.post(page, {"act": f"remove:{note.reference}"})
    assert (
        NOTE
        not in client.get(
            reverse("applications:desk_detail", args=[application.reference])
        ).content.decode()
    )
    client.force_login(cast.applicant)
    assert client.post(page, {"act": "note", "note": "x"}).status_code == 404
