"""Reading the bodies of the alliance."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from anso.governance.enums import BodyKind, MandateRole
from anso.governance.models import Body
from anso.governance.queries.mandates import alliance_day, if_secretariat, mandates_held
from anso.kernel.actors import Actor

PRESIDING = (MandateRole.CHAIR, MandateRole.PRESIDENT)


def bodies_on(day: dt.date) -> QuerySet[Body]:
    """Bodies that exist on a day; panels are working parts of calls and are left out."""
    found = Body.objects.filter(starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )
    return found.exclude(kind=BodyKind.PANEL).select_related("parent").order_by("id")


def panels_on(day: dt.date) -> QuerySet[Body]:
    """The panels and juries that exist on a day."""
    found = Body.objects.filter(kind=BodyKind.PANEL, starts_on__lte=day)
    return found.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)).order_by("code")


def get_body_for(code: str) -> Body:
    """The public body with this code; panels of calls have no page of their own."""
    return get_object_or_404(
        Body.objects.select_related("parent").exclude(kind=BodyKind.PANEL), code=code
    )


def bodies_looked_after_by(account: Actor, now: dt.datetime) -> QuerySet[Body]:
    """Bodies whose business somebody looks after today: those they preside over, and all for the
    Secretariat. What panels do is the business of their call.
    """
    today = alliance_day(now)
    presided = mandates_held(account, today).filter(role__in=PRESIDING)
    looked_after = Q(pk__in=presided.values("body_id")) | if_secretariat(account, today)
    return Body.objects.exclude(kind=BodyKind.PANEL).filter(looked_after)
