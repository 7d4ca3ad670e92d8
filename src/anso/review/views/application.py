"""The officer's desk for the reviews of one application: who reviews it, and who could."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.applications.models import Application
from anso.applications.queries import submitted_facts_of
from anso.applications.queries.readers import audiences_of
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for
from anso.calls.wording import desk_crumbs, judging_words
from anso.governance.queries import alliance_day
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.questions import Meaning
from anso.kernel.terms import Strictness
from anso.kernel.typed_times import read_day
from anso.kernel.verdict import Verdict
from anso.kernel.wording import gettext_noop
from anso.review import actions, rules
from anso.review.models import Assignment, Reviewer
from anso.review.queries import (
    ConflictFacts,
    ReviewerLoad,
    ReviewRound,
    conflict_answers_of,
    findings_between,
    get_conflict_facts,
    get_review_step,
    review_rounds,
    reviewers_of_call,
)
from anso.review.queries.reading import IN_FORCE, OPEN
from anso.review.views.desk import default_due_on, desk_context, read_due
from anso.review.wording import answers_in_words
from anso.review.wording.ties import conflict_words, tie_words
from anso.ui.refusals import words_of_refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def application_assignments(request: SignedInRequest, reference: str, number: str) -> HttpResponse:
    """The reviewers of one application: add, take back, remind; conflicts stand beside every
    name.
    """
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    application = (
        Application.objects.filter(call=call, number=number).select_related("applicant").first()
    )
    if application is None:
        raise Http404("no such application in this call")
    status = 200
    if request.method == "POST":
        try:
            messages.success(request, _change_assignments(request, call, application, now))
            return redirect(
                "review:application_assignments", reference=reference, number=application.number
            )
        except (BadInput, StaleTransition) as refusal:
            status = 422
            messages.error(request, words_of_refusal(refusal))
    rounds = review_rounds(application)
    present = get_review_step(call, now)
    taken = {
        each.reviewer_id for found in rounds if found.step == present for each in found.assignments
    }
    context = desk_context(
        call, _("Reviews of %(number)s") % {"number": application.number}, now
    ) | {
        "application": application,
        "judging": judging_words(call),
        "rounds": _rounds_with_acts(request, rounds, now),
        "rebuttals": answers_in_words(application, audiences_of(request.user, call, now), now),
        "free": _free_reviewers(call, application, taken, now),
        "ties": _ties_of_assigned(application, rounds, now),
        "answered": [
            (each, conflict_words(each.code)) for each in conflict_answers_of(application)
        ],
        "typed": request.POST,
        "due_on": default_due_on(call, now),
        "may": rules.may_assign_reviewers(request.user, call, now),
        "may_manage": rules.may_remind_reviewers(request.user, call, now),
        "subheading": application.title,
    }
    above = (_("Assignments"), reverse("review:call_assignments", args=[call.reference]))
    context["crumbs"] = desk_crumbs(call, application.number, above)
    context["has_questions"] = any(row["questions"] for row in context["free"])
    return render(request, "review/desk_application.html", context, status=status)


def _change_assignments(
    request: SignedInRequest, call: Call, application: Application, now: dt.datetime
) -> str:
    act, because = request.POST.get("act", ""), request.POST.get("because", "")
    if act in {"assign", "conflict"}:
        reviewer = _chosen_reviewer(request, call)
        if act == "conflict":
            actions.answer_conflict(
                actor=request.user,
                application=application,
                reviewer=reviewer,
                is_conflict=True,
                because=because,
                now=now,
            )
            return _("That it is a conflict was written down; they are not given the file.")
        actions.assign_reviewer(
            actor=request.user,
            application=application,
            reviewer=reviewer,
            due_at=read_due(request, call, now),
            because=because,
            now=now,
        )
        return _("The reviewer was asked.")
    found = (
        application.assignments.filter(reference=request.POST.get("assignment", ""))
        .select_related("reviewer__person__account")
        .first()
    )
    if found is None or act not in {"cancel", "remind", "remove", "extend"}:
        raise Http404("no such assignment of this application")
    if act == "extend":
        typed = request.POST.get("until_on", "").strip()
        actions.extend_assignment(
            actor=request.user, assignment=found, due_on=read_day(typed), because=because, now=now
        )
        return _("The reviewer has more time and is told why.")
    if act == "remove":
        actions.remove_for_conflict(actor=request.user, assignment=found, because=because, now=now)
        return _("The file was taken from the reviewer, with the reason in the record.")
    if act == "cancel":
        actions.cancel_assignment(actor=request.user, assignment=found, now=now)
        return _("The assignment was taken back.")
    written = actions.remind_reviewers(actor=request.user, call=call, assignments=[found], now=now)
    return (
        _("The reminder waits in the outbox.")
        if written
        else _("This reviewer was reminded today already.")
    )


def _rounds_with_acts(
    request: SignedInRequest, rounds: list[ReviewRound], now: dt.datetime
) -> list[tuple[ReviewRound, list[tuple[Assignment, set[str], Verdict | None]]]]:
    return [(each, [_with_acts(request, one, now) for one in each.assignments]) for each in rounds]


def _with_acts(
    request: SignedInRequest, found: Assignment, now: dt.datetime
) -> tuple[Assignment, set[str], Verdict | None]:
    """One assignment with what the reader may do about it and, where the review is wanted and gets
    no more time, why.
    """
    if found.state not in IN_FORCE:
        return found, set(), None
    is_open = found.state in OPEN
    extending = rules.may_extend_assignment(request.user, found, now) if is_open else None
    may = {
        "cancel": is_open and rules.may_take_back(request.user, found, now),
        "extend": extending,
        "remove": rules.may_remove_for_conflict(request.user, found, now),
    }
    return found, {act for act, verdict in may.items() if verdict}, extending


def _chosen_reviewer(request: SignedInRequest, call: Call) -> Reviewer:
    chosen = Reviewer.objects.filter(call=call, reference=request.POST.get("reviewer", ""))
    reviewer = chosen.select_related("person__account").first()
    if reviewer is None:
        raise BadInput(gettext_noop("Choose a reviewer."))
    return reviewer


def _free_reviewers(
    call: Call, application: Application, taken: set[int], now: dt.datetime
) -> list[dict[str, Any]]:
    """Who could still be asked, best first: no conflict, room, the right subject."""
    loads = [
        load
        for load in reviewers_of_call(call, now)
        if load.reviewer.state == "accepted" and load.reviewer.pk not in taken
    ]
    facts = get_conflict_facts(
        [load.reviewer.person for load in loads], [application], alliance_day(now)
    )
    submitted = submitted_facts_of([application]).get(application.pk, {})
    rows = [_free_row(load, application, facts, submitted) for load in loads]
    return sorted(
        rows,
        key=lambda row: (
            bool(row["conflicts"]),
            bool(row["questions"]),
            not row["load"].room,
            not row["is_fit"],
            -row["load"].room,
        ),
    )


def _ties_of_assigned(
    application: Application, rounds: list[ReviewRound], now: dt.datetime
) -> list[tuple[int, str]]:
    """What is known by now of those who have the file, each tie with its assignment."""
    given = [each for found in rounds for each in found.assignments if each.state in IN_FORCE]
    people = [each.reviewer.person for each in given]
    facts = get_conflict_facts(people, [application], alliance_day(now))
    return [
        (each.pk, tie_words(tie))
        for each in given
        for tie in findings_between(each.reviewer.person, application, facts)
    ]


def _free_row(
    load: ReviewerLoad,
    application: Application,
    facts: ConflictFacts,
    submitted: Mapping[str, Any],
) -> dict[str, Any]:
    """A reviewer beside an application: conflicts and questions in words, whether an officer found
    one to be a conflict, and whether it is their subject.
    """
    person = load.reviewer.person
    expertise = submitted.get(Meaning.EXPERTISE, ())
    wanted = {expertise} if isinstance(expertise, str) else set(expertise)
    ties = findings_between(person, application, facts)
    barred = [each for each in ties if each.strictness is Strictness.HARD and not each.is_answered]
    return {
        "load": load,
        "conflicts": [tie_words(each) for each in barred],
        "questions": [tie_words(each) for each in ties if each not in barred],
        "is_found": any(each.is_answered for each in ties),
        "is_fit": not wanted.isdisjoint(each.subject for each in person.expertise.all()),
    }
