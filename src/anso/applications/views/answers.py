"""The pages of the form, one topic each, and the saving of answers by script or without."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anso.applications import actions, queries
from anso.applications.actions.drafts import SaveResult
from anso.applications.forms import (
    as_typed,
    mark_conditions,
    only_opened,
    page_field_specs,
    questions_ahead,
    questions_of_post,
    questions_on_page,
    read_page,
    stays_on_page,
    wrong_answers,
)
from anso.applications.models import Application
from anso.applications.queries.collaborators import get_application_to_fill_in, shared_sections
from anso.applications.queries.letters import letter_slots, writer_keys
from anso.applications.queries.progress import names_only_writers
from anso.applications.rules import may_fill_in
from anso.applications.views.collaborators import beside_of, home_of, others_on_page
from anso.applications.views.documents import remove_document, store_documents
from anso.applications.views.page_context import inner_crumbs, page_context
from anso.applications.wording import section_url
from anso.kernel.questions import Form, Question, Section
from anso.kernel.verdict import Refused
from anso.kernel.wording import Message
from anso.ui.drafts import draft_base, merge_reply, parts_of, read_draft, two_texts_of
from anso.ui.fields import error_list, fields_for, read_json, shown_values
from anso.ui.question_fields import say_once, sentence

NONE: frozenset[str] = frozenset()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """One topic of the form. Posting saves what is there, also when something is wrong, and leads
    on when nothing is.
    """
    now = timezone.now()
    application = get_application_to_fill_in(request.user, reference)
    form = queries.get_form_of(application)
    topic, beside = find_section(form, section), beside_of(request, application)
    if beside is not None and section not in beside.sections:
        raise Http404
    if request.method == "POST":
        return save_section(request, application, form, topic)
    if not may_fill_in(request.user, application, NONE, now):
        return redirect(home_of(application, beside, "applications:check"))
    return render_section(request, application, topic)


def find_section(form: Form, key: str) -> Section:
    """The section of a form, or 404."""
    try:
        return form.section(key)
    except KeyError:
        raise Http404 from None


def arrival(request: HttpRequest) -> dt.datetime:
    """When the request reached the server: a save on a slow line that began in time is in time."""
    return getattr(request, "arrived_at", None) or timezone.now()


def asked_keys(application: Application, topic: Section) -> frozenset[str]:
    """Questions of a topic whose writers were asked already: those are changed on the page of
    letters.
    """
    return queries.asked_letter_keys(application) if names_writers(application, topic) else NONE


def names_writers(application: Application, topic: Section) -> bool:
    """Whether a topic has questions that name writers of letters."""
    named = writer_keys(queries.get_form_of(application), application.call)
    return any(question.key in named for question in topic.questions)


def save_section(
    request: HttpRequest, application: Application, form: Form, topic: Section
) -> HttpResponse:
    """Save a posted page. A refusal shows what was typed again, so that nothing is lost."""
    now = arrival(request)
    known = queries.answers_with_documents(application)
    before = questions_posted(request, application, topic, known)
    asked_before = questions_on_page(form, topic, known)
    posted = read_draft(read_page(before, request), request.POST, application.revision)
    try:
        result = actions.save_answers(
            application=application,
            fields=posted.changes,
            base=posted.base,
            token=request.POST.get("token", ""),
            actor=request.user,
            now=now,
        )
    except Refused as refused:
        return render_section(
            request,
            application,
            topic,
            posted.values,
            {},
            reasons=refused.verdict.reasons,
            status=403,
        )
    if "remove" in request.POST:
        remove_document(request, application, request.POST["remove"])
    file_errors = store_documents(
        request, application, [question.key for question in before if question.type == "file"]
    )
    fresh = get_application_to_fill_in(request.user, application.reference)
    answers = queries.answers_with_documents(fresh)
    errors: dict[str, Any] = wrong_answers(form, before, answers, with_missing=False) | file_errors
    if result.disputed:
        return render_section(
            request, fresh, topic, answers, errors, disputed=result.disputed, status=409
        )
    if errors:
        return render_section(request, fresh, topic, answers, errors, status=422)
    if stays_on_page(request.POST):
        return redirect(section_url(application, topic.key))
    seen = {question.key for question in (*before, *asked_before)}
    return redirect_onward(request, fresh, topic, answers, seen)


def questions_posted(
    request: HttpRequest, application: Application, topic: Section, known: Mapping[str, Any]
) -> list[Question]:
    """The questions of a posted page: those asked now, and those that it showed although another
    tab has meanwhile answered in a way that no longer asks them.
    """
    asked = asked_keys(application, topic)
    now = questions_on_page(queries.get_form_of(application), topic, known, asked)
    keys = {question.key for question in now}
    found = questions_of_post(topic.questions, keys, request.POST)
    return [each for each in found if each.key in keys or each.key not in asked]


def redirect_onward(
    request: HttpRequest,
    application: Application,
    topic: Section,
    answers: Mapping[str, Any],
    seen: set[str],
) -> HttpResponse:
    """Where to go after saving: the same page while answers opened new questions on it, then the
    next, then letters or the check.
    """
    form, beside = queries.get_form_of(application), beside_of(request, application)
    if request.POST.get("then") == "list":
        return redirect(home_of(application, beside))
    now_asked = questions_on_page(form, topic, answers, asked_keys(application, topic))
    opened = [question.key for question in now_asked if question.key not in seen]
    if opened:
        messages.info(request, _("Saved. Your answers opened these further questions."))
        more = urlencode({"more": " ".join(opened)})
        return redirect(f"{section_url(application, topic.key)}?{more}")
    writers = writer_keys(form, application.call)
    keys = [
        each.key
        for each in (shared_sections(beside) if beside else form.sections)
        if each.key == topic.key or not names_only_writers(each, writers)
    ]
    following = keys[keys.index(topic.key) + 1 :]
    if following:
        return redirect(section_url(application, following[0]))
    after = "applications:letters" if letter_slots(application) else "applications:check"
    return redirect(home_of(application, beside, after))


def render_section(
    request: HttpRequest,
    application: Application,
    topic: Section,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message | str] | None = None,
    **more: Any,
) -> HttpResponse:
    """Draw one topic with what was kept or ``typed``, the errors of that (those of what was kept
    where none are given) and, where two tabs disagreed, both texts.
    """
    now = timezone.now()
    language = get_language() or "en"
    form = queries.get_form_of(application)
    documents = queries.documents_by_slot(application)
    known = queries.answers_with_documents(application, documents) | dict(typed or {})
    beside, has_letters = beside_of(request, application), names_writers(application, topic)
    asked = queries.asked_letter_keys(application) if has_letters else NONE
    asked_now = questions_on_page(form, topic, known, asked)
    if errors is None:
        errors = wrong_answers(form, asked_now, known, with_missing="missing" in request.GET)
    questions, ahead = only_opened(
        request.GET.get("more", ""), asked_now, questions_ahead(topic, known, asked_now, asked)
    )
    in_order = [each for each in topic.questions if each in (*questions, *ahead)]
    entries = page_field_specs(application, in_order, known, errors, documents)
    mark_conditions(entries, questions, ahead, known)
    seen = say_once(entries)
    title = topic.title.in_language(language)
    reasons = [{"key": "", "message": str(reason)} for reason in more.get("reasons", ())]
    yours = {key: both.yours for key, both in more.get("disputed", {}).items()}
    context = page_context(application, now) | {
        "heading": title,
        "subheading": "",
        "intro": topic.intro.in_language(language),
        "crumbs": inner_crumbs(application, title, beside),
        "others": others_on_page(request, application, topic, now),
        "seen": seen,
        "fields": fields_for(entries),
        "error_list": reasons + error_list(entries),
        "draft": draft_base(application.revision, shown_values(entries)),
        "two_texts": two_texts_of(parts_of(entries), yours, yours),
        "token": secrets.token_hex(16),
        "save_url": reverse("applications:save", args=[application.reference]),
        "has_files": any(entry["type"] == "file" for entry in entries),
        "has_letters": has_letters and beside is None,
        "was_saved": request.method == "POST" and more.get("status") in (409, 422),
    }
    return render(request, "applications/section.html", context, status=more.get("status", 200))


@require_POST
def save(request: HttpRequest, reference: str) -> HttpResponse:
    """Save what changed, sent by the page's script: {fields, base, token}. What is refused comes
    back with the reason.
    """
    now = arrival(request)
    if not request.user.is_authenticated:
        return JsonResponse({"reason": _("You have been signed out.")}, status=401)
    content = read_save(request)
    if content is None:
        return JsonResponse(
            {"reason": _("This could not be read. Load the page again.")}, status=400
        )
    application = get_application_to_fill_in(request.user, reference)
    fields, base, token = content
    try:
        result = actions.save_answers(
            application=application,
            fields=fields,
            base=base,
            token=token,
            actor=request.user,
            now=now,
        )
    except Refused as refused:
        return JsonResponse({"reason": str(refused.verdict), "fields": fields}, status=403)
    return saved_reply(result, queries.get_form_of(application))


def saved_reply(result: SaveResult, form: Form) -> JsonResponse:
    """What the page's script is told: the receipt, what is wrong, where two tabs disagree, and what
    the other saved.
    """
    reply = {
        "saved_at": result.receipt.saved_at.isoformat(),
        "receipt": result.receipt.reference[:4],
        "errors": {key: sentence(message) for key, message in result.errors.items()},
    } | merge_reply(result, as_typed(form))
    if result.disputed:
        return JsonResponse(reply, status=409)
    return JsonResponse(reply, status=422 if result.errors else 200)


def read_save(request: HttpRequest) -> tuple[dict[str, Any], int, str] | None:
    """The parts of a save request; None for anything else."""
    content = read_json(request)
    if not isinstance(content.get("fields"), dict):
        return None
    base, token = content.get("base"), content.get("token")
    if (
        not isinstance(base, int)
        or isinstance(base, bool)
        or not isinstance(token, str)
        or not 0 < len(token) <= 64
    ):
        return None
    return content["fields"], base, token
