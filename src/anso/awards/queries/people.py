"""What was offered to one person."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from anso.accounts.models import Account
from anso.applications.queries.people import LISTED, parts_seen_by
from anso.awards.models import Offer
from anso.directory.models import Person


def offers_to_person(account: Account, person: Person, now: dt.datetime) -> QuerySet[Offer]:
    """The offers, the newest first, to applications that a person wrote or is nominated in, as far
    as the account reads of them on their desk.
    """
    parts = parts_seen_by(account, now).filter(person=person, role__in=LISTED)
    found = Offer.objects.filter(application__in=parts.values("application"))
    return found.select_related("application__call").order_by("-made_at", "-id")
