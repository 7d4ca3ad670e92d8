"""Periodic work around interviews: remind those who have chosen no time."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.interviews.actions import remind_to_choose
from anso.interviews.queries import interviews_to_remind_of

DAYS_BEFORE = 2


@app.periodic(cron="35 * * * *")
@app.task(queueing_lock="interviews.remind", name="interviews.remind", pass_context=False)
def remind_of_choosing(timestamp: int) -> None:
    """Remind two days before a time can no longer be chosen; once, and again only when that moment
    moved.
    """
    now = timezone.now()
    for interview in interviews_to_remind_of(now, dt.timedelta(days=DAYS_BEFORE)):
        remind_to_choose(interview=interview, now=now)
