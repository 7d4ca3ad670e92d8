"""The people of whom somebody reads on their desk."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from anso.applications.queries.people import (
    desk_calls_of,
    people_in_applications,
    people_who_write,
)
from anso.database.search import has_words
from anso.directory.models import Person
from anso.review.queries.people import people_who_review


def people_seen_by(account: Model, now: dt.datetime) -> QuerySet[Person]:
    """Whoever takes part in what this account reads on its desk: in an application, by a letter
    to a call that it works on, as a reviewer. Never the reader.
    """
    calls = desk_calls_of(account, now)
    either = Q(people_in_applications(calls)) | Q(people_who_review(calls))
    either |= Q(people_who_write(calls))
    return Person.objects.filter(either).exclude(account=account.pk)


def get_person_for(account: Model, reference: str, now: dt.datetime) -> Person:
    """The person with that reference; 404 for whoever reads nothing of them on a desk."""
    found = people_seen_by(account, now).select_related("account").filter(reference=reference)
    person = found.first()
    if person is None:
        raise Http404
    return person


def find_person_for(account: Model, text: str, now: dt.datetime) -> Person | None:
    """The one person of whom this account reads by a reference, an address of theirs, or the number
    of an application; None where it is nobody or several.
    """
    seen = people_seen_by(account, now)
    by = Q(reference=text) | Q(account__email__iexact=text) | Q(applications__number__iexact=text)
    found = list(seen.filter(by).select_related("account").distinct()[:2])
    return found[0] if len(found) == 1 else None


def alike_people(account: Model, person: Person, now: dt.datetime) -> list[Person]:
    """Those of whom this account reads, whose names have all words of this person's, in any script
    and order.
    """
    seen = people_seen_by(account, now).exclude(pk=person.pk)
    found = seen.filter(has_words(person.full_name)).select_related("account")
    return list(found.order_by("full_name", "id")[:10])
