"""The two-minute eligibility check: a few questions, then a verdict that names rule, value, limit
and source.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from anso.calls import queries
from anso.calls.forms.eligibility_check import check_field_specs, check_questions, read_check
from anso.calls.models import Call
from anso.calls.wording import ExplainedRule, call_link, explain
from anso.kernel.eligibility import (
    Eligibility,
    EligibilityVerdict,
    HostEligibility,
    JudgedRule,
    RuleResult,
)
from anso.kernel.questions import Form, facts_for_rules
from anso.kernel.terms import Terms
from anso.programmes.wording import entry_words
from anso.ui.fields import error_list, fields_for

SESSION_KEY = "eligibility_answers"
TONES = {Eligibility.ELIGIBLE: "good", Eligibility.NOT_ELIGIBLE: "stop", Eligibility.ASK_US: "attn"}
HOST_WORDS = {
    Eligibility.ELIGIBLE: ("good", gettext_lazy("open to you")),
    Eligibility.NOT_ELIGIBLE: ("stop", gettext_lazy("not open to you")),
    Eligibility.ASK_US: ("attn", gettext_lazy("not known yet")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what the rules look at. The answers stay in this browser's session and go along into an
    application.
    """
    now = timezone.now()
    call = queries.get_call_for(request.user, slug, now)
    terms = queries.get_terms(call)
    answers = kept_answers(request, slug)
    errors: dict[str, Any] = {}
    general: list[dict[str, str]] = []
    if request.method == "POST":
        answers, errors = read_check(call, request.POST)
        if not answers and not errors:
            general = [
                {
                    "key": "",
                    "message": _(
                        "Answer at least one question: without any answer there is nothing to"
                        " judge."
                    ),
                }
            ]
        elif not errors:
            request.session[SESSION_KEY] = request.session.get(SESSION_KEY, {}) | {slug: answers}
            return redirect("calls:check_result", slug=slug)
    entries = check_field_specs(check_questions(terms, queries.get_form(call)[1]), answers, errors)
    context = {
        "call": call,
        "now": now,
        "heading": entry_words(terms.entry, terms.nouns).question,
        "fields": fields_for(entries),
        "error_list": general + error_list(entries),
        "is_open": queries.is_open(call, now),
    }
    return render(
        request,
        "calls/eligibility_check.html",
        context,
        status=422 if context["error_list"] else 200,
    )


@require_safe
def check_result(request: HttpRequest, slug: str) -> HttpResponse:
    """The verdict on the answers in this session: of the programme and of every host, rule by
    rule.
    """
    now = timezone.now()
    call = queries.get_call_for(request.user, slug, now)
    answers = kept_answers(request, slug)
    if not answers:
        return redirect("calls:check", slug=slug)
    form, terms = queries.get_form(call)[1], queries.get_terms(call)
    verdict = queries.judge_check(
        call, check_questions(terms, form), facts_for_rules(form, answers)
    )
    words = entry_words(terms.entry, terms.nouns)
    tone = TONES[verdict.eligibility]
    context = {
        "call": call,
        "now": now,
        "tone": tone,
        "word": (
            {"good": words.may, "stop": words.may_not}.get(tone, _("Nobody can say yet: ask us"))
        ),
        "words": words,
        "verdict": verdict,
        "failed": (
            [explain(judged, form) for judged in deciding(verdict.failed)] if tone == "stop" else []
        ),
        "unknown": (
            [explain(judged, form) for judged in deciding(verdict.unknown)]
            if tone == "attn"
            else []
        ),
        "hosts": [host_row(result, terms, form) for result in verdict.hosts.values()],
        "groups": rule_groups(call, verdict, form),
        "start_url": call_link("start", call) if queries.is_open(call, now) else "",
        "others": [other for other in queries.open_calls(now) if other != call],
    }
    return render(request, "calls/eligibility_check_result.html", context)


def deciding(judged_rules: tuple[JudgedRule, ...]) -> list[JudgedRule]:
    """The rules that decide for the whole call: those of the programme, or where none does, those
    of the hosts.
    """
    return [judged for judged in judged_rules if not judged.host] or list(judged_rules)


def kept_answers(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What this visitor answered before in the check of this call."""
    kept = request.session.get(SESSION_KEY, {}).get(slug, {})
    return kept if isinstance(kept, dict) else {}


def host_row(result: HostEligibility, terms: Terms, form: Form) -> dict[str, Any]:
    """One host with its verdict and the rules that decide it."""
    tone, word = HOST_WORDS[result.eligibility]
    labels = {host.key: host.label for host in terms.hosts}
    own = [explain(judged, form) for judged in (*result.failed, *result.unknown) if judged.host]
    return {
        "label": labels.get(result.host, result.host),
        "tone": tone,
        "word": word,
        "deciding": own,
    }


def rule_groups(
    call: Call, verdict: EligibilityVerdict, form: Form
) -> list[tuple[Any, list[ExplainedRule]]]:
    """All judged rules by their maker; rules that do not concern this person last."""
    groups = []
    for rules in queries.get_rule_sets(call):
        own = [judged for judged in verdict.judged_rules if judged.rule_set == rules.code]
        own.sort(key=lambda judged: judged.result is RuleResult.NOT_CONCERNED)
        if own:
            groups.append((rules.name, [explain(judged, form) for judged in own]))
    return groups
