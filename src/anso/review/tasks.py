"""Periodic work around reviews: remind reviewers of reviews that are due soon or late, and
applicants of what they may still answer.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.kernel.actors import CLOCK
from anso.review import rules
from anso.review.actions import remind_asked, remind_of_answer, remind_reviewers
from anso.review.actions.proposing import work_out
from anso.review.models import AssignmentProposal
from anso.review.queries import assignments_to_remind_of
from anso.review.queries.invitations import invitations_to_remind_of
from anso.review.queries.rebuttals import rebuttals_to_remind_of

DAYS_BEFORE = 3
DAYS_BETWEEN = 7
DAYS_TO_ANSWER = 2


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="review.remind", name="review.remind_reviewers", pass_context=False)
def remind_late_reviewers(timestamp: int) -> None:
    """Remind three days before a review is due, when it is late, and every week from then until it
    is given or the reviews close; one mail per reviewer.
    """
    now = timezone.now()
    before, every = dt.timedelta(days=DAYS_BEFORE), dt.timedelta(days=DAYS_BETWEEN)
    for call, assignments in assignments_to_remind_of(now, before, every).items():
        if rules.may_remind_reviewers(CLOCK, call, now):
            remind_reviewers(actor=CLOCK, call=call, assignments=assignments, now=now)


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="review.remind_answers", name="review.remind_answers", pass_context=False)
def remind_of_answers(timestamp: int) -> None:
    """Remind applicants who have not answered their reviewers two days before they no longer can;
    once, and again only after the days moved.
    """
    now = timezone.now()
    for rebuttal in rebuttals_to_remind_of(now, dt.timedelta(days=DAYS_TO_ANSWER)):
        remind_of_answer(rebuttal=rebuttal, now=now)


@app.periodic(cron="50 6 * * *")
@app.task(queueing_lock="review.remind_asked", name="review.remind_asked", pass_context=False)
def remind_unanswered(timestamp: int) -> None:
    """Remind who was asked by mail to review and has not answered: before the day that the mail
    names and twice after it, as long as an answer counts.
    """
    now = timezone.now()
    for invitation in invitations_to_remind_of(now):
        if rules.may_change_invitation(CLOCK, invitation, now):
            remind_asked(actor=CLOCK, invitation=invitation, now=now)


@app.task(name="review.propose", pass_context=False)
def propose(proposal_id: int) -> None:
    """Work out who could review what, for a call that is too large for a request."""
    work_out(proposal=AssignmentProposal.objects.get(pk=proposal_id), now=timezone.now())
