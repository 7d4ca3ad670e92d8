"""The pages of those who write letters: reached by a personal link, without an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anso.accounts.actions import note_link_use
from anso.accounts.queries import get_scoped_link
from anso.applications import actions
from anso.applications.actions.writing import letter_upload_purpose, writer_of
from anso.applications.forms import countries, questions_on_page, read_page, wrong_answers
from anso.applications.models import Letter
from anso.applications.queries.letters import PURPOSE, get_letter_asked_of, letter_due_at, letter_form_of, open_letter_link
from anso.applications.views.answers import read_save
from anso.calls.queries import get_terms, title_of
from anso.files.actions import store_file
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.ui.asked import entries_for, sentence
from anso.ui.fields import error_list, fields_for


@dataclass(frozen=True)
class Asked:
    """How the page says what it asks of one kind of writer."""

    heading: Promise
    sentence: Promise
    button: Promise
    is_about_applicant: bool = True


ASKED = {
    "referee": Asked(
        gettext_lazy("A letter about {applicant}"),
        gettext_lazy("{applicant} applies for {call} and asks you for a letter."),
        gettext_lazy("Send the letter"),
    ),
    "supervisor": Asked(
        gettext_lazy("Would you supervise {applicant}?"),
        gettext_lazy("{applicant} applies for {call} and names you as supervisor at {host}. Would you take this applicant?"),
        gettext_lazy("Send my answer"),
    ),
    "supporter": Asked(
        gettext_lazy("A letter about {title}"),
        gettext_lazy("{applicant} nominates {title} for {call} and asks you for a letter of support."),
        gettext_lazy("Send the letter"),
        is_about_applicant=False,
    ),
    "nominee": Asked(
        gettext_lazy("Do you agree to be nominated?"),
        gettext_lazy("{applicant} nominates {title} for {call}. A nomination counts only if the nominee agrees."),
        gettext_lazy("Send my answer"),
        is_about_applicant=False,
    ),
}


def closed_words(reason: str) -> tuple[str, str]:
    """Why a letter cannot be written, in the reader's words."""
    words = {
        "unknown": (
            _("This link does not work"),
            _(
                "It may have been cut off by your mail program, replaced by a newer one, or have expired. Open the newest mail from us about this letter, or write to us."
            ),
        ),
        "replaced": (
            _("This letter is no longer needed"),
            _("The applicant asked somebody else or withdrew. You do not have to do anything. Thank you."),
        ),
        "withdrawn": (_("This letter is no longer needed"), _("The application was withdrawn. You do not have to do anything. Thank you.")),
        "late": (
            _("The time for this letter is over"),
            _("Letters for this call were due earlier. You do not have to do anything. Thank you."),
        ),
        "declined": (
            _("You declined to write"),
            _("Thank you for telling us. If you changed your mind, ask the applicant to send you a new link."),
        ),
    }
    return words[reason]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, for what, how long it takes, who reads it; the form to write or upload, and the way to decline."""
    now = timezone.now()
    found = open_letter_link(token, now)
    if found.letter is None or found.closed_because:
        return closed_page(request, found.closed_because or "unknown")
    opened = found.letter
    if opened.state == "declined":
        return closed_page(request, "declined")
    if request.method == "POST":
        return take_letter(request, token, opened)
    link = get_scoped_link(token, PURPOSE, now)
    if link is not None and request.method == "GET":
        note_link_use(link, now)
        opened = actions.open_letter(letter=opened, now=now)
    request.session["upload_owner"] = f"link:{opened.reference}"
    if opened.state == "completed" and "again" not in request.GET:
        return render(request, "applications/letter_thanks.html", letter_context(opened, token, now))
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


def closed_page(request: HttpRequest, reason: str) -> HttpResponse:
    """A clear page for a link that leads no further."""
    title, text = closed_words(reason)
    status = 404 if reason == "unknown" else 410
    return render(request, "applications/letter_closed.html", {"heading": title, "text": text}, status=status)


def letter_context(opened: Letter, token: str, now: Any) -> dict[str, Any]:
    """What every page of a writer says: who asks, for which call, by when."""
    application, language = opened.application, get_language() or "en"
    terms = get_terms(application.call)
    rule = terms.letter_rule(opened.kind)
    host = next((host.label.in_language(language) for host in terms.hosts if host.key == opened.host), opened.host)
    named = {
        "applicant": application.full_name or application.applicant.full_name,
        "title": application.title,
        "call": title_of(application.call).in_language(language),
        "host": host,
    }
    asked = ASKED[opened.kind]
    return {
        "letter": opened,
        "token": token,
        "now": now,
        "proposal": application.title if asked.is_about_applicant else "",
        "sentence": format_html(str(asked.sentence), **{name: format_html("<b><bdi>{}</bdi></b>", words) for name, words in named.items()}),
        "button": asked.button,
        "due_at": letter_due_at(opened),
        "zone": application.call.zone,
        "minutes": rule.minutes if rule else 10,
        "heading": str(asked.heading).format(**named),
    }


def render_letter(
    request: HttpRequest, opened: Letter, token: str, errors: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Draw the form with what was kept so far."""
    now = timezone.now()
    form = letter_form_of(opened)
    questions = [question for section in form.sections for question in questions_on_page(form, section, opened.answers)]
    wrong = wrong_answers(questions, opened.answers, with_missing=False) | (errors or {})
    entries = entries_for(tuple(questions), opened.answers, wrong, countries)
    for entry in entries:
        if entry["type"] == "file":
            purpose = urlencode({"purpose": letter_upload_purpose(opened, entry["key"])})
            entry["upload_url"] = f"{reverse('files:uploads')}?{purpose}"
            kept = opened.answers.get(entry["key"]) or []
            entry["files"] = [
                {"name": each["name"], "size": each["bytes"], "receipt": each["reference"][:4], "status": _("received"), "tone": "good"}
                for each in kept
            ]
    context = letter_context(opened, token, now) | {"fields": fields_for(entries), "error_list": error_list(entries)}
    return render(request, "applications/letter.html", context, status=status)


def take_letter(request: HttpRequest, token: str, opened: Letter) -> HttpResponse:
    """Keep what was posted; then give the letter, decline, or show the questions that the answers opened."""
    now = timezone.now()
    if request.POST.get("act") == "decline":
        actions.decline_letter(letter=opened, because=request.POST.get("because", ""), now=now)
        return closed_page(request, "declined")
    form = letter_form_of(opened)
    questions = [question for section in form.sections for question in questions_on_page(form, section, opened.answers)]
    opened, wrong = actions.save_letter_draft(letter=opened, fields=read_page(questions, request), now=now)
    errors: dict[str, Any] = dict(wrong) | take_letter_files(request, opened, [q.key for q in questions if q.type == "file"])
    if errors:
        return render_letter(request, opened, token, errors, 422)
    opened.refresh_from_db(fields=["answers", "file"])
    now_asked = {question.key for section in form.sections for question in questions_on_page(form, section, opened.answers)}
    if now_asked - {question.key for question in questions}:
        return redirect(f"{reverse('applications:letter', args=[token])}?again=1#more")
    try:
        actions.complete_letter(letter=opened, now=now)
    except Refused as refused:
        missing = {reason.facts["key"]: str(reason) for reason in refused.verdict.reasons if "key" in reason.facts}
        if not missing:
            raise
        return render_letter(request, opened, token, missing, 422)
    return redirect("applications:letter", token=token)


def take_letter_files(request: HttpRequest, opened: Letter, keys: list[str]) -> dict[str, str]:
    """Keep a letter that came as a file with the form; returns what is wrong with it."""
    errors = {}
    form, now = letter_form_of(opened), timezone.now()
    for key in keys:
        slot = form.question(key).file
        for sent in request.FILES.getlist(key)[:1]:
            try:
                if slot is None:
                    continue
                stored = store_file(
                    content=sent, name=sent.name or "", actor=writer_of(opened), now=now, accepted=slot.accepts, max_bytes=slot.max_bytes
                )
                actions.attach_letter_file(letter=opened, question_key=key, stored=stored, now=now)
            except BadInput as fault:
                errors[key] = sentence(fault.message)
    return errors


@require_POST
def save_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what the writer types, sent by the page's script."""
    now = timezone.now()
    found = open_letter_link(token, now)
    content = read_save(request)
    if found.letter is None or found.closed_because:
        return JsonResponse({"reason": closed_words(found.closed_because or "unknown")[0]}, status=410)
    if content is None:
        return JsonResponse({"reason": _("This could not be read. Load the page again.")}, status=400)
    try:
        kept, errors = actions.save_letter_draft(letter=found.letter, fields=content[0], now=now)
    except Refused as refused:
        return JsonResponse({"reason": str(refused.verdict), "fields": content[0]}, status=403)
    reply = {
        "saved_at": now.isoformat(),
        "receipt": kept.reference[:4],
        "revision": int(now.timestamp()),
        "errors": {key: sentence(message) for key, message in errors.items()},
    }
    return JsonResponse(reply, status=422 if errors else 200)
