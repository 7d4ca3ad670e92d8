"""Putting the shipped facts of governance into the database: founding members, bodies, who served in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from anso.audit.actions import record_event
from anso.directory.models import Organisation, Person
from anso.directory.reference import reference_rows
from anso.governance.models import Body, Mandate, Membership
from anso.kernel.actors import Actor
from anso.kernel.errors import BadDefinition

BODY_FACTS = ("name", "purpose", "kind", "seat_count", "is_seat_of_organisation")


@transaction.atomic
def load_members(*, organisations: Mapping[str, Organisation], actor: Actor, now: dt.datetime) -> None:
    """Admit the founding members, each once."""
    for row in reference_rows("members"):
        facts = {"number": row["number"], "category": row["category"], "admitted_on": _day(row["admitted_on"])}
        membership, is_new = Membership.objects.get_or_create(organisation=organisations[row["name"]], defaults=facts)
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
def load_mandates(*, organisations: Mapping[str, Organisation], actor: Actor, now: dt.datetime) -> None:
    """Write down who served in the bodies, each mandate once. Refuses a row that names an unknown organisation."""
    bodies = {body.code: body for body in Body.objects.all()}
    for row in reference_rows("mandates"):
        if row["organisation"] and row["organisation"] not in organisations:
            raise BadDefinition("The mandate names an unknown organisation: %(name)s.", name=row["organisation"])
        organisation = organisations.get(row["organisation"])
        person = _person(row["person"], organisation) if row["person"] else None
        place = {"body": bodies[row["body"]], "role": row["role"], "organisation": organisation, "person": person}
        later = {"ends_on": _day(row["ends_on"]), "source": row["source"]}
        mandate, is_new = Mandate.objects.get_or_create(**place, starts_on=dt.date.fromisoformat(row["starts_on"]), defaults=later)
        _record_new(mandate, is_new, "give_mandate", row, actor=actor, now=now)


def _person(full_name: str, organisation: Organisation | None) -> Person:
    known = Person.objects.filter(full_name=full_name, account__isnull=True).order_by("id").first()
    country = organisation.country_id if organisation else None
    return known or Person.objects.create(full_name=full_name, residence_id=country)


def _record_new(obj: Model, is_new: bool, verb: str, row: Mapping[str, Any], *, actor: Actor, now: dt.datetime) -> None:
    if is_new:
        record_event(obj, verb, actor=actor, now=now, because=str(row.get("source", "")))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
