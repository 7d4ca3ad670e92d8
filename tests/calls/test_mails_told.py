"""Before a whole call is cancelled, amended or moved, its officer reads whom it is told to and in
which words: exactly what leaves afterwards, and nothing before.
"""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from anso.applications.actions import ask_letter, notify_of_cancellation, notify_of_extension
from anso.applications.actions.amended import notify_of_amendment
from anso.applications.actions.following import notify_of_moved_days
from anso.applications.models import Application
from anso.applications.queries.todo import (
    applicants_to_notify_of_cancellation,
    applicants_to_notify_of_extension,
)
from anso.audit.models import Entry
from anso.calls import actions
from anso.calls.models import Call, CallTerms, Extension
from anso.calls.queries.steps import steps_of
from anso.calls.queries.telling import MailPreview
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import NOW, make_complete_application, make_submitted_application
from tests.factories.calls import make_call, make_programme, step_of
from tests.factories.directory import make_person
from tests.factories.review import IN_REVIEW, make_assignment, make_eligible_application

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def asked(application: Application, key: str = "referee_1") -> None:
    account = application.applicant.account
    assert account is not None
    ask_letter(application=application, question_key=key, actor=account, now=NOW)


def told_in(previews: list[MailPreview]) -> dict[str, tuple[int, str, str]]:
    return {str(each.who): (each.count, each.subject, each.body) for each in previews}


def first_of(code: str, since: int) -> tuple[str, str]:
    message = Message.objects.filter(code=code, pk__gt=since).order_by("pk").first()
    assert message is not None
    return message.subject, message.body


def latest() -> int:
    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def rows() -> tuple[int, int, str]:
    call = Call.objects.get()
    return Message.objects.count(), Entry.objects.count(), f"{call.state} {call.closes_at}"


def test_an_extension_is_read_as_it_is_sent_and_nothing_leaves_before(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    first = make_complete_application(call, applicant=cast.applicant)
    make_complete_application(call, applicant=cast.stranger)
    asked(first)
    later, since, before = NOW + HOUR, latest(), rows()
    closes_at = call.closes_at + dt.timedelta(days=7)
    move = actions.Move(step_of(call, "applications"), closes_at, "A storm")
    previews = told_in(
        actions.preview_move(move=move, base_revision=0, actor=cast.programme_officer, now=later)
    )
    assert rows() == before
    actions.extend_step(move=move, base_revision=0, actor=cast.programme_officer, now=later)
    for application, extension in applicants_to_notify_of_extension(later):
        notify_of_extension(application=application, extension=extension, now=later)
    notify_of_moved_days(extension=Extension.objects.get(), now=later)
    assert previews == {
        "Those who may still write or change": (
            2, *first_of("applications.deadline_moved", since)
        ),
        "Writers of letters that are still wanted": (
            1, *first_of("applications.letter_extended", since)
        ),
    }  # fmt: skip
    assert "22 February 2027" in previews["Those who may still write or change"][2]
    assert "A storm" in previews["Those who may still write or change"][2]


def test_reviewers_and_applicants_who_wait_are_told_of_a_longer_review(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    make_assignment(make_eligible_application(call), accepted=True)
    since, review = latest(), step_of(call, "review")
    closes_at = Deadline.at_end_of(review.ends_on + dt.timedelta(days=7), call.zone).closes_at
    move = actions.Move(review, closes_at, "Few reviewers", {each.key for each in steps_of(call)})
    previews = told_in(
        actions.preview_move(
            move=move, base_revision=0, actor=cast.programme_officer, now=IN_REVIEW
        )
    )
    actions.extend_step(move=move, base_revision=0, actor=cast.programme_officer, now=IN_REVIEW)
    notify_of_moved_days(extension=Extension.objects.get(), now=IN_REVIEW)
    assert previews == {
        "Reviewers": (1, *first_of("review.moved", since)),
        "Those who wait": (1, *first_of("applications.days_moved", since)),
    }


@pytest.mark.parametrize("kind", ["fellowship", "prize", "collaborative_research"])
def test_a_cancellation_of_any_kind_is_read_as_it_is_sent(kind: str, cast: Cast) -> None:
    call = make_call(make_programme(kind), officer=cast.programme_officer)
    actions_before = latest()
    make_complete_application(
        call, applicant=cast.applicant, **({} if kind == "fellowship" else {"answers": {}})
    )
    application = call.applications.get()
    if kind == "fellowship":
        asked(application)
    before = rows()
    previews = told_in(
        actions.preview_cancellation(
            call=call, because="No money", actor=cast.programme_officer, now=NOW
        )
    )
    assert rows() == before
    assert call.state == "published"
    actions.cancel_call(call=call, because="No money", actor=cast.programme_officer, now=NOW)
    for each in applicants_to_notify_of_cancellation():
        notify_of_cancellation(application=each, now=NOW)
    expected = {
        "Those who write or wrote": (1, *first_of("applications.call_cancelled", actions_before))
    }
    if kind == "fellowship":
        told = first_of("applications.letter_cancelled", actions_before)
        expected["Writers of letters that are still wanted"] = (1, *told)
    assert previews == expected
    assert "No money" in previews["Those who write or wrote"][2]


def test_an_amendment_is_read_as_it_is_sent(cast: Cast, client: Client) -> None:
    call = make_call(officer=cast.programme_officer)
    make_submitted_application(call, applicant=cast.applicant)
    actions.begin_amendment(call=call, actor=cast.programme_officer, now=NOW)
    call = Call.objects.get(pk=call.pk)
    design = call.design | {
        "letters": [
            each | ({"days_after_close": each["days_after_close"] + 7})
            for each in call.design["letters"]
        ]
    }
    Call.objects.filter(pk=call.pk).update(design=design)
    call.refresh_from_db()
    since, sha256 = latest(), content_hash(actions.amended_body(call, call.design))
    previews = told_in(
        actions.preview_amendment(
            call=call, because="The board asked", expected_sha256=sha256,
            actor=cast.programme_officer, now=NOW,
        )
    )  # fmt: skip
    assert Call.objects.get(pk=call.pk).amending_since is not None
    client.force_login(cast.programme_officer)
    page = reverse("calls:amend", args=[call.reference])
    typed = {"act": "announce", "because": "The board asked", "sha256": sha256}
    sure = unescape(client.post(page, typed).content.decode())
    assert "Announce the amendment?" in sure
    assert previews["Those who write or wrote"][1] in sure
    nothing_said = client.post(page, typed | {"because": " "})
    assert nothing_said.status_code == 422
    assert CallTerms.objects.filter(call=call).count() == 1
    client.post(page, typed | {"looked": "1"})
    notify_of_amendment(terms=CallTerms.objects.get(call=call, version=2), now=NOW)
    assert previews["Those who write or wrote"] == (
        1,
        *first_of("applications.call_amended", since),
    )
    assert previews["Writers of letters that are still wanted"][1:] == first_of(
        "applications.letter_amended", since
    )


def test_the_officer_reads_it_on_the_page_in_the_language_of_the_first_reader(
    cast: Cast, client: Client
) -> None:
    call = make_call(officer=cast.programme_officer)
    account = make_person("Amina Yusuf").account
    assert account is not None
    account.language = "ar"
    account.save()
    make_complete_application(call, applicant=account)
    client.force_login(cast.programme_officer)
    page = client.post(
        reverse("calls:end", args=[call.reference]), {"act": "cancel", "because": "No money"}
    ).content.decode()
    assert "Those who write or wrote: 1." in page
    assert 'lang="ar"' in page
    assert "No money" in page
    assert "leave within minutes" in page
    assert Call.objects.get(pk=call.pk).state == "published"


def test_without_a_reason_or_a_right_nothing_is_shown(cast: Cast, client: Client) -> None:
    call = make_call(officer=cast.programme_officer)
    with pytest.raises(BadInput):
        actions.preview_cancellation(call=call, because=" ", actor=cast.programme_officer, now=NOW)
    client.force_login(cast.panel_chair)
    for name in ("calls:end", "calls:extension", "calls:amend"):
        url = reverse(name, args=[call.reference])
        assert client.post(url, {"act": "cancel", "because": "x"}).status_code in (403, 404)
