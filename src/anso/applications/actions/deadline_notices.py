"""What applicants are told about their whole call: that its deadline was moved, or that it was
cancelled.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.letters import cancel_letters
from anso.applications.models import Application
from anso.applications.notices import CALL_CANCELLED, DEADLINE_MOVED
from anso.calls.models import Extension
from anso.calls.queries import get_cancellation_reason
from anso.calls.wording import moved_in_words
from anso.kernel.actors import CLOCK, Actor
from anso.ui.instants import end_in_words


@transaction.atomic
def notify_of_cancellation(
    *, application: Application, now: dt.datetime, actor: Actor = CLOCK
) -> None:
    """Tell one applicant, once, that the call was cancelled and why, and call off the letters that
    are still waited for.
    """
    call = application.call
    if application.applicant.account is None or call.state != "cancelled":
        return
    cancel_letters(application=application, actor=actor, now=now)
    notify_applicant(
        CALL_CANCELLED,
        application,
        key=application.reference,
        actor=actor,
        now=now,
        say=lambda: {"reason": get_cancellation_reason(call)},
    )


@transaction.atomic
def notify_of_extension(
    *, application: Application, extension: Extension, now: dt.datetime, actor: Actor = CLOCK
) -> None:
    """Tell one applicant, once, until when the call now takes applications and why."""
    if application.applicant.account is None or now >= extension.closes_at:
        return
    own = extension.step.key
    notify_applicant(
        DEADLINE_MOVED,
        application,
        key=f"{application.reference}:{extension.pk}",
        actor=actor,
        now=now,
        say=lambda: {
            "reason": extension.because,
            "moved": moved_in_words(extension, [key for key in extension.moves if key != own]),
            "closes": end_in_words(extension.closes_at, application.call.zone),
        },
    )
