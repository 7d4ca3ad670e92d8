"""Somebody asks for a review of a decision: until the day that the letter named, once, with an
answer in writing that leads to a correction or not. What the letter says and what the page says is
one sentence.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.audit.models import Entry
from anso.awards.actions import accept_offer, correct_outcome, make_offers
from anso.awards.models import Offer
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.queries.amendments import changes_between, reasons_against
from anso.decisions.actions import (
    answer_appeal,
    file_appeal,
    notify_decided_applicants,
    withdraw_appeal,
)
from anso.decisions.enums import Ground, Result
from anso.decisions.models import Appeal, Decision
from anso.decisions.queries.appeals import appeal_days_of
from anso.decisions.rules.appeals import may_appeal
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline, day_of
from anso.kernel.terms import to_plain
from anso.kernel.todo import TODO_SOURCES
from anso.kernel.verdict import Refused
from anso.notifications.actions import release_letters, stop_letters
from anso.notifications.models import Mailing, Message
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.outcomes import OUTCOMES
from tests.factories.awards import holder_of
from tests.factories.calls import YEAR
from tests.factories.decisions import (
    SELECTED,
    Contest,
    make_contest,
    make_officer,
    released,
    small_terms,
)
from tests.factories.files import pdf_bytes
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.unknown_kind.outcome import FIELD_SCHOOL
from tests.shared import clock_at, made_for_module
from tests.times import zones_told

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SENT = SELECTED + 2 * DAY
NEXT = SENT + DAY
WHY = "The letter of my referee was not read."


def decided(contest: Contest) -> Contest:
    run = released(contest)
    notify_decided_applicants(actor=WORKER, run=run, now=SELECTED)
    make_offers(actor=WORKER, call=contest.call, now=SELECTED)
    return contest


def a_world() -> Contest:
    """One place for three: one is offered it, two wait; their letters are held."""
    with clock_at(NEXT):
        return decided(make_contest((6, 5, 2), terms=replace(small_terms(1), appeals_days=14)))


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NEXT)
    return deepcopy(made)


def let_go(contest: Contest, now: dt.datetime = SENT) -> None:
    mailing = Mailing.objects.get(context_id=contest.call.pk)
    release_letters(mailing=mailing, actor=contest.officer, now=now)
    Message.objects.filter(state="waiting").update(state="sent", sent_at=now)


def writer(application: Application) -> Account:
    account = application.applicant.account
    assert account is not None
    return account


def decision_of(application: Application) -> Decision:
    joined = ("application__call", "application__applicant__account")
    return Decision.objects.select_related(*joined).get(application=application)


def ask(application: Application, now: dt.datetime = NEXT, **changes: str) -> Appeal:
    said = {"ground": Ground.PROCEDURE, "text": WHY} | changes
    return file_appeal(
        decision=decision_of(application), stored=None, actor=writer(application), now=now, **said
    )


def letter_to(application: Application) -> Message:
    return Message.objects.get(
        about_type="decisions.decision", about_id=decision_of(application).pk, mailing__isnull=False
    )


def refused(application: Application, now: dt.datetime = NEXT) -> str:
    return str(may_appeal(writer(application), decision_of(application), now))


@pytest.mark.parametrize(("language", "zone"), [("en", "Africa/Nairobi"), ("ar", "")])
def test_the_letter_names_the_last_day_and_the_page_says_the_same_sentence(
    contest: Contest, client: Client, language: str, zone: str
) -> None:
    one = contest.applications[2]
    Account.objects.filter(pk=writer(one).pk).update(language=language, zone=zone)
    Message.objects.filter(mailing__isnull=False).delete()
    run = decision_of(one).run
    notify_decided_applicants(actor=WORKER, run=run, now=SELECTED)
    with translation.override("en"):
        if language == "en":
            assert "within 14 days after the letter about it" in letter_to(one).body
    let_go(contest)
    last = Deadline.at_end_of(day_of(SENT, contest.call.zone) + 14 * DAY, contest.call.zone)
    assert decision_of(one).appeal_until == last.closes_at
    letter = letter_to(one)
    said = letter.facts["appeal"]
    assert said in letter.body
    client.force_login(writer(one))
    client.cookies["django_language"] = language
    page = client.get(reverse("awards:outcome", args=[one.reference])).content.decode()
    plain = " ".join(page.replace("<bdi>", "").replace("</bdi>", "").split())
    assert " ".join(said.split()).removesuffix(".") in plain
    if language == "en":
        assert "until 19 May 2027, 23:59 (Beijing), which is 19 May 2027, 18:59 (Nairobi)" in said


def test_whoever_is_written_to_later_has_later_days(contest: Contest) -> None:
    mailing = Mailing.objects.get()
    release_letters(mailing=mailing, actor=contest.officer, now=SENT, most=1)
    release_letters(mailing=mailing, actor=contest.officer, now=SENT + 5 * DAY)
    days = sorted(
        Decision.objects.exclude(appeal_until=None).values_list("appeal_until", flat=True)
    )
    assert [each - days[0] for each in days] == [dt.timedelta(0), 5 * DAY]


def test_before_the_letter_no_day_counts_and_after_a_stopped_one_days_count_from_then(
    contest: Contest,
) -> None:
    one = decision_of(contest.applications[2])
    days = appeal_days_of(one)
    assert days is not None
    assert days.ends_at is None
    assert may_appeal(writer(contest.applications[2]), one, SELECTED + 300 * DAY)
    stop_letters(mailing=Mailing.objects.get(), actor=contest.officer, now=NEXT, because="Wrong")
    days = appeal_days_of(one)
    assert days is not None
    assert days.ends_at is not None
    assert Deadline(days.ends_at, "Asia/Shanghai").last_day == day_of(
        NEXT + 14 * DAY, "Asia/Shanghai"
    )
    Message.objects.filter(mailing__isnull=False).delete()
    days = appeal_days_of(one)
    assert days is not None
    assert days.ends_at is not None
    assert days.ends_at < NEXT + 14 * DAY, "no letter: from the release"


def test_it_is_asked_by_pages_with_a_file_answered_no_and_told(
    contest: Contest, client: Client
) -> None:
    let_go(contest)
    one = contest.applications[2]
    client.force_login(writer(one))
    url = reverse("decisions:ask_review", args=[one.reference])
    assert url in client.get(reverse("awards:outcome", args=[one.reference])).content.decode()
    form = client.get(url).content.decode()
    assert "Your request was not sent" not in form
    assert "Somebody who took part had a conflict of interest" in form
    for typed in ({"ground": "procedure", "text": " "}, {"ground": "taste", "text": WHY}, {}):
        wrong = client.post(url, {"act": "file", **typed})
        assert wrong.status_code == 422
        assert typed.get("text", "").strip() in wrong.content.decode()
    no_file = SimpleUploadedFile("list.exe", b"MZ\x00")
    assert client.post(
        url, {"act": "file", "ground": "fact", "text": WHY, "file": no_file}
    ).status_code == 422  # fmt: skip
    assert Appeal.objects.count() == 0
    pdf = SimpleUploadedFile("proof.pdf", pdf_bytes())
    sent = client.post(
        url, {"act": "file", "ground": "fact", "text": WHY, "file": pdf}, follow=True
    )
    assert "Your request arrived" in sent.content.decode()
    assert "waits for an answer" in sent.content.decode()
    appeal = Appeal.objects.get()
    told = Message.objects.get(code="decisions.appeal_filed")
    assert told.recipient == writer(one)
    assert WHY in told.body
    (todo,) = TODO_SOURCES["decisions"](contest.officer, NEXT)
    assert todo.text == "Answer 1 request for a review"
    file_url = reverse("decisions:appeal_file", args=[appeal.reference])
    assert b"".join(client.get(file_url)).startswith(b"%PDF")
    client.force_login(contest.officer)
    listed = client.get(todo.url).content.decode()
    page = reverse("decisions:appeal", args=[appeal.reference])
    assert page in listed
    read = client.get(page).content.decode()
    assert WHY in read
    assert "The answer was not sent" not in read
    assert "ends at number 1." in read
    assert b"".join(client.get(file_url)).startswith(b"%PDF")
    for typed in ({"found": "rejected", "answer": ""}, {"answer": "No."}):
        assert client.post(page, typed).status_code == 422
    client.post(page, {"found": "rejected", "answer": "It was read; see the record."})
    answered = Message.objects.get(code="decisions.appeal_answered")
    assert "not upheld: the decision stands" in answered.body
    assert "It was read; see the record." in answered.body
    assert TODO_SOURCES["decisions"](contest.officer, NEXT) == []
    client.force_login(writer(one))
    shown = client.get(reverse("awards:outcome", args=[one.reference])).content.decode()
    assert "not upheld" in shown
    assert "It was read; see the record." in shown
    assert "reviewed once" in refused(one)
    assert "What we answered" in client.get(url).content.decode()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"file_appeal", "reject_appeal"} <= verbs


def test_an_upheld_request_leads_to_the_correction_which_may_be_reviewed_anew(
    contest: Contest, client: Client
) -> None:
    let_go(contest)
    one = contest.applications[2]
    appeal = ask(one)
    client.force_login(contest.officer)
    page = reverse("decisions:appeal", args=[appeal.reference])
    done = client.post(page, {"found": "upheld", "answer": "You are right."})
    correct_url = reverse("awards:correct", args=[appeal.decision.reference])
    assert done["Location"] == correct_url
    assert correct_url in client.get(page).content.decode()
    (todo,) = TODO_SOURCES["decisions"](contest.officer, NEXT)
    assert todo.text == "Correct 1 decision whose review was upheld"
    assert "reviewed once" in refused(one)
    correct_outcome(
        actor=contest.officer, decision=decision_of(one), result=Result.INELIGIBLE,
        because="The degree is missing.", now=NEXT + DAY,
    )  # fmt: skip
    assert correct_url not in client.get(page).content.decode()
    assert TODO_SOURCES["decisions"](contest.officer, NEXT) == []
    told = Message.objects.get(code="decisions.corrected")
    assert zones_told(told.body) == {("Beijing", "Nairobi")}, "as every other mail to them"
    assert "You may ask for a review of this decision" in told.body
    assert "until 21 May 2027" in told.body
    again = ask(one, NEXT + 2 * DAY, ground=Ground.FACT)
    assert again.state == "filed"


def test_it_is_asked_once_taken_back_and_asked_again_in_time(
    contest: Contest, client: Client
) -> None:
    let_go(contest)
    one = contest.applications[2]
    appeal = ask(one)
    with pytest.raises(Refused):
        ask(one)
    with pytest.raises(Refused, match="Whoever asked for the review takes it back"):
        withdraw_appeal(appeal=appeal, actor=contest.officer, now=NEXT)
    client.force_login(writer(one))
    url = reverse("decisions:ask_review", args=[one.reference])
    assert WHY in client.get(url).content.decode()
    told = client.post(url, {"act": "withdraw"}, follow=True).content.decode()
    assert "You took your request back" in told
    assert Appeal.objects.get(pk=appeal.pk).state == "withdrawn"
    with pytest.raises(Refused):
        answer_appeal(
            appeal=Appeal.objects.get(), is_upheld=True, answer="Yes", actor=contest.officer,
            now=NEXT,
        )  # fmt: skip
    with pytest.raises(Refused):
        withdraw_appeal(appeal=Appeal.objects.get(), actor=writer(one), now=NEXT)
    second = ask(one, ground=Ground.CONFLICT)
    assert second.pk != appeal.pk
    nothing = contest.applications[1]
    client.force_login(writer(nothing))
    url = reverse("decisions:ask_review", args=[nothing.reference])
    assert client.post(url, {"act": "withdraw"}).status_code == 422


def test_who_is_late_reads_until_when_it_was(contest: Contest, client: Client) -> None:
    let_go(contest)
    one = contest.applications[2]
    until = decision_of(one).appeal_until
    assert until is not None
    assert may_appeal(writer(one), decision_of(one), until - dt.timedelta(seconds=1))
    assert "could be asked for until 19 May 2027, 23:59" in refused(one, until)
    with pytest.raises(Refused):
        ask(one, until)
    Decision.objects.filter(application=one).update(appeal_until=NEXT)
    client.force_login(writer(one))
    page = client.get(reverse("awards:outcome", args=[one.reference])).content.decode()
    assert "A review could be asked for until" in page
    assert "You may ask for a review" not in page.partition("What we wrote to you")[0]


def test_nothing_refused_accepted_withdrawn_or_somebody_elses_is_not_reviewed(
    contest: Contest, client: Client
) -> None:
    let_go(contest)
    first, second, third = contest.applications
    assert "Nothing was refused" in refused(first)
    stranger = may_appeal(writer(second), decision_of(third), NEXT)
    assert "Whoever handed it in" in str(stranger)
    third.applicant.account = None
    third.applicant.save()
    assert not may_appeal(writer(second), decision_of(third), NEXT)
    assert "Nothing was refused" not in refused(second)
    offer = Offer.objects.get()
    offer.application, offer.decision = second, decision_of(second)
    offer.save()
    accept_offer(actor=holder_of(offer), offer=offer, now=NEXT)
    assert "You have accepted an offer" in refused(second)
    client.force_login(writer(second))
    page = client.get(reverse("awards:outcome", args=[second.reference])).content.decode()
    assert "If you think that this is wrong" not in page
    Application.objects.filter(pk=second.pk).update(state="withdrawn", withdrawn_at=NEXT)
    assert "no decision that could be reviewed" in refused(second)


def test_without_days_in_the_terms_nobody_is_promised_a_review(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NEXT)
    contest = decided(make_contest((6, 2), terms=replace(small_terms(1), appeals_days=0)))
    let_go(contest)
    one = contest.applications[1]
    assert "review of this decision" not in letter_to(one).body
    assert decision_of(one).appeal_until is None
    assert "not reviewed on request" in refused(one)
    client.force_login(writer(one))
    page = client.get(reverse("awards:outcome", args=[one.reference])).content.decode()
    assert "If you think that this is wrong" not in page
    url = reverse("decisions:ask_review", args=[one.reference])
    assert "not reviewed on request" in client.get(url).content.decode()
    assert client.post(url, {"act": "file", "ground": "fact", "text": WHY}).status_code == 403
    public = client.get(reverse("calls:call", args=[contest.call.slug])).content.decode()
    assert "Decisions of this call are final" in public


@pytest.mark.parametrize("kind", ["fellowship", "prize", "collaborative_research", "unknown"])
def test_every_kind_says_on_its_page_whether_and_how_long_and_its_writer_asks(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NEXT)
    if kind == "unknown":
        for register in (KINDS, OUTCOMES):
            monkeypatch.setattr(register, "_placed", dict(register._placed))
        OUTCOMES.add(FIELD_SCHOOL.code, FIELD_SCHOOL, order=len(OUTCOMES))
        KINDS.add(FIELD_SCHOOLS.code, FIELD_SCHOOLS, order=len(KINDS))
    code = FIELD_SCHOOLS.code if kind == "unknown" else kind
    own = find_kind(code).terms_for(YEAR)
    days = own.appeals_days or 7
    terms = replace(own, stages=small_terms().stages, appeals_days=days)
    contest = decided(make_contest((3, 1), kind=code, terms=terms))
    let_go(contest)
    public = client.get(reverse("calls:call", args=[contest.call.slug])).content.decode()
    assert f"within {days} days after the letter about it" in " ".join(public.split())
    one = contest.applications[1]
    correct_outcome(
        actor=contest.officer, decision=decision_of(one), result=Result.INELIGIBLE,
        because="Outside of the call.", now=NEXT,
    )  # fmt: skip
    appeal = ask(one, NEXT + DAY)
    told = Message.objects.get(code="decisions.appeal_filed")
    assert told.recipient == writer(one), "the nominator, where one nominated"
    answer_appeal(
        appeal=appeal, is_upheld=True, answer="Yes.", actor=contest.officer, now=NEXT + DAY
    )
    assert "was upheld" in Message.objects.get(code="decisions.appeal_answered").body


def test_nobody_but_officers_of_the_call_reads_and_answers(
    contest: Contest, client: Client
) -> None:
    let_go(contest)
    appeal = ask(contest.applications[2])
    page = reverse("decisions:appeal", args=[appeal.reference])
    for actor in (contest.chair, make_officer(), writer(contest.applications[2])):
        with pytest.raises(Refused):
            answer_appeal(appeal=appeal, is_upheld=True, answer="Yes", actor=actor, now=NEXT)
        client.force_login(actor)
        assert client.post(page, {"found": "upheld", "answer": "Yes"}).status_code in (403, 404)
    client.force_login(writer(contest.applications[1]))
    file_url = reverse("decisions:appeal_file", args=[appeal.reference])
    assert client.get(file_url).status_code == 404
    client.force_login(contest.officer)
    assert client.get(file_url).status_code == 404, "there is no file with it"


def test_an_amendment_gives_more_days_and_never_fewer(contest: Contest) -> None:
    call = Call.objects.get(pk=contest.call.pk)
    before = to_plain(get_terms(call))
    for days, is_refused in ((13, True), (0, True), (20, False)):
        changes = changes_between({"terms": before}, {"terms": before | {"appeals_days": days}})
        told = [str(each.text) for each in reasons_against(call, changes, NEXT)]
        assert any("never fewer" in each for each in told) == is_refused


def test_what_is_too_long_goes_into_a_file(contest: Contest) -> None:
    let_go(contest)
    with pytest.raises(BadInput, match=r"“Your request”.* 1 too many"):
        ask(contest.applications[2], text="x" * 10_001)
