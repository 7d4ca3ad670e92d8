"""The desk's page of matches: every request of a call, and a proposal for all that seek."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anso.accounts.middleware import SignedInRequest
from anso.calls.queries import get_desk_call_for
from anso.calls.wording import desk_crumbs
from anso.matching import rules
from anso.matching.models import MatchRequest
from anso.matching.queries import propose_pairs, requests_of_call
from anso.matching.views import record_response
from anso.matching.wording import labels_of, state_of

PAGE_SIZE = 50


@login_required
@require_GET
def desk(request: SignedInRequest, reference: str) -> HttpResponse:
    """Who asked whom, how it stands, and what would be best for everybody who still seeks."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_read_matches(request.user, call, now).require()
    page = Paginator(requests_of_call(call), PAGE_SIZE).get_page(request.GET.get("page"))
    proposed, listed = propose_pairs(call, now), list(page.object_list)
    labels = labels_of([side for each in listed for side in (each.asking, each.asked)])
    named = dict(proposed.entries) if proposed else {}
    names = labels_of(list(named.values()))
    context = {
        "heading": _("Matches"),
        "call": call,
        "crumbs": desk_crumbs(call, _("Matches")),
        "page": page,
        "rows": [
            {
                "request": each,
                "asking": labels[each.asking_id],
                "asked": labels[each.asked_id],
                "end_url": _end_url(each) if rules.may_end(request.user, each, now) else "",
                **state_of(each),
            }
            for each in listed
        ],
        "proposed": proposed,
        "pairs": [
            {
                "asking": names[named[pair.key].pk],
                "asked": names[named[pair.offered].pk] if pair.offered else "",
                "position": pair.position,
            }
            for pair in (proposed.pairs if proposed else ())
        ],
    }
    return render(request, "matching/desk_matches.html", context)


def _end_url(request: MatchRequest) -> str:
    return reverse("matching:deed", args=[request.reference, "end"])


@login_required
@require_GET
def record(request: SignedInRequest, reference: str) -> HttpResponse:
    """The record of the proposal of now, which anybody can compute again."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_read_matches(request.user, call, now).require()
    proposed = propose_pairs(call, now)
    return record_response(proposed.record.to_json() if proposed else "{}", f"{call.slug}-pairs")
