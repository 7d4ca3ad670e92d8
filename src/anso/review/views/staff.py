"""The officer's desk for reviews: who reviews, who judges what, how far they are."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anso.applications.models import Application
from anso.applications.queries.desk import CountedPaginator
from anso.calls.models import Call
from anso.calls.queries import desk_crumbs, get_desk_call_for, get_terms
from anso.directory.models import Person
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.wording import gettext_noop
from anso.review import actions, rules
from anso.review.models import Assignment, Reviewer
from anso.review.queries import (
    CONFLICT_TEXTS,
    ReviewProgress,
    applications_to_review,
    assignments_of_call,
    conflicts_between,
    get_conflict_facts,
    get_review_progress,
    get_reviews_close_at,
    loads_after,
    propose_assignments,
    reviewers_of_call,
)
from anso.review.views import SignedInRequest
from anso.ui.asked import sentence

DEFAULT_WEEKS = 3
PAGE_SIZE = 100
SHOWN = ("number", "full_name", "title", "level", "applicant__full_name")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reviewers(request: SignedInRequest, reference: str) -> HttpResponse:
    """Everybody asked to review in this call, with their load; invite another, release one."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    error = ""
    if request.method == "POST":
        try:
            _change_reviewers(request, call, now)
            return redirect("review:reviewers", reference=call.reference)
        except (BadInput, StaleTransition) as refusal:
            error = sentence_of(refusal)
    context = _desk(call, _("Reviewers"), now) | {
        "loads": reviewers_of_call(call, now),
        "error": error,
        "typed": request.POST,
        "may": rules.may_invite_reviewers(request.user, call, now),
    }
    return render(request, "review/desk_reviewers.html", context, status=422 if error else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_assignments(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every eligible application with its reviews; remind late reviewers."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    if request.method == "POST":
        late = assignments_of_call(call).filter(state__in=["assigned", "accepted"], due_at__lt=now)
        try:
            count = actions.remind_reviewers(actor=request.user, call=call, assignments=late, now=now)
            messages.success(request, ngettext("%d reminder waits in the outbox.", "%d reminders wait in the outbox.", count) % count)
        except BadInput as refusal:
            messages.error(request, sentence(refusal.message))
        return redirect("review:call_assignments", reference=call.reference)
    needed = get_terms(call).rubric.reviews_each
    only, text = request.GET.get("only", ""), request.GET.get("text", "")[:100].strip()
    progress, listed = get_review_progress(call, now), applications_to_review(call)
    found = _narrowed(listed, only, text, needed=needed, now=now)
    chips = _chips(progress, only)
    count = found.count() if text else next(chip["count"] for chip in chips if chip["is_current"])
    rows = listed.select_related(None).select_related("applicant").only(*SHOWN).order_by()
    may = rules.may_assign_reviewers(request.user, call, now)
    primary = {"label": _("Propose assignments"), "url": reverse("review:propose", args=[call.reference])}
    context = _desk(call, _("Assignments"), now, progress) | {
        "page": CountedPaginator(found, count, rows=rows, per_page=PAGE_SIZE).get_page(request.GET.get("page") or 1),
        "needed": needed,
        "chips": chips,
        "text": text,
        "kept": [("only", only)] if only else [],
        "levels": {level.key: level.label for level in get_terms(call).levels},
        "may": may,
        "primary": primary if may else None,
        "secondary": [{"label": _("Reviewers"), "url": reverse("review:reviewers", args=[call.reference])}],
    }
    return render(request, "review/desk_assignments.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """A dry run of assigning everything that is missing; the officer looks and carries it out."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_assign_reviewers(request.user, call, now).require()
    proposal = propose_assignments(call, now)
    if request.method == "POST" and request.POST.get("seen") != proposal.digest:
        messages.warning(request, _("Something changed since you looked. Look at the new proposal before you assign."))
    elif request.method == "POST":
        try:
            due_at = _due_at(request, call, now)
            made = actions.assign_reviewers(actor=request.user, call=call, pairs=proposal.pairs, due_at=due_at, now=now)
        except BadInput as refusal:
            messages.error(request, sentence(refusal.message))
            return redirect("review:propose", reference=call.reference)
        messages.success(request, ngettext("%d review was assigned.", "%d reviews were assigned.", len(made)) % len(made))
        return redirect("review:call_assignments", reference=call.reference)
    after = loads_after(proposal, call)
    loads = [(load, after[load.reviewer.pk]) for load in reviewers_of_call(call, now) if load.reviewer.state == "accepted"]
    context = _desk(call, _("Proposed assignments"), now) | {
        "proposal": proposal,
        "shown": proposal.pairs[:PAGE_SIZE],
        "loads": loads,
        "due_on": _default_due(call, now).date(),
    }
    return render(request, "review/desk_propose.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def application_assignments(request: SignedInRequest, reference: str, number: str) -> HttpResponse:
    """The reviewers of one application: add, take back, remind; conflicts stand beside every name."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    application = Application.objects.filter(call=call, number=number).select_related("applicant").first()
    if application is None:
        raise Http404("no such application in this call")
    if request.method == "POST":
        try:
            messages.success(request, _change_assignments(request, call, application, now))
        except (BadInput, StaleTransition) as refusal:
            messages.error(request, sentence_of(refusal))
        return redirect("review:application_assignments", reference=call.reference, number=application.number)
    held = list(application.assignments.select_related("reviewer__person", "review").prefetch_related("review__scores").order_by("id"))
    context = _desk(call, _("Reviews of %(number)s") % {"number": application.number}, now) | {
        "application": application,
        "held": held,
        "free": _free_reviewers(call, application, {each.reviewer_id for each in held}, now),
        "due_on": _default_due(call, now).date(),
        "criteria": get_terms(call).rubric.criteria,
        "may": rules.may_assign_reviewers(request.user, call, now),
        "subheading": application.title,
    }
    above = (_("Assignments"), reverse("review:call_assignments", args=[call.reference]))
    context["crumbs"] = desk_crumbs(call, application.number, above)
    return render(request, "review/desk_application.html", context)


def _desk(call: Call, heading: str, now: dt.datetime, progress: ReviewProgress | None = None) -> dict[str, Any]:
    return {
        "heading": heading,
        "call": call,
        "progress": progress or get_review_progress(call, now),
        "crumbs": desk_crumbs(call, heading),
        "closes_at": get_reviews_close_at(call),
        "now": now,
    }


def _change_reviewers(request: SignedInRequest, call: Call, now: dt.datetime) -> None:
    if request.POST.get("act") == "release":
        reviewer = Reviewer.objects.filter(call=call, reference=request.POST.get("reviewer", "")).first()
        if reviewer is None:
            raise Http404("no such reviewer in this call")
        actions.release_reviewer(actor=request.user, reviewer=reviewer, now=now)
        messages.success(request, _("The invitation was taken back."))
        return
    email = request.POST.get("email", "").strip()
    person = Person.objects.filter(account__email__iexact=email).select_related("account").first()
    if person is None:
        text = gettext_noop("Nobody with the address %(email)s has an account. Ask them to make one; then invite them here.")
        raise BadInput(text, email=email)
    capacity = request.POST.get("capacity", "")
    actions.invite_reviewer(actor=request.user, call=call, person=person, capacity=int(capacity) if capacity.isdecimal() else 0, now=now)
    messages.success(request, _("The invitation waits in the outbox."))


def sentence_of(refusal: BadInput | StaleTransition) -> str:
    """What went wrong in the reader's words; a stale page says so."""
    return sentence(refusal.message) if isinstance(refusal, BadInput) else _("This has changed since you looked. Look again.")


def _change_assignments(request: SignedInRequest, call: Call, application: Application, now: dt.datetime) -> str:
    act = request.POST.get("act", "")
    if act == "assign":
        reviewer = Reviewer.objects.filter(call=call, reference=request.POST.get("reviewer", "")).select_related("person__account").first()
        if reviewer is None:
            raise BadInput(gettext_noop("Choose a reviewer."))
        actions.assign_reviewer(actor=request.user, application=application, reviewer=reviewer, due_at=_due_at(request, call, now), now=now)
        return _("The reviewer was asked.")
    found = application.assignments.filter(reference=request.POST.get("assignment", "")).select_related("reviewer__person__account").first()
    if found is None or act not in {"cancel", "remind"}:
        raise Http404("no such assignment of this application")
    if act == "cancel":
        actions.cancel_assignment(actor=request.user, assignment=found, now=now)
        return _("The assignment was taken back.")
    written = actions.remind_reviewers(actor=request.user, call=call, assignments=[found], now=now)
    return _("The reminder waits in the outbox.") if written else _("This reviewer was reminded today already.")


def _narrowed(found: QuerySet[Application], only: str, text: str, *, needed: int, now: dt.datetime) -> QuerySet[Application]:
    filters = {"short": Q(review_standing__lt=needed), "waiting": Q(review_submitted__lt=needed), "enough": Q(review_submitted__gte=needed)}
    if only == "late":
        late = Assignment.objects.filter(state__in=["assigned", "accepted"], due_at__lt=now)
        found = found.filter(pk__in=late.values("application_id"))
    elif only in filters:
        found = found.filter(filters[only])
    return found.filter(Q(search_text__icontains=text) | Q(number__icontains=text)) if text else found


def _chips(progress: ReviewProgress, only: str) -> list[dict[str, Any]]:
    choices = (
        ("", _("All"), progress.applications),
        ("short", _("Too few reviewers"), progress.short),
        ("waiting", _("Reviews missing"), progress.waiting),
        ("late", _("Late"), progress.late_applications),
        ("enough", _("Enough reviews"), progress.enough),
    )
    current = only if only in {key for key, _label, _count in choices} else ""
    return [
        {"label": label, "url": f"?only={key}" if key else "?", "count": count, "is_current": key == current}
        for key, label, count in choices
    ]


def _free_reviewers(call: Call, application: Application, taken: set[int], now: dt.datetime) -> list[dict[str, Any]]:
    loads = [load for load in reviewers_of_call(call, now) if load.reviewer.state == "accepted" and load.reviewer.pk not in taken]
    facts = get_conflict_facts([load.reviewer.person for load in loads], [application], now.date())
    rows = []
    for load in loads:
        conflicts = conflicts_between(load.reviewer.person, application, facts)
        fits = (application.answers.get("subject") or {}).get("value") in {each.subject for each in load.reviewer.person.expertise.all()}
        rows.append({"load": load, "conflicts": [CONFLICT_TEXTS[code] for code in conflicts], "is_fit": fits})
    return sorted(rows, key=lambda row: (bool(row["conflicts"]), not row["load"].room, not row["is_fit"], -row["load"].room))


def _default_due(call: Call, now: dt.datetime) -> dt.datetime:
    soon = now + dt.timedelta(weeks=DEFAULT_WEEKS)
    closes_at = get_reviews_close_at(call)
    return (min(soon, closes_at - dt.timedelta(minutes=1)) if closes_at else soon).astimezone(ZoneInfo(call.zone))


def _due_at(request: SignedInRequest, call: Call, now: dt.datetime) -> dt.datetime:
    """The end of the day that the officer chose, in the call's zone."""
    try:
        chosen = dt.date.fromisoformat(request.POST.get("due_on", ""))
    except ValueError:
        return _default_due(call, now)
    due = dt.datetime.combine(chosen, dt.time(23, 59), ZoneInfo(call.zone))
    closes_at = get_reviews_close_at(call)
    if closes_at is not None and due >= closes_at:
        raise BadInput(gettext_noop("The date for the reviews lies after the day on which reviews close."))
    if due < now:
        raise BadInput(gettext_noop("The date for the reviews lies in the past."))
    return due
