"""Officers change what a call asks: the list of questions, one question with its preview, and
putting a changed form in force.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.forms.questions import question_field_specs, read_question_changes
from anso.calls.models import BankQuestion, Call
from anso.calls.queries.rows import lists_of_question, names_of_forms
from anso.calls.rules import may_change_questions
from anso.calls.views.attempts import Attempt, draft_context, try_to_save
from anso.calls.wording import chair_of, question_type
from anso.calls.wording.rows import lists_beside
from anso.directory.wording import country_choices
from anso.kernel.errors import ProductError, Stale
from anso.kernel.questions import (
    AnswerMigration,
    Form,
    Question,
    find_differences,
    propose_migration,
)
from anso.kernel.wording import gettext_noop
from anso.programmes.kinds import APPLICATION
from anso.ui.drafts import PostedDraft, parts_of, read_base
from anso.ui.fields import fields_for
from anso.ui.question_fields import field_specs_for, in_reader_language, sentence, who_sees_sentence

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def question_list(request: HttpRequest, reference: str, purpose: str = APPLICATION) -> HttpResponse:
    """All questions of a form by section, with buttons to move, remove and add them."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    find_form(call, purpose)
    status = 200
    if request.method == "POST":
        try:
            change_list(request, call, purpose, now)
        except Stale as stale:
            messages.warning(request, sentence(stale.message))
            call, status = queries.get_desk_call_for(request.user, reference, now), 409
        except ProductError as fault:
            messages.error(request, sentence(fault.message))
        if status == 200:
            return redirect("calls:questions_of", reference=reference, purpose=purpose)
    version, form = find_form(call, purpose)
    chair = chair_of(call)
    context = {
        "call": call,
        "heading": _("Questions"),
        "purpose": purpose,
        "purposes": [
            (code, in_reader_language(label) or code, code == purpose)
            for code, label in names_of_forms(call).items()
        ],
        "version": version,
        "sections": [
            (section, [(q, who_sees_sentence(q, chair)) for q in section.questions])
            for section in form.sections
        ],
        "bank": bank_choices(form),
        "beside": lists_beside(call, f"questions-{purpose}"),
        "verdict": may_change_questions(request.user, call, now, purpose=purpose),
        "is_waiting": call.state == "published" and version.published_at is None,
        "is_to_come": queries.forms_to_come(call).filter(pk=version.pk).exists(),
    }
    return render(request, "calls/desk_questions.html", context, status=status)


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


def change_list(request: HttpRequest, call: Call, purpose: str, now: dt.datetime) -> None:
    """Carry out the one change of the list that a button asks for."""
    act, key = request.POST.get("act", ""), request.POST.get("key", "")
    doing: dict[str, Any] = {"call": call, "purpose": purpose, "actor": request.user, "now": now}
    base = read_base(request.POST, call.revision)
    if act == "discard":
        actions.discard_questions(**doing, base_revision=base)
        return
    if act in ("up", "down"):
        steps = -1 if act == "up" else 1
        actions.move_question(**doing, key=key, steps=steps, base_revision=base)
    elif act == "remove":
        actions.remove_question(**doing, key=key, base_revision=base)
    else:
        banked = BankQuestion.objects.filter(key=key, is_retired=False).first()
        if banked is None:
            raise ProductError(gettext_noop("Choose a question of the bank."))
        question = Question.from_dict(banked.definition)
        actions.add_question(**doing, section=request.POST.get("section", ""), question=question)
    messages.success(request, _("Saved."))


@login_required
@require_http_methods(DESK)
def question_page(request: HttpRequest, reference: str, purpose: str, key: str) -> HttpResponse:
    """One question: its words, whether it must be answered, who sees the answer, and how applicants
    will see it.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    question = find_question(call, purpose, key)
    tried = Attempt()
    if request.method == "POST":
        tried = save_question(request, call, purpose, question, now)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:question", reference=reference, purpose=purpose, key=key)
        call = queries.get_desk_call_for(request.user, reference, now)
        question = find_question(call, purpose, key)
    specs = question_field_specs(question, find_form(call, purpose)[1], chair_of(call))
    drawn = draft_context(call, parts_of(specs), tried)
    context = drawn | {
        "call": call,
        "heading": question.label.in_language(request.LANGUAGE_CODE),
        "subheading": question_type(question.type),
        "purpose": purpose,
        "lists": lists_in(call, purpose, question),
        "fields": fields_for([spec | {"value": drawn["typed"][spec["key"]]} for spec in specs]),
        "preview": fields_for(
            [
                one | {"key": f"preview-{one['key']}"}
                for one in field_specs_for((question,), {}, {}, country_preview, chair_of(call))
            ]
        ),
        "verdict": may_change_questions(request.user, call, now, purpose=purpose),
    }
    return render(request, "calls/desk_question.html", context, status=tried.status)


def lists_in(call: Call, purpose: str, question: Question) -> list[tuple[str, str]]:
    """Where the lists of a question are changed, each with its name: the answers that may be
    chosen, the columns of a table, the rules about its amounts.
    """
    return [
        (
            _(table.label),
            reverse("calls:rows", args=[call.reference, f"{table.key}-{purpose}-{question.key}"]),
        )
        for table in lists_of_question(question)
    ]


def find_question(call: Call, purpose: str, key: str) -> Question:
    """The question as officers edit it; 404 where the form does not ask it."""
    form = find_form(call, purpose)[1]
    if key not in form.keys():  # noqa: SIM118 - a form is no mapping
        raise Http404
    return form.question(key)


def save_question(
    request: HttpRequest, call: Call, purpose: str, question: Question, now: dt.datetime
) -> Attempt:
    """Change what was typed over on the page of a question."""
    form = find_form(call, purpose)[1]

    def save(posted: PostedDraft) -> None:
        actions.change_question(
            call=call,
            purpose=purpose,
            key=question.key,
            changes=read_question_changes(question, form, posted.changes),
            base_revision=posted.base,
            actor=request.user,
            now=now,
        )

    parts = parts_of(question_field_specs(question, form, chair_of(call)))
    tried = try_to_save(request, call, parts, save, place=lambda _facts: "label_en")
    start = f"{purpose}.{question.key}."
    return replace(tried, disputed=frozenset(key.removeprefix(start) for key in tried.disputed))


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
    may_change_questions(request.user, call, now, purpose=purpose).require()
    version, form = find_form(call, purpose)
    if queries.forms_to_come(call).filter(pk=version.pk).exists():
        raise Http404("nothing is in force that it could differ from")
    old = queries.get_form(call, purpose)[1]
    proposed = propose_migration(old, form)
    if request.method == "POST":
        migration = {
            key: read_answer_migration(request.POST.get(f"step-{key}", ""), step)
            for key, step in proposed.items()
        }
        try:
            actions.publish_questions(
                call=call,
                purpose=purpose,
                migration=migration,
                base_revision=read_base(request.POST, call.revision),
                actor=request.user,
                now=now,
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
        "is_other": form != old,
        "steps": [(str(step), words) for step, words in migration_words()],
    }
    return render(request, "calls/desk_question_changes.html", context)


def migration_words() -> list[tuple[AnswerMigration, str]]:
    """What can become of the answers to a question, in words."""
    return [
        (AnswerMigration.CARRY, _("keep the answer")),
        (AnswerMigration.ASK_AGAIN, _("ask again")),
        (AnswerMigration.DROP, _("drop, and tell whoever gave it")),
    ]


def read_answer_migration(typed: str, proposed: AnswerMigration) -> AnswerMigration:
    """The chosen step, or the proposed one where nothing known was chosen."""
    return AnswerMigration(typed) if typed in set(AnswerMigration) else proposed
