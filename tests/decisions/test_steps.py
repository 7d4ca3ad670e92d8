"""From step to step: those found good are invited, the others end, and everybody is told what is
true at every moment.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions import (
    remind_draft,
    save_answers,
    screen_applications,
    submit_application,
    withdraw_application,
)
from anso.applications.models import Application
from anso.applications.queries.todo import applicants_to_notify_of_extension, drafts_to_remind
from anso.applications.wording import receipt_payload, short_status, status_in_words, steps_ahead
from anso.applications.wording.export_sheets import export_sheets
from anso.applications.wording.todo import todo_items_for
from anso.audit.queries import entries_about
from anso.calls.actions import extend_call
from anso.calls.models import Call
from anso.decisions.actions import (
    compute_selection,
    confirm_selection,
    notify_decided_applicants,
    pass_words_on,
    propose_selection,
    release_decisions,
)
from anso.decisions.models import Decision, SelectionRun
from anso.decisions.queries import Bar, get_ranking_step, unread_words
from anso.directory.models import Person
from anso.kernel.actors import CLOCK, SETUP
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.review.actions import read_words
from anso.review.models import Reviewer
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import make_assignment, make_review, make_reviewer
from tests.factories.steps import (
    DAY,
    full_answers,
    make_outline,
    make_two_step_call,
    named,
    noon,
    submit,
)

pytestmark = pytest.mark.django_db
GOOD, FAIR, POOR = 5, 4, 2


@dataclass(frozen=True)
class Round:
    """A call whose outlines are reviewed: the best first."""

    call: Call
    officer: Account
    chair: Account
    outlines: tuple[Application, ...]


def account_of(application: Application) -> Account:
    account = application.applicant.account
    assert account is not None
    return account


def make_round(*scores: int) -> Round:
    officer, chair, panel = make_officer(), make_person("李雨桐").account, make_body("panel")
    assert chair is not None
    make_mandate(Person.objects.get(account=chair), "chair", panel)
    call = make_two_step_call(officer=officer, panel=panel)
    reviewer, now = make_reviewer(call, capacity=50), noon(call, "outline_review")
    outlines = []
    for number, score in enumerate(scores, start=1):
        account = make_person(f"Lead {number}").account
        assert account is not None
        outline = make_outline(call, account, number)
        make_review(
            make_assignment(outline, reviewer, now=now), score, now=now,
            comment_for_applicant=f"Words for number {number}.",
        )  # fmt: skip
        outlines.append(outline)
    return Round(call, officer, chair, tuple(outlines))


def decide_now(call: Call) -> dt.datetime:
    return noon(call, "outline_review", 20)


def confirmed(given: Round, bar: Bar) -> SelectionRun:
    now = decide_now(given.call)
    run = compute_selection(actor=given.officer, call=given.call, bar=bar, now=now)
    propose_selection(actor=given.officer, run=run, now=now, because="As it is.")
    return confirm_selection(actor=given.chair, run=run, now=now)


def released(given: Round, bar: Bar) -> SelectionRun:
    run, now = confirmed(given, bar), decide_now(given.call)
    pass_words_on(actor=given.officer, call=run.call, references=None, now=now)
    release_decisions(actor=given.officer, run=run, now=now)
    notify_decided_applicants(actor=CLOCK, run=run, now=now)
    for each in given.outlines:
        each.refresh_from_db()
    return run


def write_full(application: Application, now: dt.datetime) -> None:
    save_answers(
        application=application, fields=full_answers(application.call), base=application.revision,
        token=f"full-{application.pk}", actor=account_of(application), now=now,
    )  # fmt: skip
    application.refresh_from_db()


def test_a_number_of_the_best_is_invited_and_the_others_end_with_a_decision() -> None:
    given = make_round(GOOD, FAIR, POOR)
    run = released(given, Bar(number=2))
    assert [each.state for each in given.outlines] == ["invited", "invited", "decided"]
    window = named(given.call, "full_proposals")
    assert [each.step for each in given.outlines[:2]] == [window, window]
    assert given.outlines[0].form_version.purpose == "full_proposal"
    results = Decision.objects.order_by("application_id").values_list("result", "step__key")
    assert list(results) == [
        ("invited", "outline_review"),
        ("invited", "outline_review"),
        ("rejected", "outline_review"),
    ]
    assert run.figures["bar"] == {"number": "2"}
    verbs = [entry.verb for entry in entries_about(given.outlines[0])]
    assert "invite_application" in verbs
    assert "reject_application" in [entry.verb for entry in entries_about(given.outlines[2])]
    assert get_ranking_step(given.call) == named(given.call, "review"), "the next to be decided"


def test_a_line_invites_all_who_reach_it_and_equals_stand_together() -> None:
    given = make_round(GOOD, FAIR, FAIR, POOR)
    run = released(given, Bar(line=Decimal(4)))
    assert [each.state for each in given.outlines] == ["invited", "invited", "invited", "decided"]
    assert run.figures["bar"] == {"line": "4"}
    assert run.figures["drawn"] == 0


def test_nobody_reaches_a_line_that_is_too_high_and_all_are_told() -> None:
    given = make_round(FAIR, POOR)
    released(given, Bar(line=Decimal("4.5")))
    assert {each.state for each in given.outlines} == {"decided"}
    assert Message.objects.filter(code="decisions.rejected").count() == 2
    bodies = Message.objects.filter(code="decisions.rejected").values_list("body", flat=True)
    assert all("Nothing goes on to the next step" in body for body in bodies)


def test_a_selection_of_a_later_step_says_for_which_window_it_waits(client: Client) -> None:
    given = make_round(GOOD, POOR)
    released(given, Bar(number=1))
    now = decide_now(given.call)
    with time_machine.travel(now, tick=False):
        client.force_login(given.officer)
        page = client.get(reverse("decisions:ranking", args=[given.call.reference]))
    said = "“Full proposals” is still to come or open; selections are computed after it has closed."
    assert said in page.content.decode()


@pytest.mark.parametrize("bar", [None, Bar(), Bar(number=1, line=Decimal(3)), Bar(number=-1)])
def test_whoever_computes_says_how_many_go_on(bar: Bar | None) -> None:
    given = make_round(GOOD)
    with pytest.raises(BadInput, match="go on"):
        compute_selection(actor=given.officer, call=given.call, bar=bar, now=decide_now(given.call))


def test_a_line_off_the_scale_is_refused() -> None:
    given = make_round(GOOD)
    with pytest.raises(BadInput, match="between 1 and 5"):
        compute_selection(
            actor=given.officer, call=given.call, bar=Bar(line=Decimal(7)),
            now=decide_now(given.call),
        )  # fmt: skip


def test_nothing_shows_before_the_release() -> None:
    given = make_round(GOOD, POOR)
    before = [short_status(each, decide_now(given.call)) for each in given.outlines]
    confirmed(given, Bar(number=1))
    for each in given.outlines:
        each.refresh_from_db()
    assert [short_status(each, decide_now(given.call)) for each in given.outlines] == before
    assert not Message.objects.filter(code__startswith="decisions.").exclude(
        code="decisions.proposed"
    )


def test_the_mail_names_the_day_in_the_zone_of_the_call() -> None:
    given = make_round(GOOD, POOR)
    released(given, Bar(number=1))
    invited = Message.objects.get(code="decisions.invited")
    assert "18 June 2027, 23:59 (Beijing)" in invited.body
    assert "Words for number 1." in invited.body
    rejected = Message.objects.get(code="decisions.rejected")
    assert "does not go on to the next step" in rejected.body
    assert "Words for number 2." in rejected.body
    assert "Words for number 1." not in rejected.body


def test_an_invited_one_writes_the_full_form_with_the_answers_carried(client: Client) -> None:
    given = make_round(GOOD)
    released(given, Bar(number=1))
    (application,) = given.outlines
    assert "outline" in application.answers
    assert "statement_true" not in application.answers, "what is submitted is stated anew"
    now = noon(given.call, "full_proposals", 3)
    with pytest.raises(Refused, match="Answer this question"):
        submit_application(
            application=application, actor=account_of(application), arrived_at=now, now=now
        )
    write_full(application, now)
    submit(application, now)
    assert application.state == "submitted"
    assert application.submission is not None
    assert application.submission.step == named(given.call, "full_proposals")
    assert application.submission.version == 2
    assert application.submitted_at == now
    assert application.country_id == "KE", "what an outline meant holds on"
    columns = ["answer.budget", "answer.work_plan", "answer.title"]
    plan, budget = export_sheets(given.call, given.officer, columns, [application.pk], now)
    assert (plan.name, budget.name[:6]) == ("Tasks and months", "Budget")
    assert next(iter(plan.rows))[:2] == [application.number, 1]
    amounts = [row[-1] for row in budget.rows]
    assert amounts == [Decimal(1), Decimal(1)]
    shown = receipt_payload(application.submission)["sections"]
    drawn = [part for section in shown for part in section.get("sections", ())]
    kinds = {part["title"]: [block["kind"] for block in part["blocks"]] for part in drawn}
    assert kinds["Tasks and months"] == ["table", "gantt"]
    assert kinds["Budget by partner, payer, year and category"] == ["table"] * 5


def test_an_early_or_late_full_proposal_is_refused_with_the_day() -> None:
    given = make_round(GOOD)
    released(given, Bar(number=1))
    (application,) = given.outlines
    early = noon(given.call, "full_proposals", -1)
    with pytest.raises(Refused, match="can be filled in from 8 May 2027"):
        write_full(application, early)
    write_full(application, noon(given.call, "full_proposals", 3))
    late = noon(given.call, "full_proposals", 42)
    with pytest.raises(Refused, match="“Full proposals” closed on 18 June 2027, 23:59"):
        submit_application(
            application=application, actor=account_of(application), arrived_at=late, now=late
        )


def test_whoever_was_not_invited_cannot_write_a_full_proposal() -> None:
    given = make_round(GOOD, POOR)
    released(given, Bar(number=1))
    with pytest.raises(Refused, match="being judged"):
        write_full(given.outlines[1], noon(given.call, "full_proposals", 3))
    assert steps_ahead(given.outlines[1], noon(given.call, "full_proposals", 3)) == []
    assert not todo_items_for(account_of(given.outlines[1]), noon(given.call, "full_proposals", 3))


def test_status_and_to_do_follow_an_invitation_that_is_not_answered() -> None:
    given = make_round(GOOD)
    application = given.outlines[0]
    told = status_in_words(application, decide_now(given.call))
    assert "You hear by 8 May 2027 whether you are invited to “Full proposals”" in told
    released(given, Bar(number=1))
    before, within = noon(given.call, "full_proposals", -1), noon(given.call, "full_proposals", 3)
    after = noon(given.call, "full_proposals", 43)
    assert "You can write it from 8 May 2027" in status_in_words(application, before)
    assert short_status(application, within) == ("invited", "attn")
    assert "Submit it by 18 June 2027" in status_in_words(application, within)
    (item,) = todo_items_for(account_of(application), within)
    assert "write and submit “Full proposals”" in item.text
    assert item.due_at is not None
    assert item.due_at.isoformat() == "2027-06-18T16:00:00+00:00"
    assert "submitted nothing until 18 June 2027" in status_in_words(application, after)
    assert short_status(application, after)[0] == "not submitted"
    assert todo_items_for(account_of(application), after) == []
    assert steps_ahead(application, within)
    assert steps_ahead(application, after) == []


def test_an_invited_one_is_reminded_once_in_the_last_week_and_once_on_the_last_day() -> None:
    given = make_round(GOOD, POOR)
    released(given, Bar(number=1))
    for day in (3, 36, 37, 41):
        now = noon(given.call, "full_proposals", day)
        for application in drafts_to_remind(now):
            remind_draft(application=application, now=now)
    reminders = Message.objects.filter(code="applications.invited_reminder")
    assert reminders.count() == 2
    assert {each.about_id for each in reminders} == {given.outlines[0].pk}
    assert "18 June 2027, 23:59 (Beijing)" in reminders[0].body
    assert "“Full proposals”" in reminders[0].subject


def test_a_moved_window_is_told_to_the_invited_and_held_to() -> None:
    given = make_round(GOOD, POOR)
    released(given, Bar(number=1))
    now = noon(given.call, "full_proposals", 40)
    call = Call.objects.get(pk=given.call.pk)
    closes = dt.datetime(2027, 6, 20, 9, tzinfo=dt.UTC)
    extend_call(
        call=call, closes_at=closes, because="A cable was cut", base_revision=call.revision,
        actor=given.officer, now=now,
    )  # fmt: skip
    told = [application for application, _extension in applicants_to_notify_of_extension(now)]
    assert told == [given.outlines[0]]
    application = Application.objects.get(pk=given.outlines[0].pk)
    late = dt.datetime(2027, 6, 20, 15, 59, tzinfo=dt.UTC)
    assert "Submit it by 20 June 2027" in status_in_words(application, late)
    write_full(application, late)
    submit(application, late)
    assert application.state == "submitted"
    assert call.closes_at == given.call.closes_at, "the call's own deadline is another"


def test_nobody_is_invited_to_a_window_that_is_over() -> None:
    given = make_round(GOOD)
    run = confirmed(given, Bar(number=1))
    late = noon(given.call, "full_proposals", 60)
    with pytest.raises(Refused, match="Move its deadline before you invite anybody"):
        release_decisions(actor=given.officer, run=run, now=late)
    call = Call.objects.get(pk=given.call.pk)
    extend_call(
        call=call, closes_at=late + 20 * DAY, because="We were late", base_revision=call.revision,
        actor=given.officer, now=late,
    )  # fmt: skip
    run = SelectionRun.objects.get(pk=run.pk)
    release_decisions(actor=given.officer, run=run, now=late)
    given.outlines[0].refresh_from_db()
    assert given.outlines[0].state == "invited"


def test_whoever_withdraws_before_the_release_is_not_invited_and_after_it_may_still() -> None:
    given = make_round(GOOD, FAIR)
    run, now = confirmed(given, Bar(number=2)), decide_now(given.call)
    first, second = given.outlines
    withdraw_application(application=first, actor=account_of(first), now=now)
    release_decisions(actor=given.officer, run=run, now=now)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "invited")
    assert not first.decisions.exists()
    withdraw_application(application=second, actor=account_of(second), now=now + DAY)
    assert second.state == "withdrawn"


def test_an_ineligible_outline_hears_with_all_others() -> None:
    given = make_round(GOOD, FAIR)
    screen_applications(
        applications=[given.outlines[1]], verb="reject_ineligible", actor=SETUP,
        now=decide_now(given.call), because="Too few partners",
    )  # fmt: skip
    released(given, Bar(number=2))
    decision = Decision.objects.get(application=given.outlines[1])
    assert (decision.result, decision.step.key) == ("ineligible", "outline_review")
    assert given.outlines[1].state == "decided"
    assert mail.outbox == []


def test_the_officer_chooses_on_the_desk_and_the_chair_confirms(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = make_round(GOOD, FAIR, POOR)
    monkeypatch.setattr("django.utils.timezone.now", lambda: decide_now(given.call))
    page = reverse("decisions:ranking", args=[given.call.reference])
    act = reverse("decisions:act", args=[given.call.reference])
    client.force_login(given.officer)
    assert "Who goes on to “Full proposals”?" in client.get(page).content.decode()
    client.post(act, {"act": "compute", "how": "number", "number": "many"})
    assert not SelectionRun.objects.exists()
    client.post(act, {"act": "compute", "how": "line", "line": "3,5"})
    run = SelectionRun.objects.get()
    assert run.figures["filled"] == 2
    shown = client.get(page).content.decode()
    assert "invited" in shown
    assert "does not go on" in shown
    assert "Compute the selection" not in shown, "nothing is given in this step"
    why = reverse("decisions:why", args=[given.call.reference, 1, given.outlines[2].number])
    told = client.get(why).content.decode()
    assert "It does not go on to the next step; the last that does has rank 2." in told
    assert "Grants given" not in shown
    assert "on the waiting list" not in shown, "nobody waits for a step"
    client.post(act, {"act": "propose", "run": "1", "few_because": "So."})
    asked = Message.objects.get(code="decisions.proposed").body
    assert "(2 go on to “Full proposals”; 3 proposals)" in asked
    client.force_login(given.chair)
    client.post(act, {"act": "confirm", "run": "1"})
    run.refresh_from_db()
    assert run.state == "confirmed"
    client.force_login(given.officer)
    decisions = client.get(reverse("decisions:decisions", args=[given.call.reference]))
    assert "Words for number 3." in decisions.content.decode()
    client.post(reverse("decisions:release", args=[given.call.reference]))
    given.outlines[0].refresh_from_db()
    assert given.outlines[0].state == "invited"
    after = client.get(page).content.decode()
    assert "Nothing computed yet" in after, "the next step has its own page"
    assert f"?of={run.step.key}" in after
    assert "Ranking, run 1" in client.get(f"{page}?of={run.step.key}").content.decode()


def test_applicants_read_what_became_of_their_outline(client: Client) -> None:
    given = make_round(GOOD, POOR)
    released(given, Bar(number=1))
    invited, rejected = given.outlines
    client.force_login(account_of(invited))
    page = client.get(reverse("awards:outcome", args=[invited.reference])).content.decode()
    assert "You are invited to the next step" in page
    assert "Words for number 1." in page
    assert reverse("applications:detail", args=[invited.reference]) in page
    client.force_login(account_of(rejected))
    page = client.get(reverse("awards:outcome", args=[rejected.reference])).content.decode()
    assert "Your proposal does not go on" in page
    assert "Words for number 2." in page
    detail = client.get(reverse("applications:detail", args=[rejected.reference])).content.decode()
    assert "Full proposals" not in detail


def test_words_that_an_officer_read_for_the_answers_are_not_read_again_and_stay_as_passed_on() -> (
    None
):
    given = make_round(GOOD)
    call = given.call
    released(given, Bar(number=1))
    (application,) = given.outlines
    write_full(application, noon(call, "full_proposals"))
    submit(application, noon(call, "full_proposals"))
    checked = noon(call, "completeness")
    screen_applications(
        applications=[application], verb="confirm_eligible", actor=SETUP, now=checked
    )
    application.refresh_from_db()
    reviewer = Reviewer.objects.get(call=call)
    at = noon(call, "review")
    review = make_review(
        make_assignment(application, reviewer, now=at), now=at, comment_for_applicant="Nonsense!"
    )
    read_words(
        actor=given.officer, call=call, texts={review.pk: "Milder."}, now=noon(call, "answers", 0)
    )
    now = noon(call, "decision", 0)
    run = compute_selection(actor=given.officer, call=call, now=now)
    propose_selection(actor=given.officer, run=run, now=now, because="As it is.")
    confirm_selection(actor=given.chair, run=run, now=now)
    decision = Decision.objects.get(run=run)
    assert decision.words_passed_on == "Milder."
    assert list(unread_words(call)) == []


def test_whoever_is_judged_again_reads_of_which_step_the_outcome_is(client: Client) -> None:
    given = make_round(GOOD)
    released(given, Bar(number=1))
    (application,) = given.outlines
    application.refresh_from_db()
    now = noon(given.call, "full_proposals", 5)
    write_full(application, now)
    submit(application, now)
    detail = reverse("applications:detail", args=[application.reference])
    with time_machine.travel(noon(given.call, "review"), tick=False):
        client.force_login(account_of(application))
        page = client.get(detail).content.decode()
    assert "Read the outcome of “Outlines”" in page
    Application.objects.filter(pk=application.pk).update(
        state="decided", decided_at=noon(given.call, "decision")
    )
    with time_machine.travel(noon(given.call, "release", 0), tick=False):
        client.force_login(account_of(application))
        page = client.get(detail).content.decode()
    assert "Read the outcome of “Outlines”" not in page
