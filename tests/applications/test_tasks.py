"""Background work: the PDF of a submission, reminders, uploads that arrive in pieces, a form that
changes.
"""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client

from anso.applications.actions import (
    add_document,
    adopt_form_version,
    ask_letter,
    attach_letter_upload,
    attach_receipt,
    attach_upload,
    notify_of_cancellation,
    notify_of_extension,
    remind_draft,
    remove_document,
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from anso.applications.actions.letter_writers import letter_upload_purpose
from anso.applications.models import Application, Document, Letter, SaveReceipt, Submission
from anso.applications.queries.todo import drafts_to_remind
from anso.applications.tasks import (
    make_receipt,
    notify_of_cancellations,
    notify_of_extensions,
    remind_letters,
)
from anso.applications.wording import words_of_earlier_form
from anso.calls.actions import cancel_call, extend_call
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from anso.kernel.questions import Form
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import owned_by, versions_of
from tests.cast import Cast
from tests.factories.applications import (
    fellowship_answers,
    make_application,
    make_complete_application,
    make_stored_file,
    make_submitted_application,
)
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Amina Yusuf", "محمد الهاشمي", "李雨桐"])
def test_the_pdf_of_a_submission_is_made_once(name: str) -> None:
    make_submitted_application(answers=fellowship_answers(full_name=name))
    submission = Submission.objects.get()
    make_receipt(submission.pk)
    make_receipt(submission.pk)
    submission.refresh_from_db()
    assert submission.pdf is not None
    with default_storage.open(submission.pdf.storage_key) as content:
        assert content.read(5) == b"%PDF-"


def test_letters_are_reminded_by_the_clock(now: dt.datetime) -> None:
    application = make_application()
    ask_letter(
        application=application,
        question_key="referee_1",
        actor=application.applicant.account,
        now=now,
    )
    Letter.objects.update(
        last_sent_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        due_at=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
    )
    remind_letters(0)
    assert Message.objects.filter(code="applications.letter_reminder").count() == 1


def test_an_upload_in_pieces_ends_in_its_slot(cast: Cast, now: dt.datetime) -> None:
    application = make_application(applicant=cast.applicant)
    said = attach_upload(
        purpose=f"application:{application.reference}:cv",
        stored=make_stored_file("cv.pdf"),
        actor=cast.applicant,
        now=now,
    )
    document = Document.objects.get()
    assert (document.slot, said["receipt"]) == ("cv", document.reference[:4])
    assert SaveReceipt.objects.count() == 1


def test_a_slot_for_one_file_keeps_the_newest_and_one_for_many_its_number(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_application(applicant=cast.applicant)
    for number in range(2):
        purpose = f"application:{application.reference}:cv"
        attach_upload(
            purpose=purpose,
            stored=make_stored_file(f"cv{number}.pdf"),
            actor=cast.applicant,
            now=now,
        )
    assert Document.objects.filter(slot="cv", removed_at__isnull=True).count() == 1
    purpose = f"application:{application.reference}:transcripts"
    for number in range(6):
        attach_upload(
            purpose=purpose,
            stored=make_stored_file(f"t{number}.pdf"),
            actor=cast.applicant,
            now=now,
        )
    with pytest.raises(BadInput):
        attach_upload(
            purpose=purpose, stored=make_stored_file("t7.pdf"), actor=cast.applicant, now=now
        )


@pytest.mark.parametrize(
    ("slot", "fields"),
    [("title", {}), ("cv", {"media_type": "image/png"}), ("cv", {"size_bytes": 99_000_000})],
    ids=["no slot", "kind", "size"],
)
def test_a_file_that_does_not_fit_its_slot_is_refused(
    cast: Cast, now: dt.datetime, slot: str, fields: dict
) -> None:
    application = make_application(applicant=cast.applicant)
    with pytest.raises(BadInput):
        attach_upload(
            purpose=f"application:{application.reference}:{slot}",
            stored=make_stored_file(**fields),
            actor=cast.applicant,
            now=now,
        )


def test_only_the_page_behind_the_link_can_attach_a_letter(now: dt.datetime) -> None:
    application = make_application()
    letter = ask_letter(
        application=application,
        question_key="referee_1",
        actor=application.applicant.account,
        now=now,
    )
    with pytest.raises(BadInput):
        attach_letter_upload(
            purpose=f"letter:letter_file:{letter.reference}",
            stored=make_stored_file(),
            actor=WORKER,
            now=now,
        )
    purpose = letter_upload_purpose(letter, "letter_file")
    assert len(purpose) <= 120
    attach_letter_upload(purpose=purpose, stored=make_stored_file(), actor=WORKER, now=now)
    assert Letter.objects.get().file is not None


def test_a_draft_follows_its_form_and_earlier_words_are_kept(cast: Cast, now: dt.datetime) -> None:
    call = make_call()
    application = start_application(
        call=call,
        actor=cast.applicant,
        now=now,
        answers={"title": "Kept", "keywords": "asked again"},
    )
    old = versions_of(call).get(purpose="application")
    definition = Form.from_dict(old.definition).to_dict()
    steps = dict.fromkeys(Form.from_dict(old.definition).keys(), "carry") | {
        "keywords": "ask_again"
    }
    FormVersion.objects.create(
        **owned_by(call),
        purpose="application",
        number=2,
        definition=definition,
        sha256="0" * 64,
        migration=steps,
        created_at=now,
        published_at=now,
    )
    other_tab = Application.objects.select_related("call", "form_version", "step").get()
    adopt_form_version(application=application, actor=cast.applicant, now=now)
    later = adopt_form_version(application=other_tab, actor=cast.applicant, now=now)
    fresh = Application.objects.get()
    assert later.revision == fresh.revision, "the tab that came second carried nothing once more"
    assert (fresh.form_version.number, set(fresh.answers)) == (2, {"title"})
    assert SaveReceipt.objects.get(token__startswith="form-").set_aside == {
        "keywords": "asked again"
    }
    assert (
        adopt_form_version(application=fresh, actor=cast.applicant, now=now).revision
        == fresh.revision
    )


def test_what_was_submitted_never_moves_to_another_form(cast: Cast, now: dt.datetime) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    old = application.form_version
    FormVersion.objects.create(
        **owned_by(application.call),
        purpose="application",
        number=2,
        definition=old.definition,
        sha256="1" * 64,
        created_at=now,
        published_at=now,
    )
    assert (
        adopt_form_version(application=application, actor=cast.applicant, now=now).form_version_id
        == old.pk
    )


def test_drafts_are_reminded_a_week_before_the_close_and_on_the_last_day_each_once(
    cast: Cast,
) -> None:
    application = make_application(applicant=cast.applicant)
    closes_at = application.call.closes_at
    for left in (
        dt.timedelta(days=8),
        dt.timedelta(days=6),
        dt.timedelta(days=5),
        dt.timedelta(hours=20),
        dt.timedelta(hours=2),
        -dt.timedelta(1),
    ):
        for draft in drafts_to_remind(closes_at - left):
            remind_draft(application=draft, now=closes_at - left)
    mails = Message.objects.filter(code="applications.draft_reminder")
    assert mails.count() == 2
    assert application.number in mails[0].subject


def test_applicants_of_a_cancelled_call_are_told_once_and_why(
    cast: Cast, client: Client, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    submitted = make_submitted_application(call, applicant=cast.applicant)
    make_application(call, applicant=cast.stranger)
    withdraw_application(
        application=make_submitted_application(call, applicant=cast.co_applicant),
        actor=cast.co_applicant,
        now=now,
    )
    notify_of_cancellation(application=submitted, now=now)
    assert not Message.objects.filter(code="applications.call_cancelled").exists(), (
        "a call that goes on"
    )
    cancel_call(call=call, because="The host was closed.", actor=cast.programme_officer, now=now)
    for _time in range(2):
        notify_of_cancellations(0)
    mails = Message.objects.filter(code="applications.call_cancelled")
    assert {mail.email for mail in mails} == {cast.applicant.email, cast.stranger.email}
    assert len(mails) == 2
    assert "Why: The host was closed." in mails[0].body
    assert set(Letter.objects.values_list("state", flat=True)) == {"replaced"}
    assert "The host was closed." in client.get(f"/calls/{call.slug}/").content.decode()


def test_applicants_are_told_once_of_each_time_that_the_deadline_moves(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    make_application(call, applicant=cast.applicant, now=now)
    submitted = make_submitted_application(call, applicant=cast.stranger, now=now)
    withdraw_application(
        application=make_submitted_application(call, applicant=cast.co_applicant),
        actor=cast.co_applicant,
        now=now,
    )
    for days in (3, 7):
        granted_at = now + dt.timedelta(days=days)
        closes_at = call.closes_at + dt.timedelta(days=7)
        extension = extend_call(
            call=call,
            base_revision=call.revision,
            closes_at=closes_at,
            because="A cable broke.",
            actor=cast.programme_officer,
            now=granted_at,
        )
        make_application(
            call, applicant=cast.referee if days == 3 else cast.auditor, now=granted_at
        )
        with time_machine.travel(granted_at, tick=False):
            notify_of_extensions(0)
            notify_of_extensions(0)
    mails = Message.objects.filter(code="applications.deadline_moved").order_by("id")
    assert [mail.email for mail in mails[:2]] == [cast.applicant.email, cast.stranger.email]
    assert {mail.email for mail in mails[2:]} == {
        cast.applicant.email,
        cast.stranger.email,
        cast.referee.email,
    }
    assert "Why: A cable broke." in mails[0].body
    assert "22 February 2027, 23:59 (Beijing)" in mails[0].body
    notify_of_extension(application=submitted, extension=extension, now=extension.closes_at)
    submitted.applicant.account = None
    notify_of_extension(application=submitted, extension=extension, now=now)
    assert mails.count() == 5


def test_submitting_a_draft_of_an_earlier_form_asks_what_the_new_one_asks(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_complete_application(applicant=cast.applicant)
    old = application.form_version
    steps = dict.fromkeys(Form.from_dict(old.definition).keys(), "carry") | {
        "keywords": "ask_again"
    }
    FormVersion.objects.create(
        **owned_by(application.call),
        purpose="application",
        number=2,
        definition=old.definition,
        sha256="2" * 64,
        migration=steps,
        created_at=now,
        published_at=now,
    )
    with pytest.raises(Refused) as refusal:
        submit_application(application=application, actor=cast.applicant, arrived_at=now, now=now)
    assert [reason.facts["key"] for reason in refusal.value.verdict.reasons] == ["keywords"]


def test_words_of_an_earlier_form_are_shown_until_they_are_given_anew(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_application(applicant=cast.applicant)
    old = application.form_version
    steps = dict.fromkeys(Form.from_dict(old.definition).keys(), "carry") | {
        "keywords": "ask_again",
        "hosts": "drop",
    }
    FormVersion.objects.create(
        **owned_by(application.call),
        purpose="application",
        number=2,
        definition=old.definition,
        sha256="3" * 64,
        migration=steps,
        created_at=now,
        published_at=now,
    )
    moved = adopt_form_version(application=application, actor=cast.applicant, now=now)
    assert dict(words_of_earlier_form(moved))["Keywords"] == "groundwater, salinity, maize"
    save_answers(
        application=moved,
        fields={"keywords": "anew"},
        base=99,
        token="n",
        actor=cast.applicant,
        now=now,
    )
    moved.refresh_from_db()
    assert [label for label, _words in words_of_earlier_form(moved)] == [
        "Host universities in the order you prefer"
    ]


def test_the_same_file_again_and_removing_twice_change_nothing(
    cast: Cast, now: dt.datetime
) -> None:
    application, stored = make_application(applicant=cast.applicant), make_stored_file("t.pdf")
    first = add_document(
        application=application, slot="transcripts", stored=stored, actor=cast.applicant, now=now
    )
    again = add_document(
        application=application,
        slot="transcripts",
        stored=make_stored_file("t.pdf"),
        actor=cast.applicant,
        now=now,
    )
    assert (again, Document.objects.count()) == (first, 1)
    remove_document(document=first, actor=cast.applicant, now=now)
    later = now + dt.timedelta(hours=1)
    assert remove_document(document=first, actor=cast.applicant, now=later).removed_at == now


def test_a_draft_is_not_reminded_when_it_was_submitted_meanwhile_or_nobody_reads(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    remind_draft(application=application, now=application.call.closes_at - dt.timedelta(days=6))
    orphan = make_application(application.call, applicant=cast.stranger)
    orphan.applicant.account = None
    remind_draft(application=orphan, now=application.call.closes_at - dt.timedelta(days=6))
    assert not Message.objects.filter(code="applications.draft_reminder").exists()


def test_the_first_paper_of_a_submission_stays(now: dt.datetime) -> None:
    make_submitted_application()
    submission, first = Submission.objects.get(), make_stored_file("first.pdf")
    attach_receipt(submission=submission, stored=first, actor=WORKER, now=now)
    assert (
        attach_receipt(
            submission=submission, stored=make_stored_file("second.pdf"), actor=WORKER, now=now
        ).pdf
        == first
    )


def test_a_draft_begun_with_the_newest_form_has_no_earlier_words(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_application(applicant=cast.applicant)
    FormVersion.objects.filter(pk=application.form_version_id).update(number=2)
    assert words_of_earlier_form(Application.objects.select_related("form_version").get()) == []
