"""How far one's own application is: the task list, and what the eligibility check says."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.applications import queries, wording
from anso.applications.models import Application, Collaborator
from anso.applications.queries.collaborators import collaborators_of
from anso.applications.queries.enquiries import own_enquiries
from anso.applications.queries.windows import window_before
from anso.applications.rules import (
    may_ask_collaborators,
    may_change_application,
    may_withdraw_application,
)
from anso.applications.views.case_page import put_in_rows
from anso.applications.views.opening import programmes_to_open
from anso.applications.views.page_context import current_application, inner_crumbs, page_context
from anso.calls.queries import get_rule_sets, get_terms
from anso.calls.queries.editions import calls_under
from anso.calls.wording import call_rows, explain
from anso.calls.wording.editions import CallRow
from anso.kernel.icalendar import calendar_file
from anso.programmes.wording import CallWords
from anso.ui.question_fields import in_a_row, in_reader_language


@login_required
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The task list with deadline, what comes next, and who can see it."""
    now = timezone.now()
    application = current_application(request, reference, now)
    is_editable = bool(may_change_application(request.user, application, now))
    progress, earlier = queries.get_progress(application), window_before(application)
    context = page_context(application, now) | {
        "heading": CallWords(get_terms(application.call)).entry.yours,
        "progress": progress,
        "tasks": wording.task_lines(application, progress),
        "is_editable": is_editable,
        "viewers": wording.who_can_see(application),
        "enquiries": own_enquiries(application)[:3],
        "submission": application.submission,
        "opened": opened_under(request, application, now),
        "to_open": programmes_to_open(request.user, application, now),
        "put_in": put_in_rows(request.user, application, now),
        "may_share": bool(may_ask_collaborators(request.user, application, now)),
        "shared_with": in_a_row(each.full_name for each in shares_of(application)),
        "may_withdraw": bool(may_withdraw_application(request.user, application, now)),
        "is_changed": queries.has_unsubmitted_changes(application),
        "earlier_words": wording.words_of_earlier_form(application) if is_editable else [],
        "further": (
            wording.further_lines_of(application, now) if application.state != "withdrawn" else []
        ),
        "outcome_url": (
            wording.application_link("result", application)
            if application.state == "decided" or earlier
            else ""
        ),
        # While it is judged again, what can be read is the outcome of the step before.
        "earlier_step": (
            in_reader_language(earlier.label) if earlier and application.state != "decided" else ""
        ),
    }
    if is_editable:
        context["primary"] = {
            "label": _("Check your answers"),
            "url": reverse("applications:check", args=[reference]),
        }
    return render(request, "applications/detail.html", context)


def shares_of(application: Application) -> list[Collaborator]:
    """Who fills in parts of it, where the call lets several people do that."""
    is_together = get_terms(application.call).intake.with_others
    return list(collaborators_of(application)) if is_together else []


def opened_under(request: HttpRequest, application: Application, now: dt.datetime) -> list[CallRow]:
    """The calls that were opened for what was selected."""
    if application.state != "decided":
        return []
    under = calls_under(application.call, application.number, request.user, now)
    return call_rows(under, request.user, now)


@login_required
@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The days of one's own application as a file for one's calendar; taken again, it moves what
    was moved.
    """
    now = timezone.now()
    application = queries.get_own_application_for(request.user, reference)
    events = wording.application_events(application, now)
    if not events:
        raise Http404("nothing more comes of it")
    content = calendar_file(application.number, events, now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{application.number}.ics"'
    return response


@login_required
@require_safe
def eligibility(request: HttpRequest, reference: str) -> HttpResponse:
    """The eligibility check of the answers so far, rule by rule, with the value seen and the
    limit.
    """
    now = timezone.now()
    application = queries.get_own_application_for(request.user, reference)
    form, verdict = queries.get_form_of(application), queries.judge_draft(application)
    groups = []
    for rules in get_rule_sets(application.call):
        own = [
            explain(judged, form)
            for judged in verdict.judged_rules
            if judged.rule_set == rules.code and judged.result != "not_concerned"
        ]
        if own:
            groups.append((rules.name, own))
    heading = str(CallWords(get_terms(application.call)).entry.question)
    context = page_context(application, now) | {
        "heading": heading,
        "crumbs": inner_crumbs(application, heading),
        "subheading": "",
        "verdict": verdict,
        "groups": groups,
        "failed": [explain(judged, form) for judged in verdict.failed],
        "unknown": [explain(judged, form) for judged in verdict.unknown],
        "callout_tone": "stop" if verdict.failed else "attn" if verdict.unknown else "good",
    }
    return render(request, "applications/eligibility.html", context)
