"""What reviewing says when two people are to be made one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.directory.models import Person
from anso.directory.queries.merging import Clash, OwnRows
from anso.kernel.wording import Message, Text, gettext_noop
from anso.review.models import Assignment, Reviewer

REVIEWER_ROWS = {"review.reviewer.person": OwnRows(Reviewer, "person_id")}


def clashes_of_reviewers(kept: Person, gone: Person, now: dt.datetime) -> Iterator[Clash]:
    """Nobody reviews twice in a call, or the file in which they are named."""
    own = Reviewer.objects.filter(person=kept).values("call")
    for reviewer in Reviewer.objects.filter(person=gone, call__in=own).select_related("call"):
        text = gettext_noop("Both were asked to review in “%(call)s”.")
        facts = {"call": Text(reviewer.call.title)}
        yield Clash(Message("two_reviewers", text, facts), reviewer.call_id)
    for one, other in ((kept, gone), (gone, kept)):
        judged = Assignment.objects.filter(
            reviewer__person=one, application__participants__person=other
        )
        for each in judged.select_related("application").distinct().order_by("pk"):
            text = gettext_noop(
                "One of them was asked to review %(number)s, in which the other is named."
            )
            named = {"number": each.application.number}
            yield Clash(Message("own_file", text, named), each.application.call_id)
