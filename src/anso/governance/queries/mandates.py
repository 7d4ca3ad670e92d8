"""Reading mandates: the facts from which rights follow."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Exists, F, Q, QuerySet

from anso.accounts.models import Account, EntryCode
from anso.database import PreparedValues
from anso.directory.models import Organisation, Person
from anso.governance.enums import HELD_BY_ONE, SECRETARIAT_KINDS, MandateRole
from anso.governance.models import Body, Mandate
from anso.kernel.actors import Actor
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
    return any(
        role in roles and (body is None or serves_in == body.pk)
        for role, serves_in, _kind in _held_by(account, now)
    )


def is_secretariat(account: Actor, now: dt.datetime) -> bool:
    """Whether the person behind an account works for the Secretariat today."""
    if account.pk is None:
        return False
    return any(kind in SECRETARIAT_KINDS for _role, _body, kind in _held_by(account, now))


def if_secretariat(account: Actor, day: dt.date) -> Exists:
    """The same as a condition of a query, so that asking costs no statement of its own."""
    return Exists(mandates_held(account, day).filter(body__kind__in=SECRETARIAT_KINDS))


def mandates_held(account: Actor, day: dt.date) -> QuerySet[Mandate]:
    """The mandates that the person behind an account holds on a day."""
    # without an account the condition would find everybody who has none
    return mandates_on(day).filter(person__account_id=account.pk or 0)


def is_auditor(account: Actor, now: dt.datetime) -> bool:
    """Whether the person behind an account audits today."""
    return has_mandate(account, MandateRole.AUDITOR, now=now)


def mandates_of_organisation(organisation: Organisation) -> QuerySet[Mandate]:
    """Seats that an organisation holds or held, latest first."""
    return (
        _ever_in_force(Mandate.objects.filter(organisation=organisation))
        .select_related("body", "person")
        .order_by("-starts_on", "body__code", "id")
    )


def mandates_of_person(person: Person) -> QuerySet[Mandate]:
    """The mandates that somebody holds or held, latest first: they are public."""
    held = _ever_in_force(Mandate.objects.filter(person=person))
    return held.select_related("body", "organisation").order_by("-starts_on", "id")


def overlapping_mandates(mandate: Mandate) -> QuerySet[Mandate]:
    """Mandates that the database would not let stand beside a new one: the same role in the same
    body at the same time, held by the same person or organisation, or by anybody where the role has
    one holder.
    """
    same = Q(person__isnull=False, person_id=mandate.person_id)
    if mandate.organisation_id and (mandate.is_seat_of_organisation or mandate.person_id is None):
        own = Q(is_seat_of_organisation=True) | Q(person__isnull=True)
        same |= own & Q(organisation_id=mandate.organisation_id)
    if mandate.role in HELD_BY_ONE:
        # One holder at a time, whoever it is.
        same = Q()
    found = Mandate.objects.filter(same, body_id=mandate.body_id, role=mandate.role)
    if mandate.ends_on is not None:
        found = found.filter(starts_on__lt=mandate.ends_on)
    open_or_later = Q(ends_on__isnull=True) | Q(ends_on__gt=mandate.starts_on)
    return _ever_in_force(found.filter(open_or_later)).select_related("person", "organisation")


def mandates_of(body: Body, now: dt.datetime) -> list[Mandate]:
    """Whoever serves in a body today or will, whoever presides first."""
    rank = {role: place for place, role in enumerate(MandateRole.values)}
    today = alliance_day(now)
    found = _ever_in_force(body.mandates.filter(person__isnull=False))
    standing = found.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    rows = standing.select_related("body", "person__account").order_by("starts_on", "id")
    return sorted(rows, key=lambda mandate: rank[mandate.role])


def mandates_by_term(body: Body) -> list[tuple[tuple[dt.date, dt.date | None], list[Mandate]]]:
    """Everybody who served in a body, grouped by term, latest term first; inside a term by role as
    the body ranks them.
    """
    rank = {role: place for place, role in enumerate(MandateRole.values)}
    terms: dict[tuple[dt.date, dt.date | None], list[Mandate]] = {}
    served = _ever_in_force(body.mandates.all()).select_related("person", "organisation")
    for mandate in served.prefetch_related("organisation__memberships").order_by(
        "-starts_on", "id"
    ):
        terms.setdefault((mandate.starts_on, mandate.ends_on), []).append(mandate)
    return [
        (term, sorted(held, key=lambda mandate: rank[mandate.role])) for term, held in terms.items()
    ]


def _ever_in_force(found: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Those that were not taken back on their first day."""
    return found.exclude(ends_on=F("starts_on"))


def accounts_looked_after_by(account: Actor, now: dt.datetime) -> QuerySet[Account]:
    """Accounts whose owners somebody helps today when they cannot sign in: all for the
    Secretariat.
    """
    return Account.objects.filter(if_secretariat(account, alliance_day(now)))


def entry_codes_looked_after_by(account: Actor, now: dt.datetime) -> QuerySet[EntryCode]:
    """The same of ways in that were sent to addresses which may have no account yet."""
    return EntryCode.objects.filter(if_secretariat(account, alliance_day(now)))


# Asked several times for every page of the staff.
MANDATES_HELD = PreparedValues(
    "mandates_held",
    lambda account, day: mandates_held(Account(pk=account), day).values_list(
        "role", "body_id", "body__kind"
    ),
    int,
    dt.date,
)


def _held_by(account: Actor, now: dt.datetime) -> list[tuple[str, int, str]]:
    return MANDATES_HELD.rows(account.pk, alliance_day(now))
