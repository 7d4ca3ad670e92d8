"""Where an application stands, in words, at every moment; and the rules around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from anso.accounts.models import Account
from anso.applications.actions import (
    ask_letter,
    check_applications,
    decline_letter,
    reject_ineligible,
    replace_letter,
    save_answers,
    screen_applications,
    start_application,
    submit_application,
    withdraw_application,
)
from anso.applications.models import Application, EligibilityCheck, Letter
from anso.applications.queries import get_progress
from anso.applications.queries.letter_links import open_letter_link
from anso.applications.rules import (
    is_state_open,
    may_ask_letters,
    may_change_application,
    may_replace_letter,
    may_resend_letter,
    may_start_application,
    may_withdraw_application,
    may_write_letter,
)
from anso.applications.wording import (
    find_problem_url,
    next_steps,
    short_status,
    status_in_words,
    task_lines,
    todo_items_for,
    who_can_see,
)
from anso.kernel.actors import CLOCK
from anso.kernel.errors import BadInput
from anso.kernel.terms import Rubric
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS, find_kind
from tests.cast import Cast
from tests.factories.applications import (
    add_documents,
    fellowship_answers,
    make_application,
    make_submitted_application,
    write_letter,
)
from tests.factories.calls import YEAR, make_call

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_the_words_follow_the_life_of_an_application(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_application(call, applicant=cast.applicant)
    after = call.closes_at
    assert "15 February 2027, 23:59 (Beijing)" in status_in_words(application, now)
    assert "not submitted" in status_in_words(application, after)
    assert short_status(application, after)[0] == "not submitted"
    add_documents(application)
    submit_application(application=application, actor=cast.applicant, arrived_at=now, now=now)
    application.refresh_from_db()
    assert "submit again until" in status_in_words(application, now)
    save_answers(
        application=application,
        fields={"title": "New"},
        base=99,
        token="t",
        actor=cast.applicant,
        now=now,
    )
    application.refresh_from_db()
    assert "You changed something" in status_in_words(application, now)
    assert short_status(application, now) == ("changed since submission", "attn")
    assert "Eligibility check" in status_in_words(application, after + 20 * DAY)


def test_what_screening_found_is_not_said_before_release(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant)
    later = call.closes_at + 30 * DAY
    before = short_status(Application(state="eligible", call=call, step=application.step), later)
    reject_ineligible(
        application=application, because="Too old", actor=cast.programme_officer, now=call.closes_at
    )
    application.refresh_from_db()
    words = status_in_words(application, later)
    assert "Review" in words
    assert "eligible" not in words
    assert "Too old" not in words
    assert short_status(application, later) == before
    assert "It is with us" in status_in_words(application, call.closes_at + 900 * DAY)


def test_the_words_of_the_end(cast: Cast, now: dt.datetime) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    withdraw_application(application=application, actor=cast.applicant, now=now)
    assert "1 December 2026" in status_in_words(application, now)
    Application.objects.update(state="decided", decided_at=now)
    application.refresh_from_db()
    assert "Decided" in status_in_words(application, now)


def test_what_happens_next_begins_with_the_close(now: dt.datetime) -> None:
    call = make_call()
    steps = next_steps(call, now)
    assert (steps[0].title, steps[0].when, steps[0].is_current) == (
        "Call closes",
        "15 February 2027",
        True,
    )
    later = next_steps(call, call.closes_at + 40 * DAY)
    assert [step.title for step in later if step.is_current] == ["Review"]
    assert later[0].is_past


def test_the_task_list_says_what_each_part_lacks(cast: Cast) -> None:
    application = make_application(
        applicant=cast.applicant, answers={"level": "phd", "citizenship": "KE"}
    )
    tasks = {task.key: task for task in task_lines(application, get_progress(application))}
    assert (tasks["proposal"].status, tasks["choices"].status) == ("to do", "in progress")
    assert tasks["eligibility"].tone == "attn"
    assert "referees" not in tasks
    assert tasks["letters"].status == "0 of 2"
    full = make_application(applicant=cast.stranger, answers=fellowship_answers(citizenship="CN"))
    progress = get_progress(full)
    tasks = {task.key: task for task in task_lines(full, progress)}
    assert (tasks["proposal"].status, tasks["proposal"].tone) == ("1 document missing", "attn")
    assert (tasks["declarations"].status, tasks["eligibility"].tone) == ("done", "stop")
    (proposal,) = [topic for topic in progress.topics if topic.section.key == "proposal"]
    assert (proposal.state, proposal.lacking) == ("lacks_documents", 1)


def test_days_are_told_in_the_zone_of_the_call(cast: Cast) -> None:
    evening = dt.datetime(2027, 3, 1, 18, tzinfo=dt.UTC)
    application = make_application(make_call(), applicant=cast.applicant)
    application.state, application.decided_at, application.withdrawn_at = (
        "decided",
        evening,
        evening,
    )
    assert "Decided on 2 March 2027." in status_in_words(application, evening)
    application.state = "withdrawn"
    assert "on 2 March 2027." in status_in_words(application, evening)
    application.call.zone = "America/Lima"
    assert "on 1 March 2027." in status_in_words(application, evening)


def test_times_are_told_in_the_readers_zone_too(cast: Cast, now: dt.datetime) -> None:
    application = make_application(make_call(), applicant=cast.applicant)
    with timezone.override("Africa/Nairobi"):
        words = status_in_words(application, now)
    closes = "15 February 2027, 23:59 (Beijing), which is 15 February 2027, 18:59 (Nairobi)"
    assert words == f"This is a draft. Submit it by {closes}."


def test_letters_that_only_the_applicant_can_help_on_are_something_to_do(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    first, second = Letter.objects.order_by("position")
    decline_letter(letter=first, now=now)
    Message.objects.filter(about_id=second.pk, about_type="applications.letter").update(
        state="bounced", bounced_at=now
    )
    assert {item.text for item in todo_items_for(cast.applicant, now)} == {
        "Name somebody else for a letter",
        "Correct an address",
    }
    Message.objects.filter(about_id=second.pk, about_type="applications.letter").update(
        state="failed", failed_at=now
    )
    assert "Correct an address" in {item.text for item in todo_items_for(cast.applicant, now)}, (
        "refused at once is as bad as returned"
    )
    save_answers(
        application=application,
        fields={"title": "New"},
        base=99,
        token="t",
        actor=cast.applicant,
        now=now,
    )
    assert any(item.text.startswith("Submit again") for item in todo_items_for(cast.applicant, now))


def test_the_machine_judges_many_anew(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    applications = [
        make_submitted_application(call, applicant=account)
        for account in (cast.applicant, cast.stranger)
    ]
    assert check_applications(applications=applications, actor=CLOCK, now=now) == 2
    assert EligibilityCheck.objects.count() == 4
    with pytest.raises(BadInput, match="no such step in screening"):
        screen_applications(
            applications=applications, verb="nonsense", actor=cast.programme_officer, now=now
        )


def codes(verdict: object) -> list[str]:
    return [reason.code for reason in verdict.reasons]  # type: ignore[attr-defined]


def test_rules_say_why_not(cast: Cast, now: dt.datetime) -> None:
    call = make_call()
    application = make_submitted_application(call, applicant=cast.applicant)
    letter = Letter.objects.select_related("application__call", "application__applicant").order_by(
        "position"
    )[0]
    actor = cast.applicant
    assert codes(may_start_application(Account(email="nobody@example.org"), call, now)) == [
        "not_signed_in"
    ]
    assert codes(may_resend_letter(actor, letter, letter.due_at)) == ["late"]
    for state, code in (("declined", "declined"), ("replaced", "replaced")):
        assert codes(may_write_letter(Letter(state=state, application=application), now)) == [code]
    assert codes(
        may_replace_letter(actor, Letter(state="completed", application=application), now)
    ) == ["written"]
    assert codes(
        may_resend_letter(actor, Letter(state="completed", application=application), now)
    ) == ["not_open"]
    application.state = "ineligible"
    assert codes(may_change_application(actor, application, now)) == ["being_judged"]
    assert (
        codes(may_ask_letters(actor, application, now)) == []
    )  # a refusal would tell the result before the release
    application.state = "decided"
    assert codes(may_ask_letters(actor, application, now)) == ["over"]
    assert codes(may_withdraw_application(actor, application, now)) == ["decided"]
    assert codes(is_state_open("withdrawn")) == ["withdrawn"]


def test_a_cancelled_call_takes_nothing_more(cast: Cast, now: dt.datetime) -> None:
    application = make_application(applicant=cast.applicant)
    application.call.state = "cancelled"
    assert codes(may_change_application(cast.applicant, application, now)) == ["call_cancelled"]
    assert codes(may_ask_letters(cast.applicant, application, now)) == ["call_closed"]


def test_a_save_that_meets_a_withdrawal_is_refused_under_the_lock(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_application(applicant=cast.applicant)
    withdraw_application(application=Application.objects.get(), actor=cast.applicant, now=now)
    with pytest.raises(Refused) as refusal:
        save_answers(
            application=application,
            fields={"title": "x"},
            base=1,
            token="t",
            actor=cast.applicant,
            now=now,
        )
    assert codes(refusal.value.verdict) == ["withdrawn"]


def test_somebody_who_came_with_an_address_only_is_known_by_the_name_they_submit(
    now: dt.datetime,
) -> None:
    account = Account.objects.create_user("newcomer@example.org")
    application = make_application(applicant=account)
    assert application.applicant.full_name == "newcomer"
    add_documents(application)
    submit_application(application=application, actor=account, arrived_at=now, now=now)
    application.applicant.refresh_from_db()
    assert application.applicant.full_name == "Amina Yusuf"


def test_after_withdrawal_one_may_start_anew_and_links_stay_dead(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call()
    application = make_application(call, applicant=cast.applicant)
    letter = ask_letter(
        application=application, question_key="referee_1", actor=cast.applicant, now=now
    )
    withdraw_application(application=application, actor=cast.applicant, now=now)
    again = start_application(call=call, actor=cast.applicant, now=now)
    assert again.pk != application.pk
    assert open_letter_link("x" * 300, now).closed_because == "unknown"
    with pytest.raises(Refused):
        write_letter(letter, {}, now=now)


def test_a_replacement_is_refused_when_it_is_too_late_for_letters(
    cast: Cast, now: dt.datetime
) -> None:
    make_submitted_application(applicant=cast.applicant)
    letter = Letter.objects.order_by("position")[0]
    person = {"name": "N", "email": "n@example.org"}
    with pytest.raises(Exception, match="too late"):
        replace_letter(letter=letter, person=person, actor=cast.applicant, now=letter.due_at)
    letter.refresh_from_db()
    assert letter.state == "asked"


def test_a_letter_that_nobody_can_help_on_is_nothing_to_do(cast: Cast, now: dt.datetime) -> None:
    make_submitted_application(applicant=cast.applicant)
    assert [item.text for item in todo_items_for(cast.applicant, now)] == []


def test_a_call_without_letters_has_no_task_for_them_and_names_no_writer(cast: Cast) -> None:
    terms = replace(find_kind("fellowship").terms_for(YEAR), letters=())
    application = make_application(make_call(terms=terms), applicant=cast.applicant, answers={})
    assert "letters" not in [
        task.key for task in task_lines(application, get_progress(application))
    ]
    assert not any("letter" in viewer.why for viewer in who_can_see(application))
    progress = get_progress(application)
    problem = next(problem for problem in progress.problems if problem.key == "referee_1")
    assert (
        find_problem_url(application, problem, progress.writers)
        == f"/applications/{application.reference}/form/referees/?missing=1#f-referee_1"
    )


def test_a_call_that_shows_reviewers_nothing_names_none(cast: Cast) -> None:
    terms = replace(KINDS["fellowship"].terms_for(2027), rubric=Rubric(()))
    usual = make_application(applicant=cast.applicant)
    without = make_application(make_call(terms=terms), applicant=cast.stranger)
    assert len(who_can_see(usual)) == len(who_can_see(without)) + 1


def test_a_missing_writer_is_named_on_the_page_of_letters(cast: Cast) -> None:
    application = make_application(
        applicant=cast.applicant, answers=fellowship_answers(referee_1=None, title="")
    )
    progress = get_progress(application)
    places = {
        problem.key: find_problem_url(application, problem, progress.writers)
        for problem in progress.problems
    }
    assert places["referee_1"] == f"/applications/{application.reference}/letters/#referee_1"
    assert (
        places["title"] == f"/applications/{application.reference}/form/proposal/?missing=1#f-title"
    )
