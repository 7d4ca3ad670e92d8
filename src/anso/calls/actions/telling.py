"""What people would be told of a change of their call, before it is made: the change is carried out
and its mails are written, and all of it is taken back. So nothing else can be shown than what will
be sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from anso.calls.actions.amendments import announce_amendment
from anso.calls.actions.deadlines import Move, extend_step
from anso.calls.actions.publication import cancel_call
from anso.calls.models import Call, Step
from anso.calls.queries.telling import TELLERS, Cause, MailPreview, Told
from anso.kernel.actors import Actor
from anso.notifications.models import Message

# Stands where the officer has given no reason yet.
NO_REASON = "…"


def preview_cancellation(
    *, call: Call, because: str, actor: Actor, now: dt.datetime
) -> list[MailPreview]:
    """The mails about a call that would be cancelled."""
    own = Call.objects.get(pk=call.pk)
    return _taken_back(lambda: cancel_call(call=own, because=because, actor=actor, now=now), now)


def preview_move(
    *, move: Move, base_revision: int, actor: Actor, now: dt.datetime
) -> list[MailPreview]:
    """The mails about days that would move."""
    step = Step.objects.select_related("call").get(pk=move.step.pk)
    own = Move(step, move.closes_at, move.because.strip() or NO_REASON, move.along)
    return _taken_back(
        lambda: extend_step(move=own, base_revision=base_revision, actor=actor, now=now), now
    )


def preview_amendment(
    *, call: Call, because: str, expected_sha256: str, actor: Actor, now: dt.datetime
) -> list[MailPreview]:
    """The mails about an amendment that would be announced."""
    own = Call.objects.get(pk=call.pk)
    return _taken_back(
        lambda: announce_amendment(
            call=own, because=because, expected_sha256=expected_sha256, actor=actor, now=now
        ),
        now,
    )


def _taken_back(change: Callable[[], Cause], now: dt.datetime) -> list[MailPreview]:
    with transaction.atomic():
        latest = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        cause = change()
        told = [each for teller in TELLERS.values() for each in teller(cause, now)]
        found = [mail_preview(each, latest) for each in told if each.count]
        # The savepoint ends here, and with it everything since: rows, locks, jobs.
        transaction.set_rollback(True)
    return [each for each in found if each is not None]


def mail_preview(told: Told, latest: int) -> MailPreview | None:
    """The first mail that is written after message ``latest``; None where nobody gets one."""
    told.write()
    message = Message.objects.filter(code=told.code, pk__gt=latest).order_by("pk").first()
    if message is None:
        return None
    return MailPreview(told.who, told.count, message.subject, message.body, message.language)
