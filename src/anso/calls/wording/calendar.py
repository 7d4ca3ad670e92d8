"""The days of a call as events for a reader's own calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from anso.calls.models import Call
from anso.calls.queries import get_deadline
from anso.calls.queries.steps import is_first_window, steps_of, window_deadline
from anso.kernel.icalendar import Event
from anso.kernel.periods import Deadline
from anso.ui.instants import instant_here_and_there
from anso.ui.question_fields import in_reader_language

WARNED = (dt.timedelta(days=7), dt.timedelta(days=1))


def calendar_events(call: Call) -> Iterator[Event]:
    """When the call closes, to the minute, and its further steps as days, as they stand today."""
    title = in_reader_language(call.title)
    yield _closing(call, "closes", gettext("%(call)s closes") % {"call": title}, get_deadline(call))
    for step in steps_of(call):
        if is_first_window(step):
            continue
        label = f"{title}: {in_reader_language(step.label)}"
        if step.block == "applications":
            text = gettext("%(step)s closes") % {"step": label}
            yield _closing(call, step.key, text, window_deadline(call, step))
        yield Event(
            key=f"{call.reference}-{step.key}-days@{settings.SITE_URL.partition('//')[2]}",
            title=label,
            url=_page_of(call),
            first_day=step.starts_on,
            last_day=step.ends_on,
        )


def _closing(call: Call, key: str, title: str, deadline: Deadline) -> Event:
    told = gettext("The last minute in time is %(at)s. What counts is when it reaches us.")
    return Event(
        key=f"{call.reference}-{key}@{settings.SITE_URL.partition('//')[2]}",
        title=title,
        text=told % {"at": instant_here_and_there(deadline.announced, call.zone)},
        url=_page_of(call),
        at=deadline.announced,
        reminds_before=WARNED,
    )


def _page_of(call: Call) -> str:
    return settings.SITE_URL + reverse("calls:call", args=[call.slug])
