"""What was decided beside the reviews of a call: what is not awarded in this edition, and whose
mean the panel moved.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.applications.models import Application
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms
from anso.calls.wording import desk_crumbs
from anso.decisions import actions, rules
from anso.decisions.forms import read_points
from anso.decisions.queries import adjustments_in, not_awarded_in
from anso.decisions.views.runs import desk_context
from anso.decisions.wording import place_label, signed, words_for_withheld
from anso.kernel.errors import BadInput, ProductError
from anso.kernel.terms import Terms
from anso.kernel.wording import gettext_noop
from anso.ui.figures import to_places
from anso.ui.question_fields import sentence

Row = TypeVar("Row", bound=Model)
TYPED = ("place", "because", "number", "points", "moved_because")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def beside_reviews(request: SignedInRequest, reference: str) -> HttpResponse:
    """What is not awarded and who was moved, and why; a chair or an officer adds to it and takes
    it back.
    """
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    typed = {"number": request.GET.get("number", "")[:40]}
    if request.method == "POST":
        try:
            _act(request, call, now)
            return redirect("decisions:beside_reviews", call.reference)
        except ProductError as refusal:
            rules.may_withhold(request.user, call, now).require()
            messages.error(request, sentence(refusal.message))
            typed = {name: request.POST.get(name, "") for name in TYPED}
    context = _context(request, call, typed, now)
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/desk_beside_reviews.html", context, status=status)


def _act(request: SignedInRequest, call: Call, now: dt.datetime) -> None:
    posted, actor = request.POST, request.user
    taken_back = _("Taken back. It counts in the next selection.")
    noted = _("Noted. It counts in the next selection that is computed.")
    if posted.get("back"):
        withheld = _chosen(not_awarded_in(call), posted["back"])
        actions.award_after_all(actor=actor, withheld=withheld, now=now)
        messages.success(request, taken_back)
    elif posted.get("undo"):
        adjustment = _chosen(adjustments_in(call), posted["undo"])
        actions.undo_adjustment(actor=actor, adjustment=adjustment, now=now)
        messages.success(request, taken_back)
    elif "number" in posted:
        actions.adjust_mean(
            actor=actor,
            application=_application(call, posted["number"]),
            points=read_points(posted.get("points", "")),
            because=posted.get("moved_because", ""),
            now=now,
        )
        messages.success(request, noted)
    else:
        place, because = posted.get("place", ""), posted.get("because", "")
        actions.withhold_place(actor=actor, call=call, place=place, because=because, now=now)
        messages.success(request, noted)


def _chosen(found: QuerySet[Row], key: str) -> Row:
    if not key.isdecimal():
        raise Http404("no such decision")
    return get_object_or_404(found, pk=int(key))


def _application(call: Call, number: str) -> Application:
    found = Application.objects.select_related("call").filter(call=call)
    application = found.filter(number__iexact=number.strip()).exclude(number="").first()
    if application is None:
        raise BadInput(gettext_noop("Nothing in this call has that number."))
    return application


def _context(
    request: SignedInRequest, call: Call, typed: dict[str, str], now: dt.datetime
) -> dict[str, Any]:
    terms, heading = get_terms(call), _("Decided beside the reviews")
    ranking = (_("Ranking"), reverse("decisions:ranking", args=[call.reference]))
    return desk_context(call, heading, None) | {
        "crumbs": desk_crumbs(call, heading, ranking),
        **_withheld(call, terms),
        "adjusted": [(each, signed(float(each.points))) for each in adjustments_in(call)],
        "most": terms.adjustment_most and to_places(terms.adjustment_most, -2),
        "typed": typed,
        "may": rules.may_withhold(request.user, call, now),
        "may_adjust": rules.may_adjust(request.user, call, now),
    }


def _withheld(call: Call, terms: Terms) -> dict[str, Any]:
    standing = list(not_awarded_in(call))
    taken = {each.place for each in standing}
    return {
        "withheld": [
            (each, words_for_withheld(each.place, each.reason, terms)) for each in standing
        ],
        "choices": [
            (node.key, place_label(terms, node.key))
            for node in terms.outcome.tree()
            if node.key not in taken
        ],
    }
