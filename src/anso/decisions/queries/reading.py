"""Reading runs, placements and decisions, narrowed to what the reader may see. Applicants see a
decision only once it is released.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.desk import found_by
from anso.applications.queries.windows import standing_for
from anso.calls.models import Call, Step
from anso.calls.queries import (
    calls_confirmed_by,
    calls_managed_by,
    calls_on_desk_of,
    get_desk_call_for,
    get_terms,
    is_conferred,
    judging_body_of,
)
from anso.calls.queries.bodies import calls_proposed_by, presiding_on
from anso.calls.queries.steps import rubric_of, step_closes_at, steps_of_block
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.decisions.queries.ranking_steps import find_ranking_step
from anso.governance.queries import alliance_day
from anso.review.models import Review
from anso.review.queries.own_days import still_awaited

BESIDE_REVIEWS = ("below", "adjusted")
NO_SCORE = "none"
SCORES_BETWEEN = re.compile(r"(-?[0-9]{1,4})?\.\.(-?[0-9]{1,4})?")


def runs_of(call: Call, step: Step | None) -> QuerySet[SelectionRun]:
    """All runs of one step of a call, the newest first, without their heavy records."""
    found = SelectionRun.objects.filter(call=call, step=step).select_related("step__call")
    return found.defer("record").order_by("-number")


def get_desk_run_for(
    account: Account, reference: str, number: int | None, now: dt.datetime, step: str = ""
) -> tuple[Call, SelectionRun | None]:
    """The call and one of its runs (the newest without a number, of the step that is decided next
    without the key of one) for officers, the chair and auditors; Http404 for everybody else.
    """
    call = get_desk_call_for(account, reference, now)
    wanted = find_ranking_step(call, step)
    if step and wanted is None:
        raise Http404("no such step")
    found = runs_of(call, wanted)
    run = found.filter(number=number).first() if number else found.first()
    if number and run is None:
        raise Http404("no such run")
    return call, run


def placements_of(
    run: SelectionRun, *, level: str = "", result: str = "", text: str = "", score: str = ""
) -> QuerySet[Placement]:
    """The places of a run by rank, narrowed by level, result ("drawn": those whom only the draw
    decided; "below": those below the least mean; "adjusted": those whom the panel moved), a part
    of name or number, or the score ("none", or "3..4" for three and more, less than four; either
    end may be open).
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
    elif result in BESIDE_REVIEWS:
        found = found.filter(facts__has_key=result)
    elif result:
        found = found.filter(result=result)
    if text.strip():
        matching = found_by(Application.objects.filter(call_id=run.call_id), text)
        found = found.filter(application__in=matching.order_by().values("pk"))
    return found.filter(_scored(score))


def _scored(asked: str) -> Q:
    if asked == NO_SCORE:
        return Q(score__isnull=True)
    ends = SCORES_BETWEEN.fullmatch(asked)
    low, high = ends.groups() if ends else (None, None)
    found = Q(score__gte=int(low)) if low else Q()
    return found & Q(score__lt=int(high)) if high else found


def placements_behind(decisions: Iterable[Decision]) -> dict[int, Placement]:
    """The placement that each decision rests on, by application, in one query."""
    pairs = [(decision.run_id, decision.application_id) for decision in decisions]
    found = Placement.objects.filter(
        run_id__in={run for run, _ in pairs},
        application_id__in=[application for _, application in pairs],
    )
    return {place.application_id: place for place in found}


def positions_at_first(placement: Placement) -> Mapping[str, int]:
    """By group of places, the number in its list that somebody had when it was selected."""
    return {each["leaf"]: each["position"] for each in placement.facts.get("lists", ())}


def mean_that_counts(placement: Placement) -> Decimal | None:
    """The mean by which it was ranked: as those who judge moved it, else with the severity of
    reviewers evened out, else as the reviews gave it. None where nobody's review could be used.
    """
    moved = placement.facts.get("adjusted")
    counted = moved["after"] if moved else placement.facts.get("mean")
    return placement.score if counted is None else Decimal(counted)


def count_reviews_since(run: SelectionRun) -> int:
    """Reviews of the step that came in or were revised after the run was computed."""
    found = Review.objects.filter(assignment__step=run.step_id, submitted_at__gt=run.computed_at)
    return found.count()


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
    """The latest released decision about the reader's own application; Http404 otherwise, so that
    nothing shows before release.
    """
    own = Decision.objects.filter(
        application__reference=application_reference,
        application__applicant__account_id=account.pk,
        state="released",
    )
    joined = ("application__call", "application__applicant", "application__step", "run", "step")
    latest = own.select_related(*joined).defer("run__record").order_by("-step__order")
    found = latest.first() if account.pk else None
    if found is None:
        raise Http404("no decision to show")
    return found


def latest_decisions_of(applications: Iterable[Application]) -> QuerySet[Decision]:
    """What was released last of each of these applications."""
    found = Decision.objects.filter(application__in=applications, state="released")
    latest = found.order_by("application_id", "-step__order").distinct("application_id")
    return latest.select_related("step", "run").defer("run__record")


def selections_to_propose(account: Account, now: dt.datetime) -> list[SelectionRun]:
    """Computed selections that wait for this chair of a jury, where another body confers."""
    proposed = set(calls_proposed_by(account, now).values_list("pk", flat=True))
    return [run for run in _runs_in("computed") if run.call_id in proposed]


def selections_returned(account: Account, now: dt.datetime) -> list[SelectionRun]:
    """Selections that the chair returned to whoever proposes them: this officer, or where another
    body confers this chair of the jury. One that was computed again since is left out.
    """
    proposed = set(calls_proposed_by(account, now).values_list("pk", flat=True))
    managed = set(calls_managed_by(account, now).order_by().values_list("pk", flat=True))
    return [run for run in _runs_in("returned") if run.call_id in proposed | managed]


def proposers_of(call: Call, now: dt.datetime) -> list[Account]:
    """Who sends a selection to the chair: the officers of the call, and where another body confers
    whoever chairs the jury.
    """
    body = judging_body_of(call) if is_conferred(call) else None
    asked = Q(pk__in=call.officers.values("account"))
    if body is not None:
        chairs = presiding_on(alliance_day(now)).filter(body=body)
        asked |= Q(person__in=chairs.values("person_id"))
    found = Account.objects.filter(asked)
    return list(found.select_related("person").order_by("pk"))


def latest_return_of(run: SelectionRun) -> SelectionRun | None:
    """The run of the same step that the chair returned last, this one or an earlier one; None
    where none was, or where a later one was confirmed.
    """
    earlier = runs_of(run.call, run.step).filter(number__lte=run.number)
    return earlier.filter(returned_at__isnull=False).first()


def selections_to_confirm(account: Account, now: dt.datetime) -> list[SelectionRun]:
    """Proposed selections that wait for this chair of the body that confirms."""
    confirmed = set(calls_confirmed_by(account, now).values_list("pk", flat=True))
    return [run for run in _runs_in("proposed") if run.call_id in confirmed]


def selections_to_release(account: Account, now: dt.datetime) -> list[SelectionRun]:
    """Confirmed selections that wait for this officer's release."""
    managed = set(calls_managed_by(account, now).order_by().values_list("pk", flat=True))
    return [run for run in _runs_in("confirmed") if run.call_id in managed]


def selections_before_chairs(account: Account, now: dt.datetime) -> list[SelectionRun]:
    """The latest selections of this officer's calls that wait for a chair or will."""
    managed = set(calls_managed_by(account, now).order_by().values_list("pk", flat=True))
    waiting = [*_runs_in("computed"), *_runs_in("proposed")] if managed else []
    return [run for run in waiting if run.call_id in managed]


def files_short_of_reviews(
    steps: Mapping[int, Step], now: dt.datetime
) -> list[tuple[Call, list[str], int]]:
    """By call, of reviews that are over, the numbers of files that have fewer reviews than it
    promises and await none with a day of its own, and how many it promises.
    """
    if not steps:
        return []
    given = Count(
        "assignments",
        Q(
            assignments__step__in=steps.values(),
            assignments__state="submitted",
            assignments__review__scores__value__isnull=False,  # one that judged something
        ),
        distinct=True,
    )
    needed = {
        key: rubric_of(get_terms(step.call), step).reviews_each for key, step in steps.items()
    }
    files = Application.objects.filter(_stand_for(steps), state="eligible").annotate(given=given)
    short: dict[int, list[str]] = {}
    awaited = still_awaited(steps.values(), now).values("application_id")
    rows = files.exclude(pk__in=awaited).filter(given__lt=max(needed.values())).order_by("number")
    for call, number, count in rows.values_list("call_id", "number", "given"):
        if count < needed[call]:
            short.setdefault(call, []).append(number)
    return [(steps[call].call, numbers, needed[call]) for call, numbers in short.items()]


def selections_to_compute(steps: Mapping[int, Step], now: dt.datetime) -> list[tuple[Step, str]]:
    """Of reviews that are over, and of which none with a day of its own is awaited, those with
    files to decide, each with how far its selection is: "computed", "returned" or nothing.
    """
    if not steps:
        return []
    files = Application.objects.filter(_stand_for(steps), state="eligible").order_by()
    waiting = set(files.values_list("call_id", flat=True).distinct())
    runs = SelectionRun.objects.filter(step__in=steps.values(), state__in=("computed", "returned"))
    far = dict(runs.order_by("number").values_list("step_id", "state"))
    awaited = set(still_awaited(steps.values(), now).order_by().values_list("step_id", flat=True))
    return [
        (step, far.get(step.pk, ""))
        for key, step in steps.items()
        if key in waiting and step.pk not in awaited
    ]


def _stand_for(steps: Mapping[int, Step]) -> Q:
    here = Q()
    for step in steps.values():
        here |= Q(standing_for(step), call=step.call_id)
    return here


def reviews_over(account: Account, now: dt.datetime) -> dict[int, Step]:
    """By call of this officer's, the review that is decided next, where it is over and its
    selection was sent to nobody yet.
    """
    calls = (
        calls_managed_by(account, now).filter(state="published").prefetch_related("steps", "bodies")
    )
    known = {call.pk: call for call in calls}
    sent = ("proposed", "confirmed", "released")
    runs = SelectionRun.objects.filter(call__in=known, state__in=sent)
    states = dict(runs.order_by().values_list("step_id", "state"))
    found = {}
    for key, call in known.items():
        reviews = steps_of_block(call, "review")
        step = next((each for each in reviews if states.get(each.pk) != "released"), None)
        if step is not None and step.pk not in states and now >= step_closes_at(step):
            step.call = call
            found[key] = step
    return found


def _runs_in(state: str) -> QuerySet[SelectionRun]:
    found = SelectionRun.objects.filter(state=state).defer("record")
    known = found.select_related("call__programme", "step").prefetch_related(
        "call__bodies", "call__steps"
    )
    return known.order_by("id")


def earlier_decisions_of(decision: Decision) -> list[Decision]:
    """What was released of the same application in earlier steps, the latest first."""
    found = Decision.objects.filter(application=decision.application_id, state="released")
    earlier = found.filter(step__order__lt=decision.step.order).select_related("step")
    return list(earlier.order_by("-step__order"))


def is_calibrated(run: SelectionRun) -> bool:
    """Whether the run was calibrated; one whose reviews were too few was not."""
    return bool(run.figures.get("method") == "calibrated" and not run.figures.get("is_too_thin"))


def unread_words(call: Call) -> QuerySet[Decision]:
    """Decisions of a call with words of reviewers that no officer has passed on yet."""
    found = Decision.objects.filter(application__call=call, feedback_read_at__isnull=True)
    return found.exclude(feedback="")
