"""Reading bodies, mandates and members. Mandates are the facts from which rights follow."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from anso.directory.models import Organisation
from anso.governance.enums import SECRETARIAT_KINDS, BodyKind, MandateRole
from anso.governance.models import Body, Mandate, Membership
from anso.kernel.actors import Actor
from anso.kernel.names import search_parts
from anso.kernel.periods import day_of


def alliance_day(now: dt.datetime) -> dt.date:
    """The day that it is for the alliance: mandates, memberships and affiliations begin and end
    with the day in its own zone, wherever the server and the reader are.
    """
    return day_of(now, settings.ALLIANCE["ZONE"])


def mandates_on(day: dt.date) -> QuerySet[Mandate]:
    """Mandates in force on a day."""
    return Mandate.objects.filter(starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )


def has_mandate(
    account: Actor, *roles: MandateRole, now: dt.datetime, body: Body | None = None
) -> bool:
    """Whether the person behind an account serves in one of the roles today, in ``body`` where one
    is given.
    """
    if account.pk is None:
        return False
    found = mandates_on(alliance_day(now)).filter(person__account_id=account.pk, role__in=roles)
    return (found.filter(body=body) if body else found).exists()


def is_secretariat(account: Actor, now: dt.datetime) -> bool:
    """Whether the person behind an account works for the Secretariat today."""
    if account.pk is None:
        return False
    return (
        mandates_on(alliance_day(now))
        .filter(person__account_id=account.pk, body__kind__in=SECRETARIAT_KINDS)
        .exists()
    )


def is_auditor(account: Actor, now: dt.datetime) -> bool:
    """Whether the person behind an account audits today."""
    return has_mandate(account, MandateRole.AUDITOR, now=now)


def members_on(day: dt.date) -> QuerySet[Membership]:
    """Members of the alliance on a day, in the order they joined."""
    found = Membership.objects.filter(admitted_on__lte=day).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    )
    return found.select_related("organisation__country").order_by("number")


def bodies_on(day: dt.date) -> QuerySet[Body]:
    """Bodies that exist on a day; panels are working parts of calls and are left out."""
    found = Body.objects.filter(starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    )
    return found.exclude(kind=BodyKind.PANEL).select_related("parent").order_by("id")


def find_members(
    day: dt.date, *, words: str = "", region: str = "", kind: str = ""
) -> QuerySet[Membership]:
    """Members on a day, narrowed by words in name, acronym or city, by region of the world, and by
    what they are.
    """
    found = members_on(day)
    parts = search_parts(words)
    if parts:
        named = Organisation.objects.filter(*(Q(search_text__contains=part) for part in parts))
        found = found.filter(organisation__in=named.values("pk"))
    found = found.filter(organisation__country__region=region) if region else found
    return found.filter(organisation__kind=kind) if kind else found


def get_membership_for(reference: str) -> Membership:
    """The membership of the organisation with this reference, also one that has ended; 404 for an
    organisation that never was a member.
    """
    return get_object_or_404(
        Membership.objects.select_related("organisation__country"),
        organisation__reference=reference,
    )


def mandates_of_organisation(organisation: Organisation) -> QuerySet[Mandate]:
    """Seats that an organisation holds or held, latest first."""
    return (
        Mandate.objects.filter(organisation=organisation)
        .select_related("body", "person")
        .order_by("-starts_on", "body__code", "id")
    )


def get_body_for(code: str) -> Body:
    """The public body with this code; panels of calls have no page of their own."""
    return get_object_or_404(
        Body.objects.select_related("parent").exclude(kind=BodyKind.PANEL), code=code
    )


def mandates_by_term(body: Body) -> list[tuple[tuple[dt.date, dt.date | None], list[Mandate]]]:
    """Everybody who served in a body, grouped by term, latest term first; inside a term by role as
    the body ranks them.
    """
    rank = {role: place for place, role in enumerate(MandateRole.values)}
    terms: dict[tuple[dt.date, dt.date | None], list[Mandate]] = {}
    for mandate in body.mandates.select_related("person", "organisation__membership").order_by(
        "-starts_on", "id"
    ):
        terms.setdefault((mandate.starts_on, mandate.ends_on), []).append(mandate)
    return [
        (term, sorted(held, key=lambda mandate: rank[mandate.role])) for term, held in terms.items()
    ]
