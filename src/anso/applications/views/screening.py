"""Screening: many applications beside their eligibility checks, a dry run before anything
happens, and taking it back.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anso.applications import actions, queries
from anso.applications.actions.many import SCREEN
from anso.applications.actions.screening import VERBS, ScreenedMeanwhile
from anso.applications.models import Application
from anso.applications.queries import desk
from anso.applications.rules import may_screen_applications
from anso.applications.views.desk_application import show_application
from anso.applications.views.desk_table import (
    case_selects,
    columns_of,
    desk_context,
    filter_for,
    letters_select,
    state_chips,
)
from anso.applications.views.namesakes_told import with_namesakes
from anso.applications.wording import (
    ELIGIBILITY_TONES,
    eligibility_in_words,
    lacking_in_list,
    question_before,
    screening_verb,
    state_tone,
    state_word,
)
from anso.bulk.actions import start_bulk
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_form, get_terms
from anso.calls.wording import explain
from anso.calls.wording.presentation import level_words
from anso.kernel.eligibility import read_judged
from anso.kernel.errors import BadInput
from anso.kernel.questions import Form
from anso.kernel.reasons import fitting
from anso.kernel.terms import Terms
from anso.ui.countries import country_name
from anso.ui.question_fields import sentence
from anso.ui.refusals import words_of_refusal

# More than any call has; so that no address or form makes a page of everything.
AT_MOST = 20_000
SCREENED = ("submitted", "eligible", "ineligible")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: HttpRequest, reference: str) -> HttpResponse:
    """The list to screen. Posting once shows what would happen, posting that page does it."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    if request.method == "POST":
        return act_on_many(request, call)
    found = queries.applications_of_call(call, request.user, now).filter(state__in=SCREENED)
    wanted = screening_filter(request, call)
    facets = desk.count_facets(found, wanted)
    page = desk.get_list_page(found, wanted, facets, request.GET.get("page", ""))
    shown = list(page.object_list)
    judged = desk.checks_visible_to(request.user, call, shown, now)
    context = desk_context(call, _("Screening")) | {
        "wanted": wanted,
        "page": page,
        "rows": with_namesakes(screening_rows(call, judged), request.user, now),
        "chips": [
            chip
            for chip in state_chips(request, facets.by_state, wanted)
            if chip["count"] or chip["is_current"]
        ],
        "selects": [
            eligibility_select(wanted),
            *letters_select(get_terms(call), wanted),
            *case_selects(call, request.user, wanted),
        ],
        "kept": [("state", wanted.state)] if wanted.state else [],
        **columns_of(call),
        "verdict": may_screen_applications(request.user, call, now),
        "acts": acts_for(wanted.state),
        "total": min(page.paginator.count, AT_MOST),
        "now": now,
    }
    return render(request, "applications/desk/screening.html", context)


def screening_filter(request: HttpRequest, call: Call) -> desk.ListFilter:
    """The filter in the address; without a state there, what waits to be screened."""
    return filter_for(request, call, **({} if "state" in request.GET else {"state": "submitted"}))


def eligibility_select(wanted: desk.ListFilter) -> dict[str, Any]:
    """The choice of what the eligibility check says."""
    verdicts = [
        (standing, eligibility_in_words(standing))
        for standing in ("eligible", "ask_us", "not_eligible")
    ]
    return {
        "name": "standing",
        "label": _("Eligibility check"),
        "options": [("", _("all")), *verdicts],
        "value": wanted.standing,
    }


def acts_for(state: str) -> list[dict[str, str]]:
    """What can be done with applications in a state."""
    verbs = ("confirm_eligible", "reject_ineligible", "reopen_screening")
    acts = [{"value": verb, "label": screening_verb(verb)} for verb in verbs]
    return (
        acts[:2]
        if state == "submitted"
        else (acts[2:] if state in ("eligible", "ineligible") else acts)
    )


def screening_rows(call: Call, judged: list[desk.CheckedApplication]) -> list[dict[str, Any]]:
    """The lines of the list; the form in force names what was answered."""
    terms, (_version, form) = get_terms(call), get_form(call)
    return [screening_row(each, terms, form) for each in judged]


def screening_row(judged: desk.CheckedApplication, terms: Terms, form: Form) -> dict[str, Any]:
    """One line: who, the eligibility check with rule, value and limit, and what an officer
    decided.
    """
    application = judged.application
    return {
        "application": application,
        "name": application.subject_name,
        "url": reverse("applications:desk_detail", args=[application.reference]),
        "country": country_name(application.country_id) if application.country_id else "",
        "level": level_words(application.category, terms),
        "standing": eligibility_in_words(application.eligibility) or _("not checked"),
        "standing_tone": ELIGIBILITY_TONES.get(application.eligibility, ""),  # type: ignore[call-overload]  # a str enum: its text is its key
        "reasons": [reason_line(outcome, form) for outcome in (*judged.failed, *judged.unknown)],
        "lacks": lacking_in_list(application, terms),
        "state": state_word(application.state),
        "tone": state_tone(application.state),
    }


def reason_line(outcome: dict[str, Any], form: Form) -> dict[str, str]:
    """One rule that is not met or cannot be judged, its value and its limit spelled out."""
    told = explain(read_judged(outcome), form)
    return {
        "code": told.code,
        "sentence": told.sentence,
        "seen": _("not shown") if outcome["seen"] is None else told.seen,
        "limit": told.limit,
    }


def chosen_applications(request: HttpRequest, call: Call) -> list[Application]:
    """The applications that were ticked, or all that match the filter."""
    found = (
        queries.applications_of_call(call, request.user, timezone.now())
        .filter(state__in=SCREENED)
        .select_related("call", "applicant__account")
    )
    if request.POST.get("all_rows"):
        matching = desk.applications_matching(found, screening_filter(request, call))
        keys = list(matching.values_list("pk", flat=True)[:AT_MOST])
        return list(found.filter(pk__in=keys).order_by("number"))
    joined = request.POST.get("references", "")
    references = joined.split(",") if joined else request.POST.getlist("row")
    return list(found.filter(reference__in=references[:AT_MOST]).order_by("number"))


def act_on_many(request: HttpRequest, call: Call) -> HttpResponse:
    """First the dry run, then the deed, whose own page says what came of it."""
    now = timezone.now()
    may_screen_applications(request.user, call, now).require()
    verb = request.POST.get("bulk", "")
    if verb not in VERBS:
        raise Http404
    chosen = chosen_applications(request, call)
    if not chosen:
        messages.warning(request, _("Choose at least one first."))
        return redirect("applications:screening", reference=call.reference)
    because, status, error = request.POST.get("because", ""), 200, ""
    try:
        because = fitting(because)
    except BadInput as refusal:
        status, error = 422, sentence(refusal.message)
    if error or request.POST.get("confirmed") != "yes":
        context = dry_run(request.user, call, verb, chosen, now)
        context |= {"because": because, "error": error}
        return render(request, "applications/desk/screening_confirm.html", context, status=status)
    said = {"verb": verb, "because": because}
    done = start_bulk(
        code=SCREEN,
        context=call,
        items=[each.pk for each in chosen],
        said=said,
        key=f"{call.reference}:{request.POST.get('token') or secrets.token_hex(8)}",
        actor=request.user,
        now=now,
    )
    return redirect("bulk:action", reference=done.reference)


def left_as_it_is(
    account: Any, verb: str, chosen: list[Application], now: Any
) -> list[tuple[str, str]]:
    """The numbers of those that will be left, each with why; not for want of a reason, which the
    page asks for.
    """
    foreseen = actions.foresee_screening(
        applications=chosen, verb=verb, because="", actor=account, now=now
    )
    return [
        (each.number, words_of_refusal(foreseen[each.pk]))
        for each in chosen
        if each.pk in foreseen and getattr(foreseen[each.pk], "code", "") != "no_reason"
    ]


def dry_run(
    account: Any, call: Call, verb: str, chosen: list[Application], now: Any
) -> dict[str, Any]:
    """What would happen: how many, which go against the check, which would be refused."""
    judged = desk.checks_visible_to(account, call, chosen, now)
    rows = screening_rows(call, judged)
    with_namesakes(rows, account, now)
    against = {"confirm_eligible": "not_eligible", "reject_ineligible": "eligible"}.get(verb, "")
    opposed = [row for row in rows if row["application"].eligibility == against]
    without = [row for row in rows if not row["reasons"]] if verb == "reject_ineligible" else []
    left = left_as_it_is(account, verb, chosen, now)
    return desk_context(call, question_before(call, verb, len(rows))) | {
        "verb": verb,
        "does": screening_verb(verb),
        **columns_of(call),
        "rows": rows[:100],
        "count": len(rows) - len(left),
        "opposed": opposed,
        "without": without,
        "left": left,
        "callout_tone": "attn" if opposed or without or left else "",
        "references": ",".join(application.reference for application in chosen),
        "needs_reason": bool(without),
        "asks_reason": verb == "reject_ineligible" or bool(opposed),
        "token": secrets.token_hex(8),
        "back_url": reverse("applications:screening", args=[call.reference]),
    }


@login_required
@require_POST
def screen_one(request: HttpRequest, reference: str) -> HttpResponse:
    """Screen one application from its own page, or have it checked anew."""
    now = timezone.now()
    application = queries.get_application_for(request.user, reference, now)
    verb, because = request.POST.get("verb", ""), request.POST.get("because", "")
    back = redirect("applications:desk_detail", reference=reference)
    try:
        if verb == "check":
            actions.run_eligibility_check(application=application, actor=request.user, now=now)
            messages.success(request, _("Checked anew."))
            return show_application(request, application, now, because) if because else back
        if verb not in VERBS:
            raise Http404
        actions.screen_as_shown(
            application=application,
            verb=verb,
            because=because,
            shown=request.POST.get("shown", ""),
            actor=request.user,
            now=now,
        )
    except ScreenedMeanwhile as stale:
        messages.warning(request, sentence(stale.message))
        fresh = queries.get_application_for(request.user, reference, now)
        return show_application(request, fresh, now, because, status=409)
    except BadInput as fault:
        messages.error(request, sentence(fault.message))
        return show_application(request, application, now, because, status=422)
    return back
