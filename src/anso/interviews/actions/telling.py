"""The mails about interviews: to whom they go and to what they belong."""

from __future__ import annotations

import datetime as dt
from typing import Any

from anso.applications.queries.answers import applicant_zone
from anso.interviews.models import Interview
from anso.interviews.wording import interview_told
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.notifications.actions import notify


def tell_applicant(
    notice: Notice,
    interview: Interview,
    *,
    actor: Actor,
    now: dt.datetime,
    key: str = "",
    **facts: Any,
) -> bool:
    """One mail to whoever is heard, once for each change of the interview; whether it is new."""
    return notify(
        notice,
        about=interview,
        recipient=interview.application.applicant.account,
        zone=applicant_zone(interview.application),
        say=lambda: interview_told(interview, now, **facts),
        key=f"{interview.reference}:{key or interview.revision}",
        context=interview.application.call,
        actor=actor,
        now=now,
    )
