"""An applicant's page of letters: who is asked, how far each is, sending again, correcting an
address, naming somebody else.
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
from django.views.decorators.http import require_http_methods

from anso.applications import actions, queries
from anso.applications.actions.asking_back import answer_writer
from anso.applications.forms import person_field_spec
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Enquiry
from anso.applications.queries.answers import plain_answers
from anso.applications.queries.enquiries import exchanges_of, open_question_of
from anso.applications.queries.letters import (
    LetterStatus,
    letter_due_at,
    letter_statuses,
    new_letter_due_at,
)
from anso.applications.rules import (
    may_ask_letters,
    may_change_application,
    may_replace_letter,
    may_resend_letter,
)
from anso.applications.views.letter_reading import exchange_rows
from anso.applications.views.page_context import inner_crumbs, page_context
from anso.applications.wording import letter_state
from anso.applications.wording.letters import need_of_slot, shown_in_words
from anso.calls.wording import chair_of
from anso.kernel.addresses import likely_slip
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.ui.fields import fields_for, read_value
from anso.ui.markup import PERSON_PARTS
from anso.ui.question_fields import in_a_row, in_reader_language, sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """The page, and everything that can be done on it: each button names what it does and for which
    writer.
    """
    application = queries.get_own_application_for(request.user, reference)
    if request.method != "POST":
        return render_letters(request, application)
    verb, _colon, key = request.POST.get("act", "").partition(":")
    steps = {"ask": ask, "save": save, "resend": resend, "replace": replace, "answer": answer}
    steps["ask_all"] = ask_all
    if verb not in steps:
        raise Http404
    try:
        keep_posted(request, application)
        steps[verb](request, application, key)
    except BadInput as fault:
        return render_letters(
            request, application, wrong=(key, sentence(fault.message)), status=422
        )
    except Refused as refused:
        return render_letters(request, application, wrong=(key, str(refused.verdict)), status=403)
    return redirect("applications:letters", reference=reference)


def posted_person(request: HttpRequest, key: str) -> dict[str, str]:
    """What was typed into the fields of one writer."""
    person: dict[str, str] = read_value("person", key, request.POST)
    return person


def keep_posted(request: HttpRequest, application: Application) -> None:
    """Keep everybody who is typed on the page and not asked yet, whichever button was pressed."""
    now = timezone.now()
    rows = [
        each
        for each in letter_statuses(application)
        if each.letter is None and f"{each.slot.key}:email" in request.POST
    ]
    answers = plain_answers(application)
    fresh: dict[str, Any] = {}
    for each in rows:
        typed = posted_person(request, each.slot.key)
        if typed != {part: each.person.get(part, "") for part in PERSON_PARTS}:
            fresh |= each.slot.with_person(answers | fresh, typed)
    if not fresh or not may_change_application(request.user, application, now):
        return
    token = request.POST.get("token", "") or secrets.token_hex(16)
    actions.save_answers(
        application=application,
        fields=fresh,
        base=application.revision,
        token=token,
        actor=request.user,
        now=now,
    )
    application.refresh_from_db(fields=["answers", "revision", "saved_at"])


def save(request: HttpRequest, _application: Application, _key: str) -> None:
    """Say that everybody who is named was kept; nobody is asked yet."""
    messages.success(request, _("Saved."))


def ask(request: HttpRequest, application: Application, key: str) -> None:
    """Ask for the letter of the one who is named."""
    letter = actions.ask_letter(
        application=application, question_key=key, actor=request.user, now=timezone.now()
    )
    messages.success(
        request,
        _("We are writing to %(name)s at %(email)s.")
        % {
            "name": letter.full_name,
            "email": letter.email,
        },
    )


def ask_all(request: HttpRequest, application: Application, key: str) -> None:
    """Ask everybody who is named."""
    asked = actions.ask_letters(application=application, actor=request.user, now=timezone.now())
    messages.success(
        request, _("Asked: %(names)s.") % {"names": in_a_row(letter.full_name for letter in asked)}
    )


def resend(request: HttpRequest, application: Application, key: str) -> None:
    """Send the link again, to a corrected address if one was typed."""
    letter = find_letter(application, key)
    sent = actions.resend_letter(
        letter=letter,
        email=request.POST.get(f"{key}:email", ""),
        actor=request.user,
        now=timezone.now(),
    )
    text = _("The link goes to %(email)s once more; links sent before lead to the same letter.")
    if sent.email.casefold() != letter.email.casefold():
        text = _(
            "We are asking at %(email)s. There an empty letter begins; the earlier address is told."
        )
    messages.success(request, text % {"email": sent.email})


def replace(request: HttpRequest, application: Application, key: str) -> None:
    """Ask somebody else instead."""
    letter = find_letter(application, key)
    new = actions.replace_letter(
        letter=letter, person=posted_person(request, key), actor=request.user, now=timezone.now()
    )
    messages.success(request, _("We are writing to %(name)s instead.") % {"name": new.full_name})


def answer(request: HttpRequest, application: Application, key: str) -> None:
    """Answer what the writer asked first."""
    letter = find_letter(application, key)
    enquiry = open_question_of(letter)
    if enquiry is None:
        raise Http404
    enquiry.letter, text = letter, request.POST.get(f"{key}:answer", "")
    answer_writer(enquiry=enquiry, text=text, actor=request.user, now=timezone.now())
    told = _("Your answer goes to %(name)s, who then decides.")
    messages.success(request, told % {"name": letter.full_name})


def find_letter(application: Application, key: str) -> Any:
    """The standing letter that a question asks for."""
    found = (each.letter for each in letter_statuses(application) if each.slot.key == key)
    letter = next(found, None)
    if letter is None:
        raise Http404
    letter.application = application
    return letter


def render_letters(
    request: HttpRequest,
    application: Application,
    *,
    wrong: tuple[str, str] = ("", ""),
    status: int = 200,
) -> HttpResponse:
    """Draw the page; what was typed for the writer with an error stands in its fields again."""
    now = timezone.now()
    statuses, chair = letter_statuses(application), chair_of(application.call)
    asked_back = exchanges_of(each.letter for each in statuses if each.letter)
    rows = [
        writer_row(request, application, each, now, chair=chair, wrong=wrong)
        | exchange_on_page(request, each, asked_back)
        for each in statuses
    ]
    may_change = may_change_application(request.user, application, now)
    context = page_context(application, now) | {
        "heading": _("Letters"),
        "crumbs": inner_crumbs(application, _("Letters")),
        "rows": rows,
        "asked": [row for row in rows if row["status"].letter],
        "named": [row for row in rows if not row["status"].letter],
        "may_change": may_change,
        # What is typed of one in a list is kept by the buttons: alone it is no answer to autosave.
        "autosaves": bool(may_change) and all(row["status"].slot.row is None for row in rows),
        "save_url": reverse("applications:save", args=[application.reference]),
        "may_ask": may_ask_letters(request.user, application, now),
        "error_list": [{"key": wrong[0], "message": wrong[1]}] if wrong[1] else [],
        "errors_heading": _("This could not be done") if wrong[1] else "",
        "token": secrets.token_hex(16),
        "can_ask_all": sum(row["status"].code == "named" for row in rows) > 1,
    }
    return render(request, "applications/letters.html", context, status=status)


def exchange_on_page(
    request: HttpRequest, status: LetterStatus, asked_back: dict[int, list[Enquiry]]
) -> dict[str, Any]:
    """What the writer asked first and was answered, and whether the applicant answers now."""
    letter, key = status.letter, status.slot.key
    if letter is None or letter.pk not in asked_back:
        return {}
    rows = exchange_rows(letter, asked_back[letter.pk])
    return {
        "exchange": rows,
        "may_answer": any(each["is_open"] for each in rows),
        "answer": request.POST.get(f"{key}:answer", ""),
    }


def writer_row(
    request: HttpRequest,
    application: Application,
    status: LetterStatus,
    now: Any,
    *,
    chair: str,
    wrong: tuple[str, str],
) -> dict[str, Any]:
    """One writer: state, what happened when, and the forms for what may be done."""
    slot, letter = status.slot, status.letter
    is_wrong = wrong[0] == slot.key and bool(wrong[1])
    typed = posted_person(request, slot.key) if request.method == "POST" and is_wrong else None
    due_at = letter_due_at(letter) if letter else new_letter_due_at(application, slot.rule)
    row: dict[str, Any] = {
        "status": status,
        **letter_state(status.code),
        "key": slot.key,
        "title": in_reader_language(slot.question.label),
        "due_at": due_at,
        "minutes": slot.rule.minutes,
        "need": need_of_slot(status, due_at, application.call),
        "error": wrong[1] if is_wrong else "",
        "email": (typed or {}).get("email", status.email),
        "meant": likely_slip(status.email),
        "shown": shown_in_words(application, slot.kind),
        "is_waited_for": letter is not None and letter.state in WAITED_FOR,
    }
    if letter is None:
        entry = person_field_spec(slot.question_here(), typed or status.person, chair, row["error"])
        return row | {"fields": fields_for([entry])}
    is_typed = bool(typed and typed.get("name"))
    entry = person_field_spec(slot.question_here(), typed if is_typed else None, chair)
    return row | {
        "resend": may_resend_letter(request.user, letter, now),
        "replace": may_replace_letter(request.user, letter, now),
        "fields": fields_for([entry]),
        "is_open": is_wrong or status.needs_attention,
    }
