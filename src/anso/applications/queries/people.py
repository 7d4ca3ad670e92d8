"""What the readers of a desk may know of one person across the calls on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from anso.applications.models import Letter, Participant
from anso.calls.models import Call
from anso.calls.queries import calls_managed_by, calls_on_desk_of, form_of
from anso.directory.models import Person
from anso.directory.queries import addresses_of
from anso.kernel.actors import Actor
from anso.kernel.participants import APPLICANTS, NOMINEE, parties
from anso.kernel.questions import Audience, Form, is_read_by

# Their names stand in lists that every reader of a desk may open.
LISTED = (*APPLICANTS.values(), NOMINEE)
AT_MOST = 200


@dataclass(frozen=True)
class DeskCalls:
    """The keys of the calls whose inside somebody reads, and of those that they work on; found
    once for everything that is asked of them.
    """

    read: QuerySet[Call, Any]
    worked_on: QuerySet[Call, Any]


def desk_calls_of(account: Actor, now: dt.datetime) -> DeskCalls:
    """The calls on somebody's desk."""
    return DeskCalls(
        calls_on_desk_of(account, now).order_by().values("pk"),
        calls_managed_by(account, now).order_by().values("pk"),
    )


def parts_seen_by(account: Model, now: dt.datetime) -> QuerySet[Participant]:
    """The parts in applications that somebody reads of on their desk: in what was submitted whom it
    is of and about; for officers of the call its partners too, and who has only a draft.
    """
    return _parts_on(desk_calls_of(account, now))


def _parts_on(calls: DeskCalls) -> QuerySet[Participant]:
    submitted = Q(application__submission__isnull=False)
    read = Q(application__call__in=calls.read, role__in=LISTED) & submitted
    of_office = Q(application__call__in=calls.worked_on, role__in=parties()) & (
        submitted | Q(role__in=APPLICANTS.values())
    )
    return Participant.objects.filter(read | of_office)


def parts_of_person(account: Model, person: Person, now: dt.datetime) -> list[Participant]:
    """Those of one person, the newest first."""
    found = parts_seen_by(account, now).filter(person=person)
    found = found.select_related("application__call", "application__step")
    wide = ("application__answers", "application__search_text")
    return list(found.defer(*wide).order_by("-application__started_at", "id")[:AT_MOST])


def letters_of_person(account: Model, person: Person, now: dt.datetime) -> Iterator[Letter]:
    """The letters that somebody was asked for at any address of theirs, for what was submitted to
    the calls of this officer; those aside whose writer is not told to officers.
    """
    own = {address.lower() for address in addresses_of([person.pk])[person.pk]}
    own |= {email.lower() for email in person.parts.values_list("email", flat=True) if email}
    managed = calls_managed_by(account, now).order_by().values("pk")
    found = Letter.objects.annotate(folded=Lower("email")).filter(
        folded__in=own, application__call__in=managed, application__submission__isnull=False
    )
    rows = found.exclude(state="replaced").select_related(
        "application__call", "application__submission__form_version"
    )
    wide = ("application__answers", "application__search_text", "application__submission__body")
    for letter in rows.defer(*wide).order_by("-asked_at", "id")[:AT_MOST]:
        submission = letter.application.submission
        form = form_of(submission.form_version) if submission else None
        if form and _is_told(form, letter.question_key):
            yield letter


def _is_told(form: Form, key: str) -> bool:
    questions = {each.key: each for each in form.questions()}
    return key in questions and is_read_by(questions[key], frozenset({Audience.OFFICERS}))


def people_in_applications(calls: DeskCalls) -> Exists:
    """People who take part in what is read on a desk: a condition on rows of people."""
    return Exists(_parts_on(calls).filter(person=OuterRef("pk")))


def people_who_write(calls: DeskCalls) -> Exists:
    """The same of those whose account has the address of a writer of a letter, for officers."""
    asked = Letter.objects.annotate(folded=Lower("email")).filter(
        folded=Lower(OuterRef("account__email")),
        application__call__in=calls.worked_on,
        application__submission__isnull=False,
    )
    return Exists(asked.exclude(state="replaced"))


def people_worked_with(account: Actor, now: dt.datetime) -> QuerySet[Person]:
    """Whoever takes part in an application to a call that this account works on as officer."""
    worked_on = desk_calls_of(account, now).worked_on
    parts = _parts_on(DeskCalls(worked_on, worked_on)).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(parts))
