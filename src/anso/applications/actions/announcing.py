"""What applicants are told about their whole call: that its deadline was moved, or that it was cancelled."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from anso.accounts.models import Account
from anso.applications.actions.letters import cancel_letters
from anso.applications.models import Application
from anso.applications.notices import CALL_CANCELLED, DEADLINE_MOVED
from anso.applications.queries.status import end_in_words
from anso.calls.models import Extension
from anso.calls.queries import get_cancellation_reason, title_of
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.notices import Notice
from anso.notifications.actions import enqueue_notice


@transaction.atomic
def tell_of_cancellation(*, application: Application, now: dt.datetime, actor: Actor = CLOCK) -> None:
    """Tell one applicant, once, that the call was cancelled and why, and call off the letters that are still waited for."""
    account, call = application.applicant.account, application.call
    if account is None or call.state != "cancelled":
        return
    cancel_letters(application=application, actor=actor, now=now)
    _tell(CALL_CANCELLED, application, account, key="", now=now, actor=actor, reason=get_cancellation_reason(call))


@transaction.atomic
def tell_of_extension(*, application: Application, extension: Extension, now: dt.datetime, actor: Actor = CLOCK) -> None:
    """Tell one applicant, once, until when the call now takes applications and why."""
    account = application.applicant.account
    if account is None or now >= extension.closes_at:
        return
    with override(account.language):
        closes = end_in_words(extension.closes_at, application.call.zone)
    _tell(DEADLINE_MOVED, application, account, key=f":{extension.pk}", now=now, actor=actor, reason=extension.because, closes=closes)


def _tell(notice: Notice, application: Application, account: Account, *, key: str, now: dt.datetime, actor: Actor, **facts: str) -> None:
    name = application.full_name or application.applicant.full_name
    known = {
        "name": name,
        "number": application.number,
        "call": title_of(application.call),
        "url": f"{settings.SITE_URL}{reverse('applications:detail', args=[application.reference])}",
        "contact": settings.ALLIANCE["MAIL"],
    }
    enqueue_notice(
        notice,
        about=application,
        recipient=account,
        label=name,
        fields=known | facts,
        dedupe_key=f"{notice.code}:{application.reference}{key}",
        call_id=application.call_id,
        actor=actor,
        now=now,
    )
