"""An applicant's pages about a whole application: list, start, task list, check, submission, receipt, withdrawal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anso.applications import actions, queries
from anso.applications.forms import answer_rows, file_line, read_ordinal
from anso.applications.models import Application
from anso.applications.queries.letters import hosts_without_agreement
from anso.applications.queries.progress import section_url, words_of_earlier_form
from anso.applications.queries.status import has_unsubmitted_changes
from anso.applications.rules import may_change_application, may_start_application, may_withdraw_application
from anso.calls.queries import explain, get_call_for, get_deadline, get_rule_sets, is_open
from anso.files.queries import file_response_for
from anso.kernel.verdict import Refused
from anso.programmes.queries import entry_words_of
from anso.ui.asked import in_reader_language, sentence
from anso.ui.fields import fields_for, with_colon

CHECK_ANSWERS = "eligibility_answers"


@login_required
@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    """One's own applications, with where each stands."""
    now = timezone.now()
    rows = [application_row(application, now) for application in queries.own_applications_of(request.user)]
    return render(request, "applications/list.html", {"heading": _("Your applications"), "rows": rows, "now": now})


def application_row(application: Application, now: Any) -> dict[str, Any]:
    """One line of the list."""
    word, tone = queries.short_status(application, now)
    title = in_reader_language(application.call.title)
    url = reverse("applications:detail", args=[application.reference])
    return {
        "application": application,
        "title": title,
        "url": url,
        "word": word,
        "tone": tone,
        "words": queries.status_in_words(application, now),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an application; whoever has as many as the call takes of one person is led there."""
    now = timezone.now()
    call = get_call_for(request.user, slug, now)
    standing = list(queries.standing_applications_of(request.user, call))
    place = queries.next_ordinal_of(standing, call)
    if place is None and request.method != "POST":
        return redirect("applications:detail", reference=standing[-1].reference)
    kept = request.session.get(CHECK_ANSWERS, {}).get(slug, {})
    if request.method == "POST":
        application = actions.start_application(call=call, actor=request.user, now=now, answers=kept, ordinal=read_ordinal(request.POST))
        messages.success(request, _("%(number)s was started. Everything you type is kept.") % {"number": application.number})
        return redirect("applications:detail", reference=application.reference)
    context = {
        "heading": entry_words_of(call.programme).start_yours,
        "words": entry_words_of(call.programme),
        "call": call,
        "now": now,
        "verdict": may_start_application(request.user, call, now),
        "standing": standing,
        "ordinal": place,
        "carried": len(kept),
        "announced": get_deadline(call).announced,
    }
    return render(request, "applications/start.html", context)


@login_required
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The task list with deadline, what comes next, and who can see it."""
    now = timezone.now()
    application = current_application(request, reference, now)
    is_editable = bool(may_change_application(request.user, application, now))
    progress = queries.get_progress(application)
    context = page_context(application, now) | {
        "heading": entry_words_of(application.call.programme).yours,
        "progress": progress,
        "tasks": [vars(task) for task in progress.tasks],
        "is_editable": is_editable,
        "words": queries.status_in_words(application, now),
        "steps": queries.next_steps(application.call, now),
        "viewers": queries.who_can_see(application),
        "snapshot": queries.get_latest_snapshot(application),
        "may_withdraw": bool(may_withdraw_application(request.user, application, now)),
        "is_changed": has_unsubmitted_changes(application),
        "earlier_words": words_of_earlier_form(application) if is_editable else [],
        "outcome_url": f"/applications/{application.reference}/outcome/" if application.state == "decided" else "",
    }
    if is_editable:
        context["primary"] = {"label": _("Check your answers"), "url": reverse("applications:check", args=[reference])}
    return render(request, "applications/detail.html", context)


def current_application(request: HttpRequest, reference: str, now: Any) -> Application:
    """One's own application, a draft brought to the form that the call asks now."""
    application = queries.get_own_application_for(request.user, reference)
    if may_change_application(request.user, application, now):
        return actions.adopt_form_version(application=application, actor=request.user, now=now)
    return application


def page_context(application: Application, now: Any) -> dict[str, Any]:
    """What all pages about one application show: its number, state, deadline in two zones, and the way back."""
    call = application.call
    deadline = get_deadline(call)
    zone = timezone.get_current_timezone_name()
    word, tone = queries.short_status(application, now)
    title = in_reader_language(call.title)
    return {
        "application": application,
        "call": call,
        "now": now,
        "announced": deadline.announced,
        "reader_zone": zone if zone != call.zone else "",
        "is_open": is_open(call, now),
        "subheading": f"{application.number} · {title} · {word}",
        "tone": tone,
        "crumbs": [(_("Your applications"), reverse("applications:list")), (title, "")],
    }


def inner_crumbs(application: Application, title: str) -> list[tuple[Any, str]]:
    """The way back from a page inside an application."""
    return [(entry_words_of(application.call.programme).yours, reverse("applications:detail", args=[application.reference])), (title, "")]


@login_required
@require_safe
def eligibility(request: HttpRequest, reference: str) -> HttpResponse:
    """The machine's verdict on the answers so far, rule by rule, with the value seen and the limit."""
    now = timezone.now()
    application = queries.get_own_application_for(request.user, reference)
    form, verdict = queries.get_form_of(application), queries.judge_application(application)
    groups = []
    for rules in get_rule_sets(application.call):
        own = [
            explain(outcome, form) for outcome in verdict.outcomes if outcome.rule_set == rules.code and outcome.outcome != "not_concerned"
        ]
        if own:
            groups.append((rules.name, own))
    context = page_context(application, now) | {
        "heading": _("Are you eligible?"),
        "crumbs": inner_crumbs(application, _("Are you eligible?")),
        "subheading": "",
        "verdict": verdict,
        "groups": groups,
        "failed": [explain(outcome, form) for outcome in verdict.failed],
        "unknown": [explain(outcome, form) for outcome in verdict.unknown],
    }
    return render(request, "applications/eligibility.html", context)


@login_required
@require_safe
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """All answers on one page, what is missing with links to it, and the button to submit."""
    return render_check(request, current_application(request, reference, timezone.now()))


def render_check(request: HttpRequest, application: Application, *, refused: Refused | None = None) -> HttpResponse:
    """Draw the page of answers, with the reasons of a refused submission if there are any."""
    now = timezone.now()
    progress = queries.get_progress(application)
    sections = [
        {
            "title": in_reader_language(section.title),
            "url": section_url(application, section.key),
            "rows": answer_rows(progress.form, section, progress.answers),
            "files": [
                file_line(each, is_fixed=True) for question in section.questions for each in progress.documents.get(question.key, [])
            ],
        }
        for section in progress.form.sections
    ]
    missing = [
        {
            "label": with_colon(in_reader_language(problem.label)),
            "words": sentence(problem.message),
            "url": queries.find_problem_url(application, problem, progress.writers),
        }
        for problem in progress.problems
    ]
    reasons = [str(reason) for reason in refused.verdict.reasons if reason.code != "missing"] if refused else []
    context = page_context(application, now) | {
        "heading": _("Check your answers"),
        "crumbs": inner_crumbs(application, _("Check your answers")),
        "sections": sections,
        "missing": missing,
        "reasons": reasons,
        "progress": progress,
        "without_agreement": hosts_without_agreement(application, list(progress.letters)),
        "verdict": may_change_application(request.user, application, now),
        "is_changed": has_unsubmitted_changes(application),
        "snapshot": queries.get_latest_snapshot(application),
    }
    return render(request, "applications/check.html", context, status=422 if refused else 200)


@login_required
@require_POST
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Submit what is there. Whether it is in time is decided by the instant at which this request arrived."""
    arrived_at = getattr(request, "arrived_at", None) or timezone.now()
    application = current_application(request, reference, arrived_at)
    try:
        actions.submit_application(application=application, actor=request.user, arrived_at=arrived_at, now=timezone.now())
    except Refused as refused:
        return render_check(request, application, refused=refused)
    return redirect("applications:receipt", reference=reference)


@login_required
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The proof of submission: number, instant, fingerprint, PDF."""
    now = timezone.now()
    application = queries.get_own_application_for(request.user, reference)
    snapshot = queries.get_latest_snapshot(application)
    if snapshot is None:
        raise Http404
    context = page_context(application, now) | {
        "heading": _("We have received your application"),
        "crumbs": inner_crumbs(application, _("Receipt")),
        "snapshot": snapshot,
        "versions": list(application.snapshots.order_by("-version")),
        "words": queries.status_in_words(application, now),
        "steps": queries.next_steps(application.call, now),
    }
    return render(request, "applications/receipt.html", context)


@login_required
@require_safe
def receipt_pdf(request: HttpRequest, reference: str, version: int) -> FileResponse:
    """The PDF of one submission, once it has been made."""
    application = queries.get_own_application_for(request.user, reference)
    snapshot = application.snapshots.select_related("pdf").filter(version=version).first()
    if snapshot is None or snapshot.pdf is None:
        raise Http404
    return file_response_for(snapshot.pdf)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then withdraw."""
    now = timezone.now()
    application = queries.get_own_application_for(request.user, reference)
    if request.method == "POST":
        actions.withdraw_application(application=application, actor=request.user, now=now, because=request.POST.get("because", ""))
        messages.success(request, _("Your application was withdrawn."))
        return redirect("applications:detail", reference=reference)
    may_withdraw_application(request.user, application, now).require()
    return render(request, "applications/withdraw.html", page_context(application, now) | withdrawal_question(application))


def withdrawal_question(application: Application) -> dict[str, Any]:
    """What the page asks before an application is withdrawn."""
    back_url = reverse("applications:detail", args=[application.reference])
    reason = {
        "key": "because",
        "type": "longtext",
        "label": _("Why do you withdraw?"),
        "hint": _("It helps us, and only we read it."),
        "lines": 4,
    }
    return {
        "heading": _("Withdraw application %(number)s?") % {"number": application.number},
        "consequences": [
            _("It will not be judged."),
            _("People whom you asked for a letter are told that none is needed."),
            _("This cannot be undone. While the call is open you can start anew."),
        ],
        "fields": fields_for([reason]),
        "button": _("Withdraw application"),
        "back_label": _("Keep it"),
        "back_url": back_url,
        "action_url": "",
        "is_final": True,
        "crumbs": inner_crumbs(application, _("Withdraw")),
    }
