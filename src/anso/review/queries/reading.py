"""Reading reviewers and assignments, always narrowed to what the reader may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.kernel.todo import TodoItem
from anso.kernel.wording import Text
from anso.review.models import Assignment, Reviewer

STANDING = ("assigned", "accepted", "submitted")
OPEN = ("assigned", "accepted")


@dataclass(frozen=True)
class ReviewerLoad:
    """A reviewer of a call with what they have to do and have done."""

    reviewer: Reviewer
    standing: int
    submitted: int
    late: int

    @property
    def room(self) -> int:
        """How many more they offered to take."""
        return max(0, self.reviewer.capacity - self.standing)


def assignments_visible_to(account: Account) -> QuerySet[Assignment]:
    """A reviewer's own assignments that were not taken back, the most urgent first."""
    if not account.is_authenticated:
        return Assignment.objects.none()
    own = Assignment.objects.filter(reviewer__person__account=account).exclude(state="cancelled")
    return own.select_related("application__call", "reviewer__person").order_by("due_at", "id")


def get_assignment_for(account: Account, reference: str) -> Assignment:
    """One assignment of the reader; Http404 for everybody else's."""
    found = assignments_visible_to(account).filter(reference=reference).first()
    if found is None:
        raise Http404("no such assignment")
    return found


def get_invitation_for(account: Account, reference: str) -> Reviewer:
    """The reader's own invitation to review in a call; Http404 for everybody else's."""
    own = Reviewer.objects.filter(reference=reference, person__account_id=account.pk).exclude(state="released")
    found = own.select_related("call", "person").first() if account.pk else None
    if found is None:
        raise Http404("no such invitation")
    return found


def get_reviews_close_at(call: Call) -> dt.datetime | None:
    """The instant after which reviews can no longer be given or revised: the end of the review stage's last day in the call's zone."""
    stage = get_terms(call).stage("review")
    if stage is None:
        return None
    return dt.datetime.combine(stage.ends_on + dt.timedelta(days=1), dt.time(), ZoneInfo(call.zone))


def reviewers_of_call(call: Call, now: dt.datetime) -> list[ReviewerLoad]:
    """Everybody asked to review in a call, by name, with their load."""
    found = call.reviewers.select_related("person__account").annotate(
        standing=Count("assignments", filter=Q(assignments__state__in=STANDING)),
        submitted=Count("assignments", filter=Q(assignments__state="submitted")),
        late=Count("assignments", filter=Q(assignments__state__in=OPEN, assignments__due_at__lt=now)),
    )
    return [ReviewerLoad(each, each.standing, each.submitted, each.late) for each in found.order_by("person__full_name", "id")]


def applications_to_review(call: Call) -> QuerySet[Application]:
    """Eligible applications of a call with the number of standing and submitted reviews, those with fewest first."""
    return (
        Application.objects.filter(call=call, state="eligible")
        .select_related("applicant", "country")
        .annotate(
            review_standing=Count("assignments", filter=Q(assignments__state__in=STANDING)),
            review_submitted=Count("assignments", filter=Q(assignments__state="submitted")),
        )
        .order_by("review_standing", "number")
    )


@dataclass(frozen=True)
class ReviewProgress:
    """How far the reviews of a call are."""

    applications: int
    enough: int
    assigned: int
    submitted: int
    late: int


def get_review_progress(call: Call, now: dt.datetime) -> ReviewProgress:
    """Figures for the head of the officer's pages: two queries whatever the size of the call."""
    needed = get_terms(call).rubric.reviews_each
    waiting = applications_to_review(call)
    figures = Assignment.objects.filter(application__call=call).aggregate(
        assigned=Count("id", filter=Q(state__in=STANDING)),
        submitted=Count("id", filter=Q(state="submitted")),
        late=Count("id", filter=Q(state__in=OPEN, due_at__lt=now)),
    )
    return ReviewProgress(waiting.count(), waiting.filter(review_submitted__gte=needed).count(), **figures)


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """What a reviewer has to do: answer invitations, answer assignments, write reviews."""
    invited = Reviewer.objects.filter(person__account=account, state="invited").select_related("call")
    items = [
        TodoItem(
            due_at=None,
            text=_("Say whether you will review applications"),
            reason=_("You were invited as a reviewer of %(call)s.")
            % {"call": Text(reviewer.call.title).in_language(get_language() or "en")},
            url=reverse("review:invitation", args=[reviewer.reference]),
            tone="act",
        )
        for reviewer in invited.order_by("invited_at")
    ]
    for assignment in assignments_visible_to(account).filter(state__in=OPEN):
        is_new = assignment.state == "assigned"
        items.append(
            TodoItem(
                due_at=assignment.due_at,
                text=(_("Say whether you can judge %(number)s") if is_new else _("Review %(number)s"))
                % {"number": assignment.application.number},
                reason=_("You were asked as a reviewer of this call."),
                url=reverse("review:assignment", args=[assignment.reference]),
                tone="attn" if assignment.due_at < now else "act",
            )
        )
    return items
