"""What officers keep beside applications: notes, flags, and whose file it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from anso.accounts.models import Account
from anso.applications.models import IS_GIVEN, Application, CaseNote, Letter
from anso.applications.queries.letters import letter_due_at
from anso.applications.queries.windows import is_over
from anso.calls.models import Call
from anso.calls.queries import calls_managed_by, is_officer_of

RUNNING = ("submitted", "eligible")


def notes_visible_to(
    account: Model, application: Application, now: dt.datetime
) -> QuerySet[CaseNote]:
    """The notes on an application, the newest first; for officers of its call and nobody else."""
    if not is_officer_of(account, application.call, now):
        return CaseNote.objects.none()
    notes = CaseNote.objects.filter(application=application)
    return notes.select_related("written_by__person").order_by("-written_at", "-id")


def officers_of(call: Call) -> list[Account]:
    """Who works on a call, in the order in which they came to it: whose a file may be."""
    officers = call.officers.select_related("account__person").order_by("since_at", "id")
    return [each.account for each in officers]


@dataclass(frozen=True)
class LateFile:
    """An application of one officer in which something is late."""

    application: Application
    waits_for_screening: bool
    letter_due_at: dt.datetime | None


def late_files_of(account: Account, now: dt.datetime) -> Iterator[LateFile]:
    """The applications that this officer looks after and in which something is late: a screening
    that waits, a required letter whose day has passed. By call and number: the first are named.
    """
    mine = Application.objects.filter(
        owner_id=account.pk,
        call__in=calls_managed_by(account, now).filter(state="published"),
        state__in=RUNNING,
    )
    joined = mine.select_related("call", "step").defer("answers", "search_text")
    found = list(joined.order_by("call_id", "number"))
    due = _days_passed([each for each in found if each.lacks], now)
    for application in found:
        waits = application.state == "submitted" and is_over(application, now)
        if waits or application.pk in due:
            yield LateFile(application, waits, due.get(application.pk))


def _days_passed(lacking: list[Application], now: dt.datetime) -> dict[int, dt.datetime]:
    """The day of the first letter of each that is not there although its day has passed."""
    by_id = {each.pk: each for each in lacking}
    passed: dict[int, dt.datetime] = {}
    open_letters = Letter.objects.filter(application_id__in=by_id).exclude(state="replaced")
    for letter in open_letters.exclude(IS_GIVEN) if lacking else ():
        letter.application = by_id[letter.application_id]
        due_at = letter_due_at(letter)
        if due_at <= now:
            first = passed.setdefault(letter.application_id, due_at)
            passed[letter.application_id] = min(first, due_at)
    return passed
