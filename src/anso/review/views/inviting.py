"""The officer's desk for asking many people by mail to review: the list is checked and the mail is
read before anything leaves; each invitation has a page of its own.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for
from anso.governance.queries import alliance_day
from anso.kernel.addresses import likely_slip
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.people_lists import PeopleList
from anso.kernel.periods import Deadline, day_of
from anso.kernel.typed_times import read_day
from anso.kernel.verdict import Refused
from anso.review import actions, rules
from anso.review.actions import Asking
from anso.review.forms import asking_fields, read_invitees
from anso.review.models import Invitation
from anso.review.queries import get_reviews_close_at
from anso.review.queries.invitations import (
    Invitee,
    find_invitation,
    invitees_in,
    link_lives_until,
)
from anso.review.views.desk import desk_context
from anso.review.wording.asked import asked_row
from anso.ui.fields import error_list, fields_for
from anso.ui.imports import text_of_upload
from anso.ui.question_fields import sentence
from anso.ui.refusals import words_of_refusal

DAYS_TO_ANSWER = 10
# The lines that could not be sent, for the officer to mend them after the others have left.
LEFT = "invite:{}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, reference: str) -> HttpResponse:
    """Give a list, look at what becomes of each line and at the mail, send."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_invite_reviewers(request.user, call, now).require()
    left = LEFT.format(call.reference)
    text = request.POST.get("list", request.GET.get("list", request.session.get(left, "")))
    error, checked = "", {}
    if request.method == "POST":
        try:
            text = _text_given(request, text)
            people, asking = read_invitees(text), _asking(request, call)
            checked = _check(request, call, people, asking, now)
            if request.POST.get("act") == "send" and _is_seen(request, checked):
                return _send(request, call, people, asking, now)
        except BadInput as wrong:
            error = sentence(wrong.message)
    fields = asking_fields(request.POST, text, _default_day(call, now), error)
    context = desk_context(call, _("Ask people to review"), now) | {
        "fields": fields_for(fields),
        "error_list": error_list(fields),
        "has_changed": request.POST.get("act") == "send" and bool(checked),
        **checked,
    }
    return render(request, "review/desk_invite.html", context, status=422 if error else 200)


def _text_given(request: SignedInRequest, text: str) -> str:
    """What stands in the box, and below it what a file holds."""
    sent = request.FILES.get("file")
    if sent is None:
        return text
    return f"{text.rstrip()}\n{text_of_upload(sent)}".lstrip("\n")


def _asking(request: SignedInRequest, call: Call) -> Asking:
    capacity, language = request.POST.get("capacity", ""), request.POST.get("language", "")
    return Asking(
        capacity=int(capacity) if capacity.isdecimal() and len(capacity) < 5 else 0,
        answer_by=read_day(request.POST.get("answer_by", "")),
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
    )


def _check(
    request: SignedInRequest, call: Call, people: PeopleList, asking: Asking, now: dt.datetime
) -> dict[str, Any]:
    """Who is written to, who is left out and why, which lines are to be mended, and the mail."""
    good = [each for each in people.lines if each.fault is None]
    found = [
        (each, rules.may_ask_by_mail(call, each))
        for each in invitees_in(call, good, alliance_day(now))
    ]
    asked = [_asked_line(each, asking) for each, verdict in found if verdict]
    mail = None
    if asked:
        mail = actions.preview_invitation(
            actor=request.user, call=call, line=asked[0]["line"], asking=asking, now=now
        )
    return {
        "is_checked": True,
        "asked": asked,
        "left_out": [(each.line, str(verdict)) for each, verdict in found if not verdict],
        "faulty": [(each, sentence(each.fault)) for each in people.lines if each.fault],
        "mail": mail,
        "seen": _digest(asked, asking),
    }


def _asked_line(invitee: Invitee, asking: Asking) -> dict[str, Any]:
    account = invitee.account
    language = account.language if account else asking.language
    return {
        "line": invitee.line,
        "has_account": account is not None,
        "language": _(dict(settings.LANGUAGES).get(language, language)),
        "meant": likely_slip(invitee.line.email),
    }


def _digest(asked: list[dict[str, Any]], asking: Asking) -> str:
    people = [[each["line"].email, each["line"].name] for each in asked]
    return content_hash([people, asking.capacity, str(asking.answer_by), asking.language])[:16]


def _is_seen(request: SignedInRequest, checked: dict[str, Any]) -> bool:
    """Whether the officer has looked at exactly this; else the page shows what it is now."""
    return bool(checked["asked"]) and request.POST.get("seen") == checked["seen"]


def _send(
    request: SignedInRequest, call: Call, people: PeopleList, asking: Asking, now: dt.datetime
) -> HttpResponse:
    asked = actions.invite_by_mail(
        actor=request.user, call=call, lines=people.lines, asking=asking, now=now
    )
    count = len(asked)
    words = ngettext(
        "%(n)d question waits in the outbox.", "%(n)d questions wait in the outbox.", count
    )
    messages.success(request, words % {"n": count})
    faulty = [each.number for each in people.lines if each.fault]
    left = LEFT.format(call.reference)
    if faulty:
        request.session[left] = people.kept(faulty)
        messages.warning(request, _("The lines that could not be understood are still here."))
        return redirect("review:invite", reference=call.reference)
    request.session.pop(left, None)
    return redirect("review:reviewers", reference=call.reference)


def _default_day(call: Call, now: dt.datetime) -> dt.date:
    soon = day_of(now + dt.timedelta(days=DAYS_TO_ANSWER), call.zone)
    closes_at = get_reviews_close_at(call, now)
    return min(soon, Deadline(closes_at, call.zone).last_day) if closes_at else soon


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def asked_one(request: SignedInRequest, reference: str, invitation: str) -> HttpResponse:
    """One person who was asked: where it stands, what they said; ask again, mend, take back."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    found = find_invitation(call, invitation)
    if found is None:
        raise Http404("no such invitation in this call")
    error = ""
    if request.method == "POST":
        rules.may_invite_reviewers(request.user, call, now).require()
        try:
            _change(request, found, now)
            return redirect("review:asked_one", reference=reference, invitation=invitation)
        except (BadInput, Refused, StaleTransition) as refusal:
            error = words_of_refusal(refusal)
            found.refresh_from_db()
    context = desk_context(call, found.full_name, now) | {
        "row": asked_row(found, now),
        "invitation": found,
        "lives_until": link_lives_until(found, now),
        "default_day": _default_day(call, now),
        "invite_url": reverse("review:invite", args=[reference]),
        "error": error,
        "typed": request.POST,
        "may": rules.may_change_invitation(request.user, found, now),
        "may_invite": rules.may_invite_reviewers(request.user, call, now),
    }
    return render(request, "review/desk_asked.html", context, status=422 if error else 200)


def _change(request: SignedInRequest, found: Invitation, now: dt.datetime) -> None:
    act = request.POST.get("act", "")
    if act == "again":
        answer_by = read_day(request.POST.get("answer_by", ""))
        actions.ask_again(actor=request.user, invitation=found, answer_by=answer_by, now=now)
        messages.success(request, _("The mail waits in the outbox."))
    elif act == "address":
        (line,) = read_invitees(f"{found.full_name}\t{request.POST.get('email', '')}").lines
        actions.correct_invited_address(actor=request.user, invitation=found, line=line, now=now)
        messages.success(
            request, _("The old link no longer works. The new mail waits in the outbox.")
        )
    elif act == "cancel":
        actions.cancel_asked(actor=request.user, invitation=found, now=now)
        messages.success(request, _("The question was taken back, and they are told."))
    else:
        raise Http404("no such act")
