"""What a call demands of others: required to submit, required by a day, or wanted; the same words
on every page and in every mail, and what becomes of an application without it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from anso.applications.actions import (
    ask_letter,
    ask_letters,
    decline_letter,
    save_answers,
    submit_application,
)
from anso.applications.models import Application, Letter, Submission
from anso.applications.queries import get_progress
from anso.applications.queries.letters import letter_due_at
from anso.applications.queries.required_letters import lacks_of_draft, lacks_of_submitted
from anso.applications.wording import task_lines
from anso.applications.wording.letters import letter_context
from anso.applications.wording.mail import submission_told
from anso.calls.actions import extend_call
from anso.calls.models import Call
from anso.calls.queries import get_form, get_terms, letters_due_at
from anso.calls.wording import need_in_short, need_told, promised_letters
from anso.kernel.terms import LetterNeed
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.ui.instants import end_in_words
from tests.cast import Cast
from tests.factories.answers import answers_for
from tests.factories.applications import (
    NOW,
    fellowship_answers,
    give_all_letters,
    give_letter,
    make_complete_application,
    make_submitted_application,
    write_letter,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.steps import make_outline, make_two_step_call

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
AT_BOTH = fellowship_answers(
    hosts=["UCAS", "USTC"], supervisor_ucas={"name": "李明", "email": "li@ucas.example"}
)
TO_SUBMIT = (
    "Required to submit, for University of Chinese Academy of Sciences: it must be there before you"
    " submit, as long as you ask for this host."
)
BY_DAY = (
    "Required by 1 March 2027, 23:59 (Beijing): you may submit before it is there, but without it"
    " by then nothing can be given."
)


def in_the_calls_zone(text: str) -> str:
    """The text without the reader's own time, which stands beside that of the call."""
    return re.sub(r", which is [^()]*\([^)]+\)", "", text)


def submit(application: Application, now: dt.datetime = NOW) -> None:
    account = application.applicant.account
    assert account is not None
    submit_application(application=application, actor=account, arrived_at=now, now=now)
    application.refresh_from_db()


def answer(letter: Letter, now: dt.datetime, **fields: Any) -> Letter:
    return give_letter(write_letter(letter, fields, now=now), now=now)


def lacking(application: Application) -> list[str]:
    found = lacks_of_submitted(application.call, [application])[application.pk]
    return [lack.code for lack in found]


def with_need(need: LetterNeed, kind: str = "referee") -> Call:
    terms = KINDS["fellowship"].terms_for(2027)
    letters = tuple(
        replace(rule, need=need) if rule.kind == kind else rule for rule in terms.letters
    )
    return make_call(terms=replace(terms, letters=letters))


def test_who_needs_an_agreement_before_submitting_submits_when_it_is_there() -> None:
    application = make_complete_application(answers=AT_BOTH)
    with pytest.raises(Refused, match="Required to submit, for University of Chinese Academy"):
        submit(application)
    letter = ask_letter(
        application=application,
        question_key="supervisor_ucas",
        actor=application.applicant.account,
        now=NOW,
    )
    with pytest.raises(Refused, match="supervisor’s statement for University of Chinese"):
        submit(application, NOW + HOUR)
    answer(letter, NOW + HOUR, is_acceptance="yes", institute="Institute of Ecology")
    submit(application, NOW + 2 * HOUR)
    assert application.state == "submitted"
    assert lacking(application) == ["referee"], "which is required by a later day"


def test_a_supervisor_who_says_no_is_no_agreement_and_without_the_host_one_submits() -> None:
    application = make_complete_application(answers=AT_BOTH)
    account = application.applicant.account
    letter = ask_letter(
        application=application, question_key="supervisor_ucas", actor=account, now=NOW
    )
    answer(letter, NOW + HOUR, is_acceptance="no")
    with pytest.raises(Refused, match="Required to submit"):
        submit(application, NOW + HOUR)
    save_answers(
        application=application,
        fields={"hosts": ["USTC"]},
        base=application.revision,
        token="only-ustc",
        actor=account,
        now=NOW + HOUR,
    )
    application.refresh_from_db()
    submit(application, NOW + 2 * HOUR)
    assert application.state == "submitted"


def test_the_same_words_stand_on_every_page_and_in_every_mail(client: Client, cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_complete_application(call, applicant=cast.applicant, answers=AT_BOTH)
    rules = {rule.kind: told for rule, _promised, told in promised_letters(call)}
    assert {kind: in_the_calls_zone(told) for kind, told in rules.items()} == {
        "referee": BY_DAY,
        "supervisor": TO_SUBMIT,
    }
    client.force_login(cast.applicant)
    pages = {
        name: client.get(reverse(f"applications:{name}", args=[application.reference, *more]))
        for name, more in (
            ("letters", ()),
            ("check", ()),
            ("detail", ()),
            ("section", ("choices",)),
        )
    }
    public = client.get(reverse("calls:call", args=[call.slug]))
    shown = {
        name: in_the_calls_zone(page.content.decode())
        for name, page in (pages | {"public": public}).items()
    }
    assert TO_SUBMIT in shown["letters"]
    assert TO_SUBMIT in shown["check"]
    assert TO_SUBMIT in shown["section"]
    assert TO_SUBMIT in shown["public"]
    assert BY_DAY in shown["letters"]
    assert BY_DAY in shown["public"]
    assert "required by 1 March 2027, 23:59 (Beijing)" in shown["check"]
    line = task_lines(application, get_progress(application))[-1]
    assert "Required to submit and not there yet: supervisor’s statement for" in line.note
    assert "Required, but not before you submit: referee’s letter (0 of 2)." in line.note
    for name, text in shown.items():
        for false in ("hold up your submission", "before letters arrive", "must agree", "judged"):
            if (name, false) != ("public", "judged"):
                assert false not in text, (name, false)


def test_writers_read_what_depends_on_their_answer(cast: Cast) -> None:
    application = make_complete_application(applicant=cast.applicant, answers=AT_BOTH)
    ask_letters(application=application, actor=cast.applicant, now=NOW)
    said = {
        message.about_id: in_the_calls_zone(message.body)
        for message in Message.objects.filter(code="applications.letter_request")
    }
    name = "Amina Yusuf"
    expected = {
        "supervisor": f"Your answer is required to submit: {name} can ask for University of Chinese"
        " Academy of Sciences only when you have given it.",
        "referee": "Your answer is required: without it by then nothing can be given to what"
        f" {name} submits.",
    }
    for letter in application.letters.all():
        assert expected[letter.kind] in said[letter.pk]
        need = letter_context(letter, "token", NOW)["need"]
        assert in_the_calls_zone(need) == expected[letter.kind]
        assert "judged without it" not in said[letter.pk]
        due = in_the_calls_zone(end_in_words(letter_due_at(letter), letter.application.call.zone))
        assert said[letter.pk].count(due) == 1  # each day stands once


def test_the_receipt_says_what_is_still_required_and_then_that_nothing_is() -> None:
    application = make_submitted_application()
    mail = Message.objects.get(code="applications.receipt")
    assert "Still required from others: referee’s letter (0 of 2)." in mail.body
    assert "You need not do anything now" not in mail.body
    give_all_letters(application)
    submit_changed(application)
    last = Message.objects.filter(code="applications.receipt").latest("id")
    assert (
        "You need not do anything now. We write to you when there is something to do" in last.body
    )


def test_nobody_else_is_asked_in_the_place_of_whoever_is_nominated() -> None:
    application = make_complete_application(make_call(make_programme("prize")))
    lacks = lacks_of_draft(application)
    told = submission_told(application, Submission(arrived_at=NOW, version=1), lacks)
    assert "ask somebody else" in told["still_required"]
    alone = [lack for lack in lacks if lack.rule.kind == "nominee"]
    told = submission_told(application, Submission(arrived_at=NOW, version=1), alone)
    assert "nominee’s consent. We have written to" in told["still_required"]
    assert "ask somebody else" not in told["still_required"]


def submit_changed(application: Application) -> None:
    save_answers(
        application=application,
        fields={"title": "Another title"},
        base=application.revision,
        token="again",
        actor=application.applicant.account,
        now=NOW + HOUR,
    )
    application.refresh_from_db()
    submit(application, NOW + HOUR)


def test_a_moved_deadline_moves_the_day_by_which_letters_are_required(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant)
    rule = get_terms(call).letters[0]
    extend_call(
        call=call,
        closes_at=call.closes_at + dt.timedelta(days=10),
        because="Cable cut",
        base_revision=call.revision,
        actor=cast.programme_officer,
        now=NOW,
    )
    call.refresh_from_db()
    application.refresh_from_db()
    told = need_told(rule, letters_due_at(call, rule), call)
    assert in_the_calls_zone(told) == BY_DAY.replace("1 March", "11 March")
    assert (rule, told) in [(each, need) for each, _promised, need in promised_letters(call)]
    (lack,) = lacks_of_submitted(call, [application])[application.pk]
    assert lack.due_at == dt.datetime(2027, 3, 11, 16, 0, tzinfo=dt.UTC), "when that day ends"


def test_a_day_is_that_of_the_calls_clock_also_over_a_change_of_clocks() -> None:
    """Closing on 20 March at the end of the day in New York, whose clocks go forward on 14 March;
    letters count a fortnight longer, to the end of a day too.
    """
    closes_at = dt.datetime(2027, 3, 7, 5, 0, tzinfo=dt.UTC)
    call = make_call(zone="America/New_York", closes_at=closes_at)
    due_at = letters_due_at(call, get_terms(call).letters[0])
    assert due_at == dt.datetime(2027, 3, 21, 4, 0, tzinfo=dt.UTC)
    call.closes_at = dt.datetime(2027, 3, 6, 17, 0, tzinfo=dt.UTC)  # noon there
    assert letters_due_at(call, get_terms(call).letters[0]) == dt.datetime(
        2027, 3, 20, 16, 0, tzinfo=dt.UTC
    )


def test_what_is_wanted_holds_up_nothing_and_says_so() -> None:
    call = with_need(LetterNeed.WANTED)
    application = make_submitted_application(call)
    assert lacking(application) == []
    assert application.lacks == []
    rule = get_terms(call).letters[0]
    due_at = letters_due_at(call, rule)
    told = in_the_calls_zone(need_told(rule, due_at, call))
    assert told.startswith("Wanted by 1 March 2027, 23:59 (Beijing): ")
    assert (
        in_the_calls_zone(need_in_short(rule, due_at, call.zone))
        == "wanted by 1 March 2027, 23:59 (Beijing)"
    )
    with translation.override("ar"):
        assert "مرغوبة" in need_in_short(rule, due_at, call.zone)


def test_referees_may_be_required_before_the_submission_too() -> None:
    """The rule is the call's, whatever the letter is called."""
    call = with_need(LetterNeed.SUBMISSION)
    application = make_complete_application(call)
    with pytest.raises(Refused, match="it must be there before you submit"):
        submit(application)
    ask_letters(application=application, actor=application.applicant.account, now=NOW)
    give_all_letters(application)
    submit(application)
    assert application.state == "submitted"


def test_one_of_two_referees_who_declines_leaves_one_lacking(cast: Cast) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    first, second = application.letters.order_by("position")
    answer(first, NOW, **letter_of_referee())
    decline_letter(letter=second, now=NOW)
    application.refresh_from_db()
    (lack,) = lacks_of_draft(application)
    assert (lack.given, lack.needed, lack.due_at) == (1, 2, None)
    assert application.lacks == ["referee"]
    mail = Message.objects.get(code="applications.letter_declined")
    assert BY_DAY.replace(" by 1 March 2027, 23:59 (Beijing)", "") in mail.body


def letter_of_referee() -> dict[str, Any]:
    return {
        "relation": "taught",
        "years_known": "3",
        "standing": "top_10",
        "letter_way": "write",
        "letter_text": "She is thoughtful, careful and quick. " * 20,
    }


def test_officers_see_and_filter_what_is_lacking(client: Client, cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    bare = make_submitted_application(call, answers=AT_BOTH)
    whole = make_submitted_application(call, applicant=cast.applicant)
    give_all_letters(whole)
    client.force_login(cast.programme_officer)
    for name in ("table", "screening"):
        page = reverse(f"applications:{name}", args=[call.reference])
        shown = {
            letters: client.get(page, {"letters": letters}).content.decode()
            for letters in ("", "none", "any", "referee", "supervisor:UCAS")
        }
        assert bare.number in shown[""]
        assert whole.number in shown[""]
        assert "lacking: referee’s letter" in shown[""]
        assert bare.number not in shown["none"]
        assert whole.number in shown["none"]
        for letters in ("any", "referee"):
            assert bare.number in shown[letters]
            assert whole.number not in shown[letters]
        assert bare.number not in shown["supervisor:UCAS"], "who had to agree before"
    exported = b"".join(
        client.get(
            reverse("applications:export", args=[call.reference, "csv"]), {"letters": "any"}
        ).streaming_content  # type: ignore[attr-defined]  # the export is a stream
    ).decode()
    assert "Required letters lacking" in exported
    assert exported.count(call.number_prefix) == 1


def test_a_partner_who_is_silent_is_lacking_and_one_who_says_no_is_left_out(cast: Cast) -> None:
    application = make_outline(make_two_step_call(), cast.applicant)
    assert lacking(application) == []
    first, *others = application.letters.order_by("position")
    Letter.objects.filter(pk=first.pk).update(state="asked", completed_at=None, is_acceptance=None)
    assert lacking(application) == ["partner"]
    Letter.objects.filter(pk=first.pk).update(
        state="completed", completed_at=NOW, is_acceptance=False
    )
    assert others
    assert lacking(application) == []


def test_a_nominee_and_supporters_are_required_by_their_days(cast: Cast) -> None:
    call = make_call(make_programme("prize"))
    told = {rule.kind: need_in_short(rule, letters_due_at(call, rule), call.zone)
            for rule in get_terms(call).letters}  # fmt: skip
    assert told["nominee"].startswith("required by ")
    assert told["supporter"].startswith("required by ")
    assert told["nominee"] != told["supporter"], "the nominee by the close, supporters later"
    answers = answers_for(get_form(call)[1], 1)
    application = make_submitted_application(call, applicant=cast.applicant, answers=answers)
    assert lacking(application) == ["supporter", "nominee"]
