"""The pages of who was asked by mail to review: reached by the link, without an account; only a yes
asks for one.
"""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.actions import note_link_use
from anso.accounts.middleware import SignedInRequest
from anso.accounts.queries import find_scoped_link
from anso.directory.models import Expertise
from anso.directory.queries import get_person_of
from anso.kernel.errors import BadInput
from anso.review import actions, rules
from anso.review.actions import Offer
from anso.review.forms import accept_fields, decline_fields, subjects_of
from anso.review.models import Invitation
from anso.review.queries import get_reviews_close_at
from anso.review.queries.invitations import (
    PURPOSE,
    invitations_asked_of,
    is_own_invitation,
    link_lives_until,
    open_invitation_link,
)
from anso.review.wording.asked import review_now
from anso.ui.fields import error_list, fields_for
from anso.ui.question_fields import sentence


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, by whom and until when; a yes leads on, a no is said here."""
    now = timezone.now()
    found = open_invitation_link(token)
    if found is None:
        return _dead_page(request)
    error = ""
    if request.method == "POST":
        try:
            actions.decline_asked(
                invitation=found,
                kind=request.POST.get("kind", ""),
                reason=request.POST.get("reason", ""),
                suggestion=request.POST.get("suggestion", ""),
                now=now,
            )
            return redirect("review:asked", token=token)
        except BadInput as wrong:
            error = sentence(wrong.message)
    elif request.method == "GET" and (link := find_scoped_link(token, PURPOSE)):
        note_link_use(link, now)
    verdict = rules.may_answer_by_mail(found, now)
    fields = decline_fields(request.POST, error)
    own = request.user.is_authenticated and is_own_invitation(request.user, found)
    context = _told(found, now) | {
        "heading": _("Will you review?"),
        "verdict": verdict,
        "fields": fields_for(fields),
        "error_list": error_list(fields),
        "yes_url": reverse("review:accept_asked", args=[token]),
        "is_own": own,
    }
    return render(request, "review/asked_by_mail.html", context, status=422 if error else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_asked(request: SignedInRequest, token: str) -> HttpResponse:
    """Whoever says yes says what they can judge and how much, under their own account."""
    now = timezone.now()
    found = open_invitation_link(token)
    if found is None:
        return _dead_page(request)
    if found.state == "accepted" and is_own_invitation(request.user, found):
        return redirect("review:assignments")
    verdict = rules.may_accept_by_mail(request.user, found, now)
    person = get_person_of(request.user)
    problems: dict[str, str] = {}
    refused = ""
    if request.method == "POST":
        verdict.require()
        problems = _problems(request, found, is_named=person is not None)
        if not problems:
            try:
                actions.accept_asked(
                    actor=request.user, invitation=found, offer=_offer(request), now=now
                )
                messages.success(
                    request, _("Thank you. We will write when there is something to review.")
                )
                return redirect("review:assignments")
            except BadInput as wrong:
                refused = sentence(wrong.message)
    known = Expertise.objects.filter(person=person).values_list("subject", flat=True)
    posted = request.POST if request.method == "POST" else None
    name = None if person else found.full_name
    fields = accept_fields(found, name, list(known), posted, problems)
    context = _told(found, now) | {
        "heading": _("Yes, you will review"),
        "verdict": verdict,
        "refused": refused,
        "fields": fields_for(fields),
        "error_list": error_list(fields),
        "back_url": reverse("review:asked", args=[token]),
    }
    status = 422 if problems or refused else 200
    return render(request, "review/accept_asked.html", context, status=status)


@login_required
@never_cache
@require_safe
def own_asked(request: SignedInRequest, reference: str) -> HttpResponse:
    """From "What I have to do" to the question, for somebody who has an account."""
    now = timezone.now()
    mine = [each for each in invitations_asked_of(request.user, now) if each.reference == reference]
    if not mine:
        raise Http404("no such invitation of the reader")
    return redirect(actions.own_invitation_link(invitation=mine[0], now=now))


def _problems(request: SignedInRequest, found: Invitation, *, is_named: bool) -> dict[str, str]:
    """What is missing in a yes, by field."""
    posted, problems = request.POST, {}
    capacity = posted.get("capacity", "")
    if not is_named and not posted.get("full_name", "").strip():
        problems["full_name"] = _("Write your name. One name is enough if you have one.")
    known = {code for code, _label in subjects_of(found.call)}
    if known and not known.intersection(posted.getlist("subjects")):
        problems["subjects"] = _("Tick at least one group.")
    if not capacity.isdecimal() or len(capacity) > 3 or not 1 <= int(capacity) <= 500:
        problems["capacity"] = _("Say how many you can take: between 1 and 500.")
    if not posted.get("declared"):
        problems["declared"] = _("Confirm the declaration; without it you cannot review.")
    return problems


def _offer(request: SignedInRequest) -> Offer:
    posted, person = request.POST, get_person_of(request.user)
    return Offer(
        full_name=person.full_name if person else posted.get("full_name", ""),
        capacity=int(posted["capacity"]),
        subjects=tuple(posted.getlist("subjects")),
        keywords=posted.get("keywords", ""),
        is_declared=bool(posted.get("declared")),
    )


def _told(found: Invitation, now: dt.datetime) -> dict[str, object]:
    return {
        "invitation": found,
        "call": found.call,
        "closes_at": get_reviews_close_at(found.call, now),
        "stage": review_now(found.call, now),
        "lives_until": link_lives_until(found, now),
    }


def _dead_page(request: HttpRequest) -> HttpResponse:
    context = {"heading": _("This link does not work any more")}
    return render(request, "review/asked_gone.html", context, status=404)
