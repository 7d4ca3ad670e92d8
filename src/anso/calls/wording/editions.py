"""Rounds and parts of a call as rows of a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from anso.calls.models import Call
from anso.calls.queries import calls_on_desk_of, title_of
from anso.calls.wording.desk import call_link
from anso.calls.wording.presentation import state_in_words
from anso.kernel.actors import Actor
from anso.ui.question_fields import in_reader_language


@dataclass(frozen=True)
class CallRow:
    """One call in a list of calls that belong together."""

    title: str
    number: str
    proposal: str
    state: str
    tone: str
    url: str


def call_rows(calls: QuerySet[Call], account: Actor | None, now: dt.datetime) -> list[CallRow]:
    """Each call with its state and its page: its desk for whoever works on it, else its public
    page.
    """
    own = set(calls_on_desk_of(account, now).values_list("pk", flat=True))
    return [
        CallRow(
            in_reader_language(title_of(call)),
            call.number_prefix,
            call.proposal,
            *state_in_words(call, now),
            call_link("desk", call) if call.pk in own else reverse("calls:call", args=[call.slug]),
        )
        for call in calls
    ]
