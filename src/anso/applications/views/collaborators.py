"""Filling in an application together: the page of whoever hands in, and of whoever was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from anso.applications import wording
from anso.applications.actions import collaborators as actions
from anso.applications.models import Application, Collaborator
from anso.applications.queries import get_own_application_for, get_progress
from anso.applications.queries.collaborators import (
    collaboration_in,
    collaborators_of,
    get_collaboration_for,
    helper_of,
    is_shared,
    may_be_shared,
    others_here,
    shared_sections,
)
from anso.applications.rules import (
    may_answer_collaboration,
    may_ask_collaborators,
    may_fill_in,
    may_take_over,
)
from anso.applications.views.page_context import inner_crumbs, page_context
from anso.applications.wording.collaborators import (
    here_in_words,
    sections_in_words,
    state_of_collaborator,
)
from anso.kernel.errors import BadInput
from anso.kernel.questions import Section
from anso.kernel.verdict import Refused
from anso.ui.fields import error_list, fields_for
from anso.ui.question_fields import in_reader_language, sentence

DONE_BY_LEAD: dict[str, Promise] = {
    "ask": gettext_lazy("The mail that asks them was written."),
    "share": gettext_lazy("Their parts were changed, and the mail that says so was written."),
    "end": gettext_lazy("They fill in nothing any more. What they wrote stays."),
    "offer": gettext_lazy("They were asked to take it over. Until they say yes, it stays yours."),
    "keep": gettext_lazy("You keep it."),
}
LEAD_ACTS: dict[str, Callable[..., Any]] = {
    "end": actions.end_collaboration,
    "offer": actions.offer_lead,
    "keep": actions.keep_lead,
}
DONE_BY_ASKED: dict[str, tuple[Callable[..., Any], Promise]] = {
    "yes": (actions.accept_collaboration, gettext_lazy("You can fill in your parts now.")),
    "no": (actions.end_collaboration, gettext_lazy("You said no, and whoever asked was told.")),
    "leave": (actions.end_collaboration, gettext_lazy("You fill in nothing here any more.")),
    "keep": (actions.keep_lead, gettext_lazy("It stays with whoever asked you.")),
    "take": (actions.take_over, gettext_lazy("It is yours now.")),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, reference: str) -> HttpResponse:
    """Who fills in what of one's own application: ask somebody, change their parts, let them go,
    hand it over.
    """
    now = timezone.now()
    application = get_own_application_for(request.user, reference)
    verdict = may_ask_collaborators(request.user, application, now)
    standing = list(collaborators_of(application))
    if not verdict and not standing:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            messages.success(request, DONE_BY_LEAD[do_as_lead(request, application, now)])
            return redirect("applications:together", reference=reference)
        except BadInput as wrong:
            error = sentence(wrong.message)
        except Refused as refused:
            error = str(refused.verdict)
    heading = _("Fill it in together")
    specs = ask_specs(application, request.POST, error) if verdict else []
    context = page_context(application, now) | {
        "heading": heading,
        "crumbs": inner_crumbs(application, heading),
        "fields": fields_for(specs),
        "error_list": error_list(specs),
        "rows": [
            (each, *state_of_collaborator(each), fields_for([parts_spec(application, each)]))
            for each in standing
        ],
        "may_ask": bool(verdict),
        "others": here_lines(request, application, now),
    }
    return render(request, "applications/together.html", context, status=422 if error else 200)


def do_as_lead(request: HttpRequest, application: Application, now: dt.datetime) -> str:
    """Do what a button of whoever hands in asks for, and return which it was; 404 for what no
    button asks.
    """
    act, _colon, key = request.POST.get("act", "").partition(":")
    told: dict[str, Any] = {"actor": request.user, "now": now}
    if act == "ask":
        actions.ask_collaborator(
            application=application,
            full_name=request.POST.get("full_name", ""),
            email=request.POST.get("email", ""),
            sections=request.POST.getlist("sections"),
            **told,
        )
        return act
    asked = collaborators_of(application).filter(reference=key).first()
    if asked is None or act not in DONE_BY_LEAD:
        raise Http404
    if act == "share":
        chosen = request.POST.getlist(f"sections-{key}")
        actions.share_sections(asked=asked, sections=chosen, **told)
    else:
        LEAD_ACTS[act](asked=asked, **told)
    return act


def ask_specs(application: Application, posted: Any, error: str) -> list[dict[str, Any]]:
    """The fields by which one more is asked, with what was typed."""
    chosen = posted.getlist("sections") if posted else []
    return [
        {
            "key": "full_name",
            "type": "text",
            "label": _("Name"),
            "autocomplete": "off",
            "value": posted.get("full_name", ""),
        },
        {
            "key": "email",
            "type": "email",
            "label": _("Address by which they sign in"),
            "autocomplete": "off",
            "required": True,
            "value": posted.get("email", ""),
            "error": error,
        },
        _parts_field(application, "sections", chosen),
    ]


def parts_spec(application: Application, asked: Collaborator) -> dict[str, Any]:
    """The parts of one who was asked."""
    return _parts_field(application, f"sections-{asked.reference}", asked.sections)


def _parts_field(application: Application, key: str, chosen: Collection[str]) -> dict[str, Any]:
    return {
        "key": key,
        "type": "multichoice",
        "label": _("Parts that they read and fill in"),
        "required": True,
        "options": [
            (each.key, in_reader_language(each.title)) for each in may_be_shared(application)
        ],
        "value": list(chosen),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, reference: str) -> HttpResponse:
    """What somebody was asked to fill in beside whoever hands in: say yes or no, go to the parts,
    leave, take it over.
    """
    now = timezone.now()
    asked = get_collaboration_for(request.user, reference)
    refusal = ""
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act not in DONE_BY_ASKED:
            raise Http404
        do, said = DONE_BY_ASKED[act]
        try:
            do(asked=asked, actor=request.user, now=now)
            messages.success(request, said)
            return redirect(where_after(act, asked))
        except Refused as refused:
            refusal = str(refused.verdict)
    return render_shared(request, asked, refusal, now)


def where_after(act: str, asked: Collaborator) -> str:
    """Where a button of whoever was asked leads."""
    if act == "take":
        return reverse("applications:detail", args=[asked.application.reference])
    if act in ("no", "leave"):
        return reverse("applications:list")
    return reverse("applications:shared", args=[asked.reference])


def render_shared(
    request: HttpRequest, asked: Collaborator, refusal: str, now: dt.datetime
) -> HttpResponse:
    """Draw the page of whoever was asked."""
    application = asked.application
    may = may_fill_in if asked.accepted_at else None
    verdict = (
        may(request.user, application, (), now)
        if may
        else may_answer_collaboration(request.user, asked, now)
    )
    keys = {each.key for each in shared_sections(asked)}
    tasks = wording.task_lines(application, get_progress(application)) if asked.accepted_at else []
    context = page_context(application, now) | {
        "heading": _("What you fill in"),
        "asked": asked,
        "lead": application.applicant.full_name,
        "number": application.number,
        "sections": sections_in_words(asked),
        "tasks": [each for each in tasks if each.key in keys] if verdict else [],
        "verdict": verdict,
        "may_take": bool(may_take_over(request.user, asked, now)),
        "refusal": refusal,
        "others": here_lines(request, application, now),
    }
    return render(request, "applications/shared.html", context, status=403 if refusal else 200)


def beside_of(request: HttpRequest, application: Application) -> Collaborator | None:
    """By what the reader fills in parts; None for whoever hands in, who is asked nothing."""
    if helper_of(request.user, application) is None:
        return None
    return collaboration_in(request.user, application)


def home_of(
    application: Application, beside: Collaborator | None, own: str = "applications:detail"
) -> str:
    """Where the way back leads: to the page of whoever hands in, or of whoever fills in parts."""
    if beside is not None:
        return reverse("applications:shared", args=[beside.reference])
    return reverse(own, args=[application.reference])


def others_on_page(
    request: HttpRequest, application: Application, topic: Section, now: dt.datetime
) -> list[str]:
    """Keep that the reader is in this part, where several people fill it in, and say who else is
    where.
    """
    if not is_shared(application):
        return []
    actions.note_presence(application=application, account=request.user, section=topic.key, now=now)
    return here_lines(request, application, now)


def here_lines(request: HttpRequest, application: Application, now: dt.datetime) -> list[str]:
    """Who else is where, in words."""
    found = others_here(application, request.user, now)
    return [here_in_words(application, each, now) for each in found]
