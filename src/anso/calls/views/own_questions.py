"""Officers ask what no other form asks: a question of their own beside the bank."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.forms.own_questions import own_question_specs, read_own_question
from anso.calls.models import BankQuestion, Call
from anso.calls.rules import may_change_questions
from anso.calls.views.attempts import Attempt, drawn_fields, try_to_save
from anso.calls.views.design import DESK
from anso.calls.views.questions import find_form
from anso.calls.wording import chair_of
from anso.calls.wording.rows import lists_beside
from anso.ui.drafts import PostedDraft, parts_of
from anso.ui.fields import shown_values


@login_required
@require_http_methods(DESK)
def ask(request: HttpRequest, reference: str, purpose: str) -> HttpResponse:
    """A new question: its words in each language, how it is answered, who sees the answer. What
    else it has is changed on its own page afterwards.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_change_questions(request.user, call, now, purpose=purpose).require()
    specs, tried = own_question_specs(find_form(call, purpose)[1], chair_of(call)), Attempt()
    shown = shown_values(specs)
    if request.method == "POST":
        key, tried = ask_it(request, call, purpose, specs)
        if key:
            messages.success(request, _("Added."))
            return redirect("calls:question", reference=reference, purpose=purpose, key=key)
        shown |= tried.posted.values if tried.posted else {}
    context = {
        "call": call,
        "heading": _("A question of our own"),
        "purpose": purpose,
        "beside": lists_beside(call, f"questions-{purpose}"),
        "fields": drawn_fields(specs, shown, tried),
        "error_list": list(tried.faults),
        "errors_heading": _("This could not be saved"),
    }
    return render(request, "calls/desk_own_question.html", context, status=tried.status)


def ask_it(
    request: HttpRequest, call: Call, purpose: str, specs: list[dict[str, Any]]
) -> tuple[str, Attempt]:
    """Ask the question that was typed; its key, or blank where something stands in the way."""
    made: list[str] = []

    def save(posted: PostedDraft) -> None:
        # A key of the bank is another question: answers are compared by it over the years.
        banked = BankQuestion.objects.values_list("key", flat=True)
        asked = find_form(call, purpose)[1].keys()
        question = read_own_question(posted.values, {*asked, *banked})
        actions.add_question(
            call=call,
            purpose=purpose,
            section=posted.values.get("section", ""),
            question=question,
            actor=request.user,
            now=timezone.now(),
        )
        made.append(question.key)

    tried = try_to_save(
        request, call, parts_of(specs), save, place=lambda facts: facts.get("field", "")
    )
    return "".join(made), tried
