"""Asking people by mail to review in a call, many at once, also those who have no account: the
link, what becomes of it, and the answer that makes somebody a reviewer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from anso.accounts.actions import issue_scoped_link, revoke_scoped_links
from anso.accounts.models import Account
from anso.accounts.queries import find_account
from anso.audit.actions import record_entry, transition
from anso.calls.models import Call
from anso.directory.actions import name_person
from anso.directory.models import Expertise, Person
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line, clean_paragraphs
from anso.kernel.notices import Notice
from anso.kernel.people_lists import PersonLine
from anso.kernel.periods import Deadline, day_of
from anso.kernel.reasons import fitting
from anso.kernel.wording import gettext_noop
from anso.kernel.zones import zone_of_country
from anso.notifications.actions import notify
from anso.notifications.models import Message
from anso.review import notices, rules
from anso.review.actions.inviting import accept_invitation
from anso.review.enums import DeclineKind
from anso.review.models import Invitation, Reviewer
from anso.review.queries import get_reviews_close_at
from anso.review.queries.invitations import PURPOSE, Invitee, invitees_in, link_lives_until
from anso.review.wording.asked import asked_told

LINK_KEPT = dt.timedelta(days=400)
INVITED = SystemProcess("whoever was invited")


@dataclass(frozen=True)
class Asking:
    """What everybody of a list is asked: for how many files at most, by which day, and in which
    language where no account says another.
    """

    capacity: int
    answer_by: dt.date
    language: str


@dataclass(frozen=True)
class Offer:
    """What somebody says who accepts: their name, what they can judge and how much of it."""

    full_name: str
    capacity: int
    subjects: tuple[str, ...] = ()
    keywords: str = ""
    is_declared: bool = False


@transaction.atomic
def invite_by_mail(
    *, actor: Actor, call: Call, lines: Sequence[PersonLine], asking: Asking, now: dt.datetime
) -> list[Invitation]:
    """Ask everybody of a list by mail who may be asked; the others are left as they are. Returns
    the new invitations.

    Refuses a day that has passed or lies after the reviews, and a number of files that nobody can
    take.
    """
    rules.may_invite_reviewers(actor, call, now).require()
    _require_possible(call, asking.answer_by, asking.capacity, now)
    # One after the other, so that of two officers with one list the second asks nobody again.
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    return [
        _ask(each, actor, call, asking, now)
        for each in invitees_in(call, lines, alliance_day(now))
        if each.line.fault is None and rules.may_ask_by_mail(call, each)
    ]


def preview_invitation(
    *, actor: Actor, call: Call, line: PersonLine, asking: Asking, now: dt.datetime
) -> Message:
    """The mail as one person of a list would get it: it is written, and taken back at once."""
    with transaction.atomic():
        (asked,) = invite_by_mail(actor=actor, call=call, lines=[line], asking=asking, now=now)
        message = Message.objects.filter(about_id=asked.pk, code=notices.ASKED.code).get()
        # The savepoint ends here, and with it everything since: rows, links, jobs.
        transaction.set_rollback(True)
    return message


def _ask(
    invitee: Invitee, actor: Actor, call: Call, asking: Asking, now: dt.datetime
) -> Invitation:
    line = invitee.line
    invitation = Invitation.objects.create(
        call=call,
        email=line.email,
        full_name=line.name,
        organisation=line.organisation,
        country_id=line.country or None,
        expertise=line.expertise,
        language=asking.language,
        capacity=asking.capacity,
        answer_by=asking.answer_by,
        invited_at=now,
        last_sent_at=now,
    )
    changes = {"email": [None, line.email], "answer_by": [None, asking.answer_by]}
    record_entry(invitation, "ask_by_mail", actor=actor, now=now, changes=changes)
    _send(notices.ASKED, invitation, actor, now)
    return invitation


@transaction.atomic
def ask_again(
    *, actor: Actor, invitation: Invitation, answer_by: dt.date, now: dt.datetime
) -> Invitation:
    """Send the mail once more, with a day of its own; reminders count anew from it. Links that were
    sent before go on working.
    """
    locked = _locked(invitation)
    rules.may_change_invitation(actor, locked, now).require()
    _require_possible(locked.call, answer_by, locked.capacity, now)
    before, locked.answer_by = locked.answer_by, answer_by
    locked.last_sent_at, locked.reminder_count = now, 0
    locked.send_count += 1
    locked.save(update_fields=["answer_by", "last_sent_at", "reminder_count", "send_count"])
    changes = {"answer_by": [before, answer_by]}
    record_entry(locked, "ask_again", actor=actor, now=now, changes=changes)
    _send(notices.ASKED, locked, actor, now)
    return locked


@transaction.atomic
def correct_invited_address(
    *, actor: Actor, invitation: Invitation, line: PersonLine, now: dt.datetime
) -> Invitation:
    """The address was mistyped: its link dies and whoever reads mail there is told; the right one
    is asked anew. Refuses an address that is none, and one whose owner may not be asked.
    """
    locked = _locked(invitation)
    rules.may_change_invitation(actor, locked, now).require()
    if line.fault is not None:
        raise BadInput.of(line.fault)
    if line.email.casefold() == locked.email.casefold():
        raise BadInput(gettext_noop("This is the address that it has already."))
    (invitee,) = invitees_in(locked.call, [line], alliance_day(now))
    rules.may_ask_by_mail(locked.call, invitee).require()
    revoke_scoped_links(about=locked, purpose=PURPOSE, now=now)
    _tell(notices.ASKED_BY_MISTAKE, locked, actor, now)
    before, locked.email = locked.email, line.email
    locked.last_sent_at, locked.reminder_count = now, 0
    locked.send_count += 1
    locked.save(update_fields=["email", "last_sent_at", "reminder_count", "send_count"])
    changes = {"email": [before, locked.email]}
    record_entry(locked, "correct_invited_address", actor=actor, now=now, changes=changes)
    _send(notices.ASKED, locked, actor, now)
    return locked


@transaction.atomic
def cancel_asked(*, actor: Actor, invitation: Invitation, now: dt.datetime) -> Invitation:
    """Take an invitation back that was not answered, and say so; its links die."""
    rules.may_change_invitation(actor, invitation, now).require()
    cancelled = transition(invitation, "cancel_asked", actor=actor, now=now)
    revoke_scoped_links(about=cancelled, purpose=PURPOSE, now=now)
    _tell(notices.ASKED_NO_MORE, cancelled, actor, now)
    return cancelled


@transaction.atomic
def remind_asked(*, actor: Actor, invitation: Invitation, now: dt.datetime) -> bool:
    """Remind somebody who has not answered; whether they were. Nothing for who answered
    meanwhile.
    """
    locked = _locked(invitation)
    if locked.state != "asked" or locked.reminder_count != invitation.reminder_count:
        return False
    locked.reminder_count += 1
    locked.last_sent_at = now
    locked.send_count += 1
    locked.save(update_fields=["reminder_count", "last_sent_at", "send_count"])
    record_entry(locked, "remind_asked", actor=actor, now=now)
    _send(notices.ASKED_REMINDER, locked, actor, now)
    return True


@transaction.atomic
def decline_asked(
    *, invitation: Invitation, kind: str, reason: str, suggestion: str, now: dt.datetime
) -> Invitation:
    """Whoever holds the link says No, why, and whom they would ask instead. Refuses a kind of
    reason that there is not.
    """
    rules.may_answer_by_mail(invitation, now).require()
    if kind not in DeclineKind.values:
        raise BadInput(gettext_noop("Choose why you cannot."))
    return transition(
        invitation,
        "decline_asked",
        actor=INVITED,
        now=now,
        decline_kind=kind,
        decline_reason=fitting(clean_line(reason), 300),
        suggestion=fitting(clean_line(suggestion), 300),
    )


@transaction.atomic
def accept_asked(
    *, actor: Account, invitation: Invitation, offer: Offer, now: dt.datetime
) -> Reviewer:
    """Whoever was asked says yes, signed in by their address: they are named if they were not, say
    what they can judge and how many files they take, and are a reviewer of the call from now on.
    """
    locked = _locked(invitation)
    rules.may_accept_by_mail(actor, locked, now).require()
    if not offer.is_declared:
        raise BadInput(gettext_noop("Confirm the declaration; without it you cannot review."))
    person = name_person(account=actor, full_name=offer.full_name, now=now)
    reviewer, _is_new = Reviewer.objects.get_or_create(
        call=locked.call,
        person=person,
        defaults={"capacity": locked.capacity, "invited_at": locked.invited_at},
    )
    if reviewer.state == "released":
        transition(reviewer, "invite_again", actor=actor, now=now)
    if reviewer.state != "accepted":
        accept_invitation(actor=actor, reviewer=reviewer, capacity=offer.capacity, now=now)
    _note_expertise(person, offer, locked.expertise, actor, now)
    transition(locked, "accept_asked", actor=actor, now=now, reviewer=reviewer)
    return reviewer


def _note_expertise(
    person: Person, offer: Offer, known: str, actor: Actor, now: dt.datetime
) -> None:
    """What they say that they can judge is added to what they said before, with their words."""
    keywords = fitting(clean_paragraphs(offer.keywords or known).replace("\n", ", "), 300)
    for subject in offer.subjects:
        Expertise.objects.update_or_create(
            person=person, subject=subject[:40], defaults={"keywords": keywords}
        )
    if offer.subjects:
        changes = {"subjects": [None, list(offer.subjects)]}
        record_entry(person, "say_expertise", actor=actor, now=now, changes=changes)


def own_invitation_link(*, invitation: Invitation, now: dt.datetime) -> str:
    """The page of a new way in, for who was asked and is signed in by that address."""
    return reverse("review:asked", args=[_link_of(invitation, now)])


def _locked(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("call")
    return found.get(pk=invitation.pk)


def _require_possible(call: Call, answer_by: dt.date, capacity: int, now: dt.datetime) -> None:
    if not 1 <= capacity <= 500:
        raise BadInput(gettext_noop("A reviewer takes between 1 and 500."))
    if answer_by <= day_of(now, call.zone):
        raise BadInput(gettext_noop("Give a day for answers that is still to come."))
    closes_at = get_reviews_close_at(call, now)
    if closes_at is not None and Deadline.at_end_of(answer_by, call.zone).closes_at > closes_at:
        raise BadInput(
            gettext_noop("The day for answers lies after the day on which reviews close.")
        )


def _link_of(invitation: Invitation, now: dt.datetime) -> str:
    # What the invitation is decides whether it leads anywhere; the day may be moved later.
    return issue_scoped_link(
        purpose=PURPOSE,
        about=invitation,
        expires_at=link_lives_until(invitation, now) + LINK_KEPT,
        now=now,
        sent_to=invitation.email,
    )


def _send(notice: Notice, invitation: Invitation, actor: Actor, now: dt.datetime) -> None:
    """A mail with a link of its own."""
    path = reverse("review:asked", args=[_link_of(invitation, now)])
    _tell(notice, invitation, actor, now, link_secret=f"{settings.SITE_URL}{path}")


def _tell(
    notice: Notice, invitation: Invitation, actor: Actor, now: dt.datetime, link_secret: str = ""
) -> None:
    account = find_account(invitation.email)
    notify(
        notice,
        about=invitation,
        recipient=account,
        email=invitation.email,
        language=account.language if account else invitation.language,
        zone=zone_of_country(invitation.country_id or ""),
        country=invitation.country_id or "",
        say=lambda: asked_told(invitation, now),
        key=f"{invitation.reference}:{invitation.send_count}",
        context=invitation.call,
        actor=actor,
        now=now,
        link_secret=link_secret,
    )
