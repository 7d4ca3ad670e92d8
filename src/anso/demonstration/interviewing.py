"""What people do in a call beside its reviews: hosts answer about their candidates, and whoever is
judged chooses when to be heard.
"""

from __future__ import annotations

import datetime as dt

from anso.calls.actions import add_host_person
from anso.calls.models import Call
from anso.calls.queries.steps import steps_of_block
from anso.demonstration.story import StoryContext
from anso.hosting.actions import answer_for_host
from anso.hosting.queries import candidates_of, get_host_step
from anso.interviews.actions import ask_to_interview, choose_time, open_times
from anso.interviews.actions.times import Opening
from anso.interviews.queries import applications_to_invite, listeners_to_name, times_to_choose
from anso.kernel.periods import day_of
from anso.kernel.timetables import Timetable

DAY = dt.timedelta(days=1)
HOST = "UCAS"
ROOM = "https://meet.example.org/fellowship"
SAID = (
    ("admits", ""),
    ("condition", "Proof of English before the beginning of the semester"),
    ("refuses", "No laboratory of ours works on this question this year"),
)
# How many wait for the visitor, and how many are heard.
LEFT, HEARD = 3, 6


def let_hosts_answer(story: StoryContext, call: Call, *, now: dt.datetime) -> None:
    """One of the cast answers for a host, about all but a few."""
    host = story.cast["admitting"]
    person, step = host.person, get_host_step(call)
    add_host_person(call=call, key=HOST, person=person, actor=story.officer, now=now)
    if step is None:
        return
    for candidate in candidates_of(call.hosts.get(key=HOST), step)[LEFT:]:
        says, words = story.random.choice(SAID)
        answer_for_host(actor=host, candidate=candidate, says=says, words=words, now=now)


def hear_people(story: StoryContext, call: Call, *, now: dt.datetime) -> None:
    """Times are open in the week after next, a reviewer of the cast listens, and half of those who
    are asked have chosen.
    """
    (step,) = steps_of_block(call, "interviews")
    day = day_of(now + 9 * DAY, call.zone)
    timetable = Timetable(day, day + DAY, dt.time(9), dt.time(12), 30, 15)
    listeners = listeners_to_name(call).filter(person=story.cast["reviewer"].person)
    opening = Opening(timetable, ROOM, 1, list(listeners))
    open_times(actor=story.officer, step=step, opening=opening, now=now)
    own = applications_to_invite(step).filter(applicant__account=story.cast["co_applicant"])
    read = applications_to_invite(step).filter(assignments__reviewer__in=listeners)
    asked = ask_to_interview(
        actor=story.officer,
        step=step,
        applications=[*own, *read.distinct()[:HEARD]],
        choose_until=now + 5 * DAY,
        now=now,
    )
    for interview in asked[::2]:
        account = interview.application.applicant.account
        if account is not None and not account.demonstration_role:
            time = story.random.choice(times_to_choose(step, now))
            choose_time(actor=account, interview=interview, time=time, now=now)
