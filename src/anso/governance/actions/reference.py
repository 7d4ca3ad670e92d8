"""The shipped facts of governance: founding members, bodies, and who served in them. What staff
changed stays and is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from anso.audit.actions import record_entry
from anso.directory.actions import Brought, Difference, bring_rows
from anso.directory.models import Organisation, Person, ShippedRow
from anso.directory.reference import reference_rows
from anso.governance.actions.membership import admit_member
from anso.governance.models import Body, Mandate, MembershipEvent
from anso.governance.queries import overlapping_mandates
from anso.kernel.actors import Actor
from anso.kernel.standing import StandingEventKind

BODY_FACTS = (
    "name", "purpose", "kind", "seat_count", "is_seat_of_organisation", "starts_on", "ends_on",
)  # fmt: skip
SAME_MANDATE = ("body_id", "role", "organisation_id", "person_id", "starts_on")


@transaction.atomic
def load_members(
    *, organisations: Mapping[str, Organisation], actor: Actor, now: dt.datetime
) -> list[Difference]:
    """Admit the founding members, each once, whatever became of them since; returns what was
    recorded otherwise.
    """
    admissions = {
        event.membership.organisation_id: event
        for event in MembershipEvent.objects.filter(kind=StandingEventKind.ADMITTED)
        .select_related("membership")
        .order_by("-on", "-id")
    }
    differences = []
    for row in reference_rows("members"):
        organisation = organisations.get(row["name"])
        if organisation is None:
            continue
        admitted = admissions.get(organisation.pk)
        if admitted is not None:
            differences += _otherwise(admitted, row)
            continue
        admit_member(
            organisation=organisation,
            category=row["category"],
            on=dt.date.fromisoformat(row["admitted_on"]),
            number=row["number"],
            source=row["source"],
            actor=actor,
            now=now,
        )
    return differences


def _otherwise(admitted: MembershipEvent, row: Mapping[str, Any]) -> list[Difference]:
    here = {
        "number": str(admitted.membership.number),
        "category": admitted.category,
        "admitted_on": admitted.on.isoformat(),
    }
    return [
        Difference("members", row["name"], column, value, str(row[column]))
        for column, value in here.items()
        if value != str(row[column])
    ]


@transaction.atomic
def load_bodies(*, actor: Actor, now: dt.datetime) -> list[Difference]:
    """Bring the governing bodies to the shipped state; parents are shipped before their parts."""
    bodies: dict[str, Body] = {}
    differences: list[Difference] = []
    for row in reference_rows("bodies"):
        parent = bodies.get(row["parent"])
        facts = {field: row[field] for field in BODY_FACTS}
        facts |= {"code": row["code"], "parent_id": parent.pk if parent else None}
        brought = bring_rows(Body.objects.all(), "bodies", {row["code"]: facts}, known_by=["code"])
        _record_new(brought, "set_up_body", actor=actor, now=now)
        bodies |= brought.rows
        differences += brought.differences
    return differences


@transaction.atomic
def load_mandates(
    *, organisations: Mapping[str, Organisation], actor: Actor, now: dt.datetime
) -> list[Difference]:
    """Write down who served in the bodies. One whose body or organisation was deleted here, or that
    cannot stand beside a mandate which people gave, is left out and told.
    """
    people = _load_people(organisations)
    bodies = {body.code: body for body in Body.objects.all()}
    shipped, left_out = {}, {}
    for row in reference_rows("mandates"):
        parts = ("body", "role", "organisation", "person", "starts_on")
        key = " ".join(row[part] for part in parts if row[part])
        if row["body"] not in bodies or row["organisation"] not in {"", *organisations}:
            left_out[key] = "its body or organisation is not here"
        elif row["person"] and row["person"] not in people.rows:
            left_out[key] = "its person is not here"
        else:
            organisation = organisations.get(row["organisation"])
            person = people.rows.get(row["person"])
            shipped[key] = _mandate_facts(row, bodies[row["body"]], organisation, person)
    left_out |= _blocked(shipped)
    allowed = {key: facts for key, facts in shipped.items() if key not in left_out}
    brought = bring_rows(Mandate.objects.all(), "mandates", allowed, known_by=SAME_MANDATE)
    _record_new(brought, "give_mandate", actor=actor, now=now)
    told = [Difference("mandates", key, here=why) for key, why in left_out.items()]
    return people.differences + told + brought.differences


def _mandate_facts(
    row: Mapping[str, Any], body: Body, organisation: Organisation | None, person: Person | None
) -> dict[str, Any]:
    facts = {field: row[field] for field in ("role", "starts_on", "ends_on", "source")}
    return facts | {
        "body_id": body.pk,
        "is_seat_of_organisation": body.is_seat_of_organisation and organisation is not None,
        "organisation_id": organisation.pk if organisation else None,
        "person_id": person.pk if person else None,
    }


def _load_people(organisations: Mapping[str, Organisation]) -> Brought[Person]:
    """Those who served, by the name that is shipped; somebody who signs in is never taken for one
    of the same name.
    """
    shipped: dict[str, dict[str, Any]] = {}
    for row in reference_rows("mandates"):
        organisation = organisations.get(row["organisation"])
        if row["person"]:
            country = organisation.country_id if organisation else None
            shipped.setdefault(row["person"], {"full_name": row["person"], "residence_id": country})
    found = Person.objects.filter(account__isnull=True)
    return bring_rows(found, "people", shipped, known_by=["full_name"])


def _blocked(shipped: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Of the mandates that were not brought before: those that the database would refuse beside one
    that people gave, and who holds it.
    """
    known = set(ShippedRow.objects.filter(table="mandates").values_list("key", flat=True))
    found = {}
    for key, facts in shipped.items():
        same = {column: facts[column] for column in SAME_MANDATE}
        held = (
            None if key in known else overlapping_mandates(Mandate(**facts)).exclude(**same).first()
        )
        if held is not None:
            found[key] = f"{held.person or held.organisation} holds it since {held.starts_on}"
    return found


def _record_new(brought: Brought[Any], verb: str, *, actor: Actor, now: dt.datetime) -> None:
    for key in brought.new:
        row = brought.rows[key]
        record_entry(row, verb, actor=actor, now=now, because=getattr(row, "source", ""))
