"""How the screening of a call stands."""

from __future__ import annotations

import datetime as dt

from anso.applications.models import Application
from anso.calls.enums import PhaseState
from anso.calls.models import Call
from anso.calls.queries.phases import is_any_window_open, state_of_work
from anso.calls.queries.steps import step_closes_at, steps_of_block


def screening_state(call: Call, now: dt.datetime) -> PhaseState:
    """Going on while anything that was submitted waits for it; late when its days are over."""
    if call.state != "published" or now < call.closes_at or is_any_window_open(call, now):
        return PhaseState.AHEAD if call.state in ("draft", "published") else PhaseState.DONE
    screenings = steps_of_block(call, "screening")
    return state_of_work(
        begins=True,
        remains=Application.objects.filter(call=call, state="submitted").exists(),
        is_over=bool(screenings) and all(now >= step_closes_at(each) for each in screenings),
    )
