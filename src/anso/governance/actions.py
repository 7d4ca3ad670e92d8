"""Facts of governance: what is shipped (founding members, bodies, who served in them), and who is
given a mandate since.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from anso.accounts.actions import create_account, require_second_factor
from anso.accounts.queries import find_account
from anso.audit.actions import record_entry
from anso.directory.models import Organisation, Person
from anso.directory.reference import reference_rows
from anso.governance.enums import SECRETARIAT_KINDS, BodyKind, MandateRole
from anso.governance.models import Body, Mandate, Membership
from anso.governance.queries import alliance_day, has_mandate
from anso.kernel.actors import Actor
from anso.kernel.errors import BadDefinition, BadInput
from anso.kernel.names import clean_line
from anso.kernel.wording import gettext_noop as _

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BODY_FACTS = ("name", "purpose", "kind", "seat_count", "is_seat_of_organisation")


@transaction.atomic
def load_members(
    *, organisations: Mapping[str, Organisation], actor: Actor, now: dt.datetime
) -> None:
    """Admit the founding members, each once."""
    for row in reference_rows("members"):
        facts = {
            "number": row["number"],
            "category": row["category"],
            "admitted_on": _day(row["admitted_on"]),
        }
        membership, is_new = Membership.objects.get_or_create(
            organisation=organisations[row["name"]], defaults=facts
        )
        _record_new(membership, is_new, "admit_member", row, actor=actor, now=now)


@transaction.atomic
def load_bodies(*, actor: Actor, now: dt.datetime) -> None:
    """Bring the governing bodies to the shipped state; parents are shipped before their parts."""
    for row in reference_rows("bodies"):
        facts = {field: row[field] for field in BODY_FACTS}
        facts |= {field: _day(row[field]) for field in ("starts_on", "ends_on")}
        facts["parent"] = Body.objects.get(code=row["parent"]) if row["parent"] else None
        body, is_new = Body.objects.update_or_create(code=row["code"], defaults=facts)
        _record_new(body, is_new, "set_up_body", row, actor=actor, now=now)


@transaction.atomic
def load_mandates(
    *, organisations: Mapping[str, Organisation], actor: Actor, now: dt.datetime
) -> None:
    """Write down who served in the bodies, each mandate once. Refuses a row that names an unknown
    organisation.
    """
    bodies = {body.code: body for body in Body.objects.all()}
    for row in reference_rows("mandates"):
        if row["organisation"] and row["organisation"] not in organisations:
            raise BadDefinition(
                _("The mandate names an unknown organisation: %(name)s."), name=row["organisation"]
            )
        organisation = organisations.get(row["organisation"])
        person = _person(row["person"], organisation) if row["person"] else None
        place = {
            "body": bodies[row["body"]],
            "role": row["role"],
            "organisation": organisation,
            "person": person,
        }
        later = {"ends_on": _day(row["ends_on"]), "source": row["source"]}
        mandate, is_new = Mandate.objects.get_or_create(
            **place, starts_on=dt.date.fromisoformat(row["starts_on"]), defaults=later
        )
        _record_new(mandate, is_new, "give_mandate", row, actor=actor, now=now)


@transaction.atomic
def set_up_body(*, code: str, kind: str, name: str, actor: Actor, now: dt.datetime) -> Body:
    """Make a body that is not shipped, such as the panel of a call. Refuses a code that is taken
    and a kind that there is not.
    """
    if kind not in BodyKind.values:
        raise BadInput(_("There is no kind of body “%(kind)s”."), kind=kind[:40])
    if not CODE.fullmatch(code) or Body.objects.filter(code=code).exists():
        raise BadInput(
            _("“%(code)s” is taken, or is not a code of small letters, digits and hyphens."),
            code=code[:60],
        )
    body = Body.objects.create(
        code=code, kind=kind, name={"en": clean_line(name) or code}, starts_on=alliance_day(now)
    )
    record_entry(body, "set_up_body", actor=actor, now=now)
    return body


@transaction.atomic
def give_mandate(
    *,
    email: str,
    full_name: str,
    role: str,
    body: Body,
    ends_on: dt.date | None = None,
    actor: Actor,
    now: dt.datetime,
) -> Mandate:
    """Somebody serves in a body from today on. Account and person are made where there are none;
    work for the Secretariat needs a second factor.

    Refuses a role that there is not, an end that is not later than today, and a mandate that is
    held already.
    """
    if role not in MandateRole.values:
        raise BadInput(_("There is no role “%(role)s”."), role=role[:40])
    if ends_on is not None and ends_on <= alliance_day(now):
        raise BadInput(_("A mandate ends later than it begins."))
    account = find_account(email) or create_account(email=email, actor=actor, now=now)
    person = Person.objects.filter(account=account).first()
    if person is None:
        person = Person.objects.create(
            account=account,
            full_name=clean_line(full_name)[:200] or account.email.partition("@")[0],
        )
        record_entry(person, "create_person", actor=actor, now=now)
    if has_mandate(account, MandateRole(role), now=now, body=body):
        raise BadInput(_("%(person)s holds this mandate already."), person=person.full_name)
    if body.kind in SECRETARIAT_KINDS:
        require_second_factor(account=account, actor=actor, now=now)
    mandate = Mandate.objects.create(
        body=body, role=role, person=person, starts_on=alliance_day(now), ends_on=ends_on
    )
    record_entry(mandate, "give_mandate", actor=actor, now=now)
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, actor: Actor, now: dt.datetime) -> Mandate:
    """End a mandate with the day that began: the rights that follow from it end at once. One of
    today is ended as if it never was.
    """
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if locked.ends_on is not None and locked.ends_on <= alliance_day(now):
        raise BadInput(_("This mandate has ended already."))
    before = [locked.starts_on, locked.ends_on]
    locked.ends_on = alliance_day(now)
    locked.starts_on = min(locked.starts_on, alliance_day(now) - dt.timedelta(days=1))
    locked.save(update_fields=["starts_on", "ends_on"])
    record_entry(
        locked,
        "end_mandate",
        actor=actor,
        now=now,
        changes={"period": [before, [locked.starts_on, locked.ends_on]]},
    )
    return locked


def _person(full_name: str, organisation: Organisation | None) -> Person:
    known = Person.objects.filter(full_name=full_name, account__isnull=True).order_by("id").first()
    country = organisation.country_id if organisation else None
    return known or Person.objects.create(full_name=full_name, residence_id=country)


def _record_new(
    obj: Model, is_new: bool, verb: str, row: Mapping[str, Any], *, actor: Actor, now: dt.datetime
) -> None:
    if is_new:
        record_entry(obj, verb, actor=actor, now=now, because=str(row.get("source", "")))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
