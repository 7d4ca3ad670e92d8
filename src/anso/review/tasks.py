"""Periodic work around reviews: remind of reviews that are due soon or late."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.kernel.actors import CLOCK
from anso.review import rules
from anso.review.actions import remind_reviewers
from anso.review.queries import assignments_to_remind_of

DAYS_BEFORE = 3


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="review.remind", name="review.remind_reviewers", pass_context=False)
def remind_late_reviewers(timestamp: int) -> None:
    """Remind once three days before a review is due, and once when it is late; one mail per
    reviewer.
    """
    now = timezone.now()
    for call, assignments in assignments_to_remind_of(now, dt.timedelta(days=DAYS_BEFORE)).items():
        if rules.may_assign_reviewers(CLOCK, call, now):
            remind_reviewers(actor=CLOCK, call=call, assignments=assignments, now=now)
