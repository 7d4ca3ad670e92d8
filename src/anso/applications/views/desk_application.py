"""One application for officers, with everything about it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from anso.applications import queries
from anso.applications.actions.screening import screening_mark
from anso.applications.forms import answer_rows, file_line
from anso.applications.models import Application, Letter, SaveReceipt
from anso.applications.queries import desk
from anso.applications.queries.enquiries import exchange_of
from anso.applications.queries.letters import (
    LetterStatus,
    is_letter_file_visible_to,
    letter_visible_to,
    new_letters_due_at,
    submitted_letter_statuses,
)
from anso.applications.rules import (
    may_help_applicant,
    may_put_letter_in,
    may_screen_application,
    may_take_back_decline,
    may_take_down_answer,
)
from anso.applications.views.case_page import case_on_page, put_in_rows
from anso.applications.views.desk_table import desk_context
from anso.applications.views.enquiries_told import enquiries_on_page
from anso.applications.views.letter_reading import exchange_rows
from anso.applications.views.namesakes_told import namesakes_on_page
from anso.applications.views.progress import opened_under
from anso.applications.views.rules_told import rules_on_page
from anso.applications.wording import (
    ELIGIBILITY_TONES,
    eligibility_in_words,
    letter_state,
    need_of_status,
    state_tone,
    state_word,
)
from anso.applications.wording.casework import by_officer_in_words
from anso.audit.queries import entries_about, names_of_actors, names_of_keys
from anso.audit.wording import actors_in_words, keys_in, why_words
from anso.calls.queries import is_officer_of
from anso.calls.wording import desk_crumbs, entry_word
from anso.directory.wording import person_url
from anso.files.queries import file_response_for
from anso.kernel.actors import name_of_account
from anso.notifications.queries import messages_about


@login_required
@require_safe
def application_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One application for staff: answers, documents, letters, the eligibility check, receipts,
    messages, and the record.
    """
    now = timezone.now()
    application = queries.get_application_for(request.user, reference, now)
    return show_application(request, application, now)


def show_application(
    request: HttpRequest,
    application: Application,
    now: Any,
    because: str = "",
    *,
    typed_rules: dict[str, str] | None = None,
    typed_case: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw that page, with a reason that was typed and not used yet."""
    if application.applicant.account_id == request.user.pk:
        raise Http404
    context = heading_of(application) | what_was_recorded(request.user, application, now)
    if application.submission is not None:
        form = queries.get_submitted_form(application.submission)
        context["rules"] = rules_on_page(context["judged"], form, typed_rules or {})
    context |= case_on_page(request.user, application, now, typed_case or {})
    context |= namesakes_on_page(request.user, application, now, typed_case or {})
    context |= enquiries_on_page(request.user, application, now, typed_case or {})
    context |= what_was_given(request.user, application, now) | {
        "application": application,
        "opened": opened_under(request, application, now),
        "may_screen": may_screen_application(request.user, application, now),
        "put_in": put_in_rows(request.user, application, now),
        "may_help": may_help_applicant(request.user, application, now),
        "because": because,
        "shown": screening_mark(application),
        "now": now,
    }
    return render(request, "applications/desk/application.html", context, status=status)


def heading_of(application: Application) -> dict[str, Any]:
    """Whose application it is, its number and state, and the way back to the list."""
    call, word = application.call, state_word(application.state)
    table_url = reverse("applications:table", args=[call.reference])
    return desk_context(call, application.subject_name) | {
        "person_url": person_url(application.applicant),
        "subheading": f"{application.number} · {word}",
        "status": word,
        "tone": state_tone(application.state),
        "crumbs": desk_crumbs(call, application.number, (entry_word(call, "plural"), table_url)),
    }


def what_was_given(account: Any, application: Application, now: Any) -> dict[str, Any]:
    """What was submitted and what writers gave, as far as it is this reader's. Before the first
    submission there is nothing to read: a draft is its author's alone.
    """
    submission = application.submission
    if submission is None:
        return {"sections": [], "files": [], "letters": []}
    read, language = queries.answers_visible_to(account, submission, now), get_language() or "en"

    def is_told(status: LetterStatus) -> bool:
        return read.has(status.slot.question.key)

    return {
        "sections": [
            {
                "title": section.title.in_language(language),
                "rows": answer_rows(read.form, section, read.answers),
            }
            for section in read.form.sections
        ],
        "files": [
            file_line(each, is_fixed=True)
            for each in queries.submitted_documents_of(submission, read)
        ],
        "is_narrowed": not read.is_whole,
        "letters": [
            letter_row(account, application, each, now, is_writer_told=is_told(each))
            for each in submitted_letter_statuses(application)
        ],
    }


def what_was_recorded(account: Any, application: Application, now: Any) -> dict[str, Any]:
    """What became of it: the eligibility check, submissions, saves, messages, and the record."""
    judged = desk.checks_visible_to(account, application.call, [application], now)
    entries = list(entries_about(application))
    names = names_of_keys(keys_in(entries, with_changes=False))
    saves = SaveReceipt.objects.filter(application=application).order_by("-revision", "-id")
    return {
        "judged": judged[0],
        "standing": eligibility_in_words(application.eligibility),
        "standing_tone": ELIGIBILITY_TONES.get(application.eligibility, ""),  # type: ignore[call-overload]  # a str enum: its text is its key
        "submissions": [
            {"row": each, "by": by_officer_in_words(each)}
            for each in application.submissions.order_by("-version")
        ],
        "receipts": list(saves[:20]),
        "sent": list(messages_about(account, application, now)),
        "entries": [
            (entry, who, why_words(entry, names))
            for entry, who in actors_in_words(entries, names_of_actors(entries))
        ],
    }


def letter_row(
    account: Any, application: Application, status: LetterStatus, now: Any, *, is_writer_told: bool
) -> dict[str, Any]:
    """A letter with what it says to this reader; who writes it is an answer of the applicant."""
    letter, language = status.letter, get_language() or "en"
    ends = {} if letter else new_letters_due_at(application)
    row = {
        "status": status,
        **letter_state(status.code),
        "heading": status.slot.question.label.in_language(language),
        "need": need_of_status(status, application.call, ends),
        "is_writer_told": is_writer_told,
        "rows": [],
        "file_url": "",
    }
    if letter is None:
        return row
    if letter.taken_down_by:
        row["taken_down_by"] = name_of_account(letter.taken_down_by)
    if may_take_down_answer(account, letter, "declined", now):
        row["take_down_url"] = reverse("applications:take_down", args=[letter.reference])
    if may_put_letter_in(account, letter, now) or may_take_back_decline(account, letter, now):
        row["put_in_url"] = reverse("applications:put_letter_in", args=[letter.reference])
    read = letter_visible_to(account, letter, now)
    answered = [
        each
        for section in read.form.sections
        for each in answer_rows(read.form, section, read.answers)
    ]
    row["rows"] = [each for each in answered if each["words"]]
    if is_officer_of(account, application.call, now):
        row["exchange"] = exchange_rows(letter, exchange_of(letter))
    if is_letter_file_visible_to(account, letter, now):
        row["file_url"] = reverse("applications:letter_file", args=[letter.reference])
    return row


@login_required
@require_safe
def letter_file(request: HttpRequest, reference: str) -> FileResponse:
    """An uploaded letter, for those who may read what letters say."""
    letter = Letter.objects.select_related("file").filter(reference=reference).first()
    if letter is None or letter.file is None:
        raise Http404
    if not is_letter_file_visible_to(request.user, letter, timezone.now()):
        raise Http404
    return file_response_for(letter.file)
