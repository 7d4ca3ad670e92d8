"""What has happened in the demonstration alliance so far: a call that is open, one that waits for
its chair, one that has ended.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from anso.accounts.models import Account
from anso.applications.actions import check_applications, screen_applications
from anso.applications.models import Application
from anso.awards.actions import accept_offer, decline_offer, make_offers
from anso.awards.models import Offer
from anso.calls.actions import (
    Edition,
    change_intake,
    change_outcome,
    create_call,
    name_body,
    publish_call,
)
from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.decisions.actions import (
    compute_selection,
    confirm_selection,
    notify_decided_applicants,
    outcome_mailing,
    pass_words_on,
    propose_selection,
    release_decisions,
)
from anso.demonstration.applicants import ApplicationContext, make_application, make_reviewer
from anso.directory.models import Expertise
from anso.governance.models import Body
from anso.kernel.actors import SETUP
from anso.kernel.terms import OutcomePart, PlaceReserve
from anso.notifications.actions import release_letters
from anso.notifications.models import Mailing
from anso.programmes.models import Programme
from anso.review.actions import (
    accept_assignment,
    accept_invitation,
    assign_reviewers,
    declare_conflict,
    invite_reviewer,
    submit_review,
)
from anso.review.models import Assignment
from anso.review.queries import get_reviews_close_at, propose_assignments, reviewers_of_call

PLACES_DIVIDED_BY = 25
STRONG = 5.4
KEPT = (PlaceReserve("women", 8),)


@dataclass(frozen=True)
class StoryContext:
    """The people and the source of chance of the whole story."""

    cast: dict[str, Account]
    random: Random
    today: dt.date

    @property
    def officer(self) -> Account:
        """Who works on all calls."""
        return self.cast["programme_officer"]


def set_up_call(
    story: StoryContext,
    code: str,
    *,
    year: int,
    days: tuple[int, int],
    further_round: str = "",
    is_small: bool = False,
) -> Call:
    """A published call that opens and closes the given numbers of days from today; small ones have
    few places, and no batch follows one that is closed.
    """
    opens_on, closes_on = (story.today + dt.timedelta(days=distance) for distance in days)
    before = dt.datetime.combine(opens_on - dt.timedelta(days=7), dt.time(9), dt.UTC)
    edition = Edition(year=year, opens_on=opens_on, closes_on=closes_on, round=further_round)
    call = create_call(
        programme=Programme.objects.get(code=code), edition=edition, actor=story.officer, now=before
    )
    name_body(
        call=call,
        function=BodyFunction.PANEL,
        body=Body.objects.get(code="fellowship-panel"),
        base_revision=call.revision,
        actor=story.officer,
        now=before,
    )
    if is_small:
        change_outcome(
            call=call,
            changes={"counts": small_counts(get_terms(call).outcome), "reserves": KEPT},
            base_revision=call.revision,
            actor=story.officer,
            now=before,
        )
    if closes_on < story.today and get_terms(call).intake.is_rolling:
        change_intake(
            call=call,
            changes={"last_on": closes_on},
            base_revision=call.revision,
            actor=story.officer,
            now=before,
        )
    publish_call(call=call, actor=story.officer, now=before)
    call.refresh_from_db()
    return call


def small_counts(part: OutcomePart) -> dict[str, int]:
    """A small part of the places, at least one in every leaf; the groups above hold what those
    below sum to.
    """
    held = {leaf.key: max(1, round(leaf.capacity / PLACES_DIVIDED_BY)) for leaf in part.leaves()}

    def capacity(key: str) -> int:
        return (
            held[key]
            if key in held
            else sum(capacity(node.key) for node in part.tree() if node.parent == key)
        )

    return {node.key: capacity(node.key) for node in part.tree()}


def fill_call(
    story: StoryContext, call: Call, *, submitted: int, drafts: int, first: int, until: dt.datetime
) -> None:
    """Applications of invented people, numbered from ``first``."""
    context = ApplicationContext(
        call, story.random, call.opens_at, min(until, call.closes_at - dt.timedelta(hours=1))
    )
    for number in range(first, first + submitted):
        make_application(context, number)
    for number in range(first + submitted, first + submitted + drafts):
        make_application(context, number, share=story.random.uniform(0.15, 0.85))


def screen_call(story: StoryContext, call: Call, *, now: dt.datetime) -> None:
    """The rules are checked, the officer follows them."""
    waiting = list(Application.objects.filter(call=call, state="submitted").order_by("id"))
    check_applications(applications=waiting, actor=story.officer, now=now)
    verdicts = {
        application.pk: application.eligibility_checks.order_by("-id").first()
        for application in waiting
    }
    fit = [
        application
        for application in waiting
        if (check := verdicts[application.pk]) is None or check.is_eligible is not False
    ]
    unfit = [application for application in waiting if application not in fit]
    screen_applications(applications=fit, verb="confirm_eligible", actor=story.officer, now=now)
    screen_applications(applications=unfit, verb="reject_ineligible", actor=story.officer, now=now)


def invite_panel(
    story: StoryContext, call: Call, *, count: int, first: int, now: dt.datetime
) -> None:
    """Reviewers with subjects, all of whom say yes; the reviewers of the cast are among them."""
    subjects = ("01", "02", "03", "04", "05", "06", "07", "08", "09")
    people = [story.cast["reviewer"], story.cast["conflicted_reviewer"]]
    for number in range(first, first + count):
        account = make_reviewer(story.random, number, now=now)
        Expertise.objects.bulk_create(
            Expertise(person=account.person, subject=code)
            for code in story.random.sample(subjects, 3)
        )
        people.append(account)
    for account in people:
        capacity = 6 if account.demonstration_role else 40
        reviewer = invite_reviewer(
            actor=story.officer, call=call, person=account.person, capacity=capacity, now=now
        )
        accept_invitation(
            actor=account, reviewer=reviewer, capacity=capacity, now=now + dt.timedelta(days=1)
        )


def assign_call(story: StoryContext, call: Call, *, now: dt.datetime) -> None:
    """What the officer does with one click: carry out the proposal."""
    proposal = propose_assignments(call, now)
    soon, closes_at = now + dt.timedelta(days=21), get_reviews_close_at(call, now)
    due_at = min(soon, closes_at - dt.timedelta(minutes=1)) if closes_at else soon
    assign_reviewers(actor=story.officer, call=call, pairs=proposal.pairs, due_at=due_at, now=now)


def review_call(
    story: StoryContext, call: Call, *, now: dt.datetime, leave_to_cast: bool = False
) -> None:
    """Reviews by everybody, applicants of the cast strong; what is left to the cast stays open, and
    one conflict is declared.
    """
    severity = {
        load.reviewer.pk: story.random.uniform(-0.7, 0.7) for load in reviewers_of_call(call, now)
    }
    merit: dict[int, float] = {}
    of_the_cast = {account.pk for account in story.cast.values()}
    has_declared = False
    waiting = Assignment.objects.filter(application__call=call, state="assigned").order_by("id")
    for assignment in waiting.select_related(
        "reviewer__person__account", "application__call", "application__applicant"
    ):
        account = assignment.reviewer.person.account
        if account is None or (leave_to_cast and account.demonstration_role == "reviewer"):
            continue
        if account.demonstration_role == "conflicted_reviewer" and not has_declared:
            declare_conflict(
                actor=account,
                assignment=assignment,
                kind="joint_work",
                remark="We published together in 2024.",
                now=now,
            )
            has_declared = True
            continue
        usual = (
            STRONG
            if assignment.application.applicant.account_id in of_the_cast
            else story.random.gauss(4.1, 0.9)
        )
        quality = merit.setdefault(assignment.application_id, usual)
        accept_assignment(actor=account, assignment=assignment, now=now)
        entries = review_entries(story.random, call, quality + severity[assignment.reviewer_id])
        submit_review(
            actor=account,
            assignment=assignment,
            entries=entries,
            base_revision=assignment.draft_revision,
            now=now + dt.timedelta(days=3),
        )


def review_entries(random: Random, call: Call, level: float) -> dict[str, str]:
    """Scores around a level, now and then "cannot judge", and a few words."""
    rubric = get_terms(call).rubric
    entries: dict[str, str] = {}
    for criterion in rubric.criteria:
        if random.random() < 0.04:
            entries |= {
                f"score-{criterion.key}": "cannot",
                f"why-{criterion.key}": "Outside my field.",
            }
        else:
            value = min(
                rubric.scale_highest, max(rubric.scale_lowest, round(random.gauss(level, 0.6)))
            )
            entries[f"score-{criterion.key}"] = str(Decimal(value))
    good = level > 4
    entries["comment_for_panel"] = (
        "A clear question and a plan that can be carried out."
        if good
        else "The aim is fine; the method is thin."
    )
    entries["comment_for_applicant"] = (
        "Say early on what would prove you wrong."
        if good
        else "Describe one measurement in full: where, how often, with what error."
    )
    return entries


def select_call(story: StoryContext, call: Call, *, now: dt.datetime, until: str) -> None:
    """Compute and go on as far as asked: "proposed" or "released"."""
    run = compute_selection(actor=story.officer, call=call, now=now)
    because = "Those reviewers who fell ill were not replaced; the panel read these files itself."
    propose_selection(actor=story.officer, run=run, now=now, because=because)
    if until == "proposed":
        return
    confirm_selection(actor=story.cast["panel_chair"], run=run, now=now + dt.timedelta(days=2))
    pass_words_on(actor=story.officer, call=call, references=None, now=now + dt.timedelta(days=3))
    release_decisions(actor=story.officer, run=run, now=now + dt.timedelta(days=3))
    notify_decided_applicants(actor=SETUP, run=run, now=now + dt.timedelta(days=3))
    make_offers(actor=SETUP, call=call, now=now + dt.timedelta(days=3))
    mailing = outcome_mailing(run, SETUP, now + dt.timedelta(days=3))
    release_letters(mailing=mailing, actor=story.officer, now=now + dt.timedelta(days=3))


def answer_offers(story: StoryContext, call: Call, *, now: dt.datetime, leave: Account) -> None:
    """Nine in ten accept; declined places go to the next, who accept in turn. One person is left to
    answer for themselves.
    """
    for _ in range(3):
        # Whoever is next hears of it when the officer lets their letter go.
        for mailing in Mailing.objects.filter(letters__state="held", context_id=call.pk).distinct():
            release_letters(mailing=mailing, actor=story.officer, now=now)
        for offer in (
            Offer.objects.filter(application__call=call, state="made")
            .select_related("application__applicant__account")
            .order_by("id")
        ):
            account = offer.application.applicant.account
            if account is None or account == leave:
                continue
            if story.random.random() < 0.9:
                accept_offer(actor=account, offer=offer, now=now)
            else:
                decline_offer(
                    actor=account, offer=offer, reason="I have taken a place nearer home.", now=now
                )
