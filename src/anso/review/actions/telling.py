"""Which reviewers the mails about an amended or moved call go to, for an officer who looks before
the press. Their mails are written with the change itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from anso.calls.models import CallTerms, Extension
from anso.calls.queries.amendments import REVIEWERS, audiences_of, get_amendment
from anso.calls.queries.steps import step_closes_at
from anso.calls.queries.telling import Cause, Told
from anso.notifications.actions import say_nothing
from anso.review import notices
from anso.review.actions.amended import STANDING
from anso.review.actions.following import OPEN
from anso.review.models import Assignment, Reviewer


def told_of(cause: Cause, now: dt.datetime) -> Iterator[Told]:
    """The reviewers of a call whose rubric or days change."""
    if isinstance(cause, CallTerms):
        is_touched = REVIEWERS in audiences_of(cause.call, get_amendment(cause).changes)
        found = Reviewer.objects.filter(call=cause.call, state__in=STANDING)
        count = found.count() if is_touched else 0
        yield Told(_("Reviewers"), count, notices.AMENDED.code, say_nothing)
    elif isinstance(cause, Extension):
        moved = Assignment.objects.filter(
            step__call=cause.call, step__key__in=list(cause.moves), step__block="review",
            state__in=OPEN,
        ).select_related("step__call")  # fmt: skip
        # Whoever was given a longer time alone keeps it and is not told.
        count = len(
            {each.reviewer_id for each in moved if each.due_at <= step_closes_at(each.step)}
        )
        yield Told(_("Reviewers"), count, notices.MOVED.code, say_nothing)
