"""An officer acts in an applicant's place: puts a file in, hands a complete draft in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions import save_answers, submit_application
from anso.applications.actions.acting_for import hand_in_for, put_file_in
from anso.applications.actions.helping import extend_for_one
from anso.applications.models import Application, Document, Submission
from anso.applications.queries.visibility import get_document_for, has_unsubmitted_changes
from anso.applications.wording.receipt_pdf import receipt_payload
from anso.audit.models import Entry
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import (
    make_application,
    make_complete_application,
    make_stored_file,
    make_submitted_application,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.governance import make_secretary

DAY = dt.timedelta(days=1)
WHY = "The scan came upside down; the right one came by mail."
ASKED = "Amina Yusuf, by telephone"


@pytest.fixture
def office(cast: Cast) -> Account:
    return cast.programme_officer


def fix(
    application: Application, officer: Account, now: dt.datetime, **changed: object
) -> Document:
    facts = {
        "application": application,
        "slot": "passport",
        "stored": make_stored_file("upright.pdf"),
        "because": WHY,
        "actor": officer,
        "now": now,
    }
    return put_file_in(**(facts | changed))  # type: ignore[arg-type]


def test_a_file_is_put_into_what_was_submitted_and_nothing_else_changes(
    client: Client, cast: Cast, office: Account, now: dt.datetime
) -> None:
    call = make_call(officer=office)
    application = make_submitted_application(call, applicant=cast.applicant)
    first = application.submission
    assert first is not None
    # What the applicant typed since and did not submit is theirs and stays unsubmitted.
    save_answers(
        application=application,
        fields={"title": "Another title"},
        base=application.revision,
        token="later",
        actor=cast.applicant,
        now=now,
    )
    original = Document.objects.get(application=application, slot="passport")
    late = call.closes_at + DAY
    document = fix(application, office, late)
    second = Submission.objects.get(application=application, version=2)
    assert application.submission == second
    assert has_unsubmitted_changes(application)
    assert second.facts == first.facts
    changed = {key for key, value in second.answers.items() if first.answers[key] != value}
    assert changed == {"passport"}
    assert second.body["by_officer"]["because"] == WHY
    assert second.sha256 == content_hash(second.body)
    assert [each["sha256"] for each in second.body["documents"] if each["slot"] == "passport"] == [
        document.file.sha256
    ]
    assert document.replaces == original
    # The original stays, for whoever could read it.
    for reader in (cast.applicant, office):
        assert get_document_for(reader, original.reference, late).file == original.file
    mail = Message.objects.get(code="applications.file_put_in")
    assert mail.recipient == cast.applicant
    for said in (WHY, "upright.pdf", "passport.pdf", "version 2"):
        assert said in mail.body
    entry = Entry.objects.get(verb="put_file_in")
    assert (entry.because, entry.actor_label) == (WHY, str(office))
    assert WHY in str(receipt_payload(second))
    client.force_login(cast.applicant)
    own = client.get(reverse("applications:detail", args=[application.reference])).content.decode()
    assert WHY in own
    assert reverse("applications:document", args=[original.reference]) in own
    receipt = client.get(reverse("applications:receipt", args=[application.reference]))
    assert WHY in receipt.content.decode()
    client.force_login(office)
    desk = client.get(reverse("applications:desk_detail", args=[application.reference]))
    assert reverse("applications:document", args=[original.reference]) in desk.content.decode()


def test_what_the_applicant_put_there_since_is_not_touched_and_nothing_seems_unsubmitted(
    cast: Cast, office: Account, now: dt.datetime
) -> None:
    call = make_call(officer=office)
    application = make_submitted_application(call, applicant=cast.applicant)
    fix(application, office, now)
    assert not has_unsubmitted_changes(Application.objects.get(pk=application.pk))
    standing = Document.objects.get(
        application=application, slot="passport", removed_at__isnull=True
    )
    assert standing.added_by == office
    standing.removed_at = now
    standing.save()
    own = Document.objects.create(
        application=application, slot="passport", file=make_stored_file("own.pdf"), added_at=now
    )
    again = fix(application, office, now, stored=make_stored_file("third.pdf"))
    own.refresh_from_db()
    assert (own.removed_at, again.removed_at) == (None, now)
    assert application.submission is not None
    assert again.reference in str(application.submission.body["documents"])


def test_a_file_is_refused_that_does_not_fit_has_no_reason_or_comes_too_late(
    cast: Cast, office: Account, now: dt.datetime
) -> None:
    call = make_call(officer=office)
    application = make_submitted_application(call, applicant=cast.applicant)
    same = Document.objects.get(application=application, slot="passport").file
    for changed, words in (
        ({"because": "  "}, "Say why"),
        ({"slot": "title"}, "does not ask"),
        ({"stored": same}, "there already"),
        (
            {"stored": make_stored_file("a.exe", media_type="application/x-msdownload")},
            "of this kind",
        ),
    ):
        with pytest.raises(BadInput, match=words):
            fix(application, office, now, **changed)
    assert application.submissions.count() == 1
    for state, stamp, words in (
        ("eligible", "screened_at", "take the result of its screening back"),
        ("withdrawn", "withdrawn_at", "take the withdrawal back"),
        ("decided", "decided_at", "released already"),
    ):
        Application.objects.filter(pk=application.pk).update(state=state, **{stamp: now})
        with pytest.raises(Refused, match=words):
            fix(application, office, now)
    draft = make_application(call, applicant=cast.stranger)
    with pytest.raises(Refused):
        fix(draft, office, call.closes_at + DAY)


def test_a_file_goes_into_a_draft_while_it_is_open_and_after_the_close_with_more_time(
    client: Client, cast: Cast, office: Account, now: dt.datetime
) -> None:
    call = make_call(officer=office)
    draft = make_complete_application(call, applicant=cast.applicant)
    theirs = Document.objects.get(application=draft, slot="passport")
    fix(draft, office, now)
    late = call.closes_at + DAY
    with pytest.raises(Refused, match="its time is over: give it more time first"):
        fix(draft, office, late, stored=make_stored_file("late.pdf"))
    extend_for_one(application=draft, until=late + DAY, because="x", actor=office, now=late)
    fix(draft, office, late, stored=make_stored_file("late.pdf"))
    assert not draft.submissions.exists()
    page = reverse("applications:case", args=[draft.reference])
    client.force_login(office)
    shown = client.get(page).content.decode()
    assert theirs.file.name not in shown, "a draft is its author's alone"
    # Nor after its submission is what was only ever in the draft.
    draft = Application.objects.get(pk=draft.pk)
    submit_application(application=draft, actor=cast.applicant, arrived_at=late, now=late)
    desk = client.get(reverse("applications:desk_detail", args=[draft.reference])).content.decode()
    assert "late.pdf" in desk
    assert theirs.reference not in desk


def test_a_complete_draft_is_handed_in_with_its_receipt_and_who_asked(
    cast: Cast, office: Account, now: dt.datetime
) -> None:
    call = make_call(officer=office)
    draft = make_complete_application(call, applicant=cast.applicant)
    for because, asked, words in (
        (" ", ASKED, "Say why"),
        (WHY, " ", "Say who asked"),
        (WHY, "a" * 301, "1 too many"),
    ):
        with pytest.raises(BadInput, match=words):
            hand_in_for(application=draft, because=because, asked=asked, actor=office, now=now)
    submission = hand_in_for(application=draft, because=WHY, asked=ASKED, actor=office, now=now)
    assert draft.state == "submitted"
    told = submission.body["by_officer"]
    assert (told["because"], told["asked"]) == (WHY, ASKED)
    mails = {each.code: each for each in Message.objects.filter(recipient=cast.applicant)}
    assert submission.sha256 in mails["applications.receipt"].body
    for said in (WHY, ASKED, "Ana Lúcia Prado"):
        assert said in mails["applications.handed_in"].body
    assert Entry.objects.get(verb="submit_application").because == WHY
    assert ASKED in str(receipt_payload(submission))
    with pytest.raises(Refused, match="was submitted already"):
        hand_in_for(application=draft, because=WHY, asked=ASKED, actor=office, now=now)


def test_an_incomplete_draft_is_refused_with_what_lacks_and_late_ones_without_more_time(
    client: Client, cast: Cast, office: Account, now: dt.datetime
) -> None:
    call = make_call(officer=office)
    draft = make_application(call, applicant=cast.applicant)
    facts = {"because": WHY, "asked": ASKED, "actor": office}
    with pytest.raises(Refused) as refused:
        hand_in_for(application=draft, now=now, **facts)  # type: ignore[arg-type]
    lacking = {reason.facts["key"] for reason in refused.value.verdict.reasons}
    assert "passport" in lacking
    client.force_login(office)
    page = reverse("applications:case", args=[draft.reference])
    said = client.post(page, {"act": "hand_in", "because": WHY, "asked": ASKED})
    assert said.status_code == 422
    assert WHY in said.content.decode()
    assert said.content.decode().count("error") >= 1
    whole = make_complete_application(call, applicant=cast.stranger)
    late = call.closes_at + DAY
    with pytest.raises(Refused, match="give it more time first"):
        hand_in_for(application=whole, now=late, **facts)  # type: ignore[arg-type]
    extend_for_one(application=whole, until=late + DAY, because="x", actor=office, now=late)
    hand_in_for(application=whole, now=late, **facts)  # type: ignore[arg-type]
    assert Application.objects.get(pk=whole.pk).state == "submitted"


def test_only_officers_of_the_call_act_for_an_applicant(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    draft = make_complete_application(call, applicant=cast.applicant)
    other = make_secretary("elsewhere@example.org")
    make_call(officer=other)
    for account in [*cast.everyone().values(), other]:
        if account == cast.programme_officer:
            continue
        with pytest.raises(Refused):
            hand_in_for(application=draft, because=WHY, asked=ASKED, actor=account, now=now)
        with pytest.raises(Refused):
            fix(draft, account, now)
    assert not draft.submissions.exists()


@pytest.mark.parametrize("kind", ["fellowship", "prize", "collaborative_research"])
def test_files_are_put_in_by_pages_in_every_kind(
    client: Client, cast: Cast, office: Account, kind: str
) -> None:
    call = make_call(make_programme(kind), officer=office)
    draft = make_application(call, applicant=cast.applicant, answers={})
    page = reverse("applications:case", args=[draft.reference])
    client.force_login(office)
    shown = client.get(page).content.decode()
    if 'name="target"' not in shown:
        assert "asks for no file here" in shown
        return
    target = shown.split('name="target"')[1].split('value="')[1].split('"')[0]
    typed = {"act": "file", "target": target, "because": WHY}
    refused = client.post(page, typed)
    assert "Choose the file" in refused.content.decode()
    assert WHY in refused.content.decode()
    for wrong, words in (("nowhere:", "Choose where"), (f"{target}gone", "does not stand there")):
        sent = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
        answer = client.post(page, typed | {"target": wrong, "file": sent})
        assert words in answer.content.decode()


def test_in_a_slot_for_several_a_file_stands_beside_the_others_or_takes_the_place_of_one(
    cast: Cast, office: Account, now: dt.datetime
) -> None:
    application = make_submitted_application(make_call(officer=office), applicant=cast.applicant)
    first = Document.objects.get(application=application, slot="transcripts")

    def put(number: int, **changed: object) -> Document:
        stored = make_stored_file(f"marks{number}.pdf")
        return fix(application, office, now, slot="transcripts", stored=stored, **changed)

    added = [put(number) for number in range(5)]
    with pytest.raises(BadInput, match="at most 6 files"):
        put(5)
    instead = put(6, replaces=first)
    with pytest.raises(BadInput, match="does not stand there any more"):
        put(7, replaces=first)
    application.refresh_from_db()
    assert application.submission is not None
    listed = [each["reference"] for each in application.submission.body["documents"]]
    assert {each.reference for each in [*added, instead]} <= set(listed)
    assert first.reference not in listed
