"""Periodic work around reviews: remind of reviews that are due soon or late."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.kernel.actors import CLOCK
from anso.kernel.errors import ProductError
from anso.kernel.verdict import Refused
from anso.review.actions import remind_reviewer
from anso.review.models import Assignment

DAYS_BEFORE = 3


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="review.remind", name="review.remind_reviewers", pass_context=False)
def remind_reviewers(timestamp: int) -> None:
    """Remind once three days before a review is due, and once when it is late."""
    now = timezone.now()
    soon = Assignment.objects.filter(state__in=["assigned", "accepted"], due_at__lt=now + dt.timedelta(days=DAYS_BEFORE))
    late = soon.filter(due_at__lt=now, reminder_count=1)
    for assignment in (soon.filter(reminder_count=0) | late).order_by("id"):
        try:
            remind_reviewer(actor=CLOCK, assignment=assignment, now=now)
        except (ProductError, Refused):
            continue
