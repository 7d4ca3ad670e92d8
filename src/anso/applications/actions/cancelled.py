"""What applicants and the writers of their letters are told when a whole call is cancelled."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from anso.applications.actions.letters import cancel_letters
from anso.applications.models import Application
from anso.applications.notices import CALL_CANCELLED
from anso.calls.queries import get_cancellation_reason, title_of
from anso.kernel.actors import CLOCK, Actor
from anso.notifications.actions import enqueue_notice


@transaction.atomic
def tell_of_cancellation(*, application: Application, now: dt.datetime, actor: Actor = CLOCK) -> None:
    """Tell one applicant, once, that the call was cancelled and why, and call off the letters that are still waited for."""
    account, call = application.applicant.account, application.call
    if account is None or call.state != "cancelled":
        return
    cancel_letters(application=application, actor=actor, now=now)
    name = application.full_name or application.applicant.full_name
    enqueue_notice(
        CALL_CANCELLED,
        about=application,
        recipient=account,
        label=name,
        fields={
            "name": name,
            "number": application.number,
            "call": title_of(call),
            "reason": get_cancellation_reason(call),
            "url": f"{settings.SITE_URL}{reverse('applications:detail', args=[application.reference])}",
            "contact": settings.ALLIANCE["MAIL"],
        },
        dedupe_key=f"{CALL_CANCELLED.code}:{application.reference}",
        call_id=call.pk,
        actor=actor,
        now=now,
    )
