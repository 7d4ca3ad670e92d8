"""The desk for offers: what was offered to whom, what came back, which seats are free."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anso.awards import actions, rules
from anso.awards.queries import decisions_without_offer, offers_of_call, seat_figures
from anso.calls.queries import get_desk_call_for, get_terms

PAGE_SIZE = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, reference: str) -> HttpResponse:
    """All offers of a call and the seats behind them; POST makes those that wait."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    if request.method == "POST":
        made = actions.make_offers(actor=request.user, call=call, now=now)
        made += actions.pass_on_seats(actor=request.user, call=call, now=now)
        messages.success(request, ngettext("%d offer was made.", "%d offers were made.", len(made)) % len(made))
        return redirect("awards:offers", reference=call.reference)
    found = offers_of_call(call)
    state = request.GET.get("state", "")
    counts = dict(found.order_by().values_list("state").annotate(Count("id")))
    labels = {"made": _("waiting for an answer"), "accepted": _("accepted"), "declined": _("declined"), "lapsed": _("lapsed")}
    context = {
        "heading": _("Offers"),
        "call": call,
        "crumbs": [(_("Desk"), "/desk/"), (call.number_prefix, f"/desk/calls/{call.reference}/"), (_("Offers"), "")],
        "page": Paginator(found.filter(state=state) if state else found, PAGE_SIZE).get_page(request.GET.get("page")),
        "chips": [
            {"label": label, "url": f"?state={key}", "count": counts[key], "is_current": key == state}
            for key, label in labels.items()
            if key in counts
        ],
        "state": state,
        "figures": seat_figures(call),
        "labels": {node.key: node.label for node in get_terms(call).seats},
        "waiting": decisions_without_offer(call).count(),
        "may_make": rules.may_make_offers(request.user, call, now),
    }
    return render(request, "awards/desk_offers.html", context)
