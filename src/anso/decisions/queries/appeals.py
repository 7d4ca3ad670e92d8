"""Requests for a review of a decision: until when one may be asked for, and which there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.calls.models import Call
from anso.calls.queries import calls_managed_by, calls_on_desk_of, get_terms
from anso.decisions.enums import Result
from anso.decisions.models import Appeal, Decision
from anso.files.models import StoredFile
from anso.kernel.actors import Actor
from anso.kernel.periods import Deadline, day_of
from anso.notifications.models import Message

# What refuses something, so that its review may be asked for.
REVIEWED = (Result.WAITING, Result.UNPLACED, Result.INELIGIBLE, Result.REJECTED)


@dataclass(frozen=True)
class AppealDays:
    """How long a review of a decision may be asked for: for so many ``days``, until an instant, or
    from a letter on that has not left yet (``ends_at`` is None).
    """

    days: int
    ends_at: dt.datetime | None


def last_appeal_at(call: Call, now: dt.datetime) -> dt.datetime:
    """The end of the days in which a review may be asked for, counted from an instant."""
    last_day = day_of(now, call.zone) + dt.timedelta(days=get_terms(call).appeals_days)
    return Deadline.at_end_of(last_day, call.zone).closes_at


def appeal_days_of(decision: Decision) -> AppealDays | None:
    """Until when a review of a decision may be asked for; None where none is.

    The day counts that the letter named. Before it left no day has begun to count; where no letter
    comes, they count from the release, or from when the letter was stopped.
    """
    call = decision.application.call
    days = get_terms(call).appeals_days
    if not days or decision.result not in REVIEWED:
        return None
    if decision.appeal_until is not None:
        return AppealDays(days, decision.appeal_until)
    letters = Message.objects.filter(
        about_type=Decision._meta.label_lower, about_id=decision.pk, mailing__isnull=False
    )
    letter = letters.order_by("-pk").first()
    if letter is not None and letter.state == "held":
        return AppealDays(days, None)
    told_at = [decision.released_at, letter.cancelled_at if letter else None]
    return AppealDays(days, last_appeal_at(call, max(each for each in told_at if each)))


def latest_appeal_of(decision: Decision) -> Appeal | None:
    """The request that stands, or the last that was withdrawn."""
    return decision.appeals.select_related("file").order_by("-filed_at", "-pk").first()


def is_corrected_since(appeal: Appeal) -> bool:
    """Whether the decision was corrected after its review was answered."""
    corrected_at = appeal.decision.corrected_at
    return bool(corrected_at and appeal.answered_at and corrected_at >= appeal.answered_at)


def appeals_of(call: Call) -> QuerySet[Appeal]:
    """The requests in a call, those that wait for an answer first, the oldest of them on top."""
    found = Appeal.objects.filter(decision__application__call=call)
    joined = found.select_related("decision__application__applicant", "decision__step")
    return joined.defer("decision__application__answers").order_by("answered_at", "filed_at", "id")


def get_desk_appeal_for(account: Account, reference: str, now: dt.datetime) -> Appeal:
    """A request in a call on the reader's desk; Http404 for everybody else."""
    on_desk = calls_on_desk_of(account, now).order_by().values("pk")
    found = Appeal.objects.filter(reference=reference, decision__application__call__in=on_desk)
    joined = ("decision__application__call", "decision__application__applicant__account", "file")
    appeal = found.select_related(*joined, "decision__step").first()
    if appeal is None:
        raise Http404("no such request")
    return appeal


def get_appeal_file_for(account: Account, reference: str, now: dt.datetime) -> StoredFile:
    """The file of a request, for its author and for the desk of the call; Http404 otherwise."""
    own = Appeal.objects.filter(
        reference=reference, decision__application__applicant__account_id=account.pk
    )
    appeal = own.select_related("file").first() or get_desk_appeal_for(account, reference, now)
    if appeal.file is None:
        raise Http404("no file with it")
    return appeal.file


def appeals_to_work_on(account: Actor, now: dt.datetime) -> list[tuple[Call, int, int]]:
    """Calls in which this officer has requests to answer or, upheld, decisions to correct: how many
    of each.
    """
    calls = {call.pk: call for call in calls_managed_by(account, now)}
    mine = Appeal.objects.filter(decision__application__call__in=calls)
    later = Q(decision__corrected_at__gte=F("answered_at"))
    counted = (
        mine.order_by()
        .values("decision__application__call")
        .annotate(
            waiting=Count("pk", filter=Q(state="filed")),
            upheld=Count("pk", filter=Q(state="upheld") & ~later),
        )
        .filter(Q(waiting__gt=0) | Q(upheld__gt=0))
        .order_by("decision__application__call")
    )
    return [
        (calls[row["decision__application__call"]], row["waiting"], row["upheld"])
        for row in counted
    ]
