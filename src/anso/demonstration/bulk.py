"""Thousands of applications at once, for load: the same columns and invariants as the actions
leave, without their documents and messages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from anso.accounts.models import Account
from anso.applications.actions.list_columns import list_columns
from anso.applications.actions.participants import applicant_row
from anso.applications.models import Application, Letter, Participant, Submission
from anso.applications.queries.answers import plain_answers
from anso.applications.queries.letters import LetterSlot, slots_shown
from anso.applications.queries.required_letters import lacks_of_submitted
from anso.audit.models import Entry
from anso.audit.queries import entry_fields
from anso.calls.models import Call
from anso.calls.queries import form_of, get_form, get_terms, letters_due_at
from anso.calls.queries.steps import steps_of_block
from anso.demonstration.answers import Composer
from anso.demonstration.people import Invented, invent_person
from anso.directory.models import Person
from anso.kernel.actors import SETUP
from anso.kernel.canonical import content_hash
from anso.kernel.periods import day_of
from anso.kernel.questions import facts_meant
from anso.kernel.references import CallNumber
from anso.kernel.sealing import GENESIS, entry_hash
from anso.kernel.terms import LetterNeed

BATCH = 2000
LETTERS_GIVEN = 0.9


@dataclass(frozen=True)
class Share:
    """How much of the crowd ends in a state, and which instants that state calls for."""

    name: str
    weight: float
    stamps: tuple[str, ...] = ()


STATES = (
    Share("submitted", 0.62, ("submitted_at",)),
    Share("eligible", 0.12, ("submitted_at", "screened_at")),
    Share("ineligible", 0.05, ("submitted_at", "screened_at")),
    Share("draft", 0.2),
    Share("withdrawn", 0.01, ("submitted_at", "withdrawn_at")),
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
    # The numbers of the batch are taken as one range under the lock, as ``start_application`` takes
    # one.
    first = (
        Call.objects.select_for_update().values_list("last_number", flat=True).get(pk=call.pk) + 1
    )
    Call.objects.filter(pk=call.pk).update(last_number=first + len(batch) - 1)
    crowd = [invent_person(random, 100_000 + number) for number in batch]
    applicants = _people(crowd, first)
    names, weights = [state.name for state in STATES], [state.weight for state in STATES]
    drawn = random.choices(names, weights, k=len(batch))
    rows = list(zip(drawn, crowd, applicants, strict=True))
    made = Application.objects.bulk_create(
        _applications(call, rows, first, random, now), batch_size=BATCH
    )
    Participant.objects.bulk_create(map(applicant_row, made), batch_size=BATCH)
    sent = [each for each, state in zip(made, drawn, strict=True) if state != "draft"]
    Submission.objects.bulk_create(map(_submission, sent), batch_size=BATCH)
    _put_in_states(made, drawn)
    _add_letters(call, sent, random)
    Entry.objects.bulk_create(map(_entry, made, drawn), batch_size=BATCH)


def _put_in_states(made: list[Application], drawn: list[str]) -> None:
    """Every row begins as a draft, which needs no submission; then each gets the state drawn."""
    latest = Submission.objects.filter(application=OuterRef("pk")).values("pk")
    for state in STATES:
        keys = [each.pk for each, name in zip(made, drawn, strict=True) if name == state.name]
        changes: dict[str, Any] = {stamp: F("saved_at") for stamp in state.stamps}
        if state.stamps:
            changes |= {"submission": Subquery(latest), "submitted_revision": 1}
        Application.objects.filter(pk__in=keys).update(state=state.name, **changes)


def _add_letters(call: Call, sent: list[Application], random: Random) -> None:
    """The letters of those who submitted: most are there, and what is not is noted as lacking."""
    terms, form = get_terms(call), form_of(sent[0].form_version)
    letters = [
        _letter(application, slot, random)
        for application in sent
        for slot in slots_shown(terms, form, plain_answers(application))
    ]
    Letter.objects.bulk_create(letters, batch_size=BATCH)
    submitted = list(Application.objects.filter(pk__in=[each.pk for each in sent]))
    lacks = lacks_of_submitted(call, submitted)
    for application in submitted:
        application.lacks = [lack.code for lack in lacks[application.pk]]
    Application.objects.bulk_update(submitted, ["lacks"], batch_size=BATCH)


def _letter(application: Application, slot: LetterSlot, random: Random) -> Letter:
    person, at = slot.person_in(plain_answers(application)), application.saved_at
    is_given = slot.rule.need is LetterNeed.SUBMISSION or random.random() < LETTERS_GIVEN
    return Letter(
        application=application,
        kind=slot.kind,
        question_key=slot.question.key,
        position=slot.position,
        host=slot.host.key if slot.host else "",
        full_name=person["name"],
        email=person["email"],
        state="completed" if is_given else "asked",
        completed_at=at if is_given else None,
        # Whoever is asked for a host says yes or no.
        is_acceptance=True if is_given and slot.host else None,
        due_at=letters_due_at(application.call, slot.rule),
        asked_at=at,
        last_sent_at=at,
    )


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
    rows: list[tuple[str, Invented, Person]],
    first: int,
    random: Random,
    now: dt.datetime,
) -> Iterator[Application]:
    step = steps_of_block(call, "applications")[0]
    version, form = get_form(call, step.form)
    end = min(now, call.closes_at) - dt.timedelta(minutes=10)
    for place, (state, who, person) in enumerate(rows):
        answers = Composer(random, who, today=day_of(call.opens_at, call.zone)).compose(form)
        facts = facts_meant(form, answers) if state != "draft" else {}
        number = str(CallNumber(call.number_prefix, first + place))
        at = call.opens_at + (end - call.opens_at) * random.random()
        yield Application(
            number=number,
            call=call,
            step=step,
            applicant=person,
            form_version=version,
            answers={
                key: {"value": value, "form": version.number, "revision": 1}
                for key, value in answers.items()
            },
            revision=1,
            started_at=at - dt.timedelta(hours=3),
            saved_at=at,
            **list_columns(facts, name=person.full_name, number=number, email=who.email),
        )


def _submission(application: Application) -> Submission:
    body = _body(application)
    return Submission(
        application=application,
        step=application.step,
        version=1,
        form_version=application.form_version,
        body=body,
        sha256=content_hash(body),
        submitted_at=application.saved_at,
        arrived_at=application.saved_at,
    )


def _body(application: Application) -> dict[str, Any]:
    """What a submission holds, without documents and letters, and with no rule judged."""
    answers = {key: cell["value"] for key, cell in application.answers.items()}
    call, form = application.call, application.form_version
    return {
        "number": application.number,
        "version": 1,
        "arrived_at": application.saved_at.isoformat(),
        "call": {"slug": call.slug, "title": call.title, "terms_sha256": ""},
        "step": application.step.key,
        "form": {"number": form.number, "sha256": form.sha256},
        "applicant": {
            "reference": application.applicant.reference,
            "name": application.applicant.full_name,
        },
        "answers": answers,
        "facts": facts_meant(form_of(form), answers),
        "documents": [],
        "letters": [],
        "eligibility": {"eligibility": "ask_us", "judged_rules": [], "hosts": {}},
        "revision": 1,
    }


def _entry(application: Application, state: str) -> Entry:
    entry = Entry(
        object_type="applications.application",
        object_id=application.pk,
        object_label=application.number,
        sequence=1,
        verb="load_application",
        actor_label=str(SETUP),
        at=application.saved_at,
        changes={"state": ["", state]},
        previous_hash=GENESIS,
    )
    entry.hash = entry_hash(entry_fields(entry), GENESIS)
    return entry
