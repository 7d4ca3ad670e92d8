"""What becomes of the letters about offers while they wait for an officer: whoever is written to
late has as many days as everybody else, and nobody is offered what they answered already.
"""

from __future__ import annotations

import datetime as dt

from anso.applications.queries.answers import applicant_zone
from anso.audit.actions import record_entry
from anso.awards import notices
from anso.awards.models import Offer
from anso.awards.queries import last_answer_at
from anso.awards.wording import answer_in_words
from anso.kernel.actors import Actor
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import renew_letter
from anso.notifications.models import Message
from anso.ui.instants import end_in_words

ANSWERED = gettext_noop("The offer was answered or taken back before its letter left.")


def bring_up_to_date(letters: list[Message], actor: Actor, now: dt.datetime) -> dict[int, str]:
    """Those of held letters about offers whose offer waits for no answer any more, by key; the
    others tell the last day on which they are answered, counted from the day on which they leave.
    """
    found = Offer.objects.select_for_update(of=("self",)).filter(
        pk__in={each.about_id for each in letters}
    )
    joined = ("application__call", "application__applicant__account", "decision")
    offers = {each.pk: each for each in found.select_related(*joined).order_by("pk")}
    waiting = [each for each in letters if offers[each.about_id].state == "made"]
    for offer in offers.values():
        if offer.state == "made":
            _give_full_days(offer, actor, now)
    for letter in waiting:
        _renew(letter, offers[letter.about_id])
    return {each.pk: ANSWERED for each in letters if each not in waiting}


def _give_full_days(offer: Offer, actor: Actor, now: dt.datetime) -> None:
    respond_by = last_answer_at(offer.application.call, now)
    if respond_by <= offer.respond_by:
        return
    changes = {"respond_by": [offer.respond_by.isoformat(), respond_by.isoformat()]}
    offer.respond_by = respond_by
    offer.save(update_fields=["respond_by"])
    because = gettext_noop("The days to answer count from the day on which the letter leaves.")
    record_entry(offer, "extend_offer", actor=actor, now=now, changes=changes, because=because)


def _renew(letter: Message, offer: Offer) -> None:
    if letter.code == notices.CHOSEN.code:
        renew_letter(
            letter,
            say=lambda: {
                "answer": answer_in_words(offer),
                "feedback": offer.decision.words_passed_on,
            },
            zone=applicant_zone(offer.application),
        )
        return
    renew_letter(
        letter,
        say=lambda: {"respond_by": end_in_words(offer.respond_by, offer.application.call.zone)},
        zone=applicant_zone(offer.application),
    )
