"""The days of a call as events for a reader's own calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from anso.calls.models import Call, Step
from anso.calls.queries import get_deadline, get_terms, letters_end_at
from anso.calls.queries.steps import is_first_window, steps_of, window_deadline
from anso.kernel.icalendar import Event
from anso.kernel.periods import Deadline
from anso.ui.instants import instant_here_and_there
from anso.ui.question_fields import in_reader_language

WARNED = (dt.timedelta(days=7), dt.timedelta(days=1))


def calendar_events(call: Call) -> Iterator[Event]:
    """When the call closes, to the minute, until when letters count, and its further steps as days,
    as they stand today.
    """
    title = in_reader_language(call.title)
    yield closing_event(call, get_deadline(call))
    for rule in get_terms(call).letters:
        name = in_reader_language(rule.words.name) or rule.kind
        yield instant_event(
            call,
            f"{call.reference}-letters-{rule.kind}",
            gettext("%(call)s: last day for the %(letter)s") % {"call": title, "letter": name},
            letters_end_at(call, rule),
        )
    for step in steps_of(call):
        if is_first_window(step):
            continue
        label = f"{title}: {in_reader_language(step.label)}"
        if step.block == "applications":
            yield closing_event(call, window_deadline(call, step), step)
        yield Event(
            key=f"{call.reference}-{step.key}-days@{settings.SITE_URL.partition('//')[2]}",
            title=label,
            url=_page_of(call),
            first_day=step.starts_on,
            last_day=step.ends_on,
        )


def closing_event(call: Call, deadline: Deadline, step: Step | None = None) -> Event:
    """When a window closes: the first one, or that of a later step."""
    label = in_reader_language(call.title)
    key, text = f"{call.reference}-closes", gettext("%(call)s closes") % {"call": label}
    if step is not None and not is_first_window(step):
        label = f"{label}: {in_reader_language(step.label)}"
        key, text = f"{call.reference}-{step.key}", gettext("%(step)s closes") % {"step": label}
    return instant_event(call, key, text, deadline.closes_at)


def instant_event(call: Call, key: str, title: str, ends_at: dt.datetime, url: str = "") -> Event:
    """The last minute before an end, in the call's zone and the reader's, warned of twice. The same
    ``key`` is the same event, wherever it is taken from.
    """
    at = Deadline(ends_at, call.zone).announced
    told = gettext("The last minute in time is %(at)s. What counts is when it reaches us.")
    return Event(
        key=f"{key}@{settings.SITE_URL.partition('//')[2]}",
        title=title,
        text=told % {"at": instant_here_and_there(at, call.zone)},
        url=url or _page_of(call),
        at=at,
        reminds_before=WARNED,
    )


def _page_of(call: Call) -> str:
    return settings.SITE_URL + reverse("calls:call", args=[call.slug])
