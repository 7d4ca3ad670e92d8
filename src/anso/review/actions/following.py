"""What belongs to reviewing when the end of a review moves: later due days, and the reviewers who
are told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.audit.actions import record_entries
from anso.calls.models import Extension, Step
from anso.calls.queries.moves import Follower, MovePlan
from anso.calls.queries.steps import step_closes_at
from anso.kernel.actors import Actor
from anso.kernel.wording import Message, Text, gettext_noop
from anso.review import notices
from anso.review.actions.mail import notify_reviewer
from anso.review.models import Assignment
from anso.review.queries.rebuttals import has_released_words_of

OPEN = ("assigned", "accepted")


def reasons_against(step: Step, now: dt.datetime) -> Iterator[Message]:
    """A review does not open again after applicants have read its words."""
    if has_released_words_of(step):
        text = gettext_noop(
            "What the reviewers of this step wrote has already been read by those whom it is about."
        )
        yield Message("words_released", text)


def tell_of_move(plan: MovePlan, now: dt.datetime) -> Iterator[Message]:
    """How many reviews get more time."""
    for each in plan.moves:
        count = Assignment.objects.filter(step=each.step, state__in=OPEN).count()
        if each.step.block == "review" and count:
            text = gettext_noop(
                "%(step)s: reviews not in, which are due as many days later and whose reviewers are"
                " told: %(count)s."
            )
            yield Message("reviews", text, {"count": count, "step": Text(each.step.label)})


def follow_move(extension: Extension, plan: MovePlan, actor: Actor, now: dt.datetime) -> None:
    """Reviews that are not in are due as many days later; one mail for each reviewer. Whatever was
    due long before is due with the new end.
    """
    for each in plan.moves:
        if each.step.block == "review":
            _move_due_days(each.step, each.ends_on - each.step.ends_on, extension, actor, now)


def _move_due_days(
    step: Step, days: dt.timedelta, extension: Extension, actor: Actor, now: dt.datetime
) -> None:
    ends_at = step_closes_at(extension.call.steps.get(pk=step.pk))
    # Whoever was given a longer time alone keeps it.
    found = Assignment.objects.filter(step=step, state__in=OPEN, due_at__lt=ends_at)
    # Locked, since a review that is handed in meanwhile must not get its old row back.
    held = list(
        found.select_for_update(of=("self",))
        .select_related("reviewer__person__account", "reviewer__call")
        .order_by("id")
    )
    for assignment in held:
        later = assignment.due_at + days
        assignment.due_at = later if now < later <= ends_at else ends_at
        assignment.reminder_count = 0
    Assignment.objects.bulk_update(held, ["due_at", "reminder_count"])
    because = extension.because
    record_entries(held, "move_due_day", actor=actor, now=now, because=because)
    for reviewer in {each.reviewer_id: each.reviewer for each in held}.values():
        own = [each.due_at for each in held if each.reviewer_id == reviewer.pk]
        notify_reviewer(
            notices.MOVED,
            reviewer,
            actor=actor,
            now=now,
            key=f"{extension.pk}",
            due_at=min(own),
            count=len(own),
            reason=because,
        )


FOLLOWER = Follower(reasons_against, tell_of_move, follow_move)
