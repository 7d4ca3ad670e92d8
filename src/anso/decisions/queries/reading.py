"""Reading runs, placements and decisions, narrowed to what the reader may see. Applicants see a
decision only once it is released.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.desk import found_by
from anso.calls.models import Call
from anso.calls.queries import (
    calls_chaired_by,
    calls_managed_by,
    calls_on_desk_of,
    get_desk_call_for,
)
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.kernel.todo import TodoItem
from anso.review.models import Review
from anso.ui.question_fields import in_reader_language


def runs_of(call: Call) -> QuerySet[SelectionRun]:
    """All runs of a call, the newest first, without their heavy records."""
    return SelectionRun.objects.filter(call=call).defer("record").order_by("-number")


def get_desk_run_for(
    account: Account, reference: str, number: int | None, now: dt.datetime
) -> tuple[Call, SelectionRun | None]:
    """The call and one of its runs (the newest without a number) for officers, the chair and
    auditors; Http404 for everybody else.
    """
    call = get_desk_call_for(account, reference, now)
    found = runs_of(call)
    run = found.filter(number=number).first() if number else found.first()
    if number and run is None:
        raise Http404("no such run")
    return call, run


def placements_of(
    run: SelectionRun, *, level: str = "", result: str = "", text: str = ""
) -> QuerySet[Placement]:
    """The places of a run by rank, narrowed by level, result ("drawn": those whom only the draw
    decided) or a part of name or number.
    """
    found = (
        Placement.objects.filter(run=run)
        .select_related("application__applicant", "application__country")
        .order_by("rank", "id")
    )
    if level:
        found = found.filter(application__category=level)
    if result == "drawn":
        found = found.filter(facts__is_drawn=True)
    elif result:
        found = found.filter(result=result)
    if text.strip():
        matching = found_by(Application.objects.filter(call_id=run.call_id), text)
        found = found.filter(application__in=matching.order_by().values("pk"))
    return found


def placements_behind(decisions: Iterable[Decision]) -> dict[int, Placement]:
    """The placement that each decision rests on, by application, in one query."""
    pairs = [(decision.run_id, decision.application_id) for decision in decisions]
    found = Placement.objects.filter(
        run_id__in={run for run, _ in pairs},
        application_id__in=[application for _, application in pairs],
    )
    return {place.application_id: place for place in found}


def count_reviews_since(run: SelectionRun) -> int:
    """Reviews of the call that came in or were revised after the run was computed."""
    return Review.objects.filter(
        assignment__application__call_id=run.call_id, submitted_at__gt=run.computed_at
    ).count()


def decisions_visible_to(account: Account, now: dt.datetime) -> QuerySet[Decision]:
    """Officers, the chair and auditors see all decisions of their calls; an applicant their own,
    once released.
    """
    if account.pk is None:
        return Decision.objects.none()
    desk = calls_on_desk_of(account, now)
    own = Q(application__applicant__account_id=account.pk, state="released")
    return Decision.objects.filter(Q(application__call__in=desk.order_by()) | own).select_related(
        "application__call", "run"
    )


def get_decision_shown_to(account: Account, application_reference: str) -> Decision:
    """The released decision about the reader's own application; Http404 otherwise, so that nothing
    shows before release.
    """
    own = Decision.objects.filter(
        application__reference=application_reference,
        application__applicant__account_id=account.pk,
        state="released",
    )
    found = (
        own.select_related("application__call", "application__applicant", "run").first()
        if account.pk
        else None
    )
    if found is None:
        raise Http404("no decision to show")
    return found


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Selections that wait for this chair, and confirmed ones that wait for this officer's
    release.
    """
    waiting = (
        SelectionRun.objects.filter(state__in=["proposed", "confirmed"])
        .defer("record")
        .select_related("call")
    )
    managed = set(calls_managed_by(account, now).order_by().values_list("pk", flat=True))
    chaired = set(calls_chaired_by(account, now).values_list("pk", flat=True))
    items = []
    for run in waiting.order_by("id"):
        if run.state == "proposed" and run.call_id in chaired:
            items.append(_confirm_item(run))
        elif run.state == "confirmed" and run.call_id in managed:
            items.append(_release_item(run))
    return items


def _confirm_item(run: SelectionRun) -> TodoItem:
    why = _("You chair the panel of %(call)s.") % {"call": in_reader_language(run.call.title)}
    return TodoItem(None, _("Confirm the selection"), why, _ranking_url(run), "attn")


def _release_item(run: SelectionRun) -> TodoItem:
    why = _("The chair confirmed %(call)s.") % {"call": in_reader_language(run.call.title)}
    return TodoItem(None, _("Release the decisions"), why, _ranking_url(run), "act")


def _ranking_url(run: SelectionRun) -> str:
    return reverse("decisions:ranking", args=[run.call.reference])
