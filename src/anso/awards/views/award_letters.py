"""The award letter: for its holder, signed in or by link, and for officers; what it tells; and
whether one that somebody was shown still stands.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from anso.accounts.middleware import SignedInRequest
from anso.awards.actions.award_details import keep_award_detail, take_letter
from anso.awards.models import AwardDetail, Offer
from anso.awards.queries import (
    IN_FORCE,
    get_desk_offer_for,
    get_own_offer_for,
    open_offer_link,
)
from anso.awards.queries.award_letters import HostDetail, award_details, get_offer_of_letter
from anso.awards.wording.award_letters import (
    labels_of_details,
    letter_payload,
    missing_in_words,
    standing_of_letter,
)
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms
from anso.calls.rules import may_manage_call
from anso.calls.wording import desk_crumbs
from anso.kernel.errors import BadInput
from anso.programmes.wording import CallWords
from anso.ui.fields import error_list, fields_for
from anso.ui.pdf import render_pdf
from anso.ui.question_fields import in_reader_language, sentence


@login_required
@never_cache
@require_GET
def own_letter(request: SignedInRequest, reference: str) -> FileResponse:
    """The letter about an offer that is made to the reader."""
    now = timezone.now()
    offer = get_own_offer_for(request.user, reference)
    take_letter(offer=offer, actor=request.user, now=now)
    return _pdf_of(offer, now)


@never_cache
@require_GET
def letter_by_link(request: HttpRequest, token: str) -> FileResponse:
    """The same for somebody without an account."""
    now = timezone.now()
    opened = open_offer_link(token, now)
    if opened.offer is None:
        raise Http404("no such letter")
    take_letter(offer=opened.offer, actor=opened.actor, now=now)
    return _pdf_of(opened.offer, now)


@login_required
@never_cache
@require_safe
def desk_letter(request: SignedInRequest, reference: str) -> FileResponse:
    """The letter as its holder gets it, for officers; 404 for an offer that no longer stands."""
    now = timezone.now()
    offer = get_desk_offer_for(request.user, reference, now)
    may_manage_call(request.user, offer.application.call, now).require()
    if offer.state not in IN_FORCE:
        raise Http404("no letter of this offer")
    return _pdf_of(offer, now)


def _pdf_of(offer: Offer, now: dt.datetime) -> FileResponse:
    made = render_pdf("letter", letter_payload(offer, now), at=now.replace(microsecond=0))
    name = f"{offer.application.number}-award.pdf"
    return FileResponse(
        io.BytesIO(made), as_attachment=True, filename=name, content_type="application/pdf"
    )


@require_safe
def letter_check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a letter that somebody was shown still stands, for everybody who has its code."""
    offer, version = get_offer_of_letter(code)
    words = CallWords(get_terms(offer.application.call))
    standing = standing_of_letter(offer, version)
    context = {"heading": words["award_title"], "standing": standing}
    return render(request, "awards/letter_check.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: SignedInRequest, reference: str) -> HttpResponse:
    """What letters of confirmation tell for each host, and what of it is missing."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    may_manage_call(request.user, call, now).require()
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            detail = _keep(request, call, now)
        except BadInput as fault:
            wrong = {request.POST.get("host", ""): sentence(fault.message)}
        else:
            changed = _("Kept. Letters tell it from now on; whoever had one is told what changed.")
            same = _("Nothing was changed: the letters say what they said.")
            messages.success(request, changed if detail.kept_at == now else same)
            return redirect("awards:details", reference=reference)
    words = CallWords(get_terms(call))
    forms = [_form(request, found, words, wrong) for found in award_details(call)]
    context = {
        "heading": _("Letters of confirmation"),
        "call": call,
        "crumbs": desk_crumbs(call, _("Letters of confirmation")),
        "forms": forms,
        "missing": missing_in_words(call),
        "error_list": [each for form in forms for each in form["errors"]],
    }
    status = 422 if wrong else 200
    return render(request, "awards/desk_letters.html", context, status=status)


def _keep(request: SignedInRequest, call: Call, now: dt.datetime) -> AwardDetail:
    host, typed = request.POST.get("host", ""), request.POST.get
    return keep_award_detail(
        call=call,
        host=host,
        starts_on=_day(typed(f"{host}.starts_on", "")),
        contact=typed(f"{host}.contact", ""),
        steps={code: typed(f"{host}.steps_{code}", "") for code, _name in settings.LANGUAGES},
        actor=request.user,
        now=now,
    )


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError as error:
        raise BadInput(_("Give the day, like 2027-06-30.")) from error


def _form(
    request: SignedInRequest, found: HostDetail, words: CallWords, wrong: dict[str, str]
) -> dict[str, Any]:
    detail, key = found.detail, found.host.key if found.host else ""
    starts = detail.starts_on.isoformat() if detail.starts_on else ""
    values = {"starts_on": starts, "contact": detail.contact}
    values |= {f"steps_{code}": detail.steps.get(code, "") for code, _n in settings.LANGUAGES}
    if key in wrong:
        values = {name: request.POST.get(f"{key}.{name}", "") for name in values}
    labels = labels_of_details(words)
    types = {"starts_on": "date"}
    hints = {"contact": _("Name, office, address, mail and telephone, as the holder may use them.")}
    entries = [
        {
            "key": f"{key}.{name}",
            "type": types.get(name, "longtext"),
            "label": labels[name],
            "hint": hints.get(name, ""),
            "required": False,
            "value": value,
            "error": wrong.get(key, "") if name == "starts_on" else "",
        }
        for name, value in values.items()
    ]
    return {
        "host": key,
        "title": in_reader_language(found.host.label)
        if found.host
        else _("Every letter of this call"),
        "fields": fields_for(entries),
        "errors": error_list(entries),
    }
