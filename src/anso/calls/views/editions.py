"""Where a call belongs: its round, the call or the selected proposal of which it is a part, and
what may be opened beside and under it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.forms.editions import parent_options, parent_value, read_parent
from anso.calls.models import Call
from anso.calls.queries.editions import begun_from, free_letter_of, programmes_under
from anso.calls.rules import may_create_call, may_edit_call, may_open_part
from anso.calls.views.attempts import Attempt, draft_context, try_to_save
from anso.calls.wording import TAKEN_OVER, call_rows
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.ui.drafts import Part, PostedDraft, read_draft, read_parts

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def edition(request: HttpRequest, reference: str) -> HttpResponse:
    """The programme, the year and the round of a call, what stands above it, and what beside and
    below it.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    tried = Attempt()
    if request.method == "POST":
        tried = save_parent(request, call, now)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:edition", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    options = parent_options(request.user, call, now)
    parent = call.parent
    above = queries.calls_visible_to(request.user, now).filter(pk=call.parent_id or 0)
    source = begun_from(call)
    begun = queries.calls_visible_to(request.user, now).filter(pk=source.pk if source else 0)
    context = draft_context(call, [parent_part(call, options)], tried) | {
        "call": call,
        "heading": _("Edition"),
        "verdict": may_edit_call(request.user, call, now),
        "options": options,
        "above": call_rows(above, request.user, now),
        "proposal": queries.find_selected_proposal(parent, call.proposal) if parent else None,
        "rounds": call_rows(queries.rounds_beside(call, request.user, now), request.user, now),
        "begun": call_rows(begun, request.user, now),
        "taken_over": TAKEN_OVER.values(),
        "parts": call_rows(queries.parts_of(call, request.user, now), request.user, now),
        **ways_on(request.user, call, now),
    }
    return render(request, "calls/desk_edition.html", context, status=tried.status)


def parent_part(call: Call, options: list[tuple[str, str]]) -> Part:
    """What stands above a call, as the page shows it."""
    words = dict(options) | {"": _("nothing")}
    return Part("parent", _("Part of"), parent_value(call.parent, call.proposal), words=words)


def save_parent(request: HttpRequest, call: Call, now: dt.datetime) -> Attempt:
    """Put the call where the page says, unless another officer put it elsewhere meanwhile."""

    def save(posted: PostedDraft) -> None:
        if "parent" not in posted.changes:
            return
        actions.change_parent(
            call=call,
            parent=read_parent(request.user, posted.changes["parent"], call, now),
            base_revision=posted.base,
            actor=request.user,
            now=now,
        )

    may_edit_call(request.user, call, now).require()
    parts = [parent_part(call, parent_options(request.user, call, now))]
    try:
        return try_to_save(request, call, parts, save, place=lambda _facts: "parent")
    except Refused as refusal:
        # of the call above, which may have closed since the page was opened: told in its place
        posted = read_draft(read_parts(parts, request.POST), request.POST, call.revision)
        return Attempt(posted, ({"key": "parent", "message": refusal_words(refusal)},))


def refusal_words(refusal: Refused) -> str:
    """Why a rule refused, in the reader's language."""
    return " ".join(str(reason.text) for reason in refusal.verdict.reasons)


def ways_on(account: Actor, call: Call, now: dt.datetime) -> dict[str, Any]:
    """Where a further round, a part, or a call under a selected proposal is opened, with the form
    filled in; nothing that would be refused.
    """
    if not may_create_call(account, now):
        return {}
    free = queries.free_round_of(call.programme, call.edition_year)
    new = {"programme": call.programme.code, "year": call.edition_year, "round": free}
    below = []
    if may_open_part(account, call, now, is_of_proposal=True):
        openings = [
            (each.name, {**new, "programme": each.code, "round": free_letter_of(each, new["year"])})
            for each in programmes_under(call)
        ]
        below = [
            (
                proposal,
                [
                    (name, new_call_url(filled | {"parent": parent_value(call, proposal.number)}))
                    for name, filled in openings
                ],
            )
            for proposal in queries.selected_proposals_of(call)
        ]
    part = new_call_url(new | {"parent": parent_value(call, "")})
    return {
        "round_url": new_call_url(new),
        "part_url": part if may_open_part(account, call, now) else "",
        "proposals": below,
    }


def new_call_url(filled: dict[str, Any]) -> str:
    """The page that creates a call, with some of its fields filled in."""
    return f"{reverse('calls:create')}?{urlencode(filled)}"


def call_of_refusal(account: Actor, refusal: BadInput, now: dt.datetime) -> Call | None:
    """The call that stands in the way of a new one, where the reader works on it: after a double
    click it is the one that the first click made.
    """
    number = refusal.message.facts.get("number", "")
    return queries.calls_on_desk_of(account, now).filter(number_prefix=number).first()
