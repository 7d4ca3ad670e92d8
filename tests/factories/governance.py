"""Makers of bodies, mandates and memberships."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from anso.accounts.models import Account
from anso.directory.models import Organisation, Person
from anso.governance.actions import admit_member
from anso.governance.models import Body, Mandate, Membership
from anso.kernel.actors import SETUP
from tests.factories.directory import make_account, make_person

_numbers = count(1)
LONG_AGO = dt.date(2019, 1, 1)
NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


def make_body(kind: str = "division", **fields: Any) -> Body:
    """A body that exists since 2019."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "code": f"body-{number}",
        "name": {"en": f"Body {number}"},
        "starts_on": LONG_AGO,
    }
    return Body.objects.create(kind=kind, **(defaults | fields))


def make_mandate(person: Person, role: str, body: Body, **fields: Any) -> Mandate:
    """Somebody serves in a body since 2019."""
    return Mandate.objects.create(
        person=person, role=role, body=body, **({"starts_on": LONG_AGO} | fields)
    )


def make_secretary(email: str = "officer@example.org") -> Account:
    """The account of somebody who works for the Secretariat since 2019, on no call."""
    person = make_person(account=make_account(email))
    make_mandate(person, "programme_officer", make_body("secretariat"))
    assert person.account is not None
    return person.account


def make_membership(organisation: Organisation, **fields: Any) -> Membership:
    """An organisation belongs to the alliance since 2019."""
    facts: dict[str, Any] = {"category": "full", "on": LONG_AGO, "source": "made for a test"}
    facts |= {"actor": SETUP, "now": NOW}
    return admit_member(organisation=organisation, **(facts | fields))
