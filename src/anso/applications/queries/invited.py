"""Who was invited to a call by invitation, and what they began."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application, Invited
from anso.calls.models import Call
from anso.calls.queries.batches import batch_condition
from anso.calls.queries.parts import at_mailbox
from anso.directory.queries import OWNED, addresses_of
from anso.kernel.actors import Actor
from anso.kernel.names import mailbox
from anso.kernel.periods import day_of


@dataclass(frozen=True)
class InvitedRow:
    """Somebody who was invited, with what they began; None where they have not."""

    invited: Invited
    application: Application | None


def invited_to(call: Call) -> QuerySet[Invited]:
    """Whom the office invited, those who were not told otherwise, in the order of their names."""
    return call.invited.filter(taken_back_at=None).order_by("full_name", "email", "id")


def get_invited(call: Call, reference: str) -> Invited:
    """One of them; 404 where there is none."""
    found = invited_to(call).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def is_invited(actor: Actor, call: Call, now: dt.datetime) -> bool:
    """Whether one of the addresses by which somebody signs in was invited, and its day has not
    passed; an invitation counts in all batches of a rolling call.
    """
    calls = Call.objects.filter(batch_condition(call))
    found = Invited.objects.filter(call__in=calls, taken_back_at=None)
    found = found.filter(until_on__gte=day_of(now, call.zone)).alias(box=at_mailbox("email"))
    return found.filter(box__in=boxes_of(actor)).exists()


def rows_of(call: Call) -> list[InvitedRow]:
    """Everybody who was invited, each with what they began first in this call."""
    applications = Application.objects.filter(call=call).exclude(state="withdrawn")
    newest_first = list(applications.order_by("-started_at"))
    own = addresses_of(each.applicant_id for each in newest_first)
    begun = {mailbox(email): each for each in newest_first for email in own[each.applicant_id]}
    return [InvitedRow(each, begun.get(mailbox(each.email))) for each in invited_to(call)]


def boxes_of(actor: Actor) -> set[str]:
    """The mailboxes by which somebody signs in."""
    own = Account.objects.filter(pk=actor.pk).values_list("email", flat=True)
    further = EmailAddress.objects.filter(OWNED, user=actor.pk).values_list("email", flat=True)
    return {mailbox(email) for email in (*own, *further)}
