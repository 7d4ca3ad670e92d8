"""Rounds and parts of a call as rows of a page, and what it takes over from an earlier edition."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.calls.models import Call
from anso.calls.queries import calls_on_desk_of, title_of
from anso.calls.wording.desk import call_link
from anso.calls.wording.presentation import state_in_words
from anso.kernel.actors import Actor
from anso.kernel.registers import Register
from anso.ui.question_fields import in_reader_language


@dataclass(frozen=True)
class TakenOver:
    """What a call that begins as an earlier edition takes over from it, and what of the same kind
    it does not.
    """

    taken: Promise
    left: Promise


# By kind; apps above add what they bring.
TAKEN_OVER: Register[TakenOver] = Register("what is taken over from an earlier edition")
OWN_TAKEN_OVER = {
    "terms": TakenOver(
        _(
            "Its terms with all amendments, its forms, rubric, bodies and hosts; its days, moved by"
            " the difference of the years."
        ),
        _("Extensions of days, applications, reviewers and decisions."),
    ),
    "letters": TakenOver(
        _(
            "The words that officers gave to letters about decisions and offers: letters of this"
            " call begin with them, and are read before they leave."
        ),
        _("Words of such letters that name a year, and what was written to chosen people."),
    ),
}


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
