"""Two records of one person are made one by pages: chosen, shown with what moves, done, undone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anso.applications.actions.merging import merge_people, undo_merge
from anso.applications.rules import may_merge_people
from anso.applications.wording.merging import ROWS_IN_WORDS
from anso.calls.queries import calls_on_desk_of
from anso.directory.models import Person
from anso.directory.queries.merging import clashes_between, count_moving, merges_of
from anso.kernel.errors import BadInput
from anso.site.queries.people import (
    alike_people,
    find_person_for,
    get_person_for,
)
from anso.ui.menus import url_or_blank
from anso.ui.question_fields import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the other record of a person, see what moves and what stands against it, and do it."""
    now = timezone.now()
    kept = get_person_for(request.user, reference, now)
    may_merge_people(request.user, [kept], now).require()
    typed = (request.POST or request.GET).get("with", "").strip()
    gone = find_person_for(request.user, typed, now) if typed else None
    error = _("Nobody whom you may read of is found by this.") if typed and gone is None else ""
    if request.method == "POST" and gone is not None:
        because = request.POST.get("because", "")
        try:
            merge_people(kept=kept, gone=gone, because=because, actor=request.user, now=now)
        except BadInput as fault:
            error = sentence(fault.message)
        else:
            messages.success(request, _("They are one now; both addresses were written to."))
            return redirect("site:person", reference=kept.reference)
    context = {
        "person": kept,
        "gone": gone,
        "typed": typed,
        "error": error,
        "because": request.POST.get("because", ""),
        "heading": _("Two records of one person"),
        "subheading": kept.full_name,
        "crumbs": [
            (_("Desk"), url_or_blank("site:desk")),
            (kept.full_name, reverse("site:person", args=[kept.reference])),
            (_("Two records of one person"), ""),
        ],
        "alike": [] if gone else alike_people(request.user, kept, now),
    } | (preview(request.user, kept, gone, now) if gone else {})
    return render(request, "site/merge.html", context, status=422 if error else 200)


def preview(account: Any, kept: Person, gone: Person, now: dt.datetime) -> dict[str, Any]:
    """What would move, and what stands against it: of calls that are not on the reader's desk only
    that something does.
    """
    desk = set(calls_on_desk_of(account, now).values_list("pk", flat=True))
    told = [
        sentence(clash.message)
        if clash.call_id is None or clash.call_id in desk
        else _("Something stands against it in a call that is not on your desk.")
        for clash in clashes_between(kept, gone, now)
    ]
    return {
        "clashes": list(dict.fromkeys(told)),
        "moving": [
            (ROWS_IN_WORDS[name], count) for name, count in count_moving(kept, gone) if count
        ],
    }


@login_required
@require_POST
def undo(request: HttpRequest, reference: str, pk: str) -> HttpResponse:
    """Make two of them again, with the reason."""
    now = timezone.now()
    kept = get_person_for(request.user, reference, now)
    found = next((each for each in merges_of(kept) if each.reference == pk), None)
    if found is None:
        raise Http404
    try:
        undo_merge(
            merge=found, because=request.POST.get("because", ""), actor=request.user, now=now
        )
        messages.success(request, _("They are two again, with exactly what each had."))
    except BadInput as fault:
        messages.error(request, sentence(fault.message))
    return redirect("site:person", reference=kept.reference)
