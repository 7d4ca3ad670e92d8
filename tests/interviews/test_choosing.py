"""Applicants choose when to be heard; officers open, move and close times; nobody is lost."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from email import message_from_string
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from anso.applications.actions import withdraw_application
from anso.applications.wording import application_events, further_lines_of
from anso.audit.queries import entries_about
from anso.calls.models import Call
from anso.interviews.actions import (
    change_time,
    choose_time,
    close_times,
    open_times,
    remind_to_choose,
    settle_time,
)
from anso.interviews.actions.audiences import AUDIENCES, interviews_chosen
from anso.interviews.actions.times import Opening
from anso.interviews.models import Interview, InterviewTime
from anso.interviews.queries import (
    applications_to_invite,
    interview_steps,
    list_of_listener,
    times_to_choose,
)
from anso.interviews.rules import may_see_interviews
from anso.interviews.tasks import remind_of_choosing
from anso.interviews.wording import todo_items_for
from anso.kernel.errors import BadInput
from anso.kernel.timetables import Timetable
from anso.kernel.verdict import Refused
from anso.notifications.actions import deliver_message
from anso.notifications.models import Message
from anso.review.models import Assignment
from tests.factories.directory import make_person
from tests.factories.interviews import (
    ASKED,
    DAY,
    ROOM,
    Interviewing,
    make_interviewing,
    make_interviews,
    make_times,
)
from tests.factories.review import account_of, make_assignment
from tests.factories.steps import make_two_step_call
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
made = made_for_module(make_interviewing)


@pytest.fixture
def world(made: Interviewing) -> Interviewing:
    return deepcopy(made)


def applicant(interview: Interview) -> Any:
    return interview.application.applicant.account


def last_mail(code: str) -> Message:
    return Message.objects.filter(code=f"interviews.{code}").latest("id")


def test_whoever_is_asked_chooses_changes_and_has_one_entry_in_the_calendar(
    world: Interviewing,
) -> None:
    first, second, _third = make_times(world.step)
    one, other = make_interviews(world)
    assert "2 April 2027, 20:00 (Beijing)" in last_mail("asked").body
    choose_time(actor=applicant(one), interview=one, time=first, now=ASKED)
    told = last_mail("chosen")
    assert "3 April 2027, 09:00 (Beijing), which is" in told.body
    assert ROOM in told.body
    assert "SEQUENCE:1\r\n" in told.calendar
    choose_time(actor=applicant(one), interview=one, time=first, now=ASKED)
    assert Message.objects.filter(code="interviews.chosen").count() == 1, "pressed twice"
    choose_time(actor=applicant(one), interview=one, time=second, now=ASKED)
    again = last_mail("chosen").calendar
    assert "SEQUENCE:2\r\n" in again
    uid = next(line for line in again.splitlines() if line.startswith("UID:"))
    assert uid in told.calendar
    assert times_to_choose(world.step, ASKED)[0] == first, "free again"
    (event,) = [e for e in application_events(one.application, ASKED) if "interview@" in e.key]
    assert (event.at, f"UID:{event.key}") == (second.starts_at, uid)
    verbs = [entry.verb for entry in entries_about(one)]
    assert verbs == ["ask_to_interview", "choose_time", "choose_time"]
    assert other.time is None


def test_a_mail_takes_the_calendar_file_along(world: Interviewing) -> None:
    time, *_more = make_times(world.step)
    one, _other = make_interviews(world)
    choose_time(actor=applicant(one), interview=one, time=time, now=ASKED)
    deliver_message(message_id=last_mail("chosen").pk, now=ASKED)
    parts = message_from_string(mail.outbox[-1].message().as_string()).walk()
    (found,) = [part for part in parts if part.get_content_type() == "text/calendar"]
    assert found.get_filename() == "calendar.ics"


def test_a_time_is_never_taken_twice(world: Interviewing) -> None:
    time, *_more = make_times(world.step)
    one, other = make_interviews(world)
    choose_time(actor=applicant(one), interview=one, time=time, now=ASKED)
    with pytest.raises(BadInput, match="taken by somebody else"):
        choose_time(actor=applicant(other), interview=other, time=time, now=ASKED)
    with pytest.raises(IntegrityError, match="interviews_interview_time_id"):
        Interview.objects.filter(pk=other.pk).update(time=time, chosen_at=ASKED)


def test_several_at_once_are_one_choice_that_stays_until_all_are_taken(world: Interviewing) -> None:
    make_times(world.step, at_once=2)
    one, other = make_interviews(world)
    shown = times_to_choose(world.step, ASKED)
    assert len(shown) == 3
    for each in (one, other):
        choose_time(actor=applicant(each), interview=each, time=shown[0], now=ASKED)
    assert one.time != other.time
    assert len(times_to_choose(world.step, ASKED)) == 2


def test_early_late_and_foreign_choices_are_refused(world: Interviewing) -> None:
    time, later, _third = make_times(world.step)
    one, other = make_interviews(world)
    with pytest.raises(Refused, match="Only whoever was asked"):
        choose_time(actor=applicant(other), interview=one, time=time, now=ASKED)
    with pytest.raises(Refused, match="until 2 April 2027, 20:00"):
        choose_time(actor=applicant(one), interview=one, time=time, now=one.choose_until)
    choose_time(actor=applicant(one), interview=one, time=time, now=ASKED)
    Interview.objects.update(choose_until=ASKED + 9 * DAY)
    with pytest.raises(Refused, match="Your interview began"):
        choose_time(actor=applicant(one), interview=one, time=later, now=time.starts_at)
    withdraw_application(actor=applicant(other), application=other.application, now=ASKED)
    with pytest.raises(Refused, match="no longer judged"):
        choose_time(actor=applicant(other), interview=other, time=later, now=ASKED)
    Call.objects.filter(pk=world.call.pk).update(state="completed", completed_at=ASKED)
    one.application.call.refresh_from_db()
    with pytest.raises(Refused, match="not running"):
        choose_time(actor=applicant(one), interview=one, time=later, now=ASKED)


def test_whoever_withdraws_leaves_the_time_to_others(world: Interviewing) -> None:
    time, *_more = make_times(world.step)
    one, other = make_interviews(world)
    choose_time(actor=applicant(one), interview=one, time=time, now=ASKED)
    withdraw_application(actor=applicant(one), application=one.application, now=ASKED)
    assert application_events(one.application, ASKED) == []
    choose_time(actor=applicant(other), interview=other, time=time, now=ASKED)
    one.refresh_from_db()
    assert (one.time, other.time) == (None, time)
    assert entries_about(one).latest("id").verb == "lose_time"


def test_a_closed_time_is_told_with_the_reason_and_chosen_anew(world: Interviewing) -> None:
    time, later, _third = make_times(world.step)
    one, _other = make_interviews(world)
    choose_time(actor=applicant(one), interview=one, time=time, now=ASKED)
    late = one.choose_until - dt.timedelta(hours=1)
    facts = {"actor": world.officer, "step": world.step, "now": late}
    with pytest.raises(BadInput, match="Say why"):
        close_times(references=[time.reference], because=" ", **facts)
    close_times(references=[time.reference], because="The room is flooded.", **facts)
    one = Interview.objects.get(pk=one.pk)
    told = last_mail("lost")
    assert one.time is None
    assert one.choose_until == late + 2 * DAY, "there is time to choose anew"
    assert "The room is flooded." in told.body
    assert "METHOD:CANCEL" in told.calendar
    assert "SEQUENCE:2" in told.calendar
    choose_time(actor=applicant(one), interview=one, time=later, now=late)
    with pytest.raises(BadInput, match="still to come"):
        close_times(references=[time.reference], because="", **facts)
    rest = [each.reference for each in times_to_choose(world.step, late)]
    close_times(references=rest, because="", **facts)
    assert Message.objects.filter(code="interviews.lost").count() == 1, "nobody had the others"
    with pytest.raises(Refused, match="This time was closed"):
        move(world, time, time.starts_at)


def move(world: Interviewing, time: InterviewTime, at: dt.datetime, **changes: Any) -> None:
    facts: dict[str, Any] = {"place": time.place, "listeners": [], "because": "", "now": ASKED}
    change_time(actor=world.officer, time=time, starts_at=at, **(facts | changes))


def test_a_moved_time_is_lost_and_another_place_is_told(world: Interviewing) -> None:
    time, later, _third = make_times(world.step)
    one, _other = make_interviews(world)
    choose_time(actor=applicant(one), interview=one, time=time, now=ASKED)
    with pytest.raises(BadInput, match="Say why"):
        move(world, time, time.starts_at, place="Room 5")
    move(world, time, time.starts_at, place="Room 5", because="A larger room.")
    one = Interview.objects.get(pk=one.pk)
    told = last_mail("settled")
    assert one.time == time
    assert "Room 5" in told.body
    assert "A larger room." in told.body
    assert "SEQUENCE:2" in told.calendar
    before = time.starts_at
    move(world, time, before + DAY, because="The panel travels.")
    one = Interview.objects.get(pk=one.pk)
    lost = last_mail("lost")
    assert one.time is None
    assert "3 April 2027, 09:00 (Beijing)" in lost.body
    assert time.ends_at - time.starts_at == dt.timedelta(minutes=20)
    move(world, later, later.starts_at, listeners=[world.listener])
    assert list(later.listeners.all()) == [world.listener]
    assert Message.objects.filter(code="interviews.lost").count() == 1
    with pytest.raises(Refused, match="This time began"):
        move(world, later, later.starts_at, now=later.starts_at)


def test_an_officer_settles_a_time_with_a_reason(world: Interviewing) -> None:
    time, later, _third = make_times(world.step)
    one, _other = make_interviews(world)
    facts = {"interview": one, "time": time, "now": one.choose_until + dt.timedelta(hours=1)}
    with pytest.raises(Refused, match="officers of this call"):
        settle_time(actor=applicant(one), because="I want it.", **facts)
    with pytest.raises(BadInput, match="Say why"):
        settle_time(actor=world.officer, because="", **facts)
    settle_time(actor=world.officer, because="You wrote that you can.", **facts)
    assert one.time == time
    assert "You wrote that you can." in last_mail("settled").body
    withdraw_application(actor=applicant(one), application=one.application, now=ASKED)
    with pytest.raises(Refused, match="no longer judged"):
        settle_time(actor=world.officer, because="Late.", **facts | {"time": later})


def test_nobody_is_asked_without_a_free_time_or_twice_or_too_late(world: Interviewing) -> None:
    with pytest.raises(BadInput, match="Open more times first"):
        make_interviews(world)
    make_times(world.step)
    for until in (ASKED, dt.datetime(2027, 6, 1, tzinfo=dt.UTC)):
        with pytest.raises(BadInput, match="must be to come, in the step"):
            make_interviews(world, choose_until=until)
    with pytest.raises(Refused, match="officers of this call"):
        make_interviews(world, actor=make_person("Mette").account)
    with pytest.raises(Refused, match="The days of this step ended on"):
        make_interviews(world, now=dt.datetime(2027, 6, 1, tzinfo=dt.UTC))
    assert len(make_interviews(world, actor=world.officer)) == 2
    assert not applications_to_invite(world.step)
    with pytest.raises(BadInput, match="not asked yet"):
        make_interviews(world)
    Call.objects.filter(pk=world.call.pk).update(state="completed", completed_at=ASKED)
    world.step.call.refresh_from_db()
    with pytest.raises(Refused, match="not running"):
        make_interviews(world)


def test_times_lie_in_the_step_to_come_somewhere_and_not_too_many(world: Interviewing) -> None:
    first = world.step.starts_on
    for day, why in (
        (first - DAY, "must be to come"),
        (world.step.ends_on + DAY, "lie in the days of the step"),
    ):
        with pytest.raises(BadInput, match=why):
            make_times(world.step, on=day)
    early = Opening(Timetable(first - DAY, first - DAY, dt.time(9), dt.time(10), 20), ROOM)
    with pytest.raises(BadInput, match="lie in the days"):
        open_times(actor=world.officer, step=world.step, opening=early, now=ASKED - 9 * DAY)
    for changes, why in (({"at_once": 21}, "the same time"), ({"place": " "}, "Say where")):
        with pytest.raises(BadInput, match=why):
            make_times(world.step, **changes)


def test_whoever_has_not_chosen_is_reminded_once_then_listed_for_the_officer(
    world: Interviewing,
) -> None:
    time, *_more = make_times(world.step)
    until = ASKED + 3 * DAY
    one, other = make_interviews(world, choose_until=until)

    def reminded(now: dt.datetime) -> int:
        with clock_at(now):
            remind_of_choosing(0)
        return Message.objects.filter(code="interviews.reminder").count()

    assert reminded(ASKED + DAY - dt.timedelta(hours=1)) == 0
    choose_time(actor=applicant(one), interview=one, time=time, now=ASKED)
    assert [reminded(ASKED + 2 * DAY) for _twice in "ab"] == [1, 1]
    assert last_mail("reminder").recipient == applicant(other)
    (item,) = todo_items_for(applicant(other), ASKED)
    assert item.due_at == until
    assert todo_items_for(applicant(one), ASKED) == []
    assert todo_items_for(world.officer, until - DAY) == []
    (item,) = todo_items_for(world.officer, until)
    assert "1 person has chosen no time" in item.text
    assert todo_items_for(applicant(other), until) == []
    remind_to_choose(interview=Interview.objects.get(pk=other.pk), now=until)
    assert reminded(until) == 1


def test_officers_write_to_those_who_have_chosen_or_have_not(world: Interviewing) -> None:
    time, *_more = make_times(world.step)
    one, other = make_interviews(world)
    choose_time(actor=applicant(one), interview=one, time=time, now=ASKED)

    def found(**wanted: str) -> list[Interview]:
        return list(interviews_chosen(world.call, world.officer, wanted, ASKED))

    assert found(step=world.step.key) == [one, other]
    assert found(only="waiting") == [other]
    assert found(only="chosen", step="none") == []
    audience = AUDIENCES["interviews.message"]
    addressee = audience.addressee(found(only="chosen")[0], ASKED)
    assert (addressee.label, addressee.say()["place"]) == ("Amina Yusuf", ROOM)
    assert audience.in_words(world.call, {"only": "waiting"}) == ["Interviews: no time chosen"]
    assert audience.in_words(world.call, {}) == []
    assert audience.back(world.call, {"only": "waiting", "step": ""}).endswith("?only=waiting")


def test_a_listener_finds_the_files_they_may_read_and_not_those_of_a_conflict(
    world: Interviewing,
) -> None:
    times = make_times(world.step, listeners=[world.listener])
    one, other = make_interviews(world)
    for each, time in zip((one, other), times, strict=False):
        choose_time(actor=applicant(each), interview=each, time=time, now=ASKED)
    given = make_assignment(one.application, world.listener)
    conflicted = make_assignment(other.application, world.listener)
    Assignment.objects.filter(pk=conflicted.pk).update(state="conflicted", answered_at=ASKED)
    own = account_of(given)
    read, kept = list_of_listener(own, ASKED)
    assert (read.interview, read.assignment) == (one, given)
    assert (kept.time, kept.interview) == (times[1], None)
    assert list_of_listener(make_person("Mette").account, ASKED) == []


def test_people_are_heard_in_conversations_and_in_reviews_that_show_names(
    world: Interviewing,
) -> None:
    assert [step.block for step in interview_steps(world.call)] == ["interviews"]
    blind = make_two_step_call()
    for step in interview_steps(blind):
        assert step.block == "review"
    assert may_see_interviews(world.officer, world.call, ASKED)
    blind.steps.filter(block="review").delete()
    blind = Call.objects.get(pk=blind.pk)
    assert "nobody is interviewed" in str(may_see_interviews(world.officer, blind, ASKED))


def test_from_the_officers_desk_to_the_applicants_page_and_the_listeners_list(
    world: Interviewing, client: Client
) -> None:
    desk = reverse("interviews:call_interviews", args=[world.call.reference])
    day = f"{world.step.starts_on + 2 * DAY}"
    opening = {
        "act": "open", "first_day": day, "begins": "9:00", "ends": "10:30", "minutes": "20",
        "pause": "10", "place": ROOM, "listener": world.listener.reference,
    }  # fmt: skip
    numbers = [each.number for each in world.applications]
    with clock_at(ASKED):
        client.force_login(world.officer)
        wrong = client.post(desk, opening | {"minutes": "many"})
        assert (wrong.status_code, "is not a number" in wrong.content.decode()) == (422, True)
        assert ROOM in wrong.content.decode(), "nothing typed is lost"
        assert "3 times were opened." in client.post(desk, opening, follow=True).content.decode()
        asking = {"act": "ask", "application": numbers, "until_on": day}
        assert "2 people were asked" in client.post(desk, asking, follow=True).content.decode()
        assert client.post(desk, {"act": "nonsense"}).status_code == 404
        one, other = Interview.objects.order_by("application__number")
        page = reverse("interviews:interview", args=[one.reference])
        assert client.get(page).status_code == 404, "the page is the applicant's alone"
        client.force_login(applicant(one))
        assert "01:00 (UTC)" in client.get(page).content.decode()
        assert client.post(page, {"time": "none"}).status_code == 422
        time, later, third = InterviewTime.objects.order_by("starts_at")
        done = client.post(page, {"time": time.reference}, follow=True).content.decode()
        assert "This time is yours." in done
        assert further_lines_of(one.application, ASKED)[-1].tone == "good"
        client.force_login(applicant(other))
        own = reverse("interviews:interview", args=[other.reference])
        taken = client.post(own, {"time": time.reference})
        assert (taken.status_code, "taken by somebody else" in taken.content.decode()) == (
            422,
            True,
        )
        client.force_login(account_of(make_assignment(one.application, world.listener)))
        assert numbers[0] in client.get(reverse("interviews:listening")).content.decode()
        client.force_login(world.officer)
        shown = client.get(f"{desk}?only=waiting").content.decode()
        assert "not chosen yet" in shown
        settle = reverse(
            "interviews:settle_interview", args=[world.call.reference, other.reference]
        )
        assert client.post(settle, {"time": time.reference}).status_code == 422
        put = {"time": third.reference, "because": "As you wrote."}
        assert "The time is settled" in client.post(settle, put, follow=True).content.decode()
        change = reverse("interviews:interview_time", args=[world.call.reference, later.reference])
        moved = {"day": day, "begins": "11:00", "place": ROOM}
        assert client.post(change, moved | {"begins": "25:00"}).status_code == 422
        assert "was changed" in client.post(change, moved, follow=True).content.decode()
        closing = {"act": "close", "time": later.reference}
        assert "1 time was closed" in client.post(desk, closing, follow=True).content.decode()
        for name in ("settle_interview", "interview_time"):
            gone = reverse(f"interviews:{name}", args=[world.call.reference, "NONE"])
            assert client.get(gone).status_code == 404
    with clock_at(one.choose_until):
        client.force_login(applicant(one))
        late = client.post(page, {"time": time.reference})
        assert (late.status_code, "Your interview began" in late.content.decode()) == (403, True)
