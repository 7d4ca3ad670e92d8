"""One offer on the desk: more time, an answer that came by another way, or the offer taken back;
what it does to others is shown first.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.awards import actions, rules
from anso.awards.models import Offer
from anso.awards.queries import get_desk_offer_for, next_after
from anso.awards.wording import holders_in_words, what_follows
from anso.kernel.errors import BadInput
from anso.ui.fields import error_list, fields_for
from anso.ui.instants import end_in_words
from anso.ui.question_fields import sentence

DEEDS = {
    "extend": rules.may_settle_offer,
    "accepted": rules.may_settle_offer,
    "declined": rules.may_settle_offer,
    "revoke": rules.may_revoke_offer,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: SignedInRequest, reference: str, deed: str) -> HttpResponse:
    """Ask for the reason and show what follows for others; then do it."""
    now = timezone.now()
    offer = get_desk_offer_for(request.user, reference, now)
    if deed not in DEEDS:
        raise Http404("no such deed")
    DEEDS[deed](request.user, offer, now).require()
    error = ""
    if request.method == "POST":
        try:
            _do(request, offer, deed, now)
        except BadInput as fault:
            error = sentence(fault.message)
        else:
            return redirect("awards:offers", reference=offer.application.call.reference)
    context = _question(offer, deed, request, error)
    return render(request, "ui/dialog.html", context, status=422 if error else 200)


def _do(request: SignedInRequest, offer: Offer, deed: str, now: dt.datetime) -> None:
    because = request.POST.get("because", "")
    if deed == "extend":
        actions.extend_offer(
            actor=request.user, offer=offer, last_day=_day(request), because=because, now=now
        )
        messages.success(request, _("There is more time now; whoever holds the offer is told."))
        return
    if deed == "revoke":
        actions.revoke_offer(actor=request.user, offer=offer, because=because, now=now)
        messages.success(request, _("The offer was taken back; whoever held it is told."))
        return
    actions.record_answer(
        actor=request.user, offer=offer, is_accepted=deed == "accepted", because=because, now=now
    )
    messages.success(request, _("The answer was written down; whoever gave it is told."))


def _day(request: SignedInRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.POST.get("last_day", "").strip())
    except ValueError as error:
        raise BadInput(_("Give the day, like 2027-06-30.")) from error


def _question(offer: Offer, deed: str, request: SignedInRequest, error: str) -> dict[str, Any]:
    call, holder = offer.application.call, holders_in_words(offer)
    headings = {
        "extend": _("Give %(holder)s more time?"),
        "accepted": _("Write down that %(holder)s accepted?"),
        "declined": _("Write down that %(holder)s declined?"),
        "revoke": _("Take the offer to %(holder)s back?"),
    }
    is_revoked = deed == "revoke"
    entries = [
        {
            "key": "because",
            "type": "text",
            "label": _("Why?") if is_revoked else _("Reason, or how the answer came"),
            "hint": (
                _("Whoever holds the offer reads it, and it stands in the record.")
                if is_revoked
                else _("It stands in the record.")
            ),
            "required": True,
            "value": request.POST.get("because", ""),
            "error": error,
        }
    ]
    if deed == "extend":
        day = {"key": "last_day", "type": "date", "label": _("Until the end of")}
        entries.insert(0, day | {"required": True, "value": request.POST.get("last_day", "")})
    return {
        "heading": headings[deed] % {"holder": holder},
        "consequences": _consequences(offer, deed),
        "fields": fields_for(entries),
        "error_list": error_list(entries),
        "button": {"extend": _("Give more time"), "revoke": _("Take the offer back")}.get(
            deed, _("Write it down")
        ),
        "back_url": reverse("awards:offers", args=[call.reference]),
        "action_url": "",
        "is_final": deed in ("declined", "revoke"),
    }


def _consequences(offer: Offer, deed: str) -> list[str]:
    """What it does to whoever holds the offer, and to others."""
    until = end_in_words(offer.respond_by, offer.application.call.zone)
    if deed == "extend":
        return [
            _("Now the offer can be answered until %(day)s.") % {"day": until},
            _("Whoever is next on the list waits as much longer; nobody loses anything."),
        ]
    if deed == "accepted":
        return [_("The offer is taken; it changes nothing for others.")]
    lines = [] if deed == "declined" else [_revoked_for_holder(offer)]
    return [*lines, *what_follows(offer, next_after(offer.application))]


def _revoked_for_holder(offer: Offer) -> str:
    if offer.state == "accepted":
        return _("It was accepted; the acceptance counts no more, and its holder is told by mail.")
    return _("It can be answered no more, and its holder is told by mail.")
