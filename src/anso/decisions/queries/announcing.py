"""From when everybody may read what was decided: from the release, or from the day on which it is
announced where a call has such a stage.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import DateField, DateTimeField, Exists, F, Func, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from anso.calls.models import Call, Step
from anso.calls.queries.steps import steps_of_block
from anso.decisions.models import SelectionRun
from anso.decisions.queries.ranking_steps import final_runs
from anso.kernel.periods import Deadline, day_of


def public_runs(now: dt.datetime) -> QuerySet[SelectionRun]:
    """The runs by which calls were decided, of those that everybody may read of: none before the
    first day, in the zone of the call, of the stage in which its results are announced.
    """
    today = Cast(
        Func(F("call__zone"), Value(now, DateTimeField()), function="timezone"), DateField()
    )
    held_back = Step.objects.filter(
        call=OuterRef("call"), block="announcement", starts_on__gt=OuterRef("today")
    )
    return final_runs().alias(today=today).exclude(Exists(held_back))


def announced_on(call: Call, now: dt.datetime) -> dt.date | None:
    """The day until which only those concerned may know the results; None where there is none, or
    it has come.
    """
    return next((day for day in _days_of(call) if day > day_of(now, call.zone)), None)


def public_since(run: SelectionRun) -> dt.datetime:
    """From when on everybody could read of a released run."""
    days = _days_of(run.call)
    if not days:
        return run.released_at or run.computed_at
    return Deadline.at_end_of(min(days) - dt.timedelta(days=1), run.call.zone).closes_at


def _days_of(call: Call) -> list[dt.date]:
    return [step.starts_on for step in steps_of_block(call, "announcement")]


def get_public_run(call: Call, now: dt.datetime) -> SelectionRun | None:
    """The released run of the last step, whose results and draws everybody may see; None before
    that.
    """
    return public_runs(now).filter(call=call).first()
