"""Pages of both sides: whom to ask and why, who asks, and the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.applications.models import Application
from anso.calls.queries import get_terms
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Verdict
from anso.matching import actions, rules
from anso.matching.models import MatchRequest
from anso.matching.queries import (
    draw_shortlist,
    get_own_entry_for,
    get_request_for,
    pairing_of,
    requests_of,
)
from anso.matching.views import record_response
from anso.matching.wording import (
    label_of,
    left_out_rows,
    matches_page,
    other_side,
    people_in_words,
    safeguarding_of,
    sections_read,
    shortlist_rows,
    state_of,
)
from anso.programmes.wording import CallWords
from anso.ui.question_fields import sentence

DIALOG = ["GET", "HEAD", "POST"]


@login_required
@require_GET
def matches(request: SignedInRequest, reference: str) -> HttpResponse:
    """Whom one may ask, where one seeks; and all requests that were made or got."""
    now = timezone.now()
    entry = get_own_entry_for(request.user, reference)
    words, part = CallWords(get_terms(entry.call)), pairing_of(entry.call)
    may_ask = rules.may_ask(request.user, entry, now)
    seeks = part is not None and bool(part.seeks)
    drawn = draw_shortlist(entry, now) if seeks and may_ask else None
    context = {
        "heading": _("Your matches"),
        "subheading": entry.number,
        "crumbs": [
            (words.entry.yours, reverse("applications:detail", args=[entry.reference])),
            (_("Your matches"), ""),
        ],
        "entry": entry,
        "call": entry.call,
        "seeks": seeks,
        "may_ask": may_ask,
        "rows": shortlist_rows(drawn, entry) if drawn else [],
        "left_out": left_out_rows(drawn) if drawn else [],
        "requests": [_row(each, entry, request.user, now) for each in requests_of(entry)],
        "safeguarding": safeguarding_of(entry),
        "now": now,
    }
    return render(request, "matching/matches.html", context)


def _row(each: MatchRequest, entry: Application, account: Any, now: dt.datetime) -> dict[str, Any]:
    other = other_side(each, entry)
    return {
        "request": each,
        "is_made": each.asking_id == entry.pk,
        "other": label_of(other),
        "people": people_in_words(other) if each.state == "accepted" else "",
        "deeds": [
            (reverse("matching:deed", args=[each.reference, name]), deed.link)
            for name, deed in DEEDS.items()
            if deed.rule(account, each, now)
        ],
        **state_of(each),
    }


@login_required
@require_GET
def shortlist_json(request: SignedInRequest, reference: str) -> HttpResponse:
    """The record of the shortlist of now, which anybody can compute again."""
    now = timezone.now()
    entry = get_own_entry_for(request.user, reference)
    rules.may_ask(request.user, entry, now).require()
    return record_response(draw_shortlist(entry, now).record.to_json(), f"{entry.number}-shortlist")


@login_required
@require_http_methods(DIALOG)
def ask(request: SignedInRequest, reference: str, number: str) -> HttpResponse:
    """Read what somebody offers, then ask them."""
    now = timezone.now()
    entry = get_own_entry_for(request.user, reference)
    rules.may_ask(request.user, entry, now).require()
    typed, error = request.POST.get("words", ""), ""
    if request.method == "POST":
        try:
            actions.ask_match(
                actor=request.user,
                asking=entry,
                number=number,
                words=typed,
                asks_next=request.POST.get("asks_next") == "yes",
                now=now,
            )
            messages.success(request, _("The request is on its way."))
            return redirect(matches_page(entry))
        except BadInput as fault:  # nothing that was typed is lost
            error = sentence(fault.message)
    drawn = draw_shortlist(entry, now)
    row = next((each for each in shortlist_rows(drawn, entry) if each["fit"].key == number), None)
    if row is None:
        raise Http404("not on the shortlist")
    context = {
        "heading": _("Ask %(whom)s?") % {"whom": label_of(drawn.entries[number])},
        "row": row,
        "sections": sections_read(drawn.entries[number]),
        "button": _("Ask"),
        "back_url": matches_page(entry),
        "typed": typed,
        "asks_next": request.method != "POST" or request.POST.get("asks_next") == "yes",
        "error": error,
    }
    return render(request, "matching/ask.html", context, status=422 if error else 200)


@dataclass(frozen=True)
class Deed:
    """Something that is done to a request, asked once more before: its rule, and its words."""

    rule: Callable[[Any, MatchRequest, dt.datetime], Verdict]
    link: Promise
    consequence: Promise
    done: Promise
    reason: Promise | str = ""
    is_final: bool = False


DEEDS = {
    "accept": Deed(
        rules.may_accept,
        gettext_lazy("Say yes"),
        gettext_lazy("Both of you are told each other’s names and addresses at once."),
        gettext_lazy("You are matched."),
    ),
    "decline": Deed(
        rules.may_answer,
        gettext_lazy("Say no"),
        gettext_lazy("Whoever asked is told at once. You owe no reason."),
        gettext_lazy("You said no. Thank you for telling early."),
        gettext_lazy("A word to whoever asked, if you like"),
    ),
    "withdraw": Deed(
        rules.may_withdraw,
        gettext_lazy("Take the request back"),
        gettext_lazy("Whoever was asked is told at once."),
        gettext_lazy("The request is taken back."),
    ),
    "end": Deed(
        rules.may_end,
        gettext_lazy("End this match"),
        gettext_lazy("Both sides are told at once, with the reason. It cannot be taken back."),
        gettext_lazy("The match has ended."),
        gettext_lazy("Why does it end? Both sides read it."),
        is_final=True,
    ),
}


@login_required
@require_http_methods(DIALOG)
def deed(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Ask once, then do it: say yes or no, take back, end."""
    now = timezone.now()
    found = get_request_for(request.user, reference, now)
    if name not in DEEDS:
        raise Http404("no such deed")
    asked, typed, error = DEEDS[name], request.POST.get("because", ""), ""
    back = _back_from(found, request.user)
    if request.method == "POST":
        try:
            _carry_out(name, found, typed, request.user, now)
            messages.success(request, str(asked.done))
            return redirect(back)
        except BadInput as fault:  # nothing that was typed is lost
            error = sentence(fault.message)
    asked.rule(request.user, found, now).require()
    context = {
        "heading": asked.link,
        "consequence": asked.consequence,
        "reason": asked.reason,
        "asks": found.words if name in ("accept", "decline") else "",
        "sections": sections_read(found.asking) if name in ("accept", "decline") else [],
        "button": asked.link,
        "is_final": asked.is_final,
        "back_url": back,
        "typed": typed,
        "error": error,
    }
    return render(request, "matching/deed.html", context, status=422 if error else 200)


def _carry_out(name: str, found: MatchRequest, typed: str, account: Any, now: dt.datetime) -> None:
    if name == "accept":
        actions.accept_match(actor=account, request=found, now=now)
    elif name == "withdraw":
        actions.withdraw_match(actor=account, request=found, now=now)
    else:
        said = actions.decline_match if name == "decline" else actions.end_match
        said(actor=account, request=found, because=typed, now=now)


def _back_from(found: MatchRequest, account: Any) -> str:
    """The page of matches of one's own side; for officers the desk's."""
    for side in (found.asked, found.asking):
        if rules.is_party(account, side):
            return matches_page(side)
    return reverse("matching:desk", args=[found.asking.call.reference])
