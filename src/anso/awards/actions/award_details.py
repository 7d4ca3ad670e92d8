"""Officers write down what letters of confirmation tell beside the offer; whoever had a letter is
told when what it says was changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from anso.audit.actions import record_entry
from anso.awards import notices, rules
from anso.awards.actions.offer_mail import notify_of_offer
from anso.awards.actions.offers import lock_call
from anso.awards.models import AwardDetail, Offer
from anso.awards.queries.award_letters import (
    award_details,
    holders_of_letters,
    version_of_letter,
)
from anso.awards.wording.award_letters import labels_of_details, letter_changed
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.rules import may_manage_call
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_paragraphs
from anso.kernel.periods import names_a_year
from anso.kernel.reasons import uncut
from anso.kernel.wording import gettext_noop
from anso.programmes.wording import CallWords

AT_MOST = 4000


@transaction.atomic
def keep_award_detail(
    *,
    call: Call,
    host: str,
    starts_on: dt.date | None,
    contact: str,
    steps: Mapping[str, str],
    actor: Actor,
    now: dt.datetime,
) -> AwardDetail:
    """Keep what the letters for one host tell; blank as the host for a call without any. Letters
    that are made from now on tell it, and whoever had one is told what changed; where nothing
    changed, nobody is.
    """
    may_manage_call(actor, call, now).require()
    known = {each.key for each in get_terms(call).hosts} or {""}
    if host not in known:
        raise BadInput(gettext_noop("This call has no such host."), code="unknown_host")
    words = {code: clean_paragraphs(steps.get(code, "")) for code, _name in settings.LANGUAGES}
    contact = clean_paragraphs(contact)
    typed = {"contact": contact, **{f"steps_{code}": text for code, text in words.items()}}
    labels = labels_of_details(CallWords(get_terms(call)))
    for name, text in typed.items():
        uncut(text, AT_MOST, labels[name])
    kept = {
        "starts_on": starts_on,
        "contact": contact,
        "steps": {code: text for code, text in words.items() if text},
    }
    # Two officers at once: each writes the whole, the later one stands.
    before = _said_for(lock_call(call.pk), host)
    if all(getattr(before, name) == value for name, value in kept.items()):
        return before
    detail = AwardDetail.objects.create(
        call=call, host=host, version=before.version + 1, kept_at=now, **kept
    )
    changes = {host or "call": "changed"}
    record_entry(call, "keep_award_detail", actor=actor, now=now, changes=changes)
    for offer in holders_of_letters(call, host):
        notify_of_offer(
            notices.LETTER_CHANGED,
            offer,
            more=lambda: letter_changed(call, before, detail),
            key=str(detail.version),
            actor=actor,
            now=now,
        )
    return detail


def bring_award_details(call: Call, source: Call, actor: Actor, now: dt.datetime) -> None:
    """A call that begins as an earlier edition tells the same steps, but for words that name a
    year; the start and whom to write to are said anew by its hosts.
    """
    lasting = {
        each.detail.host: {
            code: text for code, text in each.detail.steps.items() if not names_a_year(text)
        }
        for each in award_details(source)
    }
    AwardDetail.objects.bulk_create(
        AwardDetail(call=call, host=host, version=1, kept_at=now, steps=steps)
        for host, steps in lasting.items()
        if steps
    )


def _said_for(call: Call, host: str) -> AwardDetail:
    return next(each.detail for each in award_details(call) if each.detail.host == host)


@transaction.atomic
def take_letter(*, offer: Offer, actor: Actor, now: dt.datetime) -> Offer:
    """Somebody to whom an offer is made takes its letter: when what it says changes, they are told.
    Taken again as it was, nothing is written.
    """
    # What letters say is changed under the same lock: nobody takes one that was just replaced.
    lock_call(offer.application.call_id)
    locked = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    rules.may_read_award_letter(actor, locked, now).require()
    version = version_of_letter(locked)
    if locked.letter_had != version:
        locked.letter_had = version
        locked.save(update_fields=["letter_had"])
        record_entry(locked, "take_letter", actor=actor, now=now)
    return locked
