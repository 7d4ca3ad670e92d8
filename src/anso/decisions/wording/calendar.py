"""Until when a review of a decision may be asked for, for the calendar of whoever may ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from anso.applications.models import Application
from anso.calls.wording.calendar import instant_event
from anso.decisions.queries import latest_decisions_of
from anso.decisions.queries.appeals import appeal_days_of
from anso.decisions.rules.appeals import may_appeal
from anso.kernel.icalendar import Event


def days_of_review(application: Application, now: dt.datetime) -> Iterator[Event]:
    """The last minute in which a review may be asked for, while it may be."""
    account = application.applicant.account
    for decision in latest_decisions_of([application]):
        decision.application = application
        days = appeal_days_of(decision)
        if account and days and days.ends_at and may_appeal(account, decision, now):
            facts = {"number": application.number}
            title = gettext("%(number)s: last day to ask for a review of the decision") % facts
            page = reverse("decisions:ask_review", args=[application.reference])
            key = f"{application.reference}-review"
            link = settings.SITE_URL + page
            yield instant_event(application.call, key, title, days.ends_at, link)
