"""What was decided beside the reviews of a call: what is not awarded in this edition."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms
from anso.calls.wording import desk_crumbs
from anso.decisions import actions, rules
from anso.decisions.models import NotAwarded
from anso.decisions.queries import not_awarded_in
from anso.decisions.views import SignedInRequest
from anso.decisions.views.runs import desk_context
from anso.decisions.wording import place_label, words_for_withheld
from anso.kernel.errors import ProductError
from anso.ui.question_fields import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def beside_reviews(request: SignedInRequest, reference: str) -> HttpResponse:
    """What is not awarded, and why; a chair or an officer adds to it and takes it back."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    typed: dict[str, str] = {}
    if request.method == "POST":
        try:
            _act(request, call, now)
            return redirect("decisions:beside_reviews", call.reference)
        except ProductError as refusal:
            rules.may_withhold(request.user, call, now).require()
            messages.error(request, sentence(refusal.message))
            typed = {name: request.POST.get(name, "") for name in ("place", "because")}
    context = _context(request, call, typed, now)
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/desk_beside_reviews.html", context, status=status)


def _act(request: SignedInRequest, call: Call, now: dt.datetime) -> None:
    if back := request.POST.get("back", ""):
        if not back.isdecimal():
            raise Http404("no such decision")
        withheld = get_object_or_404(NotAwarded, call=call, pk=int(back))
        actions.award_after_all(actor=request.user, withheld=withheld, now=now)
        messages.success(request, _("Taken back. It counts in the next selection."))
        return
    actions.withhold_place(
        actor=request.user,
        call=call,
        place=request.POST.get("place", ""),
        because=request.POST.get("because", ""),
        now=now,
    )
    messages.success(request, _("Noted. It counts in the next selection that is computed."))


def _context(
    request: SignedInRequest, call: Call, typed: dict[str, str], now: dt.datetime
) -> dict[str, Any]:
    terms, heading = get_terms(call), _("Decided beside the reviews")
    standing = list(not_awarded_in(call))
    taken = {each.place for each in standing}
    ranking = (_("Ranking"), reverse("decisions:ranking", args=[call.reference]))
    return desk_context(call, heading, None) | {
        "crumbs": desk_crumbs(call, heading, ranking),
        "withheld": [
            (each, words_for_withheld(each.place, each.reason, terms)) for each in standing
        ],
        "choices": [
            (node.key, place_label(terms, node.key))
            for node in terms.outcome.tree()
            if node.key not in taken
        ],
        "typed": typed,
        "may": rules.may_withhold(request.user, call, now),
    }
