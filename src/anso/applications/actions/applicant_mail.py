"""Messages to an applicant about their application: what all of them say, written in one place."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from anso.applications.models import Application
from anso.applications.queries.answers import applicant_name
from anso.calls.queries import title_of
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.notifications.actions import enqueue_notice


def notify_applicant(
    notice: Notice,
    application: Application,
    *,
    key: str,
    actor: Actor,
    now: dt.datetime,
    **facts: Any,
) -> None:
    """Write to the applicant, once for each ``key``. ``facts`` add to what every such message may
    say, or take its place.
    """
    known = {
        "name": applicant_name(application),
        "number": application.number,
        "call": title_of(application.call),
        "url": f"{settings.SITE_URL}{reverse('applications:detail', args=[application.reference])}",
        "contact": settings.ALLIANCE["MAIL"],
    } | facts
    enqueue_notice(
        notice,
        about=application,
        recipient=application.applicant.account,
        label=known["name"],
        fields={name: known[name] for name in notice.fields},
        dedupe_key=f"{notice.code}:{key}",
        context=application.call,
        actor=actor,
        now=now,
    )
