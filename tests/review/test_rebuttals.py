"""Applicants answer their reviewers: what was released to them, within the days of the step, and
nobody else's; those who judge read the answer.
"""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions import withdraw_application
from anso.applications.models import Application
from anso.audit.queries import entries_about
from anso.calls.models import Call
from anso.calls.wording import entries_of
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput, Stale
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.review.actions import (
    answer_reviewers,
    make_dossier,
    read_words,
    release_words,
    remind_of_answer,
    save_rebuttal_draft,
)
from anso.review.models import Rebuttal, Review
from anso.review.queries.rebuttals import rebuttals_to_remind_of
from anso.review.tasks import remind_of_answers
from anso.review.wording import todo_items_for
from anso.review.wording.rebuttals import rebuttal_lines
from tests.cast import Cast
from tests.factories.review import (
    account_of,
    make_assignment,
    make_review,
    make_reviewer,
    release_read_words,
)
from tests.factories.steps import DAY, led_on, make_outline, make_two_step_call, named, noon
from tests.shared import clock_at

pytestmark = pytest.mark.django_db
TEXT = "The second reviewer misread our table: salt falls there, and does not rise."


@pytest.fixture
def call(cast: Cast) -> Call:
    panel = cast.panel_chair.person.mandates.get().body
    return make_two_step_call(officer=cast.programme_officer, panel=panel)


def judged_in_full(call: Call, account: Account, number: int, words: str) -> Application:
    """A full proposal with one review."""
    application = led_on(make_outline(call, account, number))
    reviewer = call.reviewers.first() or make_reviewer(call, capacity=20)
    now = noon(call, "review")
    given = make_assignment(application, reviewer, now=now)
    make_review(given, 4, now=now, comment_for_applicant=words)
    return application


@pytest.fixture
def application(call: Call, cast: Cast) -> Application:
    return judged_in_full(call, cast.applicant, 1, "Why does salt rise?")


@pytest.fixture
def rebuttal(call: Call, application: Application, cast: Cast) -> Rebuttal:
    (made,) = release_read_words(
        actor=cast.programme_officer, call=call, now=noon(call, "answers", 0)
    )
    return made


def write(rebuttal: Rebuttal, account: Account, now: dt.datetime, text: str = TEXT) -> None:
    save_rebuttal_draft(
        actor=account, rebuttal=rebuttal, changes={"answer": text},
        base_revision=rebuttal.revision, now=now,
    )  # fmt: skip


def test_nothing_is_released_while_reviews_can_be_revised_or_after_the_days(
    call: Call, application: Application, cast: Cast
) -> None:
    for now, why in (
        (noon(call, "review", 3), "can still be revised"),
        (noon(call, "answers", 11), "days for answers ended"),
    ):
        with pytest.raises(Refused, match=why):
            release_read_words(actor=cast.programme_officer, call=call, now=now)
    with pytest.raises(Refused, match="officers of this call"):
        release_read_words(actor=cast.applicant, call=call, now=noon(call, "answers", 0))
    assert not Rebuttal.objects.exists()


def test_an_officer_has_it_to_do_until_it_is_done(
    call: Call, application: Application, cast: Cast
) -> None:
    officer, now = cast.programme_officer, noon(call, "answers", 0)
    assert "Release what reviewers wrote" in [x.text[:28] for x in todo_items_for(officer, now)]
    assert todo_items_for(officer, noon(call, "review", 3)) == []
    release_read_words(actor=officer, call=call, now=now)
    assert todo_items_for(officer, now) == []


def test_the_applicant_is_told_with_the_words_and_the_days(
    call: Call, rebuttal: Rebuttal, cast: Cast
) -> None:
    message = Message.objects.get(code="review.words_released")
    assert "Why does salt rise?" in message.body
    assert "4 August 2027, 23:59 (Beijing)" in message.body
    assert "Björn" not in message.body, "reviewers have no names"
    (item,) = todo_items_for(cast.applicant, noon(call, "answers", 2))
    assert "if you like" in item.text
    assert todo_items_for(cast.applicant, noon(call, "answers", 10)) == []


def test_an_applicant_is_reminded_once_before_the_days_end_and_again_after_they_moved(
    call: Call, rebuttal: Rebuttal, cast: Cast
) -> None:
    def reminders(now: dt.datetime) -> int:
        with time_machine.travel(now, tick=False):
            remind_of_answers(0)
        return Message.objects.filter(code="review.answer_reminder").count()

    assert reminders(noon(call, "answers", 2)) == 0
    last = rebuttal.step.ends_on - rebuttal.step.starts_on
    assert [reminders(noon(call, "answers", last.days - 1)) for _twice in "ab"] == [1, 1]
    mail = Message.objects.get(code="review.answer_reminder")
    assert mail.recipient == cast.applicant
    assert "4 August 2027, 23:59 (Beijing)" in mail.subject
    assert "You need not" in mail.body
    type(rebuttal.step).objects.filter(pk=rebuttal.step_id).update(
        ends_on=rebuttal.step.ends_on + DAY
    )
    assert reminders(noon(call, "answers", last.days)) == 2
    assert reminders(noon(call, "answers", last.days + 3)) == 2


@pytest.mark.parametrize("why", ["answered", "withdrawn", "just asked"])
def test_nobody_is_reminded_in_vain(call: Call, rebuttal: Rebuttal, cast: Cast, why: str) -> None:
    now = noon(call, "answers", 9)
    if why == "answered":
        write(rebuttal, cast.applicant, now)
        answer_reviewers(actor=cast.applicant, rebuttal=rebuttal, base_revision=1, now=now)
    elif why == "withdrawn":
        withdraw_application(actor=cast.applicant, application=rebuttal.application, now=now)
    else:
        Rebuttal.objects.update(asked_at=now)
    assert rebuttals_to_remind_of(now, 2 * DAY) == []
    remind_of_answer(rebuttal=Rebuttal.objects.get(pk=rebuttal.pk), now=noon(call, "answers", 30))
    assert not Message.objects.filter(code="review.answer_reminder").exists()


def test_released_again_only_those_are_asked_who_were_not(
    call: Call, rebuttal: Rebuttal, cast: Cast
) -> None:
    later = judged_in_full(call, cast.co_applicant, 2, "Say more of the budget.")
    made = release_read_words(actor=cast.programme_officer, call=call, now=noon(call, "answers", 1))
    assert [each.application for each in made] == [later]
    with pytest.raises(BadInput, match="nothing to release"):
        release_read_words(actor=cast.programme_officer, call=call, now=noon(call, "answers", 1))


def test_nobody_reads_words_that_no_officer_has_read_and_worded(
    call: Call, application: Application, cast: Cast, client: Client
) -> None:
    officer, now = cast.programme_officer, noon(call, "answers", 0)
    other = judged_in_full(call, cast.co_applicant, 2, "This fool cannot count.")
    rude = Review.objects.get(assignment__application=other)
    with pytest.raises(BadInput, match="Not read yet: 2"):
        release_words(actor=officer, call=call, now=now)
    page = reverse("review:answers", args=[call.reference])
    with time_machine.travel(now, tick=False):
        client.force_login(officer)
        shown = client.get(page).content.decode()
        assert f"Not read yet are the words for {entries_of(call, 2)}." in shown
        assert "Release what reviewers wrote</button>" not in shown
        nothing = client.post(page, {"act": "read"}, follow=True).content.decode()
        assert "Tick the words that you have read" in nothing
        worded = {f"words-{rude.pk}": "The figures do not add up."}
        client.post(page, {"act": "read", "read": [other.number], **worded})
        assert f"the words for {entries_of(call, 1)}." in client.get(page).content.decode()
        with pytest.raises(BadInput, match="Not read yet: 1"):
            release_words(actor=officer, call=call, now=now)
        # Revised after it was read, it is new.
        Review.objects.filter(pk=rude.pk).update(submitted_at=now + DAY)
        assert not Review.objects.get(pk=rude.pk).is_read
        Review.objects.filter(pk=rude.pk).update(submitted_at=rude.submitted_at)
        own = Review.objects.get(assignment__application=application)
        read_words(actor=officer, call=call, texts={own.pk: "  "}, now=now)
        assert "Release what reviewers wrote</button>" in client.get(page).content.decode()
        client.post(page)
    assert Rebuttal.objects.get().words == ["The figures do not add up."]
    assert "fool" not in Message.objects.get(code="review.words_released").body
    entry = entries_about(rude).get(verb="read_words")
    assert entry.changes["words_passed"] == [
        "This fool cannot count.",
        "The figures do not add up.",
    ]
    with pytest.raises(Refused):
        read_words(actor=cast.applicant, call=call, texts={rude.pk: "x"}, now=now)


def test_whoever_has_no_words_to_answer_is_not_asked(call: Call, cast: Cast) -> None:
    judged_in_full(call, cast.applicant, 1, "  ")
    with pytest.raises(BadInput, match="nothing to release"):
        release_read_words(actor=cast.programme_officer, call=call, now=noon(call, "answers", 0))


def test_an_answer_is_frozen_under_its_hash_and_may_be_sent_again(
    call: Call, rebuttal: Rebuttal, cast: Cast
) -> None:
    now = noon(call, "answers", 2)
    write(rebuttal, cast.applicant, now)
    answer_reviewers(actor=cast.applicant, rebuttal=rebuttal, base_revision=1, now=now)
    assert rebuttal.state == "answered"
    assert rebuttal.body["answers"]["answer"] == TEXT
    assert rebuttal.body["words"] == ["Why does salt rise?"]
    assert rebuttal.sha256 == content_hash(rebuttal.body)
    write(rebuttal, cast.applicant, now + DAY, "Never sent")
    rebuttal.refresh_from_db()
    assert rebuttal.body["answers"]["answer"] == TEXT, "an edit that was not sent reaches nobody"
    answer_reviewers(actor=cast.applicant, rebuttal=rebuttal, base_revision=2, now=now + DAY)
    assert rebuttal.body["answers"]["answer"] == "Never sent"
    verbs = [entry.verb for entry in entries_about(rebuttal)]
    assert verbs == ["release_words", "answer_reviewers", "answer_reviewers"]


def test_early_late_empty_and_foreign_answers_are_refused(
    call: Call, rebuttal: Rebuttal, cast: Cast
) -> None:
    inside = noon(call, "answers", 2)
    for now, why in (
        (noon(call, "answers", -1), "You can answer from 26 July 2027"),
        (noon(call, "answers", 10), "The days for answers ended on 4 August 2027"),
    ):
        with pytest.raises(Refused, match=why):
            write(rebuttal, cast.applicant, now)
    with pytest.raises(Refused, match="Answer this question"):
        answer_reviewers(actor=cast.applicant, rebuttal=rebuttal, base_revision=0, now=inside)
    with pytest.raises(Refused, match="Only whoever wrote it"):
        write(rebuttal, cast.co_applicant, inside)
    write(rebuttal, cast.applicant, inside)
    with pytest.raises(Stale):
        answer_reviewers(actor=cast.applicant, rebuttal=rebuttal, base_revision=0, now=inside)
    rebuttal.refresh_from_db()
    assert rebuttal.state == "asked"


def test_whoever_withdrew_answers_nobody(call: Call, rebuttal: Rebuttal, cast: Cast) -> None:
    now = noon(call, "answers", 2)
    withdraw_application(application=rebuttal.application, actor=cast.applicant, now=now)
    rebuttal = Rebuttal.objects.get(pk=rebuttal.pk)
    with pytest.raises(Refused, match="no longer judged"):
        write(rebuttal, cast.applicant, now)
    assert todo_items_for(cast.applicant, now) == []


def test_two_tabs_see_both_texts(call: Call, rebuttal: Rebuttal, cast: Cast) -> None:
    now = noon(call, "answers", 2)
    first, second = (Rebuttal.objects.get(pk=rebuttal.pk) for _ in range(2))
    write(first, cast.applicant, now, "From the first tab")
    merge = save_rebuttal_draft(
        actor=cast.applicant, rebuttal=second, changes={"answer": "From the second tab"},
        base_revision=0, now=now,
    )  # fmt: skip
    assert merge.disputed["answer"].theirs == "From the first tab"
    rebuttal.refresh_from_db()
    assert rebuttal.answers["answer"] == "From the first tab"


def test_from_the_officers_button_to_the_chairs_page(
    call: Call, application: Application, cast: Cast, client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    clock = [noon(call, "answers", 0)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock[0])
    client.force_login(cast.programme_officer)
    listed = reverse("review:answers", args=[call.reference])
    assert "Why does salt rise?" in client.get(listed).content.decode()
    client.post(listed, {"act": "read", "read": [application.number]})
    client.post(listed)
    made = Rebuttal.objects.get()
    own = reverse("review:rebuttal", args=[made.reference])
    assert client.get(own).status_code == 404, "the page is the applicant's alone"
    client.force_login(cast.applicant)
    detail = reverse("applications:detail", args=[application.reference])
    assert own in client.get(detail).content.decode()
    assert "Why does salt rise?" in client.get(own).content.decode()
    draft = reverse("review:rebuttal_draft", args=[made.reference])
    sent = json.dumps({"fields": {"answer": "Half of it"}, "base": 0, "token": "t"})
    reply = client.post(draft, sent, content_type="application/json").json()
    assert reply["revision"] == 1
    long = json.dumps({"fields": {"answer": "x" * 40_001}, "base": 1, "token": "u"})
    refused = client.post(draft, long, content_type="application/json")
    assert (refused.status_code, "40001" in refused.json()["reason"]) == (400, True)
    judged = reverse("review:application_assignments", args=[call.reference, application.number])
    client.force_login(cast.panel_chair)
    before = client.get(judged).content.decode()
    assert "not answered" in before
    assert "Half of it" not in before, "what was not sent is nobody's"
    client.force_login(cast.applicant)
    page = client.post(own, {"answer": TEXT, "revision": "1"}, follow=True).content.decode()
    assert "Your answer is in." in page
    for account in (cast.panel_chair, cast.programme_officer):
        client.force_login(account)
        assert TEXT in client.get(judged).content.decode()
    assert "answered" in client.get(listed).content.decode()
    clock[0] = noon(call, "answers", 12)
    client.force_login(cast.applicant)
    late = client.post(own, {"answer": "Too late", "revision": "1"})
    assert late.status_code == 403
    assert "The days for answers ended" in late.content.decode()
    assert "Too late" not in client.get(judged).content.decode()


def test_every_step_of_answers_is_listed_with_its_state_and_stays_readable(
    call: Call, rebuttal: Rebuttal, cast: Cast, client: Client
) -> None:
    now = noon(call, "answers", 2)
    write(rebuttal, cast.applicant, now)
    answer_reviewers(actor=cast.applicant, rebuttal=rebuttal, base_revision=1, now=now)
    second = named(call, "answers")
    second.pk, second.key, second.label = None, "answers_2", {"en": "Second answers"}
    second.order = 90
    second.save()
    made = Rebuttal.objects.create(
        application=rebuttal.application, step=second, words=["And how deep?"],
        form_version=rebuttal.form_version, asked_at=now,
    )  # fmt: skip
    hour = dt.timedelta(hours=1)
    ends = {"first": noon(call, "answers", 0) - 2 * DAY, "now": now, "over": now + 60 * DAY}
    said = {
        name: [line.word for line in rebuttal_lines(rebuttal.application, at + hour)]
        for name, at in ends.items()
    }
    assert said == {
        "first": ["answered", "opens later"],
        "now": ["answered", "waits for your answer"],
        "over": ["answered", "not answered"],
    }
    with clock_at(now + 60 * DAY):
        client.force_login(cast.applicant)
        page = reverse("applications:detail", args=[rebuttal.application.reference])
        shown = client.get(page).content.decode()
        earlier, later = (reverse("review:rebuttal", args=[r.reference]) for r in (rebuttal, made))
        assert shown.index(earlier) < shown.index(later)
        assert "Second answers" in shown
        assert TEXT in client.get(earlier).content.decode()


def test_reviewers_and_strangers_do_not_find_an_answer(
    call: Call, rebuttal: Rebuttal, cast: Cast, client: Client
) -> None:
    reviewer = account_of(rebuttal.application.assignments.first())  # type: ignore[arg-type]
    for account in (reviewer, cast.stranger, cast.co_applicant):
        client.force_login(account)
        for name in ("review:rebuttal", "review:rebuttal_draft"):
            url = reverse(name, args=[rebuttal.reference])
            answer = client.get(url) if name == "review:rebuttal" else client.post(url)
            assert answer.status_code == 404
    dossier = make_dossier(
        actor=cast.programme_officer, application=rebuttal.application, step=named(call, "review"),
        now=noon(call, "answers", 1),
    )  # fmt: skip
    assert "Why does salt rise?" not in str(dossier.body)


def test_answers_stay_readable_after_the_decision_and_for_those_who_may_only_look(
    call: Call, rebuttal: Rebuttal, cast: Cast, client: Client
) -> None:
    now = noon(call, "answers", 1)
    write(rebuttal, cast.applicant, now)
    answer_reviewers(
        actor=cast.applicant,
        rebuttal=rebuttal,
        base_revision=Rebuttal.objects.get().revision,
        now=now,
    )
    Application.objects.update(state="decided", decided_at=now)
    listed = reverse("review:answers", args=[call.reference])
    client.force_login(cast.programme_officer)
    page = client.get(listed).content.decode()
    assert "Nothing to answer yet" not in page
    assert rebuttal.application.number in page
    assert "Why does salt rise?" in page
    client.force_login(cast.auditor)
    page = client.get(listed).content.decode()
    assert "Why does salt rise?" in page
    assert "You may read here; the programme officers of this call do the work." in page
    assert "Only the programme officers" not in page
    assert "<textarea" not in page


def test_a_chair_reads_who_each_partner_is_beside_what_they_answered(
    call: Call, application: Application, cast: Cast, client: Client
) -> None:
    page = reverse("applications:desk_detail", args=[application.reference])
    names = list(application.letters.filter(kind="partner").values_list("full_name", flat=True))
    assert names
    client.force_login(cast.panel_chair)
    told = client.get(page).content.decode()
    assert all(f">{name}</bdi>" in told for name in names)
    assert "You may read here; the programme officers of this call do the work." in told
