"""What happens when the same thing is done by many at once; each race is first proved with the lock
off.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection

from anso.applications.actions import (
    ask_letter,
    complete_letter,
    letter_writers,
    locking,
    save_answers,
    save_letter_draft,
    start_application,
    submit_application,
)
from anso.applications.models import Application, Letter, SaveReceipt, Submission
from anso.audit.models import Entry
from anso.kernel.errors import Stale
from anso.notifications.models import Message
from tests.applications.test_letters import ANSWERS
from tests.factories.applications import (
    make_application,
    make_complete_application,
    make_letter,
)
from tests.factories.calls import make_call
from tests.factories.directory import make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MANY = 10


def at_once(act: Callable[[int], Any], times: int = MANY) -> tuple[list[Any], list[Exception]]:
    """Run one act in many threads that start together; what they returned and what they raised."""
    results: list[Any] = []
    faults: list[Exception] = []
    start = threading.Barrier(times)

    def run(number: int) -> None:
        try:
            start.wait()
            results.append(act(number))
        except Exception as fault:  # noqa: BLE001 - every fault is told to the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return results, faults


def submit(application: Application, now: dt.datetime) -> Callable[[int], Submission]:
    account = application.applicant.account
    assert account is not None

    def act(number: int) -> Submission:
        own = Application.objects.select_related("call", "form_version", "applicant__account").get(
            pk=application.pk
        )
        return submit_application(application=own, actor=account, arrived_at=now, now=now)

    return act


def test_ten_parallel_submits_give_one_submission_one_number_one_receipt(now: dt.datetime) -> None:
    application = make_complete_application()
    submissions, faults = at_once(submit(application, now))
    assert faults == []
    assert len({submission.pk for submission in submissions}) == 1
    assert len(submissions) == MANY
    assert Submission.objects.count() == 1
    assert Message.objects.filter(code="applications.receipt").count() == 1
    assert Entry.objects.filter(verb="submit_application").count() == 1
    assert Letter.objects.count() == 2


def test_without_the_lock_parallel_submits_collide(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the race is real, so the test above proves the lock and not luck."""
    application = make_complete_application()
    meet = threading.Barrier(MANY)

    def unlocked(found: Application) -> Application:
        seen = Application.objects.select_related(
            "call__programme", "form_version", "applicant__account"
        ).get(pk=found.pk)
        if threading.current_thread() is not threading.main_thread() and not getattr(
            seen, "met", False
        ):
            meet.wait(timeout=20)
        return seen

    first_call = threading.local()

    def once(found: Application) -> Application:
        if getattr(first_call, "is_done", False):
            return Application.objects.select_related(
                "call__programme", "form_version", "applicant__account"
            ).get(pk=found.pk)
        first_call.is_done = True
        return unlocked(found)

    monkeypatch.setattr(locking, "lock_application", once)
    submissions, faults = at_once(submit(application, now))
    assert len(faults) == MANY - 1
    assert len(submissions) == 1


def test_parallel_saves_of_different_questions_all_arrive(now: dt.datetime) -> None:
    application = make_application()
    account = application.applicant.account
    keys = [
        "title",
        "keywords",
        "proposal",
        "relevance",
        "experience",
        "academic_record",
        "degree_institution",
        "phone",
        "residence",
        "subject",
    ]

    def act(number: int) -> Any:
        own = Application.objects.select_related("call", "form_version", "applicant__account").get(
            pk=application.pk
        )
        value = {"residence": "NP", "subject": "03"}.get(keys[number], f"text {number}")
        return save_answers(
            application=own,
            fields={keys[number]: value},
            base=1,
            token=f"t{number}",
            actor=account,
            now=now,
        )

    results, faults = at_once(act)
    assert faults == []
    application.refresh_from_db()
    assert sorted(result.revision for result in results) == list(range(2, 12))
    assert application.revision == 11
    assert all(application.answers[key]["revision"] > 1 for key in keys)


def test_the_same_save_sent_ten_times_is_kept_once(now: dt.datetime) -> None:
    application = make_application()
    account = application.applicant.account

    def act(number: int) -> Any:
        own = Application.objects.select_related("call", "form_version", "applicant__account").get(
            pk=application.pk
        )
        return save_answers(
            application=own, fields={"title": "Once"}, base=1, token="same", actor=account, now=now
        )

    results, faults = at_once(act)
    assert faults == []
    assert len({result.receipt.pk for result in results}) == 1
    assert SaveReceipt.objects.count() == 1


def test_disputed_words_sent_ten_times_at_once_are_kept_once(now: dt.datetime) -> None:
    """Nothing of them raises the revision, by which writes at once are told apart otherwise."""
    application = make_application()
    account = application.applicant.account
    save_answers(
        application=application, fields={"title": "A"}, base=1, token="a", actor=account, now=now
    )

    def act(number: int) -> Any:
        own = Application.objects.select_related("call", "form_version", "applicant__account").get(
            pk=application.pk
        )
        return save_answers(
            application=own, fields={"title": "B"}, base=1, token="same", actor=account, now=now
        )

    results, faults = at_once(act)
    assert faults == []
    assert len({result.receipt.pk for result in results}) == 1
    assert all(result.disputed for result in results)
    assert SaveReceipt.objects.count() == 2


def test_parallel_starts_give_each_person_one_application_and_every_number_once(
    now: dt.datetime,
) -> None:
    call = make_call(number_prefix="F27")
    accounts = [make_person(f"Person {number}").account for number in range(5)]
    results, faults = at_once(
        lambda number: start_application(call=call, actor=accounts[number % 5], now=now)
    )
    assert faults == []
    assert sorted({application.number for application in results}) == [
        f"F27-0000{number}" for number in range(1, 6)
    ]
    assert Application.objects.count() == 5


def test_a_writer_is_asked_once_however_often_the_button_is_pressed(now: dt.datetime) -> None:
    application = make_application()
    account = application.applicant.account
    letters, faults = at_once(
        lambda _number: ask_letter(
            application=application, question_key="referee_1", actor=account, now=now
        )
    )
    assert faults == []
    assert len({letter.pk for letter in letters}) == 1
    assert Message.objects.filter(code="applications.letter_request").count() == 1


WRITTEN = ({"letter_text": "From one tab"}, {"relation": "taught"})


def write(letter: Letter, now: dt.datetime) -> Callable[[int], Any]:
    """Each tab saves its own answer, on a row that it read before the other saved."""

    def act(number: int) -> Any:
        own = Letter.objects.get(pk=letter.pk)
        return save_letter_draft(letter=own, fields=WRITTEN[number], base_revision=0, now=now)

    return act


def test_two_tabs_of_one_letter_that_save_at_once_both_keep_their_words(now: dt.datetime) -> None:
    letter = make_letter(make_application())
    saves, faults = at_once(write(letter, now), 2)
    assert faults == []
    letter.refresh_from_db()
    assert letter.answers == WRITTEN[0] | WRITTEN[1]
    assert sorted(save.merge.revision for save in saves) == [1, 2]


def test_without_the_lock_one_of_them_is_lost(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the race is real, so the test above proves the lock and not luck."""
    letter = make_letter(make_application())
    meet = threading.Barrier(2)

    def unlocked(found: Letter) -> Letter:
        seen = Letter.objects.select_related("application__call__programme").get(pk=found.pk)
        meet.wait(timeout=20)
        return seen

    monkeypatch.setattr(letter_writers, "lock_letter", unlocked)
    _saves, faults = at_once(write(letter, now), 2)
    assert faults == []
    letter.refresh_from_db()
    assert len(letter.answers) == 1


def test_a_letter_is_not_given_with_what_another_tab_wrote_in_the_same_instant(
    now: dt.datetime,
) -> None:
    letter = make_letter(make_application())
    seen = save_letter_draft(letter=letter, fields=ANSWERS, base_revision=0, now=now).letter
    save_letter_draft(letter=letter, fields={"standing": "lower"}, base_revision=1, now=now)
    with pytest.raises(Stale, match="in another tab"):
        complete_letter(letter=seen, base_revision=seen.revision, now=now)
    letter.refresh_from_db()
    assert letter.state == "asked"
