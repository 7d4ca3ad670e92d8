"""The page of work on many things: how far it is, what was left, stopping it and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anso.bulk import actions
from anso.bulk.models import BulkAction
from anso.bulk.queries import (
    BULK_WORKS,
    bulk_actions_of,
    get_bulk_action_for,
    is_still,
)
from anso.bulk.rules import may_run_bulk
from anso.bulk.wording import bulk_state, bulk_title, settled_in_words
from anso.kernel.actors import name_of_account
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.wording import Text
from anso.notifications.queries import context_name, require_context
from anso.ui.question_fields import in_reader_language
from anso.ui.refusals import words_of_refusal

SHOWN = 200
EARLIER = 10


@login_required
@require_safe
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """How far it is and what was left as it is."""
    now = timezone.now()
    shown = get_bulk_action_for(request.user, reference, now)
    actions.mark_seen(action=shown, actor=request.user, now=now)
    word, tone = bulk_state(shown, now)
    context = require_context(shown)
    earlier = bulk_actions_of(context, request.user, now).exclude(pk=shown.pk)[:EARLIER]
    title, back_url = bulk_title(shown), BULK_WORKS[shown.code].back(context)
    content: dict[str, Any] = {
        "heading": title,
        "action": shown,
        "word": word,
        "tone": tone,
        "asked_by": name_of_account(shown.asked_by),
        "settled": settled_in_words(shown),
        "left": left_by_reason(shown),
        "left_more": max(0, len(shown.refused) - SHOWN),
        "is_still": is_still(shown, now),
        "may": may_run_bulk(request.user, shown, now),
        "can_undo": shown.state != "running"
        and BULK_WORKS[shown.code].undo(shown.said) is not None
        and shown.done > len(shown.refused),
        "crumbs": [(context_name(shown), back_url), (title, "")],
        "back_url": back_url,
        "earlier": [
            (each, bulk_title(each), settled_in_words(each), *bulk_state(each, now))
            for each in earlier
        ],
    }
    return render(request, "bulk/action.html", content)


def left_by_reason(shown: BulkAction) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was left as it is, by the reason: names and addresses of the first."""
    first = shown.refused[:SHOWN]
    names = BULK_WORKS[shown.code].shown([shown.items[place] for place, _why in first])
    found: dict[str, list[tuple[str, str]]] = {}
    for named, (_place, why) in zip(names, first, strict=True):
        found.setdefault(in_reader_language(Text.from_dict(why)), []).append(named)
    return list(found.items())


@login_required
@require_POST
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop after the part that is being done."""
    now = timezone.now()
    shown = get_bulk_action_for(request.user, reference, now)
    try:
        actions.stop_bulk(action=shown, actor=request.user, now=now)
    except StaleTransition:
        messages.warning(request, _("It had ended already."))
    return redirect("bulk:action", reference=reference)


@login_required
@require_POST
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Let it go on."""
    now = timezone.now()
    shown = get_bulk_action_for(request.user, reference, now)
    actions.resume_bulk(action=shown, actor=request.user, now=now)
    return redirect("bulk:action", reference=reference)


@login_required
@require_POST
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back what was settled."""
    now = timezone.now()
    shown = get_bulk_action_for(request.user, reference, now)
    try:
        back = actions.undo_bulk(action=shown, actor=request.user, now=now)
    except BadInput as refusal:
        messages.error(request, words_of_refusal(refusal))
        return redirect("bulk:action", reference=reference)
    return redirect("bulk:action", reference=back.reference)
