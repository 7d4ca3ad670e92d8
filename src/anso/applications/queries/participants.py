"""Who takes part in an application, asked by what they are for: who wrote it, who is offered what
the call gives, everybody.

An account takes part by the person behind it, or by a confirmed address that was named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Lower

from anso.accounts.models import Account
from anso.applications.models import IS_GIVEN, Application, Letter, Participant
from anso.calls.models import Call
from anso.calls.queries import Asked, at_mailbox, get_terms
from anso.calls.queries.parts import PartSource
from anso.database import PreparedValues
from anso.directory.models import Person
from anso.kernel.actors import Actor
from anso.kernel.participants import APPLICANTS, FOR_THEMSELVES, NOMINEE, applicant_role, parties


def participants_of(application: Application) -> QuerySet[Participant]:
    """Everybody who takes part, whoever wrote it first, with the records they lead to."""
    found = Participant.objects.filter(application_id=application.pk)
    return found.select_related("person__account", "organisation").order_by("id")


def participants_by_application(
    applications: Iterable[Application],
) -> dict[int, list[Participant]]:
    """The same for many applications in one query."""
    found: dict[int, list[Participant]] = {each.pk: [] for each in applications}
    rows = Participant.objects.filter(application_id__in=found)
    for row in rows.select_related("person__account", "organisation").order_by("id"):
        found[row.application_id].append(row)
    return found


def that_benefit(found: QuerySet[Participant]) -> QuerySet[Participant]:
    """Of these, who is offered what the call gives: whoever is nominated, else whoever wrote for
    themselves.
    """
    nominees = Participant.objects.filter(application_id=OuterRef("application_id"), role=NOMINEE)
    own = Q(role__in=FOR_THEMSELVES) & ~Exists(nominees)
    return found.filter(Q(role=NOMINEE) | own)


def beneficiaries_of(application: Application) -> list[Participant]:
    """Who is offered what the call gives: those who are nominated, else whoever wrote it."""
    return list(that_benefit(participants_of(application)))


def is_written_for_others(application: Application) -> bool:
    """Whether somebody else than the writer is offered what the call gives."""
    if applicant_role(get_terms(application.call).entry) not in FOR_THEMSELVES:
        return True
    # A list of applications has its participants loaded at once.
    return any(each.role == NOMINEE for each in application.participants.all())


def parts_of(account: Actor | None) -> QuerySet[Participant]:
    """Every part that somebody has in any application."""
    if account is None or account.pk is None:
        return Participant.objects.none()
    person = Person.objects.filter(account=account.pk).values("pk")
    confirmed = EmailAddress.objects.filter(user_id=account.pk, verified=True)
    folded = ArraySubquery(confirmed.annotate(folded=Lower("email")).values("folded"))
    # Both are looked up first, as one value and one array, so that each side goes by its own index,
    # that of addresses without the blank ones, whatever is known of the tables. As subqueries of
    # rows the planner reads every participant of every call once it has counted too few of them.
    is_theirs = Func(
        Lower("email"),
        folded,
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    addressed = Q(is_theirs) & ~Q(email="")
    return Participant.objects.filter(Q(person_id=Subquery(person)) | addressed)


def beneficial_parts_of(account: Actor | None) -> QuerySet[Participant]:
    """The parts in which somebody is offered what an application is for."""
    return that_benefit(parts_of(account))


def is_beneficiary(account: Actor | None, application: Application) -> bool:
    """Whether somebody is offered what an application is for."""
    return beneficial_parts_of(account).filter(application_id=application.pk).exists()


def account_of(participant: Participant) -> Account | None:
    """The account of a participant: of their person, or one that confirmed their address."""
    person = participant.person
    if person is not None and person.account is not None:
        return person.account
    if not participant.email:
        return None
    found = EmailAddress.objects.filter(email__iexact=participant.email, verified=True)
    confirmed = found.select_related("user").first()
    return confirmed.user if confirmed else None


# Whoever writes takes part by it; whoever is named by somebody else, once they said yes. Before, a
# stranger could keep an officer from a call by naming them.
TAKES_PART = Q(role__in=APPLICANTS.values()) | Q(confirmed_at__isnull=False)


def calls_of_party(account: Actor) -> QuerySet[Participant, Any]:
    """The calls in which somebody is a party to an application that is not withdrawn."""
    found = parts_of(account).filter(TAKES_PART, role__in=parties())
    return found.exclude(application__state="withdrawn").values("application__call_id")


def _taking_part(calls: list[int], people: list[int], boxes: list[str]) -> QuerySet[Any, Any]:
    named = Participant.objects.filter(application__call__pk__among=calls, role__in=parties())
    standing = named.exclude(application__state="withdrawn").filter(declined_at__isnull=True)
    boxed = standing.annotate(box=at_mailbox("email"))
    found = boxed.filter(Q(person__pk__among=people) | Q(box__among=boxes)).annotate(
        held_as=Case(When(TAKES_PART, then=Value("party")), default=Value("named"))
    )
    return found.values_list("application__call_id", "person_id", "box", "held_as")


def _letters_given(calls: list[int], boxes: list[str]) -> QuerySet[Any, Any]:
    letters = Letter.objects.filter(IS_GIVEN, application__call__pk__among=calls)
    given = letters.exclude(application__state="withdrawn").annotate(box=at_mailbox("email"))
    return given.filter(box__among=boxes).values_list("application__call_id", "box")


def _proposing(calls: list[int], people: list[int], boxes: list[str]) -> QuerySet[Any, Any]:
    named = Participant.objects.filter(
        TAKES_PART,
        role__in=parties(),
        application__call__parts__pk__among=calls,
        application__call__parts__proposal=F("application__number"),
    )
    found = named.annotate(box=at_mailbox("email"))
    found = found.filter(Q(person__pk__among=people) | Q(box__among=boxes))
    return found.values_list("application__call__parts__pk", "person_id", "box")


TAKING_PART = PreparedValues("taking_part", _taking_part, list[int], list[int], list[str])
PROPOSING = PreparedValues("proposing", _proposing, list[int], list[int], list[str])
LETTERS_GIVEN = PreparedValues("letters_given", _letters_given, list[int], list[str])


def parts_in_applications(asked: Asked, on: dt.date) -> Iterator[tuple[int, int, str]]:
    """Who of these people is a party to an application of a call, is named in one without having
    answered, or has written a letter: as a person, or at any of their mailboxes.
    """
    own, boxes = set(asked.people), [*asked.mailboxes]
    for call, person, box, part in TAKING_PART.rows(asked.calls, asked.people, boxes):
        for who in own & (asked.mailboxes.get(box, set()) | {person}):
            yield call, who, part
    for call, box in LETTERS_GIVEN.rows(asked.calls, boxes):
        for who in asked.mailboxes[box]:
            yield call, who, "writer"


PARTS = PartSource(frozenset({"party", "named", "writer"}), parts_in_applications)


def parts_in_proposals(asked: Asked, on: dt.date) -> Iterator[tuple[int, int, str]]:
    """Who of these people takes part in the selected proposal to which a call belongs."""
    # Few calls belong to a proposal: of all others nothing more is asked.
    below = Call.objects.filter(pk__in=asked.calls).exclude(proposal="")
    if not below.exists():
        return
    own, boxes = set(asked.people), [*asked.mailboxes]
    for call, person, box in PROPOSING.rows(asked.calls, asked.people, boxes):
        for who in own & (asked.mailboxes.get(box, set()) | {person}):
            yield call, who, "proposer"


PROPOSERS = PartSource(frozenset({"proposer"}), parts_in_proposals)
