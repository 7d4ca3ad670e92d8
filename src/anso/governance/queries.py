"""Reading bodies, mandates and members. Mandates are the facts from which rights follow."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from anso.governance.enums import BodyKind, MandateRole
from anso.governance.models import Body, Mandate, Membership
from anso.kernel.actors import Actor


def mandates_on(day: dt.date) -> QuerySet[Mandate]:
    """Mandates in force on a day."""
    return Mandate.objects.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def mandates_of_account(account: Actor, day: dt.date) -> QuerySet[Mandate]:
    """Mandates that the person behind an account holds on a day."""
    return mandates_on(day).filter(person__account_id=account.pk).select_related("body").order_by("body__code", "role")


def has_mandate(account: Actor, *roles: MandateRole, day: dt.date, body: Body | None = None) -> bool:
    """Whether the person behind an account serves in one of the roles on a day, in ``body`` where one is given."""
    if account.pk is None:
        return False
    found = mandates_on(day).filter(person__account_id=account.pk, role__in=roles)
    return (found.filter(body=body) if body else found).exists()


def is_secretariat(account: Actor, day: dt.date) -> bool:
    """Whether the person behind an account works for the Secretariat on a day."""
    if account.pk is None:
        return False
    kinds = (BodyKind.SECRETARIAT, BodyKind.DIVISION)
    return mandates_on(day).filter(person__account_id=account.pk, body__kind__in=kinds).exists()


def is_auditor(account: Actor, day: dt.date) -> bool:
    """Whether the person behind an account audits on a day."""
    return has_mandate(account, MandateRole.AUDITOR, day=day)


def members_on(day: dt.date) -> QuerySet[Membership]:
    """Members of the alliance on a day, in the order they joined."""
    found = Membership.objects.filter(admitted_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    return found.select_related("organisation__country").order_by("number")


def bodies_on(day: dt.date) -> QuerySet[Body]:
    """Bodies that exist on a day; panels are working parts of calls and are left out."""
    found = Body.objects.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return found.exclude(kind=BodyKind.PANEL).select_related("parent").order_by("id")
