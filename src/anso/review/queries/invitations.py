"""Who was asked by mail to review in a call, and what people on a list are to the call already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Count, QuerySet

from anso.accounts.models import Account
from anso.accounts.queries import find_scoped_link, is_way_in_of
from anso.calls.models import Call
from anso.calls.queries import calls_managed_by, parts_in_call
from anso.calls.queries.parts import at_mailbox
from anso.directory.queries import OWNED
from anso.kernel.names import mailbox
from anso.kernel.people_lists import PersonLine
from anso.kernel.periods import Deadline, day_of
from anso.review.models import Invitation, Reviewer
from anso.review.queries.reading import get_reviews_close_at

PURPOSE = "review"
# After the day until which an answer is asked for, a late yes still counts for so long.
LIVES_AFTER = dt.timedelta(days=14)
# When who has not answered is reminded, in days from that day; and never sooner than so long after
# the last mail.
REMIND_ON = (-3, 2, 7)
QUIET_FOR = dt.timedelta(days=2)


@dataclass(frozen=True)
class Invitee:
    """One person of a list beside what they are in the call already."""

    line: PersonLine
    account: Account | None = None
    person: int | None = None
    parts: frozenset[str] = frozenset()
    standing: str = ""


def invitees_in(call: Call, lines: Sequence[PersonLine], on: dt.date) -> list[Invitee]:
    """What the people of a list are to a call, by the mailboxes that they sign in by, in a fixed
    number of queries.
    """
    boxes = {each.box for each in lines}
    asked = invitations_of(call).exclude(state="cancelled").alias(box=at_mailbox("email"))
    standing = {mailbox(each.email): each.state for each in asked.filter(box__in=boxes)}
    accounts = _accounts_at(boxes)
    people = {
        box: account.person.pk for box, account in accounts.items() if hasattr(account, "person")
    }
    reviewing = dict(
        Reviewer.objects.filter(call=call, person__in=people.values())
        .exclude(state="released")
        .values_list("person_id", "state")
    )
    parts = parts_in_call(call, people.values(), on, beside="reviewer")
    return [
        Invitee(
            line=each,
            account=accounts.get(each.box),
            person=people.get(each.box),
            parts=parts.get(people.get(each.box, 0), frozenset()),
            standing=reviewing.get(people.get(each.box, 0), "") or standing.get(each.box, ""),
        )
        for each in lines
    ]


def _accounts_at(boxes: Iterable[str]) -> dict[str, Account]:
    """Whose mailboxes these are: by the address of the account, or a confirmed further one."""
    wanted = sorted(boxes)
    by_account = Account.objects.alias(box=at_mailbox("email")).filter(box__in=wanted)
    owned = EmailAddress.objects.filter(OWNED).alias(box=at_mailbox("email"))
    further = owned.filter(box__in=wanted).select_related("user__person").order_by("id")
    accounts: dict[str, Account] = {}
    for own in by_account.select_related("person"):
        accounts[mailbox(own.email)] = own
    for each in further:
        accounts.setdefault(mailbox(each.email), each.user)
    return accounts


def _mailboxes_of(account: Account) -> set[str]:
    own = EmailAddress.objects.filter(user=account, verified=True)
    further = own.values_list("email", flat=True)
    return {mailbox(email) for email in (account.email, *further)}


def invitations_of(call: Call) -> QuerySet[Invitation]:
    """Everybody who was asked by mail to review in a call, the first first."""
    return Invitation.objects.filter(call=call).order_by("id")


def find_invitation(call: Call, reference: str) -> Invitation | None:
    """One of them; None where there is none of this reference."""
    return invitations_of(call).select_related("call").filter(reference=reference).first()


def open_invitation_link(token: str) -> Invitation | None:
    """The invitation behind a link that still leads there: made for the address that it has now,
    and not taken back.
    """
    link = find_scoped_link(token, PURPOSE)
    if link is None or link.revoked_at or link.about_type != Invitation._meta.label_lower:
        return None
    found = Invitation.objects.select_related("call__programme", "reviewer__person")
    invitation = found.filter(pk=link.about_id).first()
    if invitation is None or not is_way_in_of(link, invitation.email):
        return None
    return invitation


def link_lives_until(invitation: Invitation, now: dt.datetime) -> dt.datetime:
    """The instant until which an answer counts: some days after the day that the mail names, but no
    later than reviews close.
    """
    call = invitation.call
    until = Deadline.at_end_of(invitation.answer_by + LIVES_AFTER, call.zone).closes_at
    closes_at = get_reviews_close_at(call, now)
    return min(until, closes_at) if closes_at else until


def is_own_invitation(account: Account, invitation: Invitation) -> bool:
    """Whether somebody signs in by the address that was written to, in whatever spelling."""
    return mailbox(invitation.email) in _mailboxes_of(account)


def invitations_asked_of(account: Account, now: dt.datetime) -> list[Invitation]:
    """What somebody with an account was asked by mail and has not answered, as long as it
    counts.
    """
    boxes = sorted(_mailboxes_of(account))
    asked = Invitation.objects.filter(state="asked", call__state="published")
    found = asked.alias(box=at_mailbox("email")).filter(box__in=boxes).select_related("call")
    found = found.prefetch_related("call__steps").order_by("answer_by", "id")
    return [each for each in found if now < link_lives_until(each, now)]


def invitations_to_remind_of(now: dt.datetime) -> list[Invitation]:
    """Those not answered of which the next reminder is due, as long as an answer still counts."""
    waiting = Invitation.objects.filter(
        state="asked",
        call__state="published",
        reminder_count__lt=len(REMIND_ON),
        last_sent_at__lte=now - QUIET_FOR,
    )
    found = waiting.select_related("call").prefetch_related("call__steps").order_by("id")
    return [each for each in found if _is_due(each, now) and now < link_lives_until(each, now)]


def next_reminder_on(invitation: Invitation) -> dt.date | None:
    """The day from which somebody who has not answered is reminded next; None after the last."""
    if invitation.state != "asked" or invitation.reminder_count >= len(REMIND_ON):
        return None
    days = REMIND_ON[invitation.reminder_count]
    return invitation.answer_by + dt.timedelta(days=days)


def _is_due(invitation: Invitation, now: dt.datetime) -> bool:
    on = next_reminder_on(invitation)
    return on is not None and on <= day_of(now, invitation.call.zone)


def unanswered_invitations(account: Account, now: dt.datetime) -> list[tuple[Call, int]]:
    """Running calls of an officer in which people did not answer by the day that they were asked
    for, and how many.
    """
    calls = {each.pk: each for each in calls_managed_by(account, now).filter(state="published")}
    late = Invitation.objects.filter(
        state="asked", call__in=calls, answer_by__lt=day_of(now, "UTC")
    )
    counted = late.order_by().values("call").annotate(number=Count("pk"))
    return [(calls[row["call"]], row["number"]) for row in counted]
