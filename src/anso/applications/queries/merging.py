"""What applications say when two people are to be made one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.applications.models import Application, Participant
from anso.directory.models import Person
from anso.directory.queries.merging import Clash, OwnRows
from anso.kernel.wording import Message, gettext_noop

APPLICATION_ROWS = {
    "applications.application.applicant": OwnRows(Application, "applicant_id"),
    "applications.participant.person": OwnRows(Participant, "person_id"),
}


def clashes_of_applications(kept: Person, gone: Person, now: dt.datetime) -> Iterator[Clash]:
    """Two applications in one call are settled by its officers first."""
    standing = Application.objects.exclude(state="withdrawn").order_by("pk")
    own = {
        each.call_id: each.number for each in standing.filter(applicant=kept).only("call", "number")
    }
    for each in standing.filter(applicant=gone, call__in=own).only("call", "number"):
        text = gettext_noop(
            "Both submit in one call, %(one)s and %(other)s: have one of them withdrawn first."
        )
        facts = {"one": own[each.call_id], "other": each.number}
        yield Clash(Message("two_applications", text, facts), each.call_id)
