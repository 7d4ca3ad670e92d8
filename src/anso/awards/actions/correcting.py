"""Correcting a decision with all that follows for offers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.queries.participants import is_written_for_others
from anso.awards import notices
from anso.awards.actions.offer_mail import notify_of_offer
from anso.awards.actions.offers import Given, lock_call, make_offer, pass_on_places
from anso.awards.actions.settling import revoke
from anso.awards.models import Offer
from anso.awards.queries import IN_FORCE
from anso.decisions.actions import correct_decision
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.decisions.queries import placements_behind


@transaction.atomic
def correct_outcome(
    *,
    actor: Account,
    decision: Decision,
    result: str,
    place: str = "",
    because: str,
    now: dt.datetime,
) -> Decision:
    """Correct a released decision. Whoever is selected now is offered the place named, beside
    the number of the call; whoever is not any more loses the offer that stands, and it goes to the
    next on the list.
    """
    # The call before offers and decisions, as wherever places are passed on.
    call = lock_call(decision.application.call_id)
    before = Decision.objects.values_list("result", flat=True).get(pk=decision.pk)
    corrected = correct_decision(
        actor=actor, decision=decision, result=result, place=place, because=because, now=now
    )
    offers = Offer.objects.select_for_update().filter(application=corrected.application)
    latest = offers.order_by("-id").first()
    offer = latest if latest is not None and latest.state in IN_FORCE else None
    if corrected.result == Result.SELECTED:
        # What we took back is offered again; what its holder gave back is not.
        is_ours = before != Result.SELECTED or (latest is not None and latest.state == "revoked")
        if offer is None and is_ours:
            paid = placements_behind([corrected])[corrected.application_id].facts.get("cost")
            amount = None if paid is None else Decimal(paid)
            given = Given(corrected.place, corrected.reason, amount=amount, is_by_correction=True)
            make_offer(corrected, given, actor=actor, now=now)
        return corrected
    if offer is not None:
        revoke(offer, corrected.reason, actor=actor, now=now)
        if is_written_for_others(corrected.application):
            notify_of_offer(notices.REVOKED, offer, actor=actor, now=now)
    pass_on_places(actor=actor, call=call, now=now)
    return corrected
