"""Thousands of applications at once, for load: the same columns and invariants as the actions
leave, without their letters and messages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions.search_columns import search_columns
from anso.applications.models import Application, Snapshot
from anso.audit.models import Entry
from anso.audit.queries import entry_fields
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.demonstration.answers import Composer
from anso.demonstration.people import Invented, invent_person
from anso.directory.models import Person
from anso.kernel.actors import SETUP
from anso.kernel.canonical import content_hash
from anso.kernel.periods import day_of
from anso.kernel.references import CallNumber
from anso.kernel.sealing import GENESIS, entry_hash

BATCH = 2000
STATES = (
    ("submitted", 0.62),
    ("eligible", 0.12),
    ("ineligible", 0.05),
    ("draft", 0.2),
    ("withdrawn", 0.01),
)


def add_bulk_applications(call: Call, *, count: int, seed: int, now: dt.datetime) -> None:
    """Add invented applications in all states, in batches, each batch in one transaction with its
    entries.
    """
    random = Random(seed)
    numbers = iter(range(count))
    while batch := list(islice(numbers, BATCH)):
        _add_batch(call, batch, random, now)


@transaction.atomic
def _add_batch(call: Call, batch: list[int], random: Random, now: dt.datetime) -> None:
    first = (
        Call.objects.select_for_update().values_list("last_number", flat=True).get(pk=call.pk) + 1
    )
    Call.objects.filter(pk=call.pk).update(last_number=first + len(batch) - 1)
    crowd = [invent_person(random, 100_000 + number) for number in batch]
    applicants = _people(crowd, first)
    made = Application.objects.bulk_create(
        _applications(call, crowd, applicants, first, random, now), batch_size=BATCH
    )
    Snapshot.objects.bulk_create(_snapshots(made), batch_size=BATCH)
    Entry.objects.bulk_create(_entries(made), batch_size=BATCH)


def _people(crowd: list[Invented], first: int) -> list[Person]:
    closed = make_password(None)
    accounts = Account.objects.bulk_create(
        Account(
            email=f"bulk{first + place}@people.example",
            password=closed,
            language=who.language,
            is_demonstration=True,
        )
        for place, who in enumerate(crowd)
    )
    return Person.objects.bulk_create(
        Person(
            account=account,
            full_name=who.full_name,
            given_name=who.given_name,
            family_name=who.family_name,
            latin_name=who.latin_name,
            gender=who.gender,
            born_on=who.born_on,
            nationality_id=who.country,
            residence_id=who.country,
        )
        for account, who in zip(accounts, crowd, strict=True)
    )


def _applications(
    call: Call,
    crowd: list[Invented],
    applicants: list[Person],
    first: int,
    random: Random,
    now: dt.datetime,
) -> Iterator[Application]:
    version, form = get_form(call)
    names, weights = [name for name, _ in STATES], [weight for _, weight in STATES]
    end = min(now, call.closes_at) - dt.timedelta(minutes=10)
    for place, (who, person) in enumerate(zip(crowd, applicants, strict=True)):
        answers = Composer(random, who, today=day_of(call.opens_at, call.zone)).compose(form)
        number = str(CallNumber(call.number_prefix, first + place))
        at = call.opens_at + (end - call.opens_at) * random.random()
        state = random.choices(names, weights)[0]
        yield Application(
            number=number,
            call=call,
            applicant=person,
            form_version=version,
            state=state,
            answers={
                key: {"value": value, "form": version.number, "revision": 1}
                for key, value in answers.items()
            },
            revision=1,
            submitted_revision=0 if state == "draft" else 1,
            started_at=at - dt.timedelta(hours=3),
            saved_at=at,
            submitted_at=None if state == "draft" else at,
            withdrawn_at=at if state == "withdrawn" else None,
            screened_at=at if state in {"eligible", "ineligible"} else None,
            **search_columns(answers, number=number, email=who.email),
        )


def _snapshots(made: list[Application]) -> Iterator[Snapshot]:
    for application in made:
        if application.submitted_at is not None:
            answers = {key: cell["value"] for key, cell in application.answers.items()}
            body = {"number": application.number, "answers": answers}
            yield Snapshot(
                application=application,
                version=1,
                body=body,
                sha256=content_hash(body),
                submitted_at=application.submitted_at,
                arrived_at=application.submitted_at,
            )


def _entries(made: list[Application]) -> Iterator[Entry]:
    for application in made:
        entry = Entry(
            object_type="applications.application",
            object_id=application.pk,
            object_label=application.number,
            sequence=1,
            verb="load_application",
            actor_label=str(SETUP),
            at=application.saved_at,
            changes={"state": ["", application.state]},
            previous_hash=GENESIS,
        )
        entry.hash = entry_hash(entry_fields(entry), GENESIS)
        yield entry
