"""One reviewer gets more time alone, also after the reviews have closed: told, held to, reminded by
their own day, and never behind what was decided.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.audit.queries import entries_about
from anso.calls.actions import Move, extend_step
from anso.calls.models import Call, Step
from anso.calls.queries.steps import step_closes_at, steps_of
from anso.decisions.actions import (
    confirm_selection,
    pass_words_on,
    propose_selection,
    release_decisions,
    return_selection,
)
from anso.decisions.wording import todo_items_for as deciding_items
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.review.actions import (
    assign_reviewer,
    cancel_assignment,
    extend_assignment,
    remind_reviewers,
)
from anso.review.models import Assignment
from anso.review.queries import assignments_to_do
from anso.review.tasks import remind_late_reviewers
from anso.review.wording import todo_items_for
from tests.cast import Cast
from tests.factories.decisions import Contest, computed, make_contest
from tests.factories.directory import make_person
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_review,
    make_reviewer,
    release_read_words,
)
from tests.factories.steps import led_on, make_outline, make_two_step_call, noon
from tests.pages import squeezed

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
ILL = "She was in hospital, and nobody else knows this field."


@dataclass(frozen=True)
class Waiting:
    """A contest whose reviews have closed while one further review is not in."""

    contest: Contest
    assignment: Assignment
    reviewer: Account
    closed: dt.datetime

    @property
    def officer(self) -> Account:
        return self.contest.officer

    def day(self, days: int) -> dt.date:
        """So many days after the last one on which reviews are taken."""
        return self.assignment.step.ends_on + days * DAY

    def extend(self, days: int = 5, because: str = ILL, after: dt.timedelta = HOUR) -> Assignment:
        return extend_assignment(
            actor=self.officer, assignment=self.assignment, due_on=self.day(days),
            because=because, now=step_closes_at(self.assignment.step) + after,
        )  # fmt: skip

    def end_of(self, days: int) -> dt.datetime:
        return Deadline.at_end_of(self.day(days), self.contest.call.zone).closes_at

    def fresh(self) -> Assignment:
        return Assignment.objects.select_related("step__call").get(pk=self.assignment.pk)


def waiting(scores: tuple[int, ...] = (6, 5)) -> Waiting:
    contest = make_contest(scores)
    further = make_reviewer(contest.call, person=make_person("Further Reviewer"), capacity=9)
    given = assign_reviewer(
        actor=contest.officer, application=contest.applications[0], reviewer=further,
        due_at=IN_REVIEW + 5 * DAY, now=IN_REVIEW,
    )  # fmt: skip
    account = further.person.account
    assert account is not None
    closed = step_closes_at(given.step) + HOUR
    return Waiting(contest, given, account, closed)


def needing(found: Waiting) -> Step:
    steps = [each for each in steps_of(found.contest.call) if each.block == "panel"]
    return steps[0]


def test_one_review_is_extended_after_the_closing_and_given_by_its_own_day() -> None:
    found = waiting()
    with pytest.raises(Refused, match="The reviews closed on"):
        make_review(found.assignment, 5, now=found.closed)
    assert assignments_to_do(found.reviewer, found.closed) == []
    extended = found.extend(5)
    assert extended.due_at == found.end_of(5)
    (entry,) = entries_about(extended).filter(verb="extend_assignment")
    assert (entry.because, set(entry.changes)) == (ILL, {"due_at"})
    (item,) = todo_items_for(found.reviewer, found.closed)
    assert item.due_at == found.end_of(5)
    others = Assignment.objects.exclude(pk=extended.pk).filter(step=extended.step)
    assert {each.due_at for each in others} == {IN_REVIEW + 10 * DAY}, "nobody else's days move"
    last_minute = found.end_of(5) - dt.timedelta(minutes=1)
    review = make_review(found.fresh(), 5, now=last_minute)
    make_review(found.fresh(), 6, now=last_minute)  # it is revised until then too
    review.refresh_from_db()
    assert review.revision == 2
    with pytest.raises(Refused, match="Your time for this review ended on"):
        make_review(found.fresh(), 4, now=found.end_of(5))


def test_the_reviewer_is_told_the_day_in_both_zones_with_the_reason() -> None:
    found = waiting()
    found.reviewer.person.nationality_id = "KE"
    found.reviewer.person.save(update_fields=["nationality_id"])
    found.extend(5)
    mail = Message.objects.get(code="review.extended", recipient=found.reviewer)
    number = found.contest.applications[0].number
    assert mail.subject.startswith(f"More time for your review of {number}: it is due on")
    assert ILL in mail.body
    assert "Beijing" in mail.body
    assert "Nairobi" in mail.body
    assert not Message.objects.filter(code="review.extended").exclude(pk=mail.pk).exists()


def test_reminders_follow_the_own_day_and_end_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = waiting()

    def reminded_at(moment: dt.datetime) -> int:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        before = found.fresh().reminder_count
        remind_late_reviewers(0)
        return found.fresh().reminder_count - before

    assert reminded_at(found.closed) == 0, "nothing can be given any more"
    with pytest.raises(BadInput, match="its days are over"):
        remind_reviewers(
            actor=found.officer, call=found.contest.call, assignments=[found.assignment],
            now=found.closed,
        )  # fmt: skip
    found.extend(6)
    assert reminded_at(found.closed + DAY) == 0, "it is not due soon"
    assert reminded_at(found.end_of(6) - 2 * DAY) == 1
    assert reminded_at(found.end_of(6) - DAY) == 0
    assert reminded_at(found.end_of(6)) == 0


def test_a_day_that_cannot_be_and_no_reason_are_refused() -> None:
    found = waiting()
    panel = needing(found)
    too_far = (panel.ends_on - found.day(0)).days
    with pytest.raises(BadInput, match="the reviewer reads it"):
        found.extend(5, because="  ")
    with pytest.raises(BadInput, match="later than the one before"):
        found.extend(-3)
    found.extend(1)
    with pytest.raises(BadInput, match="later than the one before"):
        found.extend(1)
    with pytest.raises(BadInput, match="needs this review: choose a day before its last"):
        found.extend(too_far)
    found.extend(too_far - 1)
    assert found.fresh().due_at == found.end_of(too_far - 1)


def test_where_all_days_are_over_any_day_ahead_is_taken() -> None:
    found = waiting()
    Step.objects.filter(call=found.contest.call, order__gt=found.assignment.step.order).delete()
    assert found.extend(200).due_at == found.end_of(200)


def test_an_own_day_within_the_days_of_the_step_moves_what_is_late_and_closes_nothing() -> None:
    found = waiting()
    late = found.assignment.due_at + HOUR
    assert [str(each.text) for each in todo_items_for(found.officer, late)] == [
        "1 review is late: remind"
    ]
    found.extend(-1, after=late - step_closes_at(found.assignment.step))
    assert todo_items_for(found.officer, late) == []
    make_review(found.fresh(), 5, now=found.end_of(-1) + HOUR)


def test_the_selection_waits_for_it_and_is_computed_with_it() -> None:
    found = waiting()
    contest, number = found.contest, found.contest.applications[0].number

    def told(now: dt.datetime) -> list[str]:
        return [str(each.text) for each in deciding_items(found.officer, now)]

    assert any("Compute" in each for each in told(found.closed))
    missing = "Reviews are missing after their closing"
    assert [each for each in told(found.closed) if each.startswith(missing)] != []
    found.extend(5)
    assert not any("Compute" in each for each in told(found.closed)), "it is awaited"
    assert not any(number in each for each in told(found.closed) if each.startswith(missing))
    run = propose_selection(
        actor=found.officer, run=computed(contest, found.closed), because="So.", now=found.closed
    )
    with pytest.raises(Refused, match="1 review is not in and may be written until"):
        confirm_selection(actor=contest.chair, run=run, now=found.closed)
    make_review(found.fresh(), 3, now=found.closed + DAY)
    with pytest.raises(Refused, match="A review came or was revised since this run"):
        confirm_selection(actor=contest.chair, run=run, now=found.closed + DAY)
    return_selection(actor=contest.chair, run=run, reason="With it.", now=found.closed + DAY)
    again = propose_selection(
        actor=found.officer, run=computed(contest, found.closed + DAY), because="So.",
        now=found.closed + DAY,
    )  # fmt: skip
    confirm_selection(actor=contest.chair, run=again, now=found.closed + DAY)


def test_one_that_never_comes_holds_the_chair_up_no_longer_than_its_day() -> None:
    found = waiting()
    found.extend(2)
    after = found.end_of(2) + HOUR
    run = propose_selection(
        actor=found.officer, run=computed(found.contest, after), because="So.", now=after
    )
    confirm_selection(actor=found.contest.chair, run=run, now=after)


@pytest.mark.parametrize("far", ["proposed", "confirmed", "released"])
def test_nothing_is_extended_behind_a_selection(far: str) -> None:
    found = waiting()
    contest, now = found.contest, found.closed
    run = propose_selection(actor=found.officer, run=computed(contest, now), because="So.", now=now)
    if far != "proposed":
        run = confirm_selection(actor=contest.chair, run=run, now=now)
    if far == "released":
        pass_words_on(actor=found.officer, call=contest.call, references=None, now=now)
        release_decisions(actor=found.officer, run=run, now=now)
    with pytest.raises(Refused, match="A selection stands on this review"):
        found.extend(5)
    assert found.fresh().due_at == found.assignment.due_at


def test_a_review_that_is_in_or_given_back_is_not_extended() -> None:
    found = waiting()
    cancel_assignment(actor=found.officer, assignment=found.assignment, now=IN_REVIEW)
    with pytest.raises(Refused, match="This review is in, or it was given or taken back"):
        found.extend(5)


def test_an_extended_one_is_taken_back_after_the_closing_and_a_closed_one_is_not() -> None:
    found = waiting()
    with pytest.raises(Refused, match="The reviews closed on"):
        cancel_assignment(actor=found.officer, assignment=found.assignment, now=found.closed)
    found.extend(5)
    cancel_assignment(actor=found.officer, assignment=found.fresh(), now=found.closed)
    assert found.fresh().state == "cancelled"


def test_only_officers_of_the_call_extend() -> None:
    found = waiting()
    stranger = make_person("Stranger").account
    for actor in (found.contest.chair, found.reviewer, stranger):
        assert actor is not None
        with pytest.raises(Refused):
            extend_assignment(
                actor=actor, assignment=found.assignment, due_on=found.day(5), because=ILL,
                now=found.closed,
            )  # fmt: skip


def test_a_step_that_moves_takes_no_time_from_whoever_had_more() -> None:
    found = waiting()
    found.extend(9)
    other = make_reviewer(found.contest.call, person=make_person("Third"), capacity=9)
    given = assign_reviewer(
        actor=found.officer, application=found.contest.applications[1], reviewer=other,
        due_at=IN_REVIEW + 5 * DAY, now=IN_REVIEW,
    )  # fmt: skip
    move = Move(found.assignment.step, found.end_of(3), "A storm.", None)
    base = Call.objects.get(pk=found.contest.call.pk).revision
    extend_step(move=move, base_revision=base, actor=found.officer, now=found.closed)
    given.refresh_from_db()
    assert given.due_at == found.end_of(3)
    assert found.fresh().due_at == found.end_of(9)
    told = Message.objects.filter(code="review.moved").values_list("recipient", flat=True)
    assert list(told) == [other.person.account_id]


def test_an_officer_does_it_on_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found = waiting()
    monkeypatch.setattr("django.utils.timezone.now", lambda: found.closed)
    client.force_login(found.officer)
    number = found.contest.applications[0].number
    page = reverse("review:application_assignments", args=[found.contest.call.reference, number])
    assert "More time for this review" in squeezed(client.get(page))
    typed = {
        "act": "extend", "assignment": found.assignment.reference,
        "until_on": found.day(5).isoformat(), "because": "",
    }  # fmt: skip
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert f'value="{found.day(5).isoformat()}"' in squeezed(refused), "what was typed stays"
    done = client.post(page, typed | {"because": ILL}, follow=True)
    assert "The reviewer has more time and is told why." in squeezed(done)
    assert found.fresh().due_at == found.end_of(5)
    run = computed(found.contest, found.closed)
    propose_selection(actor=found.officer, run=run, because="So.", now=found.closed)
    shown = squeezed(client.get(page))
    assert "More time for this review" not in shown
    assert "A selection stands on this review" in shown
    # The reviewer's own page takes it by that day.
    client.force_login(found.reviewer)
    own = reverse("review:assignment", args=[found.assignment.reference])
    client.post(reverse("review:answer", args=[found.assignment.reference]), {"answer": "accept"})
    assert "You can revise it until" in squeezed(client.get(own))


def test_words_that_applicants_have_read_close_the_review_of_everybody(cast: Cast) -> None:
    panel = cast.panel_chair.person.mandates.get().body
    officer = cast.programme_officer
    call = make_two_step_call(officer=officer, panel=panel)
    application = led_on(make_outline(call, cast.applicant, 1))
    now = noon(call, "review")
    first = make_assignment(application, make_reviewer(call), now=now)
    make_review(first, 4, now=now, comment_for_applicant="Why does salt rise?")
    further = make_reviewer(call, person=make_person("Further Reviewer"))
    given = make_assignment(application, further, now=now)
    closed = step_closes_at(given.step) + HOUR
    found = Waiting(Contest(call, officer, officer, (application,)), given, officer, closed)
    found.extend(1)
    with pytest.raises(Refused, match="can still be revised until"):
        release_read_words(actor=officer, call=call, now=closed)
    release_read_words(actor=officer, call=call, now=found.end_of(1))
    with pytest.raises(
        Refused, match="What the reviewers of this step wrote has already been read"
    ):
        found.extend(2, after=2 * DAY)
