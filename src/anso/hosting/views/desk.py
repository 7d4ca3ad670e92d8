"""The officer's desk for answers of hosts: who is late, and what was heard by other ways."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.middleware import SignedInRequest
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, hosts_of
from anso.calls.queries.steps import step_closes_at
from anso.calls.wording import desk_crumbs
from anso.hosting import actions, rules
from anso.hosting.enums import HostSays
from anso.hosting.queries import Candidate, candidates_of, get_candidate_of, get_host_step
from anso.hosting.wording import answer_shown, host_name
from anso.kernel.errors import BadInput
from anso.ui.refusals import words_of_refusal


@login_required
@require_safe
def answers(request: SignedInRequest, reference: str) -> HttpResponse:
    """What every host said about everybody who named it."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_see_answers_of_hosts(request.user, call, now).require()
    step, only = get_host_step(call), request.GET.get("only", "")
    found = [(host, candidates_of(host, step) if step else []) for host in hosts_of(call)]
    everybody = [each for _host, listed in found for each in listed]
    closes_at = step_closes_at(step) if step else None
    context = {
        "heading": _("Answers of hosts"),
        "call": call,
        "crumbs": desk_crumbs(call, _("Answers of hosts")),
        "step": step,
        "closes_at": closes_at,
        "is_over": closes_at is not None and now >= closes_at,
        "chips": [
            {
                "label": label,
                "url": f"?only={key}",
                "count": sum(_is_meant(each, key) for each in everybody),
                "is_current": key == only,
            }
            for key, label in (("", _("All")), ("waiting", _("not answered")), *HostSays.choices)
        ],
        "hosts": [
            {
                "host": host,
                "name": host_name(host),
                "people": list(host.people.all()),
                "rows": [
                    (each, *answer_shown(each.answer)) for each in listed if _is_meant(each, only)
                ],
            }
            for host, listed in found
        ],
    }
    return render(request, "hosting/desk_answers.html", context)


def _is_meant(candidate: Candidate, only: str) -> bool:
    said = candidate.answer.says if candidate.answer else "waiting"
    return said == only or only not in {"waiting", *HostSays.values}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_answer(request: SignedInRequest, reference: str, host: str, number: str) -> HttpResponse:
    """One candidate of one host: an officer takes down what the host said."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    found = get_candidate_of(call, host, number)
    error = ""
    if request.method == "POST":
        try:
            _record(request, found)
            messages.success(request, _("The answer of the host is taken down."))
            return redirect("hosting:answers", reference=reference)
        except BadInput as refusal:
            error = words_of_refusal(refusal)
    context = _frame(call, found) | {
        "verdict": rules.may_record_for_host(request.user, found.application, now),
        "answer": answer_shown(found.answer),
        "choices": HostSays.choices,
        "typed": request.POST,
        "error": error,
    }
    return render(request, "hosting/desk_answer.html", context, status=422 if error else 200)


def _record(request: SignedInRequest, found: Candidate) -> None:
    typed = request.POST
    actions.record_host_answer(
        actor=request.user,
        candidate=found,
        says=typed.get("says", ""),
        words=typed.get("words", ""),
        heard=typed.get("heard", ""),
        now=timezone.now(),
    )


def _frame(call: Call, found: Candidate) -> dict[str, Any]:
    heading = f"{host_name(found.host)}: {found.application.number}"
    above = (_("Answers of hosts"), reverse("hosting:answers", args=[call.reference]))
    return {
        "heading": heading,
        "call": call,
        "crumbs": desk_crumbs(call, heading, above),
        "candidate": found,
    }
