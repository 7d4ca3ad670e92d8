"""Until when an offer is answered, for the calendar of whoever it is made to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext

from anso.applications.models import Application
from anso.applications.queries.participants import is_written_for_others
from anso.awards.wording.offers import result_of
from anso.calls.wording.calendar import instant_event
from anso.kernel.icalendar import Event


def days_of_offer(application: Application, now: dt.datetime) -> Iterator[Event]:
    """The last minute in which an offer can be answered, while it waits for its answer."""
    if is_written_for_others(application):
        return
    for offer in application.offers.filter(state="made", respond_by__gt=now):
        title = gettext("%(number)s: answer the offer") % {"number": application.number}
        page, key = settings.SITE_URL + result_of(application), f"{offer.reference}-answer"
        yield instant_event(application.call, key, title, offer.respond_by, page)
