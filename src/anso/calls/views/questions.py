"""Officers change what a call asks: the list of questions, one question with its preview, and
putting a changed form in force.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.enums import FormPurpose
from anso.calls.forms.questions import question_field_specs, read_question
from anso.calls.models import BankQuestion, Call
from anso.calls.rules import may_change_questions
from anso.directory.queries import country_choices
from anso.kernel.errors import ProductError
from anso.kernel.questions import (
    AnswerMigration,
    Form,
    Question,
    find_differences,
    propose_migration,
)
from anso.kernel.questions.editing import (
    add_question,
    move_question,
    remove_question,
    replace_question,
)
from anso.kernel.wording import gettext_noop
from anso.ui.fields import fields_for, read_values
from anso.ui.question_fields import field_specs_for, in_reader_language, sentence, who_sees_sentence

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def question_list(
    request: HttpRequest, reference: str, purpose: str = FormPurpose.APPLICATION
) -> HttpResponse:
    """All questions of a form by section, with buttons to move, remove and add them."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    version, form = find_form(call, purpose)
    if request.method == "POST":
        try:
            change_list(request, call, purpose, form, now)
        except ProductError as fault:
            messages.error(request, sentence(fault.message))
        return redirect("calls:questions_of", reference=reference, purpose=purpose)
    context = {
        "call": call,
        "heading": _("Questions"),
        "purpose": purpose,
        "purposes": [
            (code, FormPurpose(code).label, code == purpose) for code in queries.form_purposes(call)
        ],
        "version": version,
        "sections": [
            (section, [(q, who_sees_sentence(q)) for q in section.questions])
            for section in form.sections
        ],
        "bank": bank_choices(form),
        "verdict": may_change_questions(request.user, call, now),
        "is_waiting": call.state == "published" and version.published_at is None,
    }
    return render(request, "calls/desk_questions.html", context)


def find_form(call: Call, purpose: str) -> tuple[Any, Form]:
    """The form that officers edit; 404 where the call has none for the purpose."""
    version, form = queries.get_working_form(call, purpose)
    if version is None:
        raise Http404
    return version, form


def bank_choices(form: Form) -> list[tuple[str, str]]:
    """Questions of the bank that this form does not ask, by key and words."""
    asked = set(form.keys())
    bank = BankQuestion.objects.filter(is_retired=False).exclude(key__in=asked).order_by("key")
    return [
        (question.key, in_reader_language(question.definition["label"]) or question.key)
        for question in bank
    ]


def change_list(
    request: HttpRequest, call: Call, purpose: str, form: Form, now: dt.datetime
) -> None:
    """Carry out the one change of the list that a button asks for."""
    act, key = request.POST.get("act", ""), request.POST.get("key", "")
    if act == "discard":
        actions.discard_questions(call=call, purpose=purpose, actor=request.user, now=now)
        return
    if act in ("up", "down"):
        changed = move_question(form, key, -1 if act == "up" else 1)
    elif act == "remove":
        changed = remove_question(form, key)
    else:
        banked = BankQuestion.objects.filter(key=key, is_retired=False).first()
        if banked is None:
            raise ProductError(gettext_noop("Choose a question of the bank."))
        changed = add_question(
            form, request.POST.get("section", ""), Question.from_dict(banked.definition)
        )
    actions.change_questions(call=call, purpose=purpose, form=changed, actor=request.user, now=now)
    messages.success(request, _("Saved."))


@login_required
@require_http_methods(DESK)
def question_page(request: HttpRequest, reference: str, purpose: str, key: str) -> HttpResponse:
    """One question: its words, whether it must be answered, who sees the answer, and how applicants
    will see it.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    _version, form = find_form(call, purpose)
    if key not in form.keys():  # noqa: SIM118 - a form is no mapping
        raise Http404
    question = form.question(key)
    entries = question_field_specs(question)
    fault_text = ""
    if request.method == "POST":
        typed = read_values(entries, request.POST)
        try:
            question = read_question(question, typed)
            changed = replace_question(form, question)
            actions.change_questions(
                call=call, purpose=purpose, form=changed, actor=request.user, now=now
            )
            messages.success(request, _("Saved."))
            return redirect("calls:question", reference=reference, purpose=purpose, key=key)
        except ProductError as fault:
            fault_text = sentence(fault.message)
            entries = [entry | {"value": typed[entry["key"]]} for entry in entries]
    context = {
        "call": call,
        "heading": question.label.in_language(request.LANGUAGE_CODE),
        "subheading": f"{question.key} · {question.type}",
        "purpose": purpose,
        "fields": fields_for(entries),
        "preview": fields_for(
            [
                one | {"key": f"preview-{one['key']}"}
                for one in field_specs_for((question,), {}, {}, country_preview)
            ]
        ),
        "verdict": may_change_questions(request.user, call, now),
        "error_list": [{"key": "label_en", "message": fault_text}] if fault_text else [],
    }
    return render(request, "calls/desk_question.html", context, status=422 if fault_text else 200)


def country_preview() -> tuple[tuple[str, str], ...]:
    """A few countries are enough to see what the question looks like."""
    return tuple(country_choices()[:5])


@login_required
@require_http_methods(DESK)
def question_changes(request: HttpRequest, reference: str, purpose: str) -> HttpResponse:
    """What differs from the form in force, what becomes of answers in drafts, and the button that
    puts it in force.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_change_questions(request.user, call, now).require()
    version, form = find_form(call, purpose)
    old = queries.get_form(call, purpose)[1]
    proposed = propose_migration(old, form)
    if request.method == "POST":
        migration = {
            key: read_answer_migration(request.POST.get(f"step-{key}", ""), step)
            for key, step in proposed.items()
        }
        try:
            actions.publish_questions(
                call=call, purpose=purpose, migration=migration, actor=request.user, now=now
            )
        except ProductError as fault:
            messages.error(request, sentence(fault.message))
            return redirect("calls:question_changes", reference=reference, purpose=purpose)
        messages.success(request, _("In force. Whoever opens a draft sees what changed."))
        return redirect("calls:questions_of", reference=reference, purpose=purpose)
    differences = find_differences(old, form)
    labels = {question.key: question.label for question in (*old.questions(), *form.questions())}
    context = {
        "call": call,
        "heading": _("Put the changed questions in force"),
        "purpose": purpose,
        "version": version,
        "rows": [
            (difference, labels[difference.key], proposed.get(difference.key))
            for difference in differences
        ],
        "steps": [(str(step), words) for step, words in migration_words()],
    }
    return render(request, "calls/desk_question_changes.html", context)


def migration_words() -> list[tuple[AnswerMigration, str]]:
    """What can become of the answers to a question, in words."""
    return [
        (AnswerMigration.CARRY, _("keep the answer")),
        (AnswerMigration.ASK_AGAIN, _("ask again")),
        (AnswerMigration.DROP, _("drop, and tell the applicant")),
    ]


def read_answer_migration(typed: str, proposed: AnswerMigration) -> AnswerMigration:
    """The chosen step, or the proposed one where nothing known was chosen."""
    return AnswerMigration(typed) if typed in set(AnswerMigration) else proposed
