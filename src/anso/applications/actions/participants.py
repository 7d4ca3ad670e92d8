"""Writing down who takes part in an application: the writer when it is started, everybody else as
it is submitted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Lower

from anso.accounts.models import Account
from anso.applications.enums import REFUSALS
from anso.applications.models import Application, Letter, Participant
from anso.audit.actions import record_entry
from anso.calls.queries import get_terms
from anso.directory.models import Country, Interest, Organisation, Person
from anso.directory.queries import get_person_of
from anso.kernel.names import clean_line, fold
from anso.kernel.participants import ASKED_THEMSELVES, COLLABORATOR, applicant_role
from anso.kernel.questions import Meaning
from anso.kernel.terms import EntryKind, Terms

PLACE = ("application", "role", "order")
WRITTEN = (
    "person", "organisation", "country", "full_name", "email", "organisation_name",
    "part", "question_key", "asked_at", "confirmed_at", "declined_at",
)  # fmt: skip


def applicant_row(application: Application) -> Participant:
    """The person who writes, in the role that the call's kind of entry names, not yet written."""
    person = application.applicant
    return Participant(
        application=application,
        role=applicant_role(get_terms(application.call).entry),
        person=person,
        full_name=person.full_name,
    )


def name_participants(application: Application, letters: Iterable[Letter]) -> None:
    """Write down everybody whom the latest submission names; who is no longer named goes.

    A row belongs to a place (the second supporter), whoever stands there. ``letters`` are those
    asked for. The caller has locked the application.
    """
    wanted = list(named_in(application, list(letters)))
    _lead_to_records(application, wanted)
    # One statement for those who stay and those who come: submitting is done by many at once.
    kept = Participant.objects.bulk_create(
        wanted, update_conflicts=True, unique_fields=PLACE, update_fields=WRITTEN
    )
    if application.submission is not None and application.submission.version > 1:
        # Whoever fills in parts is named by no form.
        gone = Participant.objects.filter(application=application).exclude(role=COLLABORATOR)
        gone.exclude(pk__in=[row.pk for row in kept]).delete()


@transaction.atomic
def join_account(*, participant: Participant, account: Account, now: dt.datetime) -> Participant:
    """Whoever was named without an account says which one is theirs: their person becomes that of
    the account, everywhere. A participant who has an account already stays with it.
    """
    locked = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    named = locked.person
    own = get_person_of(account)
    if named is None or named.account_id is not None or named == own:
        return locked
    if own is None:
        named.account_id = account.pk
        named.save(update_fields=["account"])
    else:
        Participant.objects.filter(person=named).update(person=own)
        Interest.objects.filter(other_person=named).update(other_person=own)
    changes = {"person": [named.reference, own.reference if own else named.reference]}
    record_entry(locked, "join_account", actor=account, now=now, changes=changes)
    return locked


def named_in(application: Application, letters: list[Letter]) -> Iterable[Participant]:
    """Everybody whom the latest submission and the letters asked for name, not yet written."""
    facts = application.submission.facts if application.submission else {}
    terms = get_terms(application.call)
    yield _applicant_in(application, facts, terms)
    contact = facts.get(Meaning.SUBJECT_CONTACT)
    if isinstance(contact, Mapping):
        yield _nominee_in(application, facts, contact, letters)
    yield from _partners_in(application, facts, letters)
    yield from _hosts_in(application, facts, terms)
    yield from _writers_of_letters(application, letters)


def _applicant_in(application: Application, facts: Mapping[str, Any], terms: Terms) -> Participant:
    person, own = application.applicant, facts.get(Meaning.APPLICANT_ORGANISATION, "")
    if not own and terms.entry == EntryKind.APPLICATION:
        own = facts.get(Meaning.ORGANISATION, "")
    return Participant(
        application=application,
        role=applicant_role(terms.entry),
        person=person,
        full_name=_line(facts.get(Meaning.APPLICANT_NAME)) or person.full_name,
        organisation_name=_line(own),
    )


def _nominee_in(
    application: Application,
    facts: Mapping[str, Any],
    contact: Mapping[str, Any],
    letters: Iterable[Letter],
) -> Participant:
    """The nominee with their consent, at the address that it was asked for at last: a wrong one is
    put right there.
    """
    row = Participant(
        application=application,
        role="nominee",
        full_name=_line(contact.get("name")) or _line(facts.get(Meaning.SUBJECT_NAME)),
        email=contact.get("email", ""),
        organisation_name=_line(facts.get(Meaning.ORGANISATION) or contact.get("organisation")),
        country_id=application.country_id,
    )
    for letter in letters:
        if letter.kind == "nominee" and fold(letter.full_name) == fold(row.full_name):
            row.email = letter.email
            return _with_answer(row, letter)
    return row


def _partners_in(
    application: Application, facts: Mapping[str, Any], letters: Iterable[Letter]
) -> Iterable[Participant]:
    """The partners of a consortium, each with what they answered to the question whether they take
    part.
    """
    asked = [letter for letter in letters if letter.kind == "partner"]
    partners = facts.get(Meaning.PARTNERS) or ()
    countries = Country.objects.in_bulk([named["country"] for named in partners])
    for order, named in enumerate(partners, 1):
        row = Participant(
            application=application,
            role="partner",
            order=order,
            full_name=_line(named.get("name")),
            email=named.get("email", ""),
            organisation_name=_line(named.get("organisation")),
            country=countries.get(named["country"]),
            part=_line(named.get("part")),
        )
        letter = next((each for each in asked if _is_asked(each, row)), None)
        if letter is not None:
            row.email = letter.email
            _with_answer(row, letter)
        yield row


def _is_asked(letter: Letter, row: Participant) -> bool:
    return _address(letter.email) == _address(row.email) or fold(letter.full_name) == fold(
        row.full_name
    )


def _hosts_in(
    application: Application, facts: Mapping[str, Any], terms: Terms
) -> Iterable[Participant]:
    preferred = facts.get(Meaning.PREFERENCE) or ()
    keys = [preferred] if isinstance(preferred, str) else list(preferred)
    named = {host.key: str(host.label) for host in terms.hosts}
    for order, key in enumerate((key for key in keys if key in named), 1):
        yield Participant(
            application=application, role="host", order=order, organisation_name=named[key]
        )


def _writers_of_letters(
    application: Application, letters: Iterable[Letter]
) -> Iterable[Participant]:
    """Those of whom a letter is asked; who takes part themselves has a row already."""
    for letter in letters:
        if letter.kind in ASKED_THEMSELVES:
            continue
        row = Participant(
            application=application,
            role=letter.kind,
            order=letter.position,
            full_name=letter.full_name,
            email=letter.email,
            organisation_name=letter.organisation_name,
        )
        yield _with_answer(row, letter)


def _with_answer(row: Participant, letter: Letter) -> Participant:
    """The row with what became of the letter that this person was asked for."""
    row.question_key, row.asked_at = letter.question_key, letter.asked_at
    row.confirmed_at, row.declined_at = _answers_in(letter)
    return row


def _answers_in(letter: Letter) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When the writer of a letter said yes, and when no: one of them, or neither."""
    if letter.answer in REFUSALS:
        return None, letter.declined_at or letter.completed_at
    return letter.completed_at, None


def note_answer_of(letter: Letter) -> None:
    """Keep with the participant what became of the letter that they were asked for."""
    rows = Participant.objects.filter(
        application_id=letter.application_id,
        question_key=letter.question_key,
        email__iexact=letter.email,
    )
    confirmed_at, declined_at = _answers_in(letter)
    rows.update(confirmed_at=confirmed_at, declined_at=declined_at)


def _lead_to_records(application: Application, rows: list[Participant]) -> None:
    """Lead the rows to the organisations of the directory that they name, and those who are asked
    to take part themselves to their person.

    A confirmed address leads to its owner, another one to whoever was named with it before, or
    to a person of the directory from now on.
    """
    asked = [row for row in rows if row.role in ASKED_THEMSELVES and row.email]
    people = _people_by_address({_address(row.email) for row in asked})
    by_name, by_host = _organisations_of(application, {row.organisation_name for row in rows})
    for row in rows:
        row.organisation = by_name.get(fold(row.organisation_name))
        host = by_host.get(row.organisation_name) if row.role == "host" else None
        if host is not None:
            row.organisation, row.organisation_name = host, host.name
    # By address, and not as the form names them: each may be locked until the transaction ends, and
    # two consortia with the same partners must not wait for each other in a circle.
    for row in sorted(asked, key=lambda row: _address(row.email)):
        row.person = people.get(_address(row.email)) or _person_made_once(row)


def _people_by_address(addresses: set[str]) -> dict[str, Person]:
    if not addresses:
        return {}
    named = Participant.objects.annotate(folded=Lower("email"))
    named = named.filter(folded__in=addresses, person__isnull=False).select_related("person")
    found = {_address(row.email): row.person for row in named.order_by("-id") if row.person}
    owned = EmailAddress.objects.annotate(folded=Lower("email")).filter(
        folded__in=addresses, verified=True, user__person__isnull=False
    )
    return found | {
        _address(each.email): each.user.person for each in owned.select_related("user__person")
    }


def _person_made_once(row: Participant) -> Person:
    """A person of the directory for an address that nobody has yet.

    The address is locked until the transaction ends: of two nominations of the same person at the
    same moment, the second finds the person of the first.
    """
    address = _address(row.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])
    return _people_by_address({address}).get(address) or Person.objects.create(
        full_name=row.full_name or row.organisation_name
    )


def _organisations_of(
    application: Application, names: set[str]
) -> tuple[dict[str, Organisation], dict[str, Organisation]]:
    """Organisations of the directory by folded name or acronym, where only one has it; and those
    that are hosts of the call, by the label that its terms give them. In one query.
    """
    call = application.call
    wanted = Q(host_here__isnull=False)
    for name in filter(None, names):
        wanted |= Q(name__iexact=name) | Q(acronym__iexact=name)
    here = FilteredRelation("hosted_calls", condition=Q(hosted_calls__call_id=call.pk))
    found = Organisation.objects.annotate(host_here=here, host_key=F("host_here__key"))
    labels = {host.key: str(host.label) for host in get_terms(call).hosts}
    by_name: dict[str, set[Organisation]] = {}
    by_host: dict[str, Organisation] = {}
    for organisation in found.filter(wanted):
        for known in (organisation.name, organisation.acronym):
            by_name.setdefault(fold(known), set()).add(organisation)
        if organisation.host_key in labels:
            by_host[labels[organisation.host_key]] = organisation
    alone = {name: next(iter(these)) for name, these in by_name.items() if len(these) == 1}
    return alone, by_host


def _address(email: str) -> str:
    return email.strip().lower()


def _line(value: Any) -> str:
    return clean_line(value[:400])[:200] if isinstance(value, str) else ""
