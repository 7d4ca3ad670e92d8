"""The officer's desk for reviewers: who was asked to review in a call."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.middleware import SignedInRequest
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for
from anso.directory.models import Person
from anso.directory.wording import person_url
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.wording import gettext_noop
from anso.notifications.wording import write_url
from anso.review import actions, rules
from anso.review.models import Reviewer
from anso.review.notices import OF_REVIEWERS
from anso.review.queries import ReviewerLoad, reviewers_of_call
from anso.review.queries.invitations import invitations_of
from anso.review.queries.names import get_names_state
from anso.review.views.desk import desk_context
from anso.review.wording import REVIEWER_FILTERS
from anso.review.wording.asked import asked_row
from anso.ui.countries import country_name
from anso.ui.exports import export_response
from anso.ui.ordering import in_reader_order
from anso.ui.refusals import words_of_refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reviewers(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everybody asked to review in this call, with their load; invite another, release one."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    error = ""
    if request.method == "POST":
        try:
            _change_reviewers(request, call, now)
            return redirect("review:reviewers", reference=call.reference)
        except (BadInput, StaleTransition) as refusal:
            error = words_of_refusal(refusal)
    only, loads = request.GET.get("only", ""), reviewers_of_call(call, now)
    context = desk_context(call, _("Reviewers"), now) | {
        "loads": [
            (load, _page_of(load, request.user))
            for load in in_reader_order(
                _chosen(loads, only), lambda load: load.reviewer.person.full_name
            )
        ],
        "chips": _chips(loads, only),
        "csv_url": reverse("review:export_reviewers", args=[reference, "csv"]),
        "xlsx_url": reverse("review:export_reviewers", args=[reference, "xlsx"]),
        "write_url": write_url(OF_REVIEWERS, call, request.GET),
        "asked": [asked_row(each, now) for each in invitations_of(call).select_related("call")],
        "error": error,
        "typed": request.POST,
        "may": rules.may_invite_reviewers(request.user, call, now),
        "names": get_names_state(call),
        "may_ask": rules.may_ask_about_names(request.user, call, now),
    }
    return render(request, "review/desk_reviewers.html", context, status=422 if error else 200)


def _page_of(load: ReviewerLoad, reader: Any) -> str:
    """Where everything about a reviewer is read; nobody reads theirs on the desk."""
    person = load.reviewer.person
    return "" if person.account_id == reader.pk else person_url(person)


@login_required
@require_safe
def export_reviewers(request: SignedInRequest, reference: str, kind: str) -> HttpResponseBase:
    """Everybody who was asked to review in this call, with their load, as a file."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    loads = in_reader_order(
        reviewers_of_call(call, now), lambda load: load.reviewer.person.full_name
    )
    headings = [
        _("Name"), _("Country, code"), _("Country"), _("Answer, code"), _("Reason"), _("Offered"),
        _("Has"), _("Submitted"), _("Late"), _("Invited (UTC)"),
    ]  # fmt: skip
    rows = [_line_of(load) for load in loads]
    return export_response(kind, f"{call.slug}-reviewers", headings, rows)


def _line_of(load: ReviewerLoad) -> list[Any]:
    reviewer, person = load.reviewer, load.reviewer.person
    country = person.nationality_id
    return [
        person.full_name, country, country_name(country) if country else "", reviewer.state,
        reviewer.decline_reason, reviewer.capacity, load.in_force, load.submitted, load.late,
        reviewer.invited_at,
    ]  # fmt: skip


def _chosen(loads: list[ReviewerLoad], only: str) -> list[ReviewerLoad]:
    if only not in REVIEWER_FILTERS:
        return loads
    found = {
        "late": lambda load: load.late > 0,
        "open": lambda load: load.in_force > load.submitted,
    }
    is_meant = found.get(only, lambda load: load.reviewer.state == only)
    return [each for each in loads if is_meant(each) and each.reviewer.state != "released"]


def _chips(loads: list[ReviewerLoad], only: str) -> list[dict[str, Any]]:
    """One chip for all, and one for each answer or lateness that there is."""
    filters = {"": _("All"), **REVIEWER_FILTERS}
    chips = [
        {
            "label": label,
            "url": f"?only={key}" if key else "?",
            "count": len(_chosen(loads, key)),
            "is_current": key == only,
        }
        for key, label in filters.items()
    ]
    return [each for each in chips if each["count"] or each["is_current"]]


def _change_reviewers(request: SignedInRequest, call: Call, now: dt.datetime) -> None:
    if request.POST.get("act") == "release":
        reviewer = Reviewer.objects.filter(
            call=call, reference=request.POST.get("reviewer", "")
        ).first()
        if reviewer is None:
            raise Http404("no such reviewer in this call")
        actions.release_reviewer(actor=request.user, reviewer=reviewer, now=now)
        messages.success(request, _("The invitation was taken back."))
        return
    if request.POST.get("act") == "names":
        made = actions.ask_about_names(actor=request.user, call=call, now=now)
        words = ngettext("%(n)d name is new on the list.", "%(n)d names are new on the list.", made)
        messages.success(request, words % {"n": made})
        return
    email = request.POST.get("email", "").strip()
    person = Person.objects.filter(account__email__iexact=email).select_related("account").first()
    if person is None:
        text = gettext_noop(
            "Nobody with the address %(email)s has an account. Ask them by mail instead: who says"
            " yes gets one."
        )
        raise BadInput(text, email=email)
    capacity = request.POST.get("capacity", "")
    actions.invite_reviewer(
        actor=request.user,
        call=call,
        person=person,
        capacity=int(capacity) if capacity.isdecimal() else 0,
        now=now,
    )
    messages.success(request, _("The invitation waits in the outbox."))
