"""Applications made the way people make them: account, answers, documents, letters, submission."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

import pikepdf

from anso.accounts.actions import create_account
from anso.accounts.models import Account
from anso.applications.actions import (
    add_document,
    ask_letters,
    complete_letter,
    decline_letter,
    open_letter,
    save_answers,
    save_letter_draft,
    start_application,
    submit_application,
    withdraw_application,
)
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Letter
from anso.applications.queries.letters import letter_form_of
from anso.calls.models import Call
from anso.calls.queries import get_form, get_terms
from anso.demonstration.answers import Composer
from anso.demonstration.people import Invented, invent_person
from anso.directory.models import Affiliation, Country, Organisation, Person
from anso.files.actions import store_file
from anso.files.models import StoredFile
from anso.kernel.actors import SETUP
from anso.kernel.periods import day_of
from anso.kernel.questions import Form, shown_questions
from anso.kernel.terms import LetterNeed

ORGANISATION_KIND = "university"


@dataclass
class ApplicationContext:
    """What context applications of one call needs at hand."""

    call: Call
    random: Random
    opens_at: dt.datetime
    until: dt.datetime


def make_account(invented: Invented, *, now: dt.datetime) -> Account:
    """An account with its person, as after signing up and giving a name."""
    account = create_account(
        email=invented.email,
        actor=SETUP,
        now=now,
        language=invented.language,
        is_demonstration=True,
    )
    Person.objects.create(
        account=account,
        full_name=invented.full_name,
        given_name=invented.given_name,
        family_name=invented.family_name,
        latin_name=invented.latin_name,
        gender=invented.gender,
        born_on=invented.born_on,
        nationality_id=invented.country,
        residence_id=invented.country,
    )
    return account


def make_application(
    context: ApplicationContext, number: int, *, share: float = 1.0, account: Account | None = None
) -> Application:
    """One application, submitted when ``share`` is one, a draft with its first sections answered
    otherwise.
    """
    random = context.random
    invented = invent_person(random, number)
    if account is not None:
        invented = _as_cast(account, invented)
    else:
        account = make_account(invented, now=context.opens_at)
    at = context.opens_at + (context.until - context.opens_at) * random.uniform(0.02, 0.97)
    application = start_application(
        call=context.call, actor=account, now=at, full_name=invented.full_name
    )
    form = get_form(context.call)[1]
    answers = Composer(random, invented, today=day_of(at, context.call.zone)).compose(
        form, share=share
    )
    at += dt.timedelta(minutes=37)
    save_answers(
        application=application,
        fields=answers,
        base=application.revision,
        token=f"demo-{number}",
        actor=account,
        now=at,
    )
    application.refresh_from_db()
    if share < 1.0:
        return application
    add_documents(application, form, answers, account, at)
    ask_letters(application=application, actor=account, now=at)
    at = _agree_before_submission(application, random, at)
    submit_application(application=application, actor=account, arrived_at=at, now=at)
    is_of_cast = bool(account.demonstration_role)
    # Nothing of the story lies ahead of whoever looks at it.
    latest = max(at, context.until - dt.timedelta(minutes=15))
    written_at = min(at + dt.timedelta(days=2), latest)
    _write_letters(application, random, written_at, are_all_given=is_of_cast)
    # Those whom visitors sign in as stay where their story needs them.
    if random.random() < 0.02 and not is_of_cast:
        withdraw_application(
            application=application,
            actor=account,
            now=min(at + dt.timedelta(hours=5), latest),
            because="I have accepted another place.",
        )
    return application


def add_documents(
    application: Application, form: Form, answers: dict[str, Any], account: Account, at: dt.datetime
) -> None:
    """A file in every slot that must be filled."""
    for question in shown_questions(form, answers):
        if question.type == "file" and question.required:
            add_document(
                application=application,
                slot=question.key,
                stored=sample_pdf(question.key),
                actor=account,
                now=at,
            )


def _as_cast(account: Account, invented: Invented) -> Invented:
    person = account.person
    return Invented(
        full_name=person.full_name,
        given_name=person.given_name,
        family_name=person.family_name,
        latin_name=person.latin_name,
        gender=person.gender,
        country=person.nationality_id or invented.country,
        born_on=dt.date(1997, 4, 12),
        email=account.email,
        language=account.language,
    )


def _agree_before_submission(
    application: Application, random: Random, at: dt.datetime
) -> dt.datetime:
    """Whoever must have agreed before the submission agrees; returns when all have."""
    rules = get_terms(application.call).letters
    kinds = [rule.kind for rule in rules if rule.need is LetterNeed.SUBMISSION]
    for letter in application.letters.filter(kind__in=kinds).order_by("id"):
        write_letter(letter, random, at, agrees=True)
        at += dt.timedelta(minutes=13)
    return at


def _write_letters(
    application: Application, random: Random, at: dt.datetime, *, are_all_given: bool
) -> None:
    """Most letters arrive, a few are declined, some are only opened, some are never looked at."""
    waiting = application.letters.filter(state__in=WAITED_FOR)
    for letter in waiting.order_by("id"):
        fate = 0.0 if are_all_given else random.random()
        if fate < 0.87:
            write_letter(letter, random, at)
        elif fate < 0.9:
            decline_letter(
                letter=letter, now=at, because="I do not know this person's work well enough."
            )
        elif fate < 0.95:
            open_letter(letter=letter, now=at)


def write_letter(letter: Letter, random: Random, at: dt.datetime, *, agrees: bool = False) -> None:
    """A letter as a referee writes it, or the agreement of somebody who says yes."""
    writer = invent_person(random, letter.pk)
    fields = Composer(random, writer, today=day_of(at, letter.application.call.zone)).compose(
        letter_form_of(letter)
    )
    fields |= {"is_acceptance": True} if agrees else {}
    open_letter(letter=letter, now=at)
    written = save_letter_draft(
        letter=letter, fields=fields, base_revision=letter.revision, now=at
    ).letter
    complete_letter(
        letter=written, base_revision=written.revision, now=at + dt.timedelta(minutes=12)
    )


def sample_pdf(slot: str) -> StoredFile:
    """A small PDF that says which document it stands for; the same one for everybody. It is looked
    for each time: a row that was kept here would outlive the transaction that took it back.
    """
    content = _specimen(slot)
    found = StoredFile.objects.filter(sha256=hashlib.sha256(content).hexdigest()).first()
    return found or store_file(
        content=io.BytesIO(content),
        name=f"{slot}.pdf",
        actor=SETUP,
        now=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        accepted=("application/pdf",),
        max_bytes=1_000_000,
    )


@lru_cache(maxsize=64)
def _specimen(slot: str) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    words = f"BT /F1 18 Tf 72 760 Td (Specimen: {slot.replace('_', ' ')}) Tj ET".encode("ascii")
    page.Contents = pdf.make_stream(words)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def make_reviewer(random: Random, number: int, *, now: dt.datetime) -> Account:
    """Somebody who can judge: an account, a name, a university, subjects."""
    invented = invent_person(random, number, born=(1960, 1985))
    account = make_account(invented, now=now)
    towns = ("Almaty", "Nairobi", "Dhaka", "Lima", "Cairo", "Colombo", "Accra", "Hanoi")
    organisation, _ = Organisation.objects.get_or_create(
        name=f"University of {random.choice(towns)}",
        country=Country.objects.get(code=invented.country),
        defaults={"kind": ORGANISATION_KIND},
    )
    Affiliation.objects.create(
        person=account.person, organisation=organisation, starts_on=dt.date(2015, 1, 1)
    )
    return account
