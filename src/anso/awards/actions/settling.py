"""What officers do with an offer: give more time, write down what was answered by telephone or
letter, take it back. Each with a reason, in the record, and told to whoever it is made to.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.audit.actions import record_entry, transition
from anso.awards import notices, rules
from anso.awards.actions.enrolling import follow_in_register
from anso.awards.actions.offer_mail import notify_applicant_of, notify_of_offer
from anso.awards.actions.offers import lock_call, pass_on_places
from anso.awards.models import Offer
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.reasons import KEPT_ON_RECORD, required_reason
from anso.kernel.wording import gettext_noop


@transaction.atomic
def extend_offer(
    *, actor: Account, offer: Offer, last_day: dt.date, because: str, now: dt.datetime
) -> Offer:
    """Give more time to answer, to the end of a day in the call's zone. Others wait longer; nothing
    else changes for them. Refuses a day that is not later.
    """
    locked = _locked(offer)
    rules.may_settle_offer(actor, locked, now).require()
    reason = required_reason(because, KEPT_ON_RECORD)
    respond_by = Deadline.at_end_of(last_day, locked.application.call.zone).closes_at
    if respond_by <= max(locked.respond_by, now):
        raise BadInput(gettext_noop("Choose a day that is later than the present one."))
    before, locked.respond_by = locked.respond_by, respond_by
    locked.save(update_fields=["respond_by"])
    changes = {"respond_by": [before.isoformat(), respond_by.isoformat()]}
    record_entry(locked, "extend_offer", actor=actor, now=now, changes=changes, because=reason)
    notify_of_offer(notices.EXTENDED, locked, actor=actor, now=now)
    return locked


@transaction.atomic
def record_answer(
    *, actor: Account, offer: Offer, is_accepted: bool, because: str, now: dt.datetime
) -> Offer:
    """Write down an answer that came by another way; a place that was declined goes to the next on
    the list at once, as if its holder had pressed the button.
    """
    locked = _locked(offer)
    rules.may_settle_offer(actor, locked, now).require()
    reason = required_reason(because, KEPT_ON_RECORD)
    if is_accepted:
        transition(locked, "accept_offer", actor=actor, now=now, because=reason)
        notify_of_offer(notices.ACCEPTED, locked, actor=actor, now=now)
    else:
        transition(locked, "decline_offer", actor=actor, now=now, because=reason)
        notify_of_offer(notices.DECLINED_FOR, locked, actor=actor, now=now)
    follow_in_register(locked, now=now)
    notify_applicant_of(notices.ANSWERED, locked, actor=actor, now=now)
    if not is_accepted:
        pass_on_places(actor=actor, call=locked.application.call, now=now)
    return locked


@transaction.atomic
def revoke_offer(*, actor: Account, offer: Offer, because: str, now: dt.datetime) -> Offer:
    """Take an offer back, also one that was accepted; whoever held it reads why, and what was
    offered goes to the next on the list at once.
    """
    locked = _locked(offer)
    rules.may_revoke_offer(actor, locked, now).require()
    revoke(locked, required_reason(because, KEPT_ON_RECORD), actor=actor, now=now)
    notify_of_offer(notices.REVOKED, locked, actor=actor, now=now)
    notify_applicant_of(notices.ANSWERED, locked, actor=actor, now=now)
    pass_on_places(actor=actor, call=locked.application.call, now=now)
    return locked


def revoke(locked: Offer, reason: str, *, actor: Account, now: dt.datetime) -> None:
    """The offer stands no more; mails and what follows for others are the caller's."""
    transition(locked, "revoke_offer", actor=actor, now=now, because=reason, revoked_because=reason)
    follow_in_register(locked, now=now)


def _locked(offer: Offer) -> Offer:
    lock_call(offer.application.call_id)
    found = Offer.objects.select_for_update(of=("self",)).select_related(
        "application__call", "application__applicant__account", "decision"
    )
    return found.get(pk=offer.pk)
