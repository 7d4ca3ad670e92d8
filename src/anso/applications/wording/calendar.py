"""The days of one application as events for its applicant's own calendar: those of the call, and
what is asked of this one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from anso.applications.models import Application
from anso.applications.queries.todo import letters_awaited
from anso.applications.queries.windows import deadline_of
from anso.calls.wording.calendar import calendar_events, closing_event, instant_event
from anso.kernel.icalendar import Event
from anso.kernel.registers import Register

# Days of an application that apps above know, such as until when an offer is answered.
OWN_DAYS: Register[Callable[[Application, dt.datetime], Iterable[Event]]] = Register(
    "days of an application"
)


def application_events(application: Application, now: dt.datetime) -> list[Event]:
    """The days of the call and of this application. What the application has otherwise than its
    call, such as more time, takes the place of the call's own event. Empty once it was withdrawn
    or its call cancelled.
    """
    call = application.call
    if application.state == "withdrawn" or call.state == "cancelled":
        return []
    events = {each.key: each for each in calendar_events(call)}
    own = closing_event(call, deadline_of(application), application.step)
    events[own.key] = own
    for each in _letters(application, now):
        events[each.key] = each
    for source in OWN_DAYS.values():
        events |= {each.key: each for each in source(application, now)}
    return list(events.values())


def _letters(application: Application, now: dt.datetime) -> Iterator[Event]:
    page = settings.SITE_URL + reverse("applications:letters", args=[application.reference])
    for letter in letters_awaited([application], now):
        title = gettext("%(number)s: the answer of %(name)s counts until then")
        facts = {"number": application.number, "name": letter.full_name}
        key = f"{application.reference}-letter-{letter.reference}"
        yield instant_event(application.call, key, title % facts, letter.due_at, page)
