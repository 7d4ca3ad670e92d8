"""Reading the bodies of the alliance."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from anso.governance.enums import BodyKind
from anso.governance.models import Body


def bodies_on(day: dt.date) -> QuerySet[Body]:
    """Bodies that exist on a day; panels are working parts of calls and are left out."""
    found = Body.objects.filter(starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )
    return found.exclude(kind=BodyKind.PANEL).select_related("parent").order_by("id")


def get_body_for(code: str) -> Body:
    """The public body with this code; panels of calls have no page of their own."""
    return get_object_or_404(
        Body.objects.select_related("parent").exclude(kind=BodyKind.PANEL), code=code
    )
