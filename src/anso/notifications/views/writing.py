"""Write to a set of people: a dry run of who is reached, the words in each language, and the
letters prepared and held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import (
    get_language_bidi,
    get_language_info,
    ngettext,
    override,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.kernel.errors import BadInput
from anso.kernel.references import new_reference
from anso.notifications import actions
from anso.notifications.forms import read_filter
from anso.notifications.notices import LetterText, text_of_letter
from anso.notifications.queries import MESSAGE_READERS
from anso.notifications.queries.audiences import AUDIENCES, Audience, DryRun, Wanted, try_audience
from anso.notifications.wording import WHY_LEFT_OUT
from anso.ui.question_fields import sentence

NAMED = 8


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Who would be written to and who not; the words; then letters that wait for release."""
    now = timezone.now()
    audience = AUDIENCES.get(code)
    if audience is None:
        raise Http404
    context = _context_of(request, audience, now)
    wanted = {name: request.GET.get(name, "")[:100] for name in audience.names}
    typed, error = _first_words(audience), ""
    if request.method == "POST":
        typed = _typed(request)
        try:
            mailing = actions.prepare_letters(
                code=code,
                context=context,
                wanted=wanted,
                texts=_without_frames(typed, audience),
                key=request.POST.get("key", "")[:32],
                actor=request.user,
                now=now,
            )
        except BadInput as wrong:
            error = sentence(wrong.message)
        else:
            count = len(mailing.chosen["keys"])
            words = ngettext(
                "%(n)d letter is prepared and held. Read it, then release it.",
                "%(n)d letters are prepared and held. Read them, then release them.",
                count,
            )
            flash.success(request, words % {"n": count})
            return redirect("notifications:mailing", mailing.reference)
    run = try_audience(audience, context, request.user, wanted, now)
    page = _page(audience, context, wanted, run) | {
        "languages": _languages(run, typed),
        "error": error,
        "key": request.POST.get("key") or new_reference(),
    }
    return render(request, "notifications/write.html", page, status=422 if error else 200)


def _context_of(request: HttpRequest, audience: Audience, now: dt.datetime) -> Model:
    """The call that is meant; nobody finds one that they do not look after."""
    asked = read_filter(request.GET)
    if asked.context_type != audience.context_type or asked.context_id is None:
        raise Http404
    readers = MESSAGE_READERS[audience.context_type]
    found: Model | None = readers.objects(request.user, now).filter(pk=asked.context_id).first()
    if found is None:
        raise Http404
    return found


def _page(audience: Audience, context: Any, wanted: Wanted, run: DryRun) -> dict[str, Any]:
    names = [each.label for each in run.readers]
    back = audience.back(context, wanted)
    return {
        "heading": audience.heading,
        "subheading": MESSAGE_READERS[audience.context_type].name(context),
        "crumbs": [(_("Back to the list"), back), (audience.heading, "")],
        "chosen_by": audience.in_words(context, wanted),
        "count": len(names),
        "named": names[:NAMED],
        "rest": max(0, len(names) - NAMED),
        "left_out": [(each.label, each.address, WHY_LEFT_OUT[each.why]) for each in run.left_out],
        "places": _places(audience, run).items(),
        "back": back,
    }


def _places(audience: Audience, run: DryRun) -> dict[str, str]:
    """What comes in at each place, for the first reader."""
    known: Mapping[str, Any] = {}
    if run.readers:
        known = {"contact": settings.ALLIANCE["MAIL"], **run.readers[0].say()}
    places = {name: str(known.get(name, "")) for name in audience.notice.fields}
    if places.get("url"):
        places["url"] = settings.SITE_URL + places["url"]
    if "page" in places and not places["page"]:
        places["page"] = _("(the reader's own link)")
    return {f"{{{name}}}": value for name, value in places.items()}


def _first_words(audience: Audience) -> dict[str, LetterText]:
    """The frame of a letter in each language, to write into."""
    return {
        code: LetterText("", text_of_letter(audience.notice, {}, code).body)
        for code, _name in settings.LANGUAGES
    }


def _typed(request: HttpRequest) -> dict[str, LetterText]:
    return {
        code: LetterText(
            request.POST.get(f"subject_{code}", ""), request.POST.get(f"body_{code}", "")
        )
        for code, _name in settings.LANGUAGES
    }


def _without_frames(typed: dict[str, LetterText], audience: Audience) -> dict[str, LetterText]:
    """The languages in which something was written: a frame alone is none."""
    frames = _first_words(audience)
    return {
        code: text
        for code, text in typed.items()
        if text.subject.strip() or text.body.split() != frames[code].body.split()
    }


def _languages(run: DryRun, typed: dict[str, LetterText]) -> list[dict[str, Any]]:
    counts = run.by_language(typed)
    found = []
    for code, text in typed.items():
        with override(code):
            direction = "rtl" if get_language_bidi() else "ltr"
        name = get_language_info(code)["name_translated"]
        found.append(
            {
                "code": code,
                "name": name,
                "direction": direction,
                "count": counts[code],
                "text": text,
            }
        )
    return found
