"""A reviewer answers about the list of names: ticks on its pages, and then says what each tie is.

The pages are one form each. Every button keeps what is ticked before it leads on, also to another
page or a search, so that nothing is lost without script.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.review import actions, rules
from anso.review.forms import interest_choices
from anso.review.models import ListedName, Reviewer
from anso.review.queries.names import get_asked_about_names, names_declared, names_on_list
from anso.ui.ordering import in_reader_order
from anso.ui.question_fields import in_reader_language, sentence

PAGE_SIZE = 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: SignedInRequest, reference: str) -> HttpResponse:
    """One page of the list, or of what a search finds on it."""
    now = timezone.now()
    reviewer = get_asked_about_names(request.user, reference)
    if request.method == "POST":
        actions.tick_names(
            actor=request.user,
            reviewer=reviewer,
            shown=request.POST.get("shown", "").split(),
            ticked=request.POST.getlist("tick"),
            now=now,
        )
        return redirect(_where_to(request, reviewer))
    text = request.GET.get("text", "")[:100].strip()
    page = Paginator(_ordered(names_on_list(reviewer.call, text)), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    standing = names_declared(reviewer).filter(withdrawn_at__isnull=True)
    declared = {each.listed_id: each for each in standing}
    kept = {key for key, each in declared.items() if _is_kept(reviewer, each.declared_at)}
    context = _context(reviewer, _("Whom do you know?")) | {
        "page": page,
        "rows": [(each, each.pk in declared, each.pk in kept) for each in page],
        "shown": " ".join(each.reference for each in page),
        "numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1)),
        "text": text,
        "ticked": len(declared),
        "may": rules.may_answer_names(request.user, reviewer, now),
    }
    return render(request, "review/names.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declared(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was ticked, each with what it is; say that this is all, or take one back."""
    now = timezone.now()
    reviewer = get_asked_about_names(request.user, reference)
    error = ""
    if request.method == "POST":
        try:
            return _answered(request, reviewer)
        except BadInput as refusal:
            error = sentence(refusal.message)
    rows = [
        (
            each,
            request.POST.get(f"kind-{each.listed.reference}", each.kind),
            request.POST.get(f"year-{each.listed.reference}", each.last_year or ""),
            _is_kept(reviewer, each.declared_at),
            request.POST.get(f"because-{each.listed.reference}", ""),
        )
        for each in names_declared(reviewer)
    ]
    context = _context(reviewer, _("Your ties")) | {
        "rows": rows,
        "kinds": interest_choices(),
        "error": error,
        "typed": request.POST,
        "may": rules.may_answer_names(request.user, reviewer, now),
    }
    return render(request, "review/declared_names.html", context, status=422 if error else 200)


def _answered(request: SignedInRequest, reviewer: Reviewer) -> HttpResponse:
    now, act = timezone.now(), request.POST.get("act", "")
    if act.startswith("withdraw-"):
        chosen = act.removeprefix("withdraw-")
        found = names_declared(reviewer).filter(listed__reference=chosen).first()
        if found is None:
            raise Http404("no such tie")
        actions.withdraw_name(
            actor=request.user,
            declared=found,
            because=request.POST.get(f"because-{chosen}", ""),
            now=now,
        )
        messages.success(request, _("That was withdrawn; an officer looks at it."))
        return redirect("review:declared_names", reference=reviewer.reference)
    ties = {
        each.listed.reference: (
            request.POST.get(f"kind-{each.listed.reference}", each.kind),
            _year(request.POST.get(f"year-{each.listed.reference}", ""), each.listed),
        )
        for each in names_declared(reviewer).filter(withdrawn_at__isnull=True)
    }
    actions.answer_names(actor=request.user, reviewer=reviewer, ties=ties, now=now)
    messages.success(
        request, _("Thank you. You are given nothing that concerns those whom you ticked.")
    )
    return redirect("review:assignments")


def _year(typed: str, listed: ListedName) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isdecimal() or len(typed.strip()) > 4:
        raise BadInput(gettext_noop("%(name)s: write the year as a number."), name=listed.name)
    return int(typed.strip())


def _where_to(request: SignedInRequest, reviewer: Reviewer) -> str:
    """Where the button leads that was pressed, once the page is kept."""
    go = request.POST.get("go", "")
    if go == "finish":
        return reverse("review:declared_names", args=[reviewer.reference])
    asked = {"text": request.POST.get("text", "")[:100].strip()}
    if go.isdecimal() and len(go) < 6:
        asked |= {"text": request.POST.get("searched", "")[:100].strip(), "page": go}
    query = urlencode({key: value for key, value in asked.items() if value})
    page = reverse("review:names", args=[reviewer.reference])
    return f"{page}?{query}" if query else page


def _is_kept(reviewer: Reviewer, declared_at: dt.datetime) -> bool:
    """Whether it was said when they answered: then it is taken back with a reason alone."""
    answered = reviewer.names_answered_at
    return answered is not None and declared_at <= answered


def _ordered(found: list[ListedName]) -> list[ListedName]:
    """People first, then organisations, each by name as the reader's language orders them."""
    named = in_reader_order(found, lambda each: each.name)
    return sorted(named, key=lambda each: each.is_organisation)


def _context(reviewer: Reviewer, heading: str) -> dict[str, Any]:
    return {
        "heading": heading,
        "subheading": in_reader_language(reviewer.call.title),
        "crumbs": [(_("Your reviews"), reverse("review:assignments")), (heading, "")],
        "reviewer": reviewer,
    }
