"""Makers of bodies and mandates."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from anso.directory.models import Person
from anso.governance.models import Body, Mandate

_numbers = count(1)
LONG_AGO = dt.date(2019, 1, 1)


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
