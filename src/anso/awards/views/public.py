"""The page of an offer for people without an account, reached by the link of their mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anso.accounts.models import Account
from anso.applications.actions.participants import join_account
from anso.awards import actions, rules
from anso.awards.models import Offer
from anso.awards.queries import OpenedOffer, open_offer_link
from anso.awards.views import offer_context
from anso.awards.wording import closed_words, naming_done, passing_on
from anso.calls.queries import get_terms
from anso.kernel.errors import BadInput
from anso.programmes.wording import CallWords
from anso.ui.question_fields import sentence


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, to whom, until when, and what they would receive; only a posted answer
    decides.
    """
    now = timezone.now()
    opened = open_offer_link(token, now)
    if opened.offer is None:
        return _closed_page(request, opened.closed_because or "unknown")
    error = ""
    if request.method == "POST":
        try:
            return _receive_answer(request, token, opened, opened.offer)
        except BadInput as fault:  # nothing that was typed is lost
            error = sentence(fault.message)
    words = CallWords(get_terms(opened.offer.application.call))
    context = offer_context(opened.offer, now) | {
        "consequence": passing_on(opened.offer, words, "passes_on_for_good"),
        "holder": opened.holder,
        "may_answer": rules.may_answer_offer(opened.actor, opened.offer, now),
        "may_decline": rules.may_decline_offer(opened.actor, opened.offer, now),
        "letter_url": reverse("awards:letter_by_link", args=[token]),
        "may_join": isinstance(request.user, Account),
        "error": error,
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "awards/offer_by_link.html", context, status=422 if error else 200)


def _receive_answer(
    request: HttpRequest, token: str, opened: OpenedOffer, offer: Offer
) -> HttpResponse:
    """Accept, decline, or choose to be named, as the button that was pressed says. Accepting ends
    the link that was followed: whoever did it goes on by a new one.
    """
    now = timezone.now()
    words = CallWords(get_terms(offer.application.call))
    onward = reverse("awards:by_link", args=[token])
    if request.POST.get("act") == "accept":
        actions.accept_offer(actor=opened.actor, offer=offer, now=now)
        onward = actions.fresh_link(offer, opened.holder, now) if opened.holder else onward
        accepted = _("You accepted.")
        messages.success(request, f"{accepted} {words.what_follows()}")
    elif request.POST.get("act") == "decline":
        reason = request.POST.get("reason", "")
        actions.decline_offer(actor=opened.actor, offer=offer, reason=reason, now=now)
        thanks = passing_on(offer, words, "passes_on_thanks")
        declined = _("You declined.")
        messages.success(request, f"{declined} {thanks}")
    elif request.POST.get("act") in ("hide_name", "show_name"):
        is_unnamed = request.POST["act"] == "hide_name"
        actions.choose_naming(actor=opened.actor, offer=offer, is_unnamed=is_unnamed, now=now)
        messages.success(request, naming_done(offer))
    if request.POST.get("is_mine") and isinstance(request.user, Account) and opened.holder:
        join_account(participant=opened.holder, account=request.user, now=now)
    return redirect(onward)


def _closed_page(request: HttpRequest, reason: str) -> HttpResponse:
    title, text = closed_words(reason)
    status = 404 if reason == "unknown" else 410
    context = {"heading": title, "text": text}
    return render(request, "awards/offer_closed.html", context, status=status)
