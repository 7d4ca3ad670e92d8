"""The desk for offers: what was offered to whom, what came back, which places are free."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.accounts.models import Account
from anso.applications.wording.export_columns import export_address
from anso.awards import actions, rules
from anso.awards.models import Offer
from anso.awards.queries import (
    IN_FORCE,
    decisions_without_offer,
    offers_of_call,
    place_figures,
)
from anso.awards.wording import OFFER_STATES, offer_state, offered_label, words_for_offers
from anso.awards.wording.award_letters import missing_in_words
from anso.awards.wording.export_columns import OFFER_COLUMNS
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms
from anso.calls.rules import may_manage_call
from anso.calls.wording import desk_crumbs
from anso.decisions.queries import get_final_run
from anso.programmes.wording import CallWords

PAGE_SIZE = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: SignedInRequest, reference: str) -> HttpResponse:
    """All offers of a call and the places behind them; POST makes those that wait."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    if request.method == "POST":
        made = actions.make_offers(actor=request.user, call=call, now=now)
        messages.success(
            request, ngettext("%d offer was made.", "%d offers were made.", len(made)) % len(made)
        )
        return redirect("awards:offers", reference=call.reference)
    found = offers_of_call(call)
    state = request.GET.get("state", "")
    page = Paginator(found.filter(state=state) if state else found, PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    figures = place_figures(call)
    context = {
        "heading": _("Offers"),
        "call": call,
        "words": CallWords(get_terms(call)),
        "crumbs": desk_crumbs(call, _("Offers")),
        "page": page,
        "rows": _rows(list(page.object_list), call, request.user, now),
        "chips": _chips(call, state),
        "state": state,
        "figures": figures,
        "facts": _facts(call, figures),
        "export_url": export_address(call, *OFFER_COLUMNS),
        "missing": missing_in_words(call) if may_manage_call(request.user, call, now) else [],
        "waiting": decisions_without_offer(call).count(),
        "may_make": rules.may_make_offers(request.user, call, now),
    }
    return render(request, "awards/desk_offers.html", context)


def _rows(
    listed: list[Offer], call: Call, account: Account, now: dt.datetime
) -> list[dict[str, Any]]:
    """Every offer of the page with the name of its place and the reason in words."""
    terms = get_terms(call)
    reasons = words_for_offers(listed, terms)
    is_officer = may_manage_call(account, call, now).allowed
    return [
        {
            "offer": offer,
            "place": offered_label(offer, terms),
            "why": why,
            "may_settle": is_officer and offer.state == "made",
            "may_revoke": is_officer and offer.state in IN_FORCE,
            **offer_state(offer.state),
        }
        for offer, why in zip(listed, reasons, strict=True)
    ]


def _chips(call: Call, state: str) -> list[dict[str, Any]]:
    counts = dict(offers_of_call(call).order_by().values_list("state").annotate(Count("id")))
    address = reverse("awards:offers", args=[call.reference])
    return [
        {"label": _("All"), "url": address, "count": sum(counts.values()), "is_current": not state},
        *(
            {
                "label": offer_state(key)["word"],
                "url": f"?state={key}",
                "count": counts[key],
                "is_current": key == state,
            }
            for key in OFFER_STATES
            if key in counts
        ),
    ]


def _facts(call: Call, figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sums over all places; groups below may hold more than the groups above them, which are
    what counts.
    """
    sums = {name: sum(row[name] for row in figures) for name in ("accepted", "open", "beside")}
    terms = get_terms(call)
    run = get_final_run(call)
    capacity = run.figures["places"] if run else terms.outcome.capacity()
    free = capacity - sums["accepted"] - sums["open"] + sums["beside"]
    beside = {"label": _("Beside the number, by correction"), "value": sums["beside"]}
    return [
        {"label": CallWords(terms)["tree"], "value": capacity},
        {"label": _("Accepted"), "value": sums["accepted"]},
        {"label": _("Waiting for an answer"), "value": sums["open"]},
        {"label": _("Free"), "value": free},
        *([beside] if sums["beside"] else []),
    ]
