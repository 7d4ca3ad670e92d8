"""The desk for decisions: those that were prepared, what each applicant will read, and their
release.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anso.accounts.middleware import SignedInRequest
from anso.accounts.models import Account
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.rules import may_manage_call
from anso.decisions import actions, rules
from anso.decisions.enums import Result
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.decisions.queries import (
    get_desk_run_for,
    placements_behind,
    unread_words,
)
from anso.decisions.views import read_step, step_query
from anso.decisions.views.runs import desk_context
from anso.decisions.wording import (
    decision_link,
    reason_for_move,
    result_words,
    told_before_release,
    withheld_words,
    words_for_decision,
)
from anso.kernel.errors import BadInput
from anso.programmes.wording import CallWords
from anso.ui.kept import keep_typed, take_typed
from anso.ui.question_fields import sentence

PAGE_SIZE = 100


@login_required
@require_GET
def decisions(request: SignedInRequest, reference: str) -> HttpResponse:
    """The decisions that were prepared, and what each applicant will read."""
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, None, now, read_step(request))
    found = (
        Decision.objects.filter(application__call=call, step=run.step if run else None)
        .select_related("application__applicant", "run")
        .order_by("result", "id")
    )
    result = request.GET.get("result", "")
    counts = dict(found.order_by().values_list("result").annotate(Count("id")))
    page = Paginator(found.filter(result=result) if result else found, PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    words = CallWords(get_terms(call))
    context = desk_context(call, _("Decisions"), run)
    of = context["of"]
    context |= {
        "page": page,
        "typed": take_typed(request),
        "unread_count": unread_words(call).count(),
        "may_pass_words_on": rules.may_pass_words_on(request.user, call, now),
        "rows": _decision_rows(list(page.object_list), call, request.user, now),
        "chips": (
            [
                {
                    "label": _("All"),
                    "url": of or "?",
                    "count": sum(counts.values()),
                    "is_current": not result,
                },
            ]
            + [
                {
                    "label": result_words(value, words),
                    "url": f"?result={value}{of.replace('?', '&')}",
                    "count": counts[value],
                    "is_current": value == result,
                }
                for value in Result.values
                if value in counts
            ]
        ),
        "may_release": run is not None and rules.may_release_decisions(request.user, run, now),
    }
    return render(request, "decisions/desk_decisions.html", context)


@login_required
@require_POST
def pass_on(request: SignedInRequest, reference: str) -> HttpResponse:
    """The officer has read the words that are ticked; their applicants may read them."""
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, None, now, read_step(request))
    if reference_of := request.POST.get("adjusted", ""):
        _word_adjustment(request, call, reference_of, now)
        return redirect(_page_of(call, run))
    chosen = request.POST.getlist("read")[:PAGE_SIZE]
    passed = actions.pass_words_on(actor=request.user, call=call, references=chosen, now=now)
    words = ngettext(
        "The words for %(n)d person are passed on.",
        "The words for %(n)d people are passed on.",
        len(passed),
    )
    if passed:
        messages.success(request, words % {"n": len(passed)})
    else:
        messages.warning(request, _("Tick the words that you have read."))
    return redirect(_page_of(call, run))


def _page_of(call: Call, run: SelectionRun | None) -> str:
    return reverse("decisions:decisions", args=[call.reference]) + step_query(call, run)


def _word_adjustment(
    request: SignedInRequest, call: Call, reference: str, now: dt.datetime
) -> None:
    """The officer words for one applicant why the panel moved them."""
    found = Decision.objects.select_related("application__call")
    decision = get_object_or_404(found, application__call=call, reference=reference)
    text = request.POST.get("told", "")
    try:
        actions.word_adjustment(actor=request.user, decision=decision, text=text, now=now)
    except BadInput as refusal:
        keep_typed(request)
        messages.error(request, sentence(refusal.message))
    else:
        messages.success(request, _("These words are told with the decision."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once more, then release everything together."""
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, None, now, read_step(request))
    if run is None:
        raise Http404("no run to release")
    rules.may_release_decisions(request.user, run, now).require()
    if request.method == "POST":
        actions.release_decisions(actor=request.user, run=run, now=now)
        messages.success(
            request,
            _(
                "Released. Letters and offers are being prepared; nobody is written to before you"
                " have read and released them under “Letters to people”."
            ),
        )
        page = reverse("decisions:decisions", args=[call.reference])
        return redirect(f"{page}{step_query(call, run)}")
    return render(request, "ui/dialog.html", _release_question(run, call))


def _release_question(run: SelectionRun, call: Call) -> dict[str, Any]:
    """The question before the release, with the number of decisions of each result."""
    words = CallWords(get_terms(call))
    counts = dict(run.decisions.order_by().values_list("result").annotate(Count("id")))
    return {
        "heading": _("Release all decisions?"),
        "consequences": [
            f"{result_words(value, words)}: {counts[value]}"
            for value in Result.values
            if value in counts
        ]
        + withheld_words(run, get_terms(call))
        + ([] if run.figures.get("leads_to") else told_before_release(call)),
        "consequence": _(
            "Everybody concerned sees their decision on their page from this moment on, all at the"
            " same instant. A mistake can only be corrected, one by one, with a reason that is"
            " told. Letters are prepared and wait for you."
        ),
        "button": _("Release all decisions"),
        "back_url": reverse("decisions:decisions", args=[call.reference]) + step_query(call, run),
        "is_final": True,
    }


def _decision_rows(
    listed: list[Decision], call: Call, account: Account, now: dt.datetime
) -> list[dict[str, Any]]:
    """Every decision of the page with the reason as the applicant reads it, and where an officer
    corrects it.
    """
    terms, places = get_terms(call), placements_behind(listed)
    unworded = {
        each.pk: reason_for_move(places[each.application_id])
        for each in listed
        if each.state == "prepared" and "adjusted" in _facts_of(places, each)
    }
    is_officer = may_manage_call(account, call, now).allowed
    return [
        {
            "decision": each,
            "why": words_for_decision(each, places.get(each.application_id), terms),
            "moved_because": unworded.get(each.pk, ""),
            "correct_url": decision_link("correct", each)
            if is_officer and each.state == "released"
            else "",
        }
        for each in listed
    ]


def _facts_of(places: Mapping[int, Placement], decision: Decision) -> Mapping[str, Any]:
    placement = places.get(decision.application_id)
    return placement.facts if placement else {}
