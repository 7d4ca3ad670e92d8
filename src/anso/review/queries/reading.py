"""Reading reviewers and assignments, always narrowed to what the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.windows import JUDGED, judged_in, standing_for
from anso.calls.enums import PhaseState
from anso.calls.models import Call, Step
from anso.calls.queries import Asked, get_terms
from anso.calls.queries.parts import PartSource
from anso.calls.queries.phases import state_of_work
from anso.calls.queries.steps import rubric_of, step_closes_at, step_on, steps_of_block
from anso.kernel.collation import sort_key
from anso.kernel.periods import day_of
from anso.review.models import Assignment, Dossier, Reviewer

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

IN_FORCE = ("assigned", "accepted", "submitted")
OPEN = ("assigned", "accepted")

# Whoever has gone on stands in a later step than the one in which it was judged.
IS_STILL_JUDGED = Q(application__state__in=JUDGED, application__step__order__lte=F("step__order"))


def is_late(now: dt.datetime) -> Q:
    """Reviews that are wanted still and were due before now, in whatever step: what every list,
    figure and to-do calls late.
    """
    return IS_STILL_JUDGED & Q(state__in=OPEN, due_at__lt=now)


def late_in(call: Call, now: dt.datetime) -> QuerySet[Assignment]:
    """The reviews of a call that are late."""
    return Assignment.objects.filter(is_late(now), application__call=call).order_by("id")


class ReviewCounts(TypedDict):
    """What a list of applications to review counts beside each."""

    review_in_force: int
    review_submitted: int


@dataclass(frozen=True)
class ReviewerLoad:
    """A reviewer of a call with what they have to do and have done."""

    reviewer: Reviewer
    in_force: int
    submitted: int
    late: int
    reminded_at: dt.datetime | None = None

    @property
    def room(self) -> int:
        """How many more they offered to take."""
        return max(0, self.reviewer.capacity - self.in_force)


def assignments_visible_to(account: Account) -> QuerySet[Assignment]:
    """A reviewer's own assignments that were not taken back and whose application is still judged
    in their step, the most urgent first.
    """
    if not account.is_authenticated:
        return Assignment.objects.none()
    own = Assignment.objects.filter(reviewer__person__account=account).exclude(state="cancelled")
    own = own.filter(IS_STILL_JUDGED | Q(state="submitted"))
    joined = ("application__call", "application__applicant", "reviewer__person", "step__call")
    found = own.select_related(*joined).prefetch_related("application__dossiers")
    return found.order_by("due_at", "id")


def assignment_closes_at(assignment: Assignment) -> dt.datetime:
    """The instant from which this review is neither given nor revised any more: the end of its step
    or, where an officer gave it more time, of its own day.
    """
    return max(step_closes_at(assignment.step), assignment.due_at)


def dossier_of(assignment: Assignment) -> Dossier:
    """What a reviewer reads: the dossier of the step in which they judge, and of no other."""
    found = assignment.application.dossiers.all()
    return next(each for each in found if each.step_id == assignment.step_id)


def get_assignment_for(account: Account, reference: str) -> Assignment:
    """One assignment of the reader; Http404 for everybody else's."""
    found = assignments_visible_to(account).filter(reference=reference).first()
    if found is None:
        raise Http404("no such assignment")
    return found


def get_invitation_for(account: Account, reference: str) -> Reviewer:
    """The reader's own invitation to review in a call; Http404 for everybody else's."""
    own = Reviewer.objects.filter(reference=reference, person__account_id=account.pk).exclude(
        state="released"
    )
    found = own.select_related("call", "person").first() if account.pk else None
    if found is None:
        raise Http404("no such invitation")
    return found


def get_review_step(call: Call, now: dt.datetime) -> Step | None:
    """The step in which applications are judged now: the first review that is not over, or else
    the last; None where the call has no review.
    """
    return step_on(call, "review", now)


def get_reviews_close_at(call: Call, now: dt.datetime) -> dt.datetime | None:
    """The instant after which reviews of the present step can no longer be given or revised."""
    step = get_review_step(call, now)
    return step_closes_at(step) if step else None


def reviewers_of_call(call: Call, now: dt.datetime) -> list[ReviewerLoad]:
    """Everybody asked to review in a call, by name, with their load. Applications that are no
    longer judged do not count.
    """
    loads = {
        each["reviewer"]: (each["in_force"], each["submitted"], each["late"], each["reminded"])
        for each in _counted(call, now, "reviewer")
    }
    rows = call.reviewers.select_related("person__account").order_by("id")
    found = sorted(rows, key=lambda each: sort_key(each.person.full_name, "en"))
    return [ReviewerLoad(each, *loads.get(each.pk, (0, 0, 0))) for each in found]


def _counted(call: Call, now: dt.datetime, *by: str) -> QuerySet[Assignment, dict[str, Any]]:
    """How many assignments of the present step, of applications still judged, stand and are
    submitted, and how many of any step are late, by application or by reviewer.
    """
    step = get_review_step(call, now)
    if step is None:
        return Assignment.objects.none().values(*by)
    here = judged_in(step, "application__") & Q(step=step)
    return (
        Assignment.objects.filter(application__call=call)
        .order_by()
        .values(*by)
        .annotate(
            in_force=Count("pk", filter=here & Q(state__in=IN_FORCE)),
            submitted=Count("pk", filter=here & Q(state="submitted")),
            late=Count("pk", filter=is_late(now)),
            reminded=Max("last_reminded_at", filter=IS_STILL_JUDGED & Q(state__in=OPEN)),
        )
    )


def count_unanswered(reviewer: Reviewer) -> int:
    """How many assignments a reviewer has neither accepted nor declined."""
    return reviewer.assignments.filter(state="assigned").count()


def in_force_counts_of(call: Call, now: dt.datetime) -> dict[int, int]:
    """How many assignments in force each reviewer of a call has in the present step."""
    in_force = assignments_of_call(call, now).filter(state__in=IN_FORCE).select_related(None)
    return dict(in_force.order_by().values_list("reviewer_id").annotate(Count("id")))


def assignments_of_call(call: Call, now: dt.datetime) -> QuerySet[Assignment]:
    """The assignments of the present step, of applications of a call that are still judged."""
    step = get_review_step(call, now)
    if step is None:
        return Assignment.objects.none()
    found = Assignment.objects.filter(judged_in(step, "application__"), step=step)
    return found.select_related("reviewer__person__account", "application__call").order_by("id")


def assignments_to_remind_of(
    now: dt.datetime, before: dt.timedelta, every: dt.timedelta
) -> dict[Call, list[Assignment]]:
    """By call, of reviews that can still be given: those due soon of which nobody reminded yet, and
    late ones of which nobody reminded since they are late, or not for ``every`` so long.
    """
    waiting = Assignment.objects.filter(IS_STILL_JUDGED, state__in=OPEN)
    quiet = Q(last_reminded_at__isnull=True) | Q(last_reminded_at__lt=F("due_at"))
    quiet |= Q(last_reminded_at__lte=now - every)
    due = Q(due_at__lt=now + before, reminder_count=0) | Q(quiet, due_at__lt=now)
    found: dict[Call, list[Assignment]] = {}
    for assignment in waiting.filter(due).select_related("step__call").order_by("id"):
        if now < assignment_closes_at(assignment):
            found.setdefault(assignment.step.call, []).append(assignment)
    return found


def applications_to_review(
    call: Call, now: dt.datetime, *, are_late: bool = False
) -> QuerySet[WithAnnotations[Application, ReviewCounts]]:
    """Applications of a call that reviewers judge or have judged in the present step, with the
    number of reviews in force and submitted, fewest first; or all of which a review is late.
    """
    step = get_review_step(call, now)
    given = Assignment.objects.filter(application=OuterRef("pk"), step=step, state__in=IN_FORCE)
    here = judged_in(step) if step else Q(state__in=JUDGED)
    meant = here & (_waiting_in(step) | Q(Exists(given)))
    if are_late:
        meant = Q(Exists(late_in(call, now).filter(application=OuterRef("pk"))))
    judged = Application.objects.filter(meant, call=call)
    counted = judged.annotate(
        review_in_force=_number_of(given),
        review_submitted=_number_of(given.filter(state="submitted")),
    )
    return counted.select_related("applicant", "country").order_by("review_in_force", "number")


def given_to(
    found: QuerySet[WithAnnotations[Application, ReviewCounts]], reviewer: str
) -> QuerySet[WithAnnotations[Application, ReviewCounts]]:
    """Those of applications that one reviewer has, or all where none is named."""
    if not reviewer:
        return found
    held = Assignment.objects.filter(reviewer__reference=reviewer, state__in=IN_FORCE)
    return found.filter(pk__in=held.values("application_id"))


def _waiting_in(step: Step | None, prefix: str = "") -> Q:
    """Applications found eligible that are not decided yet where they stand."""
    waiting = Q(**{f"{prefix}state": "eligible"})
    return waiting & standing_for(step, prefix) if step else waiting


def _number_of(assignments: QuerySet[Assignment]) -> Coalesce:
    """How many there are beside each application, counted by its index and not by joining the whole
    call.
    """
    counted = (
        assignments.order_by().values("application").annotate(number=Count("*")).values("number")
    )
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True)
class ReviewProgress:
    """How far the reviews of a call are."""

    applications: int
    short: int
    waiting: int
    enough: int
    assigned: int
    submitted: int
    late: int
    late_applications: int


def get_review_progress(call: Call, now: dt.datetime) -> ReviewProgress:
    """Figures for the head of the officer's pages and for the chips of the list: two queries
    whatever the size of the call.
    """
    step = get_review_step(call, now)
    needed = rubric_of(get_terms(call), step).reviews_each
    waiting = Application.objects.filter(call=call).filter(_waiting_in(step))
    by_application = _counted(call, now, "application", "application__state", "application__step")
    is_settled = ~_waiting_in(step, "application__") & Q(in_force__gt=0)
    figures = by_application.aggregate(
        settled=Count("application", filter=is_settled),
        staffed=Count("application", filter=Q(in_force__gte=needed)),
        enough=Count("application", filter=Q(submitted__gte=needed)),
        all_in_force=Sum("in_force"),
        all_submitted=Sum("submitted"),
        all_late=Sum("late"),
        late_applications=Count("application", filter=Q(late__gt=0)),
    )
    applications = waiting.count() + figures["settled"]
    return ReviewProgress(
        applications=applications,
        short=applications - figures["staffed"],
        waiting=applications - figures["enough"],
        enough=figures["enough"],
        assigned=int(figures["all_in_force"] or 0),
        submitted=int(figures["all_submitted"] or 0),
        late=int(figures["all_late"] or 0),
        late_applications=figures["late_applications"],
    )


def accepted_by(account: Account) -> QuerySet[Reviewer, Reviewer]:
    """Where this person has agreed to review."""
    return Reviewer.objects.filter(person__account=account, state="accepted")


def review_state(call: Call, now: dt.datetime) -> PhaseState:
    """Going on while a review is wanted, or nobody was asked yet; late when one is overdue or the
    days of reviewing are over.
    """
    steps = steps_of_block(call, "review")
    if call.state != "published" or not steps or day_of(now, call.zone) < steps[0].starts_on:
        return PhaseState.DONE if call.state == "completed" else PhaseState.AHEAD
    counts = Assignment.objects.filter(reviewer__call=call).aggregate(
        wanted=Count("pk", filter=Q(state__in=OPEN) & IS_STILL_JUDGED),
        late=Count("pk", filter=is_late(now)),
        given=Count("pk", filter=Q(state="submitted")),
    )
    is_over = now >= step_closes_at(steps[-1])
    return state_of_work(
        begins=True,
        remains=counts["wanted"] > 0 or not (counts["given"] or is_over),
        is_over=is_over or counts["late"] > 0,
    )


def reviewing_of(account: Account) -> QuerySet[Reviewer, Reviewer]:
    """Where this person reviews, the latest first, each with ``given`` of ``asked`` reviews."""
    counted = accepted_by(account).annotate(
        asked=Count("assignments", filter=Q(assignments__state__in=IN_FORCE)),
        given=Count("assignments", filter=Q(assignments__state="submitted")),
    )
    return counted.select_related("call").prefetch_related("call__steps").order_by("-invited_at")


def invitations_to_answer(account: Account, now: dt.datetime) -> list[Reviewer]:
    """Invitations to review that this person has not answered, as long as reviews are taken."""
    invited = Reviewer.objects.filter(
        person__account=account, state="invited", call__state="published"
    ).select_related("call")
    invited = invited.prefetch_related("call__steps")
    return [
        reviewer
        for reviewer in invited.order_by("invited_at")
        if _are_reviews_open(reviewer.call, now)
    ]


def assignments_to_do(account: Account, now: dt.datetime) -> list[Assignment]:
    """Assignments that this person has to answer or to review, as long as they are taken."""
    waiting = assignments_visible_to(account).filter(
        state__in=OPEN, application__call__state="published"
    )
    return [each for each in waiting if now < assignment_closes_at(each)]


def _are_reviews_open(call: Call, now: dt.datetime) -> bool:
    closes_at = get_reviews_close_at(call, now)
    return closes_at is None or now < closes_at


def parts_as_reviewers(asked: Asked, on: dt.date) -> Iterator[tuple[int, int, str]]:
    """Who of these people reviews in a call: those who agreed to, and those who have read files of
    others, also when they were released since. An invitation alone keeps nobody from applying.
    """
    read = Assignment.objects.filter(reviewer=OuterRef("pk"), state__in=("accepted", "submitted"))
    found = Reviewer.objects.filter(Q(state="accepted") | Exists(read), call__in=asked.calls)
    reviewing = found.filter(person__in=asked.people)
    for call, person in reviewing.values_list("call_id", "person_id"):
        yield call, person, "reviewer"


PARTS = PartSource(frozenset({"reviewer"}), parts_as_reviewers)
