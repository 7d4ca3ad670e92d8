"""What was decided on one person's applications."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from anso.accounts.models import Account
from anso.applications.queries.people import LISTED, parts_seen_by
from anso.decisions.models import Decision
from anso.decisions.queries.reading import decisions_visible_to
from anso.directory.models import Person


def decisions_on_person(account: Account, person: Person, now: dt.datetime) -> QuerySet[Decision]:
    """The released decisions, the newest first, on what a person wrote or is nominated in, as far
    as the account reads of both.
    """
    parts = parts_seen_by(account, now).filter(person=person, role__in=LISTED)
    found = decisions_visible_to(account, now).filter(
        state="released", application__in=parts.values("application")
    )
    return found.select_related("application__call", "step").order_by("-released_at", "-id")
