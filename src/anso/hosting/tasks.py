"""Periodic work around answers of hosts: ask when the days begin, and once more before they end."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.calls.queries import hosts_of
from anso.calls.queries.steps import step_closes_at
from anso.hosting.actions import ask_hosts
from anso.hosting.queries import calls_to_tell_hosts_of

DAYS_BEFORE = 5


@app.periodic(cron="15 * * * *")
@app.task(queueing_lock="hosting.ask", name="hosting.ask", pass_context=False)
def ask_people_of_hosts(timestamp: int) -> None:
    """Ask when the days of the step begin; remind five days before they end, once."""
    now = timezone.now()
    for call, step in calls_to_tell_hosts_of(now):
        is_last_call = step_closes_at(step) - now <= dt.timedelta(days=DAYS_BEFORE)
        for host in hosts_of(call):
            ask_hosts(host=host, step=step, is_last_call=is_last_call, now=now)
