"""What reviewers wrote for applicants: the officer releases it, the applicant reads and answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anso.accounts.middleware import SignedInRequest
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for
from anso.calls.queries.steps import step_closes_at
from anso.calls.wording import chair_of, desk_crumbs, judging_words
from anso.directory.wording import country_choices
from anso.kernel.drafts import Merge
from anso.kernel.errors import BadInput, Stale
from anso.kernel.reasons import uncut
from anso.kernel.verdict import Refused
from anso.questionnaires.queries import form_of
from anso.review import actions, rules
from anso.review.actions.rebutting import CHANGED_ELSEWHERE
from anso.review.models import Rebuttal
from anso.review.queries.rebuttals import (
    applications_listed,
    applications_to_answer,
    get_own_rebuttal_for,
    get_rebuttal_step,
    rebuttals_of,
    reviews_with_words,
)
from anso.ui.drafts import draft_base, merge_reply, parts_of, read_draft, two_texts_of
from anso.ui.fields import error_list, fields_for, read_json, read_values, shown_values
from anso.ui.question_fields import field_specs_for, in_reader_language, sentence
from anso.ui.refusals import words_of_refusal

LONGEST_ENTRY = 40_000


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: SignedInRequest, reference: str) -> HttpResponse:
    """The officer's list: what every applicant will read, and what they answered; one button
    releases all of it together.
    """
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    if request.method == "POST":
        if request.POST.get("act") == "read":
            _read_words(request, call, now)
            return redirect("review:answers", reference=reference)
        try:
            made = actions.release_words(actor=request.user, call=call, now=now)
            done = ngettext(
                "%(n)d person can read it now and answer.",
                "%(n)d people can read it now and answer.",
                len(made),
            )
            messages.success(request, done % {"n": len(made)})
        except BadInput as refusal:
            messages.error(request, words_of_refusal(refusal))
        return redirect("review:answers", reference=reference)
    context = {
        "heading": _("Answers to reviewers"),
        "call": call,
        "crumbs": desk_crumbs(call, _("Answers to reviewers")),
        "verdict": rules.may_release_words(request.user, call, now),
        **_listed(call, now),
    }
    return render(request, "review/desk_answers.html", context)


def _read_words(request: SignedInRequest, call: Call, now: dt.datetime) -> None:
    """Take down which words the officer has read, in the words that stand in the fields."""
    ticked = set(request.POST.getlist("read"))
    step = get_rebuttal_step(call, now)
    applications = list(applications_to_answer(step)) if step else []
    numbers = {each.pk: each.number for each in applications}
    reviews = reviews_with_words(step, applications) if step else {}
    texts = {
        each.pk: request.POST.get(f"words-{each.pk}", each.comment_for_applicant)
        for key, own in reviews.items()
        if "all" in ticked or numbers[key] in ticked
        for each in own
    }
    if not texts:
        messages.error(request, _("Tick the words that you have read."))
        return
    actions.read_words(actor=request.user, call=call, texts=texts, now=now)
    messages.success(request, _("Kept. It is read so once you release it."))


def _listed(call: Call, now: dt.datetime) -> dict[str, Any]:
    step = get_rebuttal_step(call, now)
    if step is None:
        return {"step": None, "rows": []}
    applications, known = list(applications_listed(step)), rebuttals_of(step)
    reviews = reviews_with_words(step, applications)
    rows = [
        {
            "application": each,
            "words": known[each.pk].words if each.pk in known else [],
            "reviews": [] if each.pk in known else reviews.get(each.pk, []),
            "is_read": all(said.is_read for said in reviews.get(each.pk, ())),
            "rebuttal": known.get(each.pk),
            "url": reverse("review:application_assignments", args=[call.reference, each.number]),
        }
        for each in applications
    ]
    open_rows = [row for row in rows if row["reviews"]]
    return {
        "step": step,
        "rows": rows,
        "waiting": len(open_rows),
        "unread": sum(not row["is_read"] for row in open_rows),
        "closes_at": step_closes_at(step),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rebuttal(request: SignedInRequest, reference: str) -> HttpResponse:
    """The applicant reads what reviewers wrote and answers, kept while it is typed."""
    now = timezone.now()
    found = get_own_rebuttal_for(request.user, reference)
    if request.method == "POST":
        return _take_answer(request, found, now)
    return _page(request, found, now)


def _take_answer(request: SignedInRequest, found: Rebuttal, now: dt.datetime) -> HttpResponse:
    """Keep what was changed on the page, then send it; or show what is missing, or was not seen."""
    specs = _specs(found, {}, {})
    posted = read_draft(read_values(specs, request.POST), request.POST, found.revision)
    try:
        saved = actions.save_rebuttal_draft(
            actor=request.user,
            rebuttal=found,
            changes=posted.changes,
            base_revision=posted.base,
            now=now,
        )
        if saved.disputed or saved.unseen or posted.unseen:
            return _page(request, found, now, merge=saved, status=409)
        actions.answer_reviewers(
            actor=request.user, rebuttal=found, base_revision=saved.revision, now=now
        )
    except Stale as stale:  # another tab saved between the two steps above
        messages.warning(request, sentence(stale.message))
        return redirect("review:rebuttal", reference=found.reference)
    except Refused as refusal:
        problems = {
            str(reason.facts.get("key", "")): str(reason) for reason in refusal.verdict.reasons
        }
        typed = dict(found.answers) | posted.changes
        status = 422 if all(problems) else 403
        return _page(request, found, now, problems=problems, typed=typed, status=status)
    messages.success(
        request, _("Your answer is in. You can send it again until the days are over.")
    )
    return redirect("review:rebuttal", reference=found.reference)


def _specs(found: Rebuttal, values: Any, problems: Any) -> list[dict[str, Any]]:
    questions = tuple(form_of(found.form_version).questions())
    places = tuple(country_choices(get_language() or "en"))
    chair = chair_of(found.application.call)
    return field_specs_for(questions, values, problems, lambda: places, chair)


def _page(
    request: SignedInRequest, found: Rebuttal, now: dt.datetime, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The reviewers' words above the form; both texts where two tabs wrote one answer."""
    problems = more.get("problems") or {}
    specs = _specs(found, more.get("typed") or found.answers, problems)
    merge: Merge | None = more.get("merge")
    disputed = {key: both.yours for key, both in merge.disputed.items()} if merge else {}
    is_unseen = merge is not None and (merge.unseen or not merge.disputed)
    general = [{"key": "", "message": problems[""]}] if "" in problems else []
    application = found.application
    context = {
        "heading": _("Answer your reviewers"),
        "subheading": f"{application.number} · {in_reader_language(application.call.title)}",
        "crumbs": [
            (application.number, reverse("applications:detail", args=[application.reference])),
            (_("Answer"), ""),
        ],
        "rebuttal": found,
        "call": application.call,
        "judging": judging_words(application.call),
        "verdict": rules.may_answer_reviewers(request.user, found, now),
        "fields": fields_for(specs),
        "typed": [field for field in specs if field["value"]],
        "error_list": general + error_list(specs),
        "closes_at": step_closes_at(found.step),
        "draft": draft_base(found.revision, shown_values(specs)),
        "two_texts": two_texts_of(parts_of(specs), disputed, disputed),
        "changed_elsewhere": is_unseen and _(CHANGED_ELSEWHERE),
    }
    return render(request, "review/rebuttal.html", context, status=status)


@login_required
@require_POST
def rebuttal_draft(request: SignedInRequest, reference: str) -> HttpResponse:
    """Autosave of an answer that is being written."""
    now = timezone.now()
    found = get_own_rebuttal_for(request.user, reference)
    content = read_json(request)
    fields, base = content.get("fields"), content.get("base")
    if not isinstance(fields, dict):
        return JsonResponse({"reason": _("This could not be read.")}, status=400)
    try:
        saved = actions.save_rebuttal_draft(
            actor=request.user,
            rebuttal=found,
            changes={key: uncut(str(value), LONGEST_ENTRY) for key, value in fields.items()},
            base_revision=base if isinstance(base, int) else found.revision,
            now=now,
        )
    except BadInput as refusal:
        return JsonResponse({"reason": sentence(refusal.message)}, status=400)
    except Refused as refusal:
        return JsonResponse({"reason": str(refusal)}, status=403)
    reply = {
        "saved_at": now.isoformat(),
        "receipt": f"{found.reference[:4]}-{saved.revision}",
    } | merge_reply(saved)
    return JsonResponse(reply, status=409 if saved.disputed else 200)
