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
from anso.applications.actions import ask_letters
from anso.applications.models import Application, Document
from anso.awards.models import Offer
from anso.calls.models import Call
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
from anso.notifications.models import Message
from anso.review.models import Assignment, Reviewer


@dataclass(frozen=True)
class World:
    """The cast, and one object of each kind that addresses name."""

    cast: dict[str, Account]
    ended: Call
    reviewing: Call
    open: Call
    draft: Application
    submitted: Application
    decided: Application
    document: Document
    letter_token: str
    assignment: Assignment
    invitation: Reviewer
    offer: Offer
    message: Message


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
    assignment = Assignment.objects.filter(
        application__call=reviewing, reviewer__person__account=story.cast["reviewer"]
    ).first()
    return World(
        cast=story.cast,
        ended=ended,
        reviewing=reviewing,
        open=opened,
        draft=draft,
        submitted=submitted,
        decided=decided,
        document=submitted.documents.order_by("id").first(),
        letter_token=token,
        assignment=assignment,
        invitation=assignment.reviewer,
        offer=Offer.objects.get(application=decided),
        message=Message.objects.order_by("id").first(),
    )


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
