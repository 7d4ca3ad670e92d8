"""Makers of times for interviews and of people who are asked to one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.calls.models import Call, Step
from anso.calls.queries.steps import steps_of_block
from anso.interviews.actions import ask_to_interview, open_times
from anso.interviews.actions.times import Opening
from anso.interviews.models import Interview, InterviewTime
from anso.kernel.actors import SETUP
from anso.kernel.timetables import Timetable
from anso.review.models import Reviewer
from tests.factories.calls import make_call
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.review import make_eligible_application, make_reviewer

DAY = dt.timedelta(days=1)
ASKED = dt.datetime(2027, 4, 2, 9, 0, tzinfo=dt.UTC)
ROOM = "https://meet.example.org/room-4"


@dataclass(frozen=True)
class Interviewing:
    """A call whose step of interviews has begun, two who are judged in it, and who may listen."""

    call: Call
    officer: Account
    step: Step
    applications: tuple[Application, ...]
    listener: Reviewer


def make_interviewing(zone: str = "Asia/Shanghai") -> Interviewing:
    """With nothing opened and nobody asked yet."""
    officer = make_officer()
    call = make_call(officer=officer, zone=zone)
    names = ("Amina Yusuf", "Wanjiru Kamau")
    applications = tuple(
        make_eligible_application(call, applicant=make_person(name).account) for name in names
    )
    (step,) = steps_of_block(call, "interviews")
    return Interviewing(call, officer, step, applications, make_reviewer(call))


def make_times(step: Step, *, on: dt.date | None = None, **changes: Any) -> list[InterviewTime]:
    """Three in the morning of the third day of a step, 20 minutes each with a break of 10."""
    day = on or step.starts_on + 2 * DAY
    timetable = Timetable(day, day, dt.time(9), dt.time(10, 30), 20, 10)
    facts: dict[str, Any] = {"timetable": timetable, "place": ROOM} | changes
    return open_times(actor=SETUP, step=step, opening=Opening(**facts), now=ASKED)


def make_interviews(world: Interviewing, **changes: Any) -> list[Interview]:
    """Everybody who is judged is asked to choose until noon of the day before the times."""
    until = dt.datetime.combine(world.step.starts_on + DAY, dt.time(12), dt.UTC)
    facts: dict[str, Any] = {
        "actor": SETUP, "step": world.step, "applications": world.applications,
        "choose_until": until, "now": ASKED,
    }  # fmt: skip
    return ask_to_interview(**(facts | changes))
