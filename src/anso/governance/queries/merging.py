"""What mandates say when two people are to be made one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.directory.models import Person
from anso.directory.queries.merging import Clash, OwnRows
from anso.governance.models import Mandate
from anso.governance.queries.mandates import overlapping_mandates
from anso.kernel.wording import Message, Text, gettext_noop

MANDATE_ROWS = {"governance.mandate.person": OwnRows(Mandate, "person_id")}


def clashes_of_mandates(kept: Person, gone: Person, now: dt.datetime) -> Iterator[Clash]:
    """Nobody holds one seat twice at a time."""
    for mandate in Mandate.objects.filter(person=gone).select_related("body", "organisation"):
        mandate.person = kept
        if overlapping_mandates(mandate).filter(person=kept).exists():
            text = gettext_noop("Both hold the same mandate in “%(body)s” at one time.")
            yield Clash(Message("mandate", text, {"body": Text(mandate.body.name)}))
