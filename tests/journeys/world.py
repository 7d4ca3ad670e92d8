"""One small alliance in which every address of the product leads to something, made through the
product's own actions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from anso.accounts.actions import issue_scoped_link
from anso.accounts.models import Account
from anso.applications.actions import ask_letters, save_answers
from anso.applications.models import Application, Document, Enquiry, ExportView, Namesake
from anso.awards.models import Offer
from anso.bulk.models import BulkAction
from anso.calls.actions import Edition, add_host_person, change_question, create_call, name_body
from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.decisions.models import Appeal, Decision
from anso.demonstration.applicants import ApplicationContext, make_application
from anso.demonstration.cast import assemble_cast
from anso.demonstration.story import (
    StoryContext,
    answer_offers,
    assign_call,
    fill_call,
    invite_panel,
    review_call,
    screen_call,
    select_call,
    set_up_call,
)
from anso.directory.models import Merge, Person
from anso.governance.models import Body
from anso.hosting.queries import applications_naming
from anso.interviews.models import Interview, InterviewTime
from anso.kernel.actors import SETUP
from anso.kernel.people_lists import read_people
from anso.matching.models import MatchRequest
from anso.notifications.models import Mailing, Message
from anso.programmes.models import Programme
from anso.review.actions import (
    Asking,
    accept_assignment,
    accept_invitation,
    invite_by_mail,
    invite_reviewer,
)
from anso.review.models import (
    Assignment,
    AssignmentProposal,
    Invitation,
    ListedName,
    Rebuttal,
    Reviewer,
)
from tests.factories.directory import make_person
from tests.factories.matching import make_open, make_request, make_side
from tests.factories.notifications import NOW, make_mailing, make_message
from tests.factories.review import (
    make_assignment,
    make_review,
    make_reviewer,
    release_read_words,
)
from tests.factories.steps import led_on, make_outline, make_two_step_call, noon


@dataclass(frozen=True)
class World:
    """The cast, and one object of each kind that addresses name."""

    cast: dict[str, Account]
    ended: Call
    reviewing: Call
    open: Call
    design: Call
    draft: Application
    submitted: Application
    decided: Application
    document: Document
    letter_token: str
    assignment: Assignment
    accepted: Assignment
    invitation: Reviewer
    offer: Offer
    offer_token: str
    asked: Invitation
    asked_token: str
    message: Message
    mailing: Mailing
    rebuttal: Rebuttal
    interview: Interview
    hour: InterviewTime
    named: Application
    appeal: Appeal
    listed: ListedName
    namesake: Namesake
    many: BulkAction
    stopped: BulkAction
    proposed: AssignmentProposal
    awaited: AssignmentProposal
    merge: Merge
    enquiry: Enquiry
    request: MatchRequest
    free: Application


def make_world() -> World:
    """A call with offers, a call in review, an open call. Needs demonstration mode and an empty
    database.
    """
    assert settings.DEMONSTRATION
    now = timezone.now().replace(microsecond=0)
    call_command("load_reference", verbosity=0)
    story = StoryContext(
        cast=assemble_cast(now=now - dt.timedelta(days=400)), random=Random(3), today=now.date()
    )
    ended = set_up_call(story, "fellowship", year=now.year, days=(-330, -230), is_small=True)
    decided = make_application(
        ApplicationContext(ended, story.random, ended.opens_at, ended.closes_at),
        1,
        account=story.cast["applicant"],
    )
    _run(story, ended, now - dt.timedelta(days=40), submitted=2)
    select_call(story, ended, now=now - dt.timedelta(days=10), until="released")
    answer_offers(story, ended, now=now - dt.timedelta(days=3), leave=story.cast["applicant"])
    reviewing = set_up_call(
        story, "fellowship", year=now.year, days=(-150, -55), further_round="c", is_small=True
    )
    _run(story, reviewing, now - dt.timedelta(days=6), submitted=3, leave_to_cast=True)
    # Of no family and no house with anybody here, so that something can always be proposed.
    person = make_person("Mette Sørensen")
    free = invite_reviewer(actor=SETUP, call=reviewing, person=person, capacity=9, now=now)
    accept_invitation(actor=person.account, reviewer=free, capacity=9, now=now)
    opened = set_up_call(story, "fellowship", year=now.year + 1, days=(-30, 40))
    draft = make_application(
        ApplicationContext(opened, story.random, opened.opens_at, now),
        5,
        share=0.9,
        account=story.cast["applicant"],
    )
    ask_letters(application=draft, actor=story.cast["applicant"], now=now)
    submitted = make_application(
        ApplicationContext(opened, story.random, opened.opens_at, now),
        6,
        account=story.cast["co_applicant"],
    )
    letter = draft.letters.order_by("id").first()
    token = issue_scoped_link(
        purpose="letter", about=letter, expires_at=now + dt.timedelta(days=9), now=now
    )
    assignment, accepted = Assignment.objects.filter(
        application__call=reviewing, reviewer__person__account=story.cast["reviewer"]
    )[:2]
    leave_something_to_do(story, opened, submitted, accepted, now)
    request, unasked = make_match(story, now)
    (asked,) = invite_by_mail(
        actor=SETUP,
        call=reviewing,
        lines=read_people(f"Nurlan Abenov,{story.cast['stranger'].email}").lines,
        asking=Asking(5, (now + dt.timedelta(days=2)).date(), "ar"),
        now=now,
    )
    ExportView.objects.create(
        call=opened,
        name="Ministry",
        columns=["number"],
        kept_by=story.cast["programme_officer"],
        kept_at=now,
    )
    rebuttal = make_rebuttal(story, now)
    hour, interview = make_hour(rebuttal, now)
    return World(
        cast=story.cast,
        ended=ended,
        reviewing=reviewing,
        open=opened,
        design=make_design(story, now),
        draft=draft,
        submitted=submitted,
        decided=decided,
        document=submitted.documents.order_by("id").first(),
        letter_token=token,
        assignment=assignment,
        accepted=accepted,
        invitation=assignment.reviewer,
        offer=Offer.objects.get(application=decided),
        asked=asked,
        asked_token=issue_scoped_link(
            purpose="review", about=asked, expires_at=now + dt.timedelta(days=9), now=now
        ),
        offer_token=issue_scoped_link(
            purpose="offer",
            about=decided.participants.get(role="applicant"),
            expires_at=now + dt.timedelta(days=9),
            now=now,
        ),
        message=Message.objects.order_by("id").first(),
        mailing=make_letters(opened, decided.decisions.get()),
        rebuttal=rebuttal,
        interview=interview,
        hour=hour,
        named=make_hosts_ask(reviewing, story, now),
        appeal=Appeal.objects.create(
            decision=decided.decisions.get(), ground="fact", text="لم تُقرأ الرسالة.", filed_at=now
        ),
        namesake=make_namesakes(assignment.application, accepted.application, now),
        enquiry=Enquiry.objects.create(
            application=submitted, text="هل أرسل جواز السفر لاحقًا؟", asked_at=now
        ),
        many=make_bulk(story, reviewing, "running", now),
        stopped=make_bulk(story, reviewing, "stopped", now),
        proposed=make_proposal(assignment, "ready", now - dt.timedelta(hours=1)),
        awaited=make_proposal(assignment, "running", now - dt.timedelta(minutes=9)),
        merge=make_merge(submitted.applicant, story.cast["programme_officer"], now),
        request=request,
        free=unasked,
        listed=ListedName.objects.create(
            call=accepted.reviewer.call, name="Kofi Mensah", key="p:kofi mensah", added_at=now
        ),
    )


def make_match(story: StoryContext, now: dt.datetime) -> tuple[MatchRequest, Application]:
    """A request that the referee made and the board member got, and somebody else to be asked."""
    serving = {"officer": story.officer, "panel": Body.objects.get(code="fellowship-panel")}
    helpers = make_side("volunteer", **serving)
    asking = make_open(make_side("need", **serving), applicant=story.cast["referee"])
    asked = make_open(helpers, applicant=story.cast["board_member"])
    return make_request(asking, asked, now=now, words="نرجو مساعدتكم."), make_open(helpers)


def make_bulk(story: StoryContext, call: Call, state: str, now: dt.datetime) -> BulkAction:
    """Work on many that runs, or was stopped after the first."""
    is_stopped = state == "stopped"
    return BulkAction.objects.create(
        code="applications.screen",
        key=f"world {state}",
        context_type="calls.call",
        context_id=call.pk,
        said={"verb": "confirm_eligible", "because": ""},
        items=[each.pk for each in call.applications.order_by("pk")[:2]],
        done=int(is_stopped),
        state=state,
        asked_by=story.cast["programme_officer"],
        asked_at=now,
        moved_at=now,
        ended_at=now if is_stopped else None,
    )


def make_proposal(given: Assignment, state: str, now: dt.datetime) -> AssignmentProposal:
    """What was proposed for a call, or has been worked out for too long."""
    is_ready = state == "ready"
    return AssignmentProposal.objects.create(
        call=given.reviewer.call,
        state=state,
        asked_by=given.reviewer.call.officers.get().account,
        asked_at=now,
        tried_at=now,
        ended_at=now if is_ready else None,
        applications=1,
        reviewers=1,
        pairs=[[given.application_id, given.reviewer_id]] if is_ready else [],
    )


def make_merge(kept: Person, officer: Account, now: dt.datetime) -> Merge:
    """Somebody in whom another record of theirs has become one."""
    return Merge.objects.create(
        kept=kept,
        gone=Person.objects.create(full_name=kept.full_name),
        because="Seen on the passport.",
        moved={},
        merged_by=officer,
        merged_at=now,
        undo_until=now + dt.timedelta(days=30),
    )


def make_namesakes(one: Application, other: Application, now: dt.datetime) -> Namesake:
    """Two applications of which an officer is asked whether they are of one person."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    return Namesake.objects.create(
        first=first, second=second, same="both", about="made", found_at=now
    )


def make_letters(call: Call, decision: Decision) -> Mailing:
    """Two letters of a call that wait for its officer."""
    mailing = make_mailing(call, code="decisions.outcomes")
    for _number in range(2):
        make_message(
            code="decisions.waiting",
            state="held",
            held_at=NOW,
            mailing=mailing,
            about_type="decisions.decision",
            about_id=decision.pk,
            context_type="calls.call",
            context_id=call.pk,
        )
    # The cast is played only where nobody else has an account.
    Account.objects.update(is_demonstration=True)
    return mailing


def make_rebuttal(story: StoryContext, now: dt.datetime) -> Rebuttal:
    """In a call of two steps, one applicant who may answer the reviewers today, and another for
    whom their words are not released yet.
    """
    body = Body.objects.get(code="fellowship-panel")
    call = make_two_step_call(officer=story.officer, panel=body)
    reviewer, made = make_reviewer(call, person=story.cast["reviewer"].person), []
    for number, role in enumerate(("applicant", "co_applicant"), 1):
        application = led_on(make_outline(call, story.cast[role], number))
        at = noon(call, "review")
        make_review(make_assignment(application, reviewer, now=at), now=at)
        if not made:
            made = release_read_words(actor=story.officer, call=call, now=noon(call, "answers"))
    days = {"review": (-30, -2), "answers": (-1, 9)}
    for key, (first, last) in days.items():
        call.steps.filter(key=key).update(
            starts_on=story.today + dt.timedelta(days=first),
            ends_on=story.today + dt.timedelta(days=last),
        )
    return Rebuttal.objects.get(pk=made[0].pk)


def make_hour(rebuttal: Rebuttal, now: dt.datetime) -> tuple[InterviewTime, Interview]:
    """Whoever answers reviewers may also choose when to be heard, in the step that runs now."""
    begins = now + dt.timedelta(days=2)
    hour = InterviewTime.objects.create(
        step=rebuttal.step,
        starts_at=begins,
        ends_at=begins + dt.timedelta(minutes=20),
        place="https://meet.example.org/4",
    )
    interview = Interview.objects.create(
        application=rebuttal.application,
        step=rebuttal.step,
        choose_until=now + dt.timedelta(days=1),
        invited_at=now,
    )
    return hour, interview


def make_hosts_ask(call: Call, story: StoryContext, now: dt.datetime) -> Application:
    """Hosts answer today, and one of the cast for that that the first of the candidates named."""
    step = call.steps.get(block="hosts")
    step.starts_on, step.ends_on = story.today - dt.timedelta(days=1), story.today
    step.ends_on += dt.timedelta(days=9)
    step.save()
    host = call.hosts.get(key="USTC")
    application = applications_naming(host, step).filter(state="eligible").first()
    assert application is not None
    person = story.cast["admitting"].person
    add_host_person(call=call, key=host.key, person=person, actor=SETUP, now=now)
    return application


def make_design(story: StoryContext, now: dt.datetime) -> Call:
    """A call that is still drafted, with everything that it needs to be published."""
    programme = Programme.objects.get(code="fellowship")
    day = story.today + dt.timedelta(days=30)
    edition = Edition(
        year=now.year + 1, opens_on=day, closes_on=day + dt.timedelta(days=60), round="d"
    )
    call = create_call(programme=programme, edition=edition, actor=story.officer, now=now)
    panel = Body.objects.get(code="fellowship-panel")
    facts = {"function": BodyFunction.PANEL, "body": panel, "actor": story.officer, "now": now}
    name_body(call=call, base_revision=call.revision, **facts)
    return call


def leave_something_to_do(
    story: StoryContext,
    opened: Call,
    submitted: Application,
    accepted: Assignment,
    now: dt.datetime,
) -> None:
    """What the pages act on: questions that wait to be put in force, a submission that was changed
    since, a review that is late, and a reviewer who has room.
    """
    actor = submitted.applicant.account
    accept_assignment(actor=story.cast["reviewer"], assignment=accepted, now=now)
    Assignment.objects.filter(pk=accepted.pk).update(due_at=now - dt.timedelta(days=1))
    free = story.cast["members_delegate"]
    invited = invite_reviewer(
        call=accepted.application.call,
        person=free.person,
        capacity=2,
        actor=story.officer,
        now=now,
    )
    accept_invitation(actor=free, reviewer=invited, capacity=2, now=now)
    change_question(
        call=opened,
        purpose="application",
        key="title",
        changes={"hint_en": "One line."},
        base_revision=opened.revision,
        actor=story.officer,
        now=now,
    )
    submitted.refresh_from_db()
    save_answers(
        application=submitted,
        fields={"title": "A title that was changed after submission"},
        base=submitted.revision,
        token="changed",
        actor=actor,
        now=now,
    )
    submitted.refresh_from_db()


def _run(
    story: StoryContext,
    call: Call,
    now: dt.datetime,
    *,
    submitted: int,
    leave_to_cast: bool = False,
) -> None:
    first = call.pk * 1000
    fill_call(story, call, submitted=submitted, drafts=0, first=first, until=call.closes_at)
    screen_call(story, call, now=call.closes_at + dt.timedelta(days=1))
    at = now if leave_to_cast else call.closes_at + dt.timedelta(days=40)
    invite_panel(story, call, count=1, first=first + 900, now=at - dt.timedelta(days=3))
    assign_call(story, call, now=at)
    review_call(story, call, now=at + dt.timedelta(hours=1), leave_to_cast=leave_to_cast)
