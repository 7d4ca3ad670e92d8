"""Messages to an applicant about their application: to whom they go and to what they belong."""

from __future__ import annotations

import datetime as dt

from anso.applications.models import Application
from anso.applications.queries.answers import applicant_zone
from anso.applications.wording import application_told
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.notifications.actions import Say, notify, say_nothing


def notify_applicant(
    notice: Notice,
    application: Application,
    *,
    key: str,
    actor: Actor,
    now: dt.datetime,
    say: Say = say_nothing,
    is_first: bool = False,
) -> None:
    """Write to the applicant, once for each ``key``. ``say`` adds to what every such message may
    say, or takes its place; ``is_first`` where the key was made just now.
    """
    notify(
        notice,
        about=application,
        recipient=application.applicant.account,
        zone=applicant_zone(application),
        say=lambda: {**application_told(application), **say()},
        key=key,
        context=application.call,
        actor=actor,
        now=now,
        is_first=is_first,
    )
