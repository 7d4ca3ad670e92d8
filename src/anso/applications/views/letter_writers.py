"""The pages of those who write letters: reached by a personal link, without an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anso.accounts.actions import note_link_use
from anso.accounts.queries import get_scoped_link
from anso.applications import actions
from anso.applications.actions.letter_writers import (
    CHANGED_ELSEWHERE,
    letter_upload_purpose,
)
from anso.applications.actions.letters_put_in import write_after_all
from anso.applications.actions.taking_over import take_over_letter
from anso.applications.forms import (
    as_typed,
    countries,
    mark_conditions,
    only_opened,
    opens_more,
    questions_asked,
    questions_of_post,
    questions_waiting,
    read_page,
    wrong_answers,
)
from anso.applications.models import Letter
from anso.applications.queries.letter_links import open_letter_link
from anso.applications.queries.letters import (
    PURPOSE,
    get_letter_asked_of,
    letter_form_of,
)
from anso.applications.views.answers import read_save
from anso.applications.views.letter_files import store_letter_files
from anso.applications.views.letter_reading import what_writer_reads
from anso.applications.wording import closed_words, letter_context, texts_typed
from anso.calls.wording import chair_of
from anso.kernel.drafts import Merge
from anso.kernel.errors import BadInput, Stale
from anso.kernel.questions import Question
from anso.kernel.reasons import REMARK_AT_MOST, fault_of_length
from anso.kernel.verdict import Refused
from anso.ui.drafts import draft_base, merge_reply, parts_of, read_draft, two_texts_of
from anso.ui.fields import error_list, fields_for, shown_values
from anso.ui.question_fields import field_specs_for, sentence


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, for what, how long it takes, who reads it; the form to write or upload, and the way
    to decline.
    """
    now = timezone.now()
    found = open_letter_link(token, now)
    if found.letter is None or found.closed_because:
        return closed_page(request, found.closed_because or "unknown", found.letter)
    opened = found.letter
    if opened.state == "declined":
        if request.method == "POST" and request.POST.get("act") == "after_all":
            write_after_all(letter=opened, now=now)
            return redirect("applications:letter", token=token)
        return closed_page(request, "declined", opened)
    if request.method == "POST":
        receive = take_over if request.POST.get("act") == "take_over" else receive_letter
        return receive(request, token, opened)
    link = get_scoped_link(token, PURPOSE, now)
    if link is not None and request.method == "GET":
        note_link_use(link, now)
        opened = actions.open_letter(letter=opened, now=now)
    request.session["upload_owner"] = f"link:{opened.reference}"
    if opened.state == "completed" and "again" not in request.GET:
        return render(
            request, "applications/letter_thanks.html", letter_context(opened, token, now)
        )
    return render_letter(request, opened, token)


@login_required
@never_cache
@require_safe
def own_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """From "What I have to do" to the letter, for a writer who has an account."""
    now = timezone.now()
    asked = get_letter_asked_of(request.user, reference)
    token = actions.issue_own_letter_link(letter=asked, actor=request.user, now=now)
    return redirect("applications:letter", token=token)


def closed_page(request: HttpRequest, reason: str, opened: Letter | None = None) -> HttpResponse:
    """A clear page for a link that leads no further, with what its holder typed and never gave."""
    title, text = closed_words(reason)
    status = 404 if reason == "unknown" else 410
    context = {
        "heading": title,
        "text": text,
        "typed": texts_typed(opened) if opened is not None else [],
        "may_write": reason == "declined",
    }
    return render(request, "applications/letter_closed.html", context, status=status)


def render_letter(
    request: HttpRequest,
    opened: Letter,
    token: str,
    errors: dict[str, Any] | None = None,
    *,
    status: int = 200,
    merge: Merge | None = None,
) -> HttpResponse:
    """Draw the form with what was kept so far, and with both texts where two tabs wrote one."""
    form, answers = letter_form_of(opened), opened.answers
    whole = questions_asked(form, answers)
    more = "" if errors else request.GET.get("more", "")
    questions, waiting = only_opened(more, whole, questions_waiting(form, answers))
    wrong = wrong_answers(form, questions, answers, with_missing=False) | (errors or {})
    in_order = [each for each in form.questions() if each in (*questions, *waiting)]
    chair = chair_of(opened.application.call)
    entries = field_specs_for(tuple(in_order), answers, wrong, countries, chair)
    mark_conditions(entries, questions, waiting, answers)
    for entry in entries:
        if entry["type"] == "file":
            entry.update(upload_of(opened, entry["key"]))
    yours = {key: both.yours for key, both in merge.disputed.items()} if merge else {}
    now, because = timezone.now(), request.POST.get("because", "")
    fault = fault_of_length(because.strip(), REMARK_AT_MOST, _("Why? (optional)"))
    context = letter_context(opened, token, now) | {
        "because": because,
        "because_error": sentence(fault) if fault else "",
        **what_writer_reads(opened, token, now),
        "fields": fields_for(entries),
        "error_list": error_list(entries),
        "draft": draft_base(opened.revision, shown_values(entries)),
        "two_texts": two_texts_of(parts_of(entries), yours, yours),
        "changed_elsewhere": _(CHANGED_ELSEWHERE) if merge else "",
        "goes_on": opens_more(questions, waiting, answers),
        "whole_url": again_url(token) if questions != whole else "",
    }
    return render(request, "applications/letter.html", context, status=status)


def upload_of(opened: Letter, key: str) -> dict[str, Any]:
    """Where the file of a question is sent to, and the lines of what was received."""
    purpose = urlencode({"purpose": letter_upload_purpose(opened, key)})
    files = [
        {
            "name": each["name"],
            "size": each["bytes"],
            "receipt": each["reference"][:4],
            "status": _("received"),
            "tone": "good",
        }
        for each in opened.answers.get(key) or []
    ]
    return {"upload_url": f"{reverse('files:uploads')}?{purpose}", "files": files}


def receive_letter(request: HttpRequest, token: str, opened: Letter) -> HttpResponse:
    """Keep what was posted; then give the letter, decline, or show the questions that the answers
    opened.
    """
    now = timezone.now()
    if request.POST.get("act") == "decline":
        return decline(request, token, opened, now)
    questions = questions_posted(request, opened)
    asked_before = questions_asked(letter_form_of(opened), opened.answers)
    seen = {question.key for question in (*questions, *asked_before)}
    posted = read_draft(read_page(questions, request), request.POST, opened.revision)
    saved = actions.save_letter_draft(
        letter=opened, fields=posted.changes, base_revision=posted.base, now=now
    )
    keys = [question.key for question in questions if question.type == "file"]
    opened, wrong_files = store_letter_files(request, saved.letter, keys, posted.base)
    errors: dict[str, Any] = dict(saved.errors) | wrong_files
    if saved.merge.disputed or saved.merge.unseen or posted.unseen:
        return render_letter(request, opened, token, errors, status=409, merge=saved.merge)
    if request.POST.get("act") == "ask_first":  # what was typed so far is kept, right or not
        return redirect("applications:ask_first", token=token)
    if errors:
        return render_letter(request, opened, token, errors, status=422)
    now_asked = questions_asked(letter_form_of(opened), opened.answers)
    further = [each.key for each in now_asked if each.key not in seen]
    if further or request.POST.get("act") == "continue":
        return go_on(request, token, further)
    return complete_letter(request, token, opened, now)


def decline(request: HttpRequest, token: str, opened: Letter, now: dt.datetime) -> HttpResponse:
    """Take a No. A reason that is too long stays on the page, with what is wrong beside it."""
    try:
        actions.decline_letter(letter=opened, because=request.POST.get("because", ""), now=now)
    except BadInput:
        return render_letter(request, opened, token, status=422)
    return closed_page(request, "declined", opened)


def take_over(request: HttpRequest, token: str, opened: Letter) -> HttpResponse:
    """Begin with what the writer gave for the same person before; nothing is sent yet."""
    try:
        take_over_letter(letter=opened, now=timezone.now())
        messages.success(request, _("It stands here now. Read it, change it, and send it."))
    except BadInput as fault:
        messages.warning(request, sentence(fault.message))
    return redirect(again_url(token))


def go_on(request: HttpRequest, token: str, further: list[str]) -> HttpResponse:
    """To a page of the questions that were opened, or of all where none was; nothing is sent
    yet.
    """
    if request.POST.get("act") != "continue":
        text = _("Your answers opened these further questions. Nothing was sent yet.")
        messages.warning(request, text)
    return redirect(again_url(token, further))


def questions_posted(request: HttpRequest, opened: Letter) -> list[Question]:
    """The questions asked now, and those that the page showed although another tab has meanwhile
    answered in a way that no longer asks them.
    """
    form = letter_form_of(opened)
    asked = [each.key for each in questions_asked(form, opened.answers)]
    return questions_of_post(form.questions(), asked, request.POST)


def again_url(token: str, further: list[str] | None = None) -> str:
    """The form once more: all of it, or the questions that were opened alone."""
    more = urlencode({"again": 1} | ({"more": " ".join(further)} if further else {}))
    return f"{reverse('applications:letter', args=[token])}?{more}"


def complete_letter(request: HttpRequest, token: str, opened: Letter, now: Any) -> HttpResponse:
    """Give the letter as it was kept, or say beside each question what is missing."""
    try:
        actions.complete_letter(letter=opened, base_revision=opened.revision, now=now)
    except Stale as stale:  # another tab saved in this very moment
        messages.warning(request, sentence(stale.message))
        return redirect(again_url(token))
    except Refused as refused:
        missing = {
            reason.facts["key"]: str(reason)
            for reason in refused.verdict.reasons
            if "key" in reason.facts
        }
        if "incompatible" in {reason.code for reason in refused.verdict.reasons}:
            # What was typed is kept; the writer may still answer No, or decline.
            messages.error(request, str(refused))
            return redirect(again_url(token))
        if not missing:
            raise
        return render_letter(request, opened, token, missing, status=422)
    return redirect("applications:letter", token=token)


@require_POST
def save_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what the writer types, sent by the page's script."""
    now = timezone.now()
    found = open_letter_link(token, now)
    content = read_save(request)
    if found.letter is None or found.closed_because:
        return JsonResponse(
            {"reason": closed_words(found.closed_because or "unknown")[0]}, status=410
        )
    if content is None:
        return JsonResponse(
            {"reason": _("This could not be read. Load the page again.")}, status=400
        )
    try:
        saved = actions.save_letter_draft(
            letter=found.letter, fields=content[0], base_revision=content[1], now=now
        )
    except Refused as refused:
        return JsonResponse({"reason": str(refused.verdict), "fields": content[0]}, status=403)
    reply = {
        "saved_at": now.isoformat(),
        "receipt": saved.letter.reference[:4],
        "errors": {key: sentence(message) for key, message in saved.errors.items()},
    } | merge_reply(saved.merge, as_typed(letter_form_of(saved.letter)))
    if saved.merge.disputed:
        return JsonResponse(reply, status=409)
    return JsonResponse(reply, status=422 if saved.errors else 200)
