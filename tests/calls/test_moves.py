"""Days move: what follows, what breaks, who is told; and no day comes before what it needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions import invite_applications
from anso.applications.actions.following import notify_of_moved_days
from anso.applications.models import Application, Letter
from anso.applications.queries.letters import (
    letter_due_at,
    new_letter_due_at,
)
from anso.calls import actions
from anso.calls.actions.telling import mail_preview
from anso.calls.models import Call, Extension, Step
from anso.calls.queries import get_terms
from anso.calls.queries.moves import plan_move
from anso.calls.queries.steps import step_closes_at, steps_of
from anso.calls.queries.telling import Told
from anso.calls.rules import may_extend_step
from anso.decisions.actions import propose_selection
from anso.decisions.models import SelectionRun
from anso.decisions.rules import (
    may_confirm_selection,
    may_release_decisions,
    may_return_selection,
)
from anso.decisions.rules.selections import _is_judged as is_judged
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.terms import check_terms
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.questionnaires.queries import latest_version
from anso.review.models import Assignment, Rebuttal
from anso.review.rules import may_accept_assignment
from tests.cast import Cast
from tests.factories.applications import make_application, make_submitted_application
from tests.factories.calls import make_call, make_programme
from tests.factories.decisions import computed, confirmed, make_contest, released
from tests.factories.directory import make_person
from tests.factories.review import (
    IN_REVIEW,
    SCREENED,
    account_of,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)
from tests.factories.steps import make_outline, make_two_step_call, named, noon
from tests.programmes.unknown_kind import FIELD_SCHOOLS

DAY = dt.timedelta(days=1)


def extend(
    step: Step, days: int, officer: Account, now: dt.datetime, along: set[str] | None = None
) -> Extension:
    """Move the end of a step by days, for a storm."""
    ends_at = Deadline.at_end_of(step.ends_on + days * DAY, step.call.zone).closes_at
    move = actions.Move(step, ends_at, "Storm in Kenya", along)
    base = Call.objects.get(pk=step.call_id).revision
    return actions.extend_step(move=move, base_revision=base, actor=officer, now=now)


def days_of(call: Call) -> dict[str, tuple[dt.date, dt.date]]:
    return {
        each.key: (each.starts_on, each.ends_on)
        for each in Call.objects.get(pk=call.pk).steps.all()
    }


@pytest.mark.parametrize("kind", [*KINDS.values(), FIELD_SCHOOLS], ids=lambda kind: kind.code)
def test_no_day_of_any_kind_comes_before_what_it_needs(kind: object) -> None:
    terms = kind.terms_for(2027)  # type: ignore[attr-defined]
    assert check_terms(terms) == []
    blocks = {each.block for each in terms.stages} - {"applications", "letters"}
    assert {"screening", "review", "panel", "decision", "release"} <= blocks
    for block in blocks:
        stage = next(each for each in terms.stages if each.block == block)
        first = terms.stages[0]
        early = replace(stage, starts_on=first.starts_on - DAY, ends_on=first.starts_on)
        moved = tuple(early if each == stage else each for each in terms.stages)
        codes = {fault.code for fault in check_terms(replace(terms, stages=moved))}
        assert codes & {"too_early", "before_beginning"}, f"{block} before everything"


@pytest.mark.parametrize(
    ("later", "earlier", "soonest"), [("release", "conferral", 1), ("ceremony", "release", 0)]
)
def test_laureates_hear_on_the_day_after_the_conferral_and_everybody_on_that_day_at_the_soonest(
    later: str, earlier: str, soonest: int
) -> None:
    terms = KINDS["prize"].terms_for(2027)
    before = next(each for each in terms.stages if each.key == earlier)
    after = next(each for each in terms.stages if each.key == later)
    for days, is_sound in ((soonest - 1, False), (soonest, True)):
        day = before.ends_on + days * DAY
        moved = replace(after, starts_on=day, ends_on=day)
        stages = tuple(moved if each == after else each for each in terms.stages)
        assert (check_terms(replace(terms, stages=stages)) == []) is is_sound


@pytest.mark.parametrize("kind", ["fellowship", "prize"])
def test_letters_are_not_due_before_the_call_closes(kind: str) -> None:
    terms = KINDS[kind].terms_for(2027)
    window = next(each for each in terms.stages if each.block == "applications")
    letters = next(each for each in terms.stages if each.block == "letters")
    for days, codes in ((0, set()), (-1, {"ends_too_early"})):
        moved = replace(letters, starts_on=window.starts_on, ends_on=window.ends_on + days * DAY)
        stages = tuple(moved if each == letters else each for each in terms.stages)
        assert {fault.code for fault in check_terms(replace(terms, stages=stages))} == codes


def test_days_before_their_needs_are_refused_at_the_design_page(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(make_programme("prize"), state="draft", officer=cast.programme_officer)
    conferral = named(call, "conferral")
    early = {"release": (conferral.starts_on, conferral.starts_on)}
    with pytest.raises(BadInput, match="before “Conferral by the Governing Board” is over"):
        actions.change_stages(
            call=call, days=early, base_revision=0, actor=cast.programme_officer, now=now
        )


def test_the_plan_says_what_follows_what_stays_and_what_breaks(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    window = named(call, "applications")
    before = days_of(call)
    plan = plan_move(window, window.ends_on + 30 * DAY, {"screening"}, now)
    assert [each.step.key for each in plan.moves] == ["applications", "letters", "screening"]
    assert {fault.facts["keys"] for fault in plan.broken} == {("review", "applications")}
    assert any("closing day" in note.text for note in plan.notes)
    assert days_of(call) == before, "a look moves nothing"
    with pytest.raises(BadInput, match="before"):
        extend(window, 30, cast.programme_officer, now, {"screening"})
    extend(window, 30, cast.programme_officer, now, {each.key for each in steps_of(call)})
    assert days_of(call) == {
        key: (start + 30 * DAY * (key != "applications"), end + 30 * DAY)
        for key, (start, end) in before.items()
    }


def test_left_to_itself_a_move_takes_along_only_what_it_must(cast: Cast, now: dt.datetime) -> None:
    call = make_call(make_programme("prize"), officer=cast.programme_officer)
    before, review = days_of(call), named(call, "review")
    extend(review, 20, cast.programme_officer, noon(call, "review"))
    after = days_of(call)
    assert {key for key in after if after[key] != before[key]} == {
        "review",
        "jury",
        "conferral",
        "release",
    }
    assert after["ceremony"] == before["ceremony"], "the ceremony still comes after the release"


def test_a_review_is_extended_after_its_end_and_late_reviewers_have_time_again(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_eligible_application(call)
    assignment = make_assignment(application, make_reviewer(call))
    review = named(call, "review")
    late = step_closes_at(review) + 3 * DAY
    assert not may_accept_assignment(account_of(assignment), assignment, late)
    extend(review, 10, cast.programme_officer, late)
    assignment = Assignment.objects.get(pk=assignment.pk)
    assert late < assignment.due_at <= step_closes_at(named(call, "review"))
    assert may_accept_assignment(account_of(assignment), assignment, late)
    mail = Message.objects.get(code="review.moved")
    assert "Storm in Kenya" in mail.body
    assert mail.recipient == account_of(assignment)


def test_letters_are_extended_after_their_end_and_their_writers_are_told(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call)
    letter = application.letters.get(question_key="referee_1")
    step = named(call, "letters")
    late = step_closes_at(step) + 2 * DAY
    assert letter_due_at(letter) < late
    extension = extend(step, 7, cast.programme_officer, late)
    letter = Letter.objects.get(pk=letter.pk)
    assert letter_due_at(letter) == step_closes_at(named(call, "letters")) > late
    rule = get_terms(call).letter_rule("referee")
    assert rule is not None
    assert new_letter_due_at(application, rule) == letter_due_at(letter), "also whoever is new"
    notify_of_moved_days(extension=extension, now=late)
    mails = Message.objects.filter(code="applications.letter_extended")
    assert {mail.email for mail in mails} == {each.email for each in application.letters.all()}
    assert Message.objects.filter(code="applications.days_moved").count() == 0


def test_a_later_window_that_moves_is_told_to_those_who_wait_and_not_to_those_who_write(
    cast: Cast,
) -> None:
    call = make_two_step_call(officer=cast.programme_officer)
    window, now = named(call, "full_proposals"), noon(call, "full_proposals", 2)
    writes, waits = (
        make_outline(call, account, number)
        for number, account in enumerate((cast.applicant, cast.co_applicant), 1)
    )
    invite_applications(applications=[writes], step=window, actor=SETUP, now=now)
    Letter.objects.filter(application__in=[writes, waits]).update(state="asked", completed_at=None)
    extension = extend(
        window, 9, cast.programme_officer, now, {each.key for each in steps_of(call)}
    )
    notify_of_moved_days(extension=extension, now=now)
    written_to = Message.objects.filter(code="applications.letter_extended")
    assert {each.email for each in written_to} == {each.email for each in writes.letters.all()}
    (mail,) = Message.objects.filter(code="applications.days_moved")
    assert mail.recipient == cast.co_applicant, "who writes hears of the window itself"


def test_what_is_over_stays_and_a_call_without_rules_and_letters_has_nothing_to_say(
    cast: Cast, now: dt.datetime
) -> None:
    terms = replace(KINDS["fellowship"].terms_for(2027), rules=(), letters=())
    call = make_call(officer=cast.programme_officer, terms=terms)
    window = named(call, "applications")
    told = {note.code for note in plan_move(window, window.ends_on + DAY, set(), now).notes}
    assert not told & {"rules_move", "letters_move"}
    screening = named(call, "screening")
    late = step_closes_at(screening) + DAY
    plan = plan_move(named(call, "letters"), screening.ends_on + 20 * DAY, set(), late)
    assert "screening" not in {each.step.key for each in (*plan.moves, *plan.staying)}


def test_whoever_waits_for_results_hears_that_they_come_later(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    waiting, draft = (
        make_submitted_application(call),
        make_application(call, applicant=cast.stranger),
    )
    release = named(call, "release")
    extension = extend(release, 12, cast.programme_officer, noon(call, "panel"), {"offers"})
    for _ in range(2):  # a job that is taken up again tells nobody twice
        notify_of_moved_days(extension=extension, now=noon(call, "panel"))
    mail = Message.objects.get(code="applications.days_moved")
    assert (mail.recipient, draft.state) == (waiting.applicant.account, "draft")
    assert "Results: 10 June 2027 (before: 29 May 2027)" in mail.body
    assert "Storm in Kenya" in mail.body


def test_a_window_opens_again_until_screening_has_begun(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    late = call.closes_at + 9 * DAY
    application = make_submitted_application(call)
    extend(named(call, "applications"), 12, cast.programme_officer, late)
    assert Call.objects.get(pk=call.pk).closes_at > late
    Application.objects.filter(pk=application.pk).update(state="eligible", screened_at=late)
    verdict = may_extend_step(cast.programme_officer, named(call, "applications"), late)
    assert "Screening has begun; results so far: 1." in str(verdict)


def test_nothing_that_was_decided_moves_and_nothing_moves_under_a_chair(cast: Cast) -> None:
    contest = make_contest((6, 5))
    review, officer, now = named(contest.call, "review"), contest.officer, IN_REVIEW
    assert may_extend_step(officer, review, now)
    confirmed(contest)
    for step in ("review", "letters", "screening"):
        refused = may_extend_step(officer, named(contest.call, step), now)
        assert "waits for the chair or for its release" in str(refused)
    assert may_extend_step(officer, named(contest.call, "release"), now), "the results may be late"


def test_after_the_release_only_offers_move(cast: Cast) -> None:
    contest = make_contest((6, 5))
    released(contest)
    for step in steps_of(contest.call):
        verdict = may_extend_step(contest.officer, step, IN_REVIEW)
        assert bool(verdict) is (step.block == "offers"), step.key


def test_nobody_confers_while_reviews_are_written(cast: Cast) -> None:
    contest = make_contest((6, 5))
    late = make_reviewer(contest.call, person=make_person("Late Reviewer"))
    make_assignment(contest.applications[0], late)
    run = computed(contest, IN_REVIEW)
    propose_selection(actor=contest.officer, run=run, now=IN_REVIEW, because="As it is.")
    verdict = may_confirm_selection(contest.chair, run, IN_REVIEW)
    assert "1 review is not in and may be written until 15 April 2027" in str(verdict)
    assert may_return_selection(contest.chair, run, IN_REVIEW)
    assert may_confirm_selection(contest.chair, run, step_closes_at(run.step))
    SelectionRun.objects.filter(pk=run.pk).update(state="confirmed", confirmed_at=IN_REVIEW)
    run.refresh_from_db()
    assert not may_release_decisions(contest.officer, run, IN_REVIEW)


def test_nobody_confers_while_applicants_answer_their_reviewers(cast: Cast) -> None:
    call = make_two_step_call(officer=cast.programme_officer)
    run = SelectionRun(call=call, step=named(call, "review"))
    verdict = is_judged(run, noon(call, "answers", 2))
    assert "The reviewers may be answered until" in str(verdict)
    assert is_judged(run, step_closes_at(named(call, "answers")))


def test_the_page_shows_what_a_move_does_before_it_is_made(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    client.force_login(cast.programme_officer)
    page = reverse("calls:extension", args=[call.reference])
    typed = {"step": "review", "closes_on": "2027-06-01", "because": "Few reviewers", "act": "look"}
    shown = client.post(page, typed)
    words = " ".join(shown.content.decode().split())
    assert shown.status_code == 200
    assert "“Review” ends 47 days later" in words
    assert "Panel meeting" in words
    assert "Few reviewers" in words
    left = client.post(page, typed | {"looked": "1", "act": "look"})
    words = " ".join(left.content.decode().split())
    assert "“Panel meeting” begins before “Review” is over, which lasts to 1 June 2027." in words
    assert "Move for everyone" not in words
    kept = client.post(page, typed | {"looked": "1", "act": "extend"})
    assert kept.status_code == 422
    assert not call.extensions.exists()
    along = {"looked": "1", "act": "extend", "along": ["panel", "decision", "release", "offers"]}
    assert client.post(page, typed | along).status_code == 302
    words = " ".join(client.get(page).content.decode().split())
    assert "Panel meeting: 4 Jul – 6 Jul 2027 (before: 18 May – 20 May 2027)" in words


def test_an_end_that_is_no_later_and_a_move_without_a_reason_are_refused_on_the_page(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    client.force_login(cast.programme_officer)
    page = reverse("calls:extension", args=[call.reference])
    early = client.post(page, {"step": "review", "closes_on": "2027-04-15", "act": "look"})
    assert early.status_code == 422
    assert "must end later" in early.content.decode()
    no_reason = {"step": "review", "closes_on": "2027-04-20", "looked": "1", "act": "extend"}
    answer = client.post(page, no_reason | {"because": " "})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert not call.extensions.exists()


def test_words_that_were_read_close_their_review_for_good(cast: Cast) -> None:
    call = make_two_step_call(officer=cast.programme_officer)
    application = make_outline(call, cast.applicant)
    review, answers = named(call, "review"), named(call, "answers")
    assert may_extend_step(cast.programme_officer, review, SCREENED)
    version = latest_version(call, "application", is_published=True)
    Rebuttal.objects.create(
        application=application, step=answers, form_version=version, words=["Fine"],
        asked_at=SCREENED,
    )  # fmt: skip
    assert "already been read" in str(may_extend_step(cast.programme_officer, review, SCREENED))
    assert may_extend_step(cast.programme_officer, named(call, "outline_review"), SCREENED)


def test_only_officers_of_a_published_call_move_its_days(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                extend(named(call, "review"), 2, account, now)
    draft = make_call(state="draft", officer=cast.programme_officer)
    with pytest.raises(Refused, match="not published"):
        extend(named(draft, "review"), 2, cast.programme_officer, now)


@pytest.mark.django_db
def test_a_mail_that_nobody_would_get_is_not_shown() -> None:
    told = Told("applicants", 1, "applications.call_amended", lambda: None)
    assert mail_preview(told, 0) is None
