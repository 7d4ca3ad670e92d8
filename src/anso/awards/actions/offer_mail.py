"""Mail about offers: to those who are offered something, and to whoever wrote for them."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.conf import settings
from django.urls import reverse

from anso.accounts.actions import issue_scoped_link, revoke_scoped_links
from anso.applications.models import Participant
from anso.applications.queries.answers import applicant_zone
from anso.applications.queries.participants import (
    account_of,
    beneficiaries_of,
    is_written_for_others,
)
from anso.awards import notices
from anso.awards.models import Offer
from anso.awards.queries import LINK_OUTLIVES_OFFER, PURPOSE
from anso.awards.wording import confidential_until, offer_told, offer_told_to_applicant
from anso.decisions.actions import outcome_mailing
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.kernel.zones import zone_of_country
from anso.notifications.actions import NoticeOptions, Say, notify
from anso.notifications.models import Mailing


def notify_of_offer(
    notice: Notice,
    offer: Offer,
    *,
    more: Say = dict,
    key: str = "",
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Write one of the mails about an offer to everybody to whom it is made: to an account the
    address of its page, to others a link that needs none. ``more`` is said beside; a ``key`` tells
    apart what is written more than once before the same last day.
    """
    for holder in beneficiaries_of(offer.application):
        if notice is notices.ACCEPTED:
            # An answer ends the links that led to it: whoever has the mail of the offer at hand
            # does not give back what was accepted since.
            revoke_scoped_links(about=holder, purpose=PURPOSE, now=now)
        options = _reader(offer, holder, now)
        options["mailing"] = _mailing_of(notice, offer, actor, now)
        told = partial(offer_told, offer, holder, by_link="link_secret" in options)
        notify(
            notice,
            about=offer,
            say=lambda: {  # in the language of the holder
                **told(),  # noqa: B023 - said at once
                "confidential": confidential_until(offer.application.call, now),
                **more(),
            },
            key=f"{offer.reference}:{holder.reference}:{offer.respond_by:%Y%m%d}{key}",
            actor=actor,
            now=now,
            **options,
        )


def _reader(offer: Offer, holder: Participant, now: dt.datetime) -> NoticeOptions:
    """To whom it goes: people without an account are written to in the language of whoever named
    them. Nobody is written to who has neither an account nor an address.
    """
    account, call = account_of(holder), offer.application.call
    zone = zone_of_country(holder.country_id or offer.application.country_id or "")
    if account is not None or not holder.email:
        return {"recipient": account, "context": call, "zone": zone}
    named_by = offer.application.applicant.account
    return {
        "email": holder.email,
        "language": named_by.language if named_by else settings.LANGUAGE_CODE,
        "country": holder.country_id or "",
        "context": call,
        "zone": zone,
        "link_secret": fresh_link(offer, holder, now),
    }


def fresh_link(offer: Offer, holder: Participant, now: dt.datetime) -> str:
    """A link for somebody without an account; those of earlier mails go on working until the offer
    is answered.
    """
    ends_at = max(now, offer.respond_by) + LINK_OUTLIVES_OFFER
    token = issue_scoped_link(
        purpose=PURPOSE, about=holder, expires_at=ends_at, now=now, sent_to=holder.email
    )
    return f"{settings.SITE_URL}{reverse('awards:by_link', args=[token])}"


def notify_applicant_of(notice: Notice, offer: Offer, *, actor: Actor, now: dt.datetime) -> None:
    """Tell whoever wrote for somebody else what became of it: nothing where they wrote for
    themselves.
    """
    application = offer.application
    if not is_written_for_others(application):
        return
    notify(
        notice,
        about=offer,
        recipient=application.applicant.account,
        zone=applicant_zone(application),
        say=lambda: {
            **offer_told_to_applicant(offer),
            "confidential": confidential_until(application.call, now),
        },
        key=f"{offer.reference}:{offer.state}",
        context=application.call,
        mailing=_mailing_of(notice, offer, actor, now),
        actor=actor,
        now=now,
    )


def _mailing_of(notice: Notice, offer: Offer, actor: Actor, now: dt.datetime) -> Mailing | None:
    """What tells of an offer for the first time waits with the other letters of its selection."""
    if notice not in (notices.OFFER, notices.CHOSEN):
        return None
    return outcome_mailing(offer.decision.run, actor, now)


def tell_of_new_offer(offer: Offer, *, actor: Actor, now: dt.datetime) -> None:
    """Prepare the letters to everybody who hears of an offer that was just made."""
    notify_of_offer(notices.OFFER, offer, actor=actor, now=now)
    notify_applicant_of(notices.CHOSEN, offer, actor=actor, now=now)
