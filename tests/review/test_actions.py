"""Assigning, answering, writing: conflicts, loads, drafts that are never lost, mails that are
written once.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.audit.queries import entries_about
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.directory.models import Affiliation, Expertise, Interest, Person
from anso.kernel.actors import CLOCK, SETUP
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.review import notices
from anso.review.actions import (
    accept_invitation,
    assign_reviewer,
    assign_reviewers,
    cancel_assignment,
    declare_conflict,
    decline_assignment,
    decline_invitation,
    invite_reviewer,
    release_reviewer,
    remind_reviewers,
    save_review_draft,
    submit_review,
)
from anso.review.actions.mail import notify_reviewer
from anso.review.actions.reviewing import find_review_problems
from anso.review.models import Assignment, Review, Reviewer
from anso.review.queries import (
    assignments_visible_to,
    get_reviews_close_at,
    proposals,
    propose_assignments,
    reviewers_of_call,
)
from anso.review.queries.conflicts import conflicts_between, get_conflict_facts
from anso.review.queries.proposals import _affinity
from anso.review.tasks import remind_late_reviewers
from anso.review.wording import todo_items_for
from tests.factories.applications import make_letter, make_submitted_application
from tests.factories.calls import make_call
from tests.factories.directory import make_organisation, make_person
from tests.factories.review import (
    IN_REVIEW,
    account_of,
    make_assignment,
    make_eligible_application,
    make_review,
    make_reviewer,
    review_entries,
)

pytestmark = pytest.mark.django_db
DUE = IN_REVIEW + dt.timedelta(days=10)


def assign(application: Application, reviewer: object) -> Assignment:
    return assign_reviewer(
        actor=SETUP, application=application, reviewer=reviewer, due_at=DUE, now=IN_REVIEW
    )  # type: ignore[arg-type]


def eligible(call: Call, number: int) -> Application:
    account = make_person(f"Applicant {number}").account
    return make_eligible_application(call, applicant=account)


def test_conflicts_are_computed_and_stop_an_assignment() -> None:
    application = make_eligible_application()
    shared = make_organisation()
    Affiliation.objects.create(
        person=application.applicant, organisation=shared, starts_on=dt.date(2020, 1, 1)
    )
    colleague, writer, namesake, friend, alumnus = (
        make_reviewer(application.call, person=make_person(f"Person {n}")) for n in range(5)
    )
    Affiliation.objects.create(
        person=colleague.person, organisation=shared, starts_on=dt.date(2024, 1, 1)
    )
    make_letter(application, "referee_1", email=writer.person.account.email.upper(), position=7)  # type: ignore[union-attr]
    make_letter(application, "referee_2", full_name="Person  2", position=8)
    Interest.objects.create(
        person=friend.person,
        other_person=application.applicant,
        kind="family",
        declared_at=IN_REVIEW,
    )
    nairobi = make_organisation(name="University of Nairobi")
    Affiliation.objects.create(
        person=alumnus.person, organisation=nairobi, starts_on=dt.date(2020, 1, 1)
    )
    for reviewer, words in (
        (colleague, "same organisation"),
        (writer, "asked for a letter"),
        (namesake, "same name"),
        (friend, "declared an interest"),
        (alumnus, "organisation that was named"),
    ):
        with pytest.raises(BadInput, match=words):
            assign(application, reviewer)
    with pytest.raises(Refused, match="a party to a file"):
        make_reviewer(application.call, person=application.applicant)
    assert (
        assign(
            application, make_reviewer(application.call, person=make_person("Somebody else"))
        ).state
        == "assigned"
    )


def test_a_past_affiliation_is_no_conflict() -> None:
    application = make_eligible_application()
    shared = make_organisation()
    for person, ends_on in (
        (application.applicant, None),
        ((reviewer := make_reviewer(application.call)).person, dt.date(2026, 1, 1)),
    ):
        Affiliation.objects.create(
            person=person, organisation=shared, starts_on=dt.date(2020, 1, 1), ends_on=ends_on
        )
    assert assign(application, reviewer).state == "assigned"


def test_a_declared_conflict_is_kept_for_every_later_call() -> None:
    assignment = make_assignment()
    person, applicant = assignment.reviewer.person, assignment.application.applicant
    declare_conflict(
        actor=account_of(assignment),
        assignment=assignment,
        kind="joint_work",
        remark=" A paper. ",
        now=IN_REVIEW,
    )
    assert Interest.objects.get().remark == "A paper."
    with translation.override("ar"):  # each reader is told the kind in their own language
        assert assignment.remark_told == "نشرا أو عملا معًا"
    assert assignments_visible_to(account_of(assignment)).get().state == "conflicted"
    later = make_eligible_application(make_call(), applicant=applicant.account)
    with pytest.raises(BadInput, match="published or worked with"):
        assign(later, make_reviewer(later.call, person=person))
    assert propose_assignments(later.call, IN_REVIEW).pairs == ()


def test_nobody_gets_more_than_they_offered() -> None:
    call = make_call()
    reviewer = make_reviewer(call, capacity=1)
    first, second = eligible(call, 1), eligible(call, 2)
    with pytest.raises(BadInput, match="as many already"):
        assign_reviewers(
            actor=SETUP,
            call=call,
            pairs=[(first, reviewer), (second, reviewer)],
            due_at=DUE,
            now=IN_REVIEW,
        )
    assert not Assignment.objects.exists()
    assign(first, reviewer)
    with pytest.raises(BadInput, match="as many already"):
        assign(second, reviewer)


def test_many_assignments_are_announced_in_one_mail_that_counts_them() -> None:
    call = make_call()
    reviewer = make_reviewer(call)
    pairs = [(eligible(call, number), reviewer) for number in range(3)]
    assign_reviewers(actor=SETUP, call=call, pairs=pairs, due_at=DUE, now=IN_REVIEW)
    assert Message.objects.get(code="review.assignment").subject.startswith("3 applications")


def test_whoever_gave_an_application_back_is_not_asked_again_a_taken_back_one_can_be_given() -> (
    None
):
    assignment = make_assignment()
    application, reviewer = assignment.application, assignment.reviewer
    cancel_assignment(actor=SETUP, assignment=assignment, now=IN_REVIEW)
    assert assign(application, reviewer).pk == assignment.pk
    assignment.refresh_from_db()
    with pytest.raises(BadInput, match="why"):
        decline_assignment(
            actor=account_of(assignment), assignment=assignment, reason=" ", now=IN_REVIEW
        )
    decline_assignment(
        actor=account_of(assignment), assignment=assignment, reason="Not my subject.", now=IN_REVIEW
    )
    with pytest.raises(BadInput, match="gave it back"):
        assign(application, reviewer)


def test_the_date_must_lie_before_the_reviews_close() -> None:
    application = make_eligible_application()
    reviewer = make_reviewer(application.call)
    for due_at in (IN_REVIEW, IN_REVIEW + dt.timedelta(days=60)):
        with pytest.raises(BadInput, match="must lie between"):
            assign_reviewer(
                actor=SETUP,
                application=application,
                reviewer=reviewer,
                due_at=due_at,
                now=IN_REVIEW,
            )


def test_a_proposal_fits_subjects_first_and_says_what_it_lacks() -> None:
    call = make_call()
    application = make_eligible_application(call)
    fitting = make_reviewer(call, person=make_person("Fits"), subject="07")
    make_reviewer(call, person=make_person("Other"), subject="01")
    proposal = propose_assignments(call, IN_REVIEW)
    assert {reviewer.person.full_name for _, reviewer in proposal.pairs} == {"Fits", "Other"}
    assert proposal.short == ((application, 1, True),)
    assert fitting in [reviewer for _, reviewer in proposal.pairs]


def test_a_proposal_prefers_the_subject_and_keeps_loads_even() -> None:
    call = make_call()
    applications = [eligible(call, number) for number in range(4)]
    for number in range(6):
        make_reviewer(
            call,
            person=make_person(f"Reviewer {number}"),
            subject="07" if number < 4 else "01",
            capacity=10,
        )
    proposal = propose_assignments(call, IN_REVIEW)
    assert len(proposal.pairs) == 3 * len(applications)
    assert not proposal.short
    loads = [
        sum(chosen == load.reviewer for _, chosen in proposal.pairs)
        for load in reviewers_of_call(call, IN_REVIEW)
    ]
    assert max(loads) <= 3
    assign_reviewers(actor=SETUP, call=call, pairs=proposal.pairs, due_at=DUE, now=IN_REVIEW)
    assert propose_assignments(call, IN_REVIEW).pairs == ()


def test_words_of_a_reviewer_add_to_the_subject_and_never_take_away() -> None:
    call = make_call()
    application = make_eligible_application(call)
    words = str(application.answers["keywords"]["value"])
    for name, subject, keywords in (
        ("Subject", "07", "xylophones"),
        ("Words", "07", words),
        ("Neither", "01", ""),
        ("Other", "07", ""),
    ):
        reviewer = make_reviewer(call, person=make_person(name), subject=subject)
        Expertise.objects.filter(person=reviewer.person).update(keywords=keywords)
    names = [load.reviewer.person.full_name for load in reviewers_of_call(call, IN_REVIEW)]
    row = dict(
        zip(
            names,
            _affinity(
                [application], [load.reviewer for load in reviewers_of_call(call, IN_REVIEW)]
            )[0],
            strict=True,
        )
    )
    assert row["Words"] > 0.9
    assert row["Subject"] == row["Other"] == 0.6
    assert row["Neither"] == 0


def test_the_application_worst_off_comes_first_where_the_total_stays_the_best() -> None:
    """Four fitting reviewers for two applications of three reviews: one gets three of them or both
    get two.
    """
    call = make_call()
    applications = [eligible(call, number) for number in range(2)]
    fitting = [
        make_reviewer(call, person=make_person(f"Fits {number}"), subject="07", capacity=1)
        for number in range(4)
    ]
    for number in range(2):
        make_reviewer(call, person=make_person(f"Other {number}"), subject="01", capacity=1)
    proposal = propose_assignments(call, IN_REVIEW)
    assert not proposal.short
    for application in applications:
        assert (
            sum(reviewer in fitting for each, reviewer in proposal.pairs if each == application)
            == 2
        )


def test_large_calls_take_the_best_total(monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_call()
    make_eligible_application(call)
    make_reviewer(call, subject="07")
    monkeypatch.setattr(proposals, "FAIR_CELLS", 0)
    assert len(propose_assignments(call, IN_REVIEW).pairs) == 1


def test_a_submission_that_is_refused_keeps_everything_typed() -> None:
    assignment = make_assignment(accepted=True)
    account = account_of(assignment)
    save_review_draft(
        actor=account,
        assignment=assignment,
        changes={"comment_for_panel": "Half a thought"},
        base_revision=0,
        now=IN_REVIEW,
    )
    with pytest.raises(BadInput) as refusal:
        submit_review(
            actor=account,
            assignment=assignment,
            entries={"score-proposal": "9", "score-relevance": "cannot"},
            base_revision=1,
            now=IN_REVIEW,
        )
    assert set(refusal.value.message.facts["problems"]) >= {
        "score-proposal",
        "why-relevance",
        "score-academic_record",
    }
    assignment.refresh_from_db()
    assert assignment.draft == {"comment_for_panel": "Half a thought"}
    assert not Review.objects.exists()


def test_a_review_is_revised_until_close_and_every_revision_is_recorded() -> None:
    review = make_review(score=4)
    assignment = Assignment.objects.get(pk=review.assignment_id)
    account = account_of(assignment)
    submit_review(
        actor=account,
        assignment=assignment,
        entries=review_entries(assignment.application.call, 5),
        base_revision=assignment.draft_revision,
        now=IN_REVIEW,
    )
    review.refresh_from_db()
    assert review.revision == 2
    last = entries_about(review).last()
    assert last is not None
    assert last.verb == "revise_review"
    assert last.changes["proposal"] == ["4.00", "5"]
    assert last.changes["comment_for_panel"] == "changed"
    with pytest.raises(Refused, match="closed"):
        submit_review(
            actor=account,
            assignment=assignment,
            entries={},
            base_revision=assignment.draft_revision,
            now=IN_REVIEW + dt.timedelta(days=60),
        )


def test_comments_that_are_too_long_are_refused() -> None:
    assignment = make_assignment(accepted=True)
    entries = review_entries(assignment.application.call) | {"comment_for_applicant": "word " * 251}
    with pytest.raises(BadInput, match="too long"):
        submit_review(
            actor=account_of(assignment),
            assignment=assignment,
            entries=entries,
            base_revision=0,
            now=IN_REVIEW,
        )


def test_reminders_are_one_mail_per_reviewer_and_day() -> None:
    call = make_call()
    reviewer = make_reviewer(call)
    made = [assign(eligible(call, number), reviewer) for number in range(2)]
    assert remind_reviewers(actor=CLOCK, call=call, assignments=made, now=IN_REVIEW) == 1
    assert (
        remind_reviewers(
            actor=CLOCK, call=call, assignments=made, now=IN_REVIEW + dt.timedelta(hours=2)
        )
        == 0
    )
    assert Message.objects.get(code="review.reminder").subject.startswith("2 reviews")
    assert list(Assignment.objects.values_list("reminder_count", flat=True)) == [1, 1]
    with pytest.raises(BadInput, match="nothing to remind"):
        remind_reviewers(actor=CLOCK, call=call, assignments=[], now=IN_REVIEW)


def test_inviting_needs_an_account_and_happens_once() -> None:
    call = make_call()
    with pytest.raises(BadInput, match="no account"):
        invite_reviewer(
            actor=SETUP,
            call=call,
            person=make_person("Nobody", has_account=False),
            capacity=3,
            now=IN_REVIEW,
        )
    person = make_person("Somebody")
    with pytest.raises(BadInput, match="between 1 and 500"):
        invite_reviewer(actor=SETUP, call=call, person=person, capacity=0, now=IN_REVIEW)
    first = invite_reviewer(actor=SETUP, call=call, person=person, capacity=3, now=IN_REVIEW)
    assert (
        invite_reviewer(actor=SETUP, call=call, person=person, capacity=9, now=IN_REVIEW).pk
        == first.pk
    )
    invitation = Message.objects.get(code="review.invitation")
    assert re.search(r"it closes on \d+ \w+ 2027, 23:59 \(Beijing\), which is", invitation.body)
    release_reviewer(actor=SETUP, reviewer=first, now=IN_REVIEW)
    again = invite_reviewer(actor=SETUP, call=call, person=person, capacity=5, now=IN_REVIEW)
    assert (again.pk, again.state, again.capacity) == (first.pk, "invited", 5)


def test_declining_to_review_gives_open_assignments_back_and_releasing_takes_them_back() -> None:
    assignment = make_assignment()
    reviewer, account = assignment.reviewer, account_of(assignment)
    decline_invitation(actor=account, reviewer=reviewer, reason="No time.", now=IN_REVIEW)
    assignment.refresh_from_db()
    assert (assignment.state, assignment.remark) == ("declined", "No time.")
    other = make_assignment(eligible(make_call(), 1))
    release_reviewer(actor=SETUP, reviewer=other.reviewer, now=IN_REVIEW)
    other.refresh_from_db()
    assert other.state == "cancelled"
    assert Message.objects.filter(code="review.released").count() == 1


def test_what_a_reviewer_has_to_do_ends_when_the_reviews_close() -> None:
    assignment = make_assignment()
    account: Account = account_of(assignment)
    assert [item.text for item in todo_items_for(account, IN_REVIEW)] == [
        f"Say whether you can judge {assignment.application.number}"
    ]
    assert todo_items_for(account, IN_REVIEW + dt.timedelta(days=60)) == []


def test_an_answer_says_how_many_between_one_and_five_hundred() -> None:
    reviewer = make_reviewer()
    account = reviewer.person.account
    assert account is not None
    with pytest.raises(BadInput, match="how many"):
        accept_invitation(actor=account, reviewer=reviewer, capacity=0, now=IN_REVIEW)


def test_only_what_is_eligible_is_given_and_only_to_those_who_agreed() -> None:
    call = make_call()
    reviewer, application = make_reviewer(call), eligible(call, 1)
    with pytest.raises(BadInput, match="was not found eligible"):
        assign(make_submitted_application(call, applicant=make_person("B").account), reviewer)
    invited = invite_reviewer(
        actor=SETUP, call=call, person=make_person("C"), capacity=3, now=IN_REVIEW
    )
    with pytest.raises(BadInput, match="has not agreed to review"):
        assign(application, invited)
    with pytest.raises(BadInput, match="has not agreed to review"):
        assign(application, make_reviewer(make_call(), person=make_person("D")))


def test_who_declined_is_not_told_that_the_invitation_was_taken_back() -> None:
    invited = invite_reviewer(
        actor=SETUP, call=make_call(), person=make_person("C"), capacity=3, now=IN_REVIEW
    )
    account = invited.person.account
    assert account is not None
    decline_invitation(actor=account, reviewer=invited, reason="No time", now=IN_REVIEW)
    invited.refresh_from_db()
    release_reviewer(actor=SETUP, reviewer=invited, now=IN_REVIEW)
    assert not Message.objects.filter(code="review.released").exists()


@pytest.mark.parametrize("score", ["good", "NaN", "7", "0", "2.5"])
def test_a_score_that_is_none_is_refused_with_its_place(score: str) -> None:
    rubric = get_terms(make_call()).rubric
    problems = find_review_problems(rubric, {f"score-{rubric.criteria[0].key}": score})
    assert "one of the scale" in str(problems[f"score-{rubric.criteria[0].key}"])


@pytest.mark.parametrize(("why", "told"), [("", "Say in a few words"), ("x" * 301, "1 too many")])
def test_why_something_cannot_be_judged_is_said_and_not_cut(why: str, told: str) -> None:
    rubric = get_terms(make_call()).rubric
    key = rubric.criteria[0].key
    entries = {f"score-{key}": "cannot", f"why-{key}": why}
    assert told in str(find_review_problems(rubric, entries)[f"why-{key}"])
    assert f"why-{key}" not in find_review_problems(rubric, entries | {f"why-{key}": "x" * 300})


def test_a_reviewer_without_an_account_is_not_written_to() -> None:
    assignment = make_assignment()
    Person.objects.filter(pk=assignment.reviewer.person_id).update(account=None)
    reviewer = Reviewer.objects.get(pk=assignment.reviewer_id)
    assert notify_reviewer(notices.REMINDER, reviewer, actor=SETUP, now=IN_REVIEW, key="k") is False


def test_nobody_has_no_assignments_and_a_call_without_reviews_no_last_day() -> None:
    assignment = make_assignment()
    assert not assignments_visible_to(AnonymousUser()).exists()  # type: ignore[arg-type]
    terms = KINDS["fellowship"].terms_for(2027)
    without = make_call(
        terms=replace(
            terms, stages=tuple(stage for stage in terms.stages if stage.block != "review")
        )
    )
    assert get_reviews_close_at(without, IN_REVIEW) is None
    assert get_reviews_close_at(assignment.application.call, IN_REVIEW) is not None


def test_the_clock_reminds_before_a_review_is_due_and_every_week_once_it_is_late() -> None:
    assignment = make_assignment(accepted=True, now=IN_REVIEW - dt.timedelta(days=10))
    steps = ((-4, 0), (-2, 1), (-1, 1), (1, 2), (7, 2), (9, 3), (300, 3))
    for days, count in steps:
        with time_machine.travel(assignment.due_at + dt.timedelta(days=days), tick=False):
            remind_late_reviewers(0)
            now = dt.datetime.now(tz=dt.UTC)
        assert Message.objects.filter(code="review.reminder").count() == count, days
        if days == 9:
            (load,) = reviewers_of_call(assignment.application.call, now)
            assert (load.late, load.reminded_at) == (1, now)
    assignment.refresh_from_db()
    assert assignment.reminder_count == 3


def test_an_organisation_without_a_name_is_nobodys_institution() -> None:
    call = make_call()
    reviewer, application = make_reviewer(call), eligible(call, 1)
    Affiliation.objects.create(
        person=reviewer.person,
        organisation=make_organisation(name=" "),
        starts_on=dt.date(2020, 1, 1),
    )
    application.answers["degree_institution"] = {"value": " "}
    facts = get_conflict_facts([reviewer.person], [application], IN_REVIEW.date())
    assert conflicts_between(reviewer.person, application, facts) == []
