"""Letters: asking, sending again, replacing, writing, declining."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import translation

from anso.accounts.models import Account
from anso.applications.actions import (
    ask_letter,
    ask_letters,
    attach_letter_file,
    decline_letter,
    issue_own_letter_link,
    open_letter,
    remind_letter,
    replace_letter,
    resend_letter,
    save_answers,
    withdraw_application,
)
from anso.applications.actions.letters import check_writer
from anso.applications.models import Application, Letter
from anso.applications.queries.letter_links import letters_to_remind, open_letter_link
from anso.applications.queries.letters import get_letter_slot, letter_form_of, letter_statuses
from anso.applications.rules import may_write_letter
from anso.applications.wording import todo_items_for
from anso.applications.wording.letters import letter_context, letter_words
from anso.calls.queries import form_purposes
from anso.calls.wording import promised_letters
from anso.directory.models import Person
from anso.kernel.errors import BadInput
from anso.kernel.questions import Form
from anso.kernel.terms import LetterRule, LetterWords
from anso.kernel.verdict import Refused
from anso.kernel.wording import Text
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import owned_by, versions_of
from tests.cast import Cast
from tests.factories.applications import (
    fellowship_answers,
    give_letter,
    make_application,
    make_letter,
    make_stored_file,
    make_submitted_application,
    write_letter,
)
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
PERSON = {"name": "Nurlan Abenov", "email": "abenov@example.org"}
ANSWERS = {
    "relation": "taught",
    "years_known": "3",
    "standing": "top_10",
    "letter_way": "write",
    "letter_text": "A careful mind. " * 30,
}


def ask(application: Application, now: dt.datetime, key: str = "referee_1") -> Letter:
    return ask_letter(
        application=application, question_key=key, actor=application.applicant.account, now=now
    )


def token_of(letter: Letter) -> str:
    secret = (
        Message.objects.filter(about_id=letter.pk, about_type="applications.letter")
        .exclude(secret="")
        .order_by("-id")
        .values_list("secret", flat=True)
    )
    return str(secret[0]).rstrip("/").rpartition("/")[2]


def test_asking_sends_a_personal_link_that_is_not_in_the_text(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    mail = Message.objects.get(code="applications.letter_request")
    assert (mail.email, mail.recipient_label) == ("kamau@example.org", "Wanjiru Kamau")
    assert mail.body.startswith("Dear Wanjiru Kamau,")
    assert mail.secret not in mail.body
    assert "{link}" in mail.body
    assert len(mail.secret) < 110
    assert open_letter_link(token_of(letter), now).letter == letter


def test_asking_twice_asks_once(now: dt.datetime) -> None:
    application = make_application()
    assert ask(application, now).pk == ask(application, now + HOUR).pk
    assert Message.objects.count() == 1


def test_everybody_named_is_asked_together(now: dt.datetime) -> None:
    application = make_application()
    assert (
        len(ask_letters(application=application, actor=application.applicant.account, now=now)) == 2
    )


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ({"name": "", "email": "a@example.org"}, "no_name"),
        ({"name": "A", "email": " "}, "not_an_address"),
        ({"name": "A", "email": "not an address"}, "not_an_address"),
        ({"name": "A", "email": "AMINA@cast.example"}, "own_address"),
        ({"name": "A", "email": "Karimov@example.org"}, "same_address"),
        ({"name": "x" * 10_000, "email": "a@example.org"}, "too_long"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_words(
    now: dt.datetime, person: dict, code: str
) -> None:
    application = make_application()
    account = application.applicant.account
    account.email = "amina@cast.example"
    account.save()
    slot = get_letter_slot(application, "referee_1")
    assert slot is not None
    with pytest.raises(BadInput) as refusal:
        check_writer(application, slot, person)
    assert refusal.value.message.code == code


def test_a_supervisor_is_asked_only_for_a_preferred_host(now: dt.datetime) -> None:
    application = make_application(answers=fellowship_answers(supervisor_ucas=PERSON))
    with pytest.raises(BadInput):
        ask(application, now, "supervisor_ucas")
    save_answers(
        application=application,
        fields={"hosts": ["UCAS", "USTC"]},
        base=9,
        token="t",
        actor=application.applicant.account,
        now=now,
    )
    letter = ask(application, now, "supervisor_ucas")
    assert (letter.kind, letter.host) == ("supervisor", "UCAS")
    assert Message.objects.get(code="applications.letter_request").email == PERSON["email"]


def test_nobody_is_pestered(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    actor = letter.application.applicant.account
    with pytest.raises(Refused):
        resend_letter(letter=letter, actor=actor, now=now + dt.timedelta(minutes=1))
    for hour in range(1, 5):
        resend_letter(letter=letter, actor=actor, now=now + hour * HOUR)
    with pytest.raises(Refused):
        resend_letter(letter=letter, actor=actor, now=now + 9 * HOUR)


def test_a_replacement_keeps_the_place_and_the_former_writer_is_told(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    old = token_of(letter)
    new = replace_letter(
        letter=letter, person=PERSON, actor=letter.application.applicant.account, now=now + HOUR
    )
    assert (new.position, new.question_key, new.full_name) == (
        letter.position,
        "referee_1",
        PERSON["name"],
    )
    assert Message.objects.get(code="applications.letter_cancelled").email == "kamau@example.org"
    assert open_letter_link(old, now + HOUR).closed_because == "replaced"
    application = Application.objects.get()
    assert application.answers["referee_1"]["value"] == PERSON


def test_no_more_than_five_people_are_asked_for_one_letter(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    actor = letter.application.applicant.account
    for number in range(4):
        letter = replace_letter(
            letter=letter,
            person={"name": "N", "email": f"n{number}@example.org"},
            actor=actor,
            now=now,
        )
    with pytest.raises(Refused):
        replace_letter(
            letter=letter, person={"name": "N", "email": "last@example.org"}, actor=actor, now=now
        )


def test_a_letter_can_be_replaced_after_submission_and_close(now: dt.datetime) -> None:
    application = make_submitted_application()
    later = application.call.closes_at + HOUR
    letter = Letter.objects.get(question_key="referee_1")
    new = replace_letter(
        letter=letter, person=PERSON, actor=application.applicant.account, now=later
    )
    assert new.state == "asked"
    application.refresh_from_db()
    assert application.answers["referee_1"]["value"]["name"] == "Wanjiru Kamau"


def test_a_letter_is_opened_kept_and_given(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    assert open_letter(letter=letter, now=now + HOUR).state == "opened"
    write_letter(letter, ANSWERS, now=now + HOUR)
    given = give_letter(letter, now=now + HOUR)
    assert (given.state, given.text) == ("completed", ("A careful mind. " * 30).strip())
    assert (
        Message.objects.filter(
            code__in=["applications.letter_thanks", "applications.letter_arrived"]
        ).count()
        == 2
    )


def test_a_letter_that_lacks_an_answer_is_not_given_but_kept(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    write_letter(letter, {"relation": "taught"}, now=now)
    with pytest.raises(Refused) as refusal:
        give_letter(letter, now=now)
    assert {reason.facts["key"] for reason in refusal.value.verdict.reasons} == {
        "years_known",
        "standing",
        "letter_way",
    }
    assert Letter.objects.get().answers == {"relation": "taught"}


def test_a_given_letter_can_be_changed_until_it_is_due(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    write_letter(letter, ANSWERS, now=now)
    give_letter(letter, now=now)
    write_letter(letter, {"letter_text": "Better words. " * 30}, now=now + HOUR)
    assert give_letter(letter, now=now + HOUR).text.startswith("Better")
    with pytest.raises(Refused):
        write_letter(letter, {}, now=letter.due_at)


def test_a_declined_letter_is_told_to_the_applicant_without_the_reason(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    decline_letter(letter=letter, because="I do not know them", now=now)
    mail = Message.objects.get(code="applications.letter_declined")
    assert "do not know" not in mail.body
    assert Letter.objects.get().decline_reason == "I do not know them"


def test_links_die_with_a_withdrawn_application(now: dt.datetime) -> None:
    application = make_application()
    letter = ask(application, now)
    token = token_of(letter)
    withdraw_application(
        application=application, actor=application.applicant.account, now=now + HOUR
    )
    assert open_letter_link(token, now + HOUR).closed_because == "withdrawn"
    with pytest.raises(Refused):
        write_letter(letter, {}, now=now + HOUR)


def test_no_letter_is_given_to_a_withdrawn_application_whatever_the_link(
    now: dt.datetime,
) -> None:
    application = make_application()
    letter = ask(application, now)
    withdraw_application(
        application=application, actor=application.applicant.account, now=now + HOUR
    )
    assert may_write_letter(letter, now + HOUR), "the letter as it was read before"
    letter.application.refresh_from_db()
    verdict = may_write_letter(letter, now + HOUR)
    assert [reason.code for reason in verdict.reasons] == ["withdrawn"]


def test_an_extension_moves_the_time_for_letters_along(now: dt.datetime) -> None:
    application = make_application()
    letter = ask(application, now)
    application.call.closes_at += dt.timedelta(days=10)
    application.call.save()
    fresh = Letter.objects.select_related("application__call").get()
    write_letter(fresh, {"relation": "taught"}, now=letter.due_at + HOUR)
    assert Letter.objects.get().answers == {"relation": "taught"}


def test_writers_are_reminded_twice_at_most_and_a_week_apart(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    first = token_of(letter)
    assert letters_to_remind(now + dt.timedelta(days=6)) == []
    for week in (1, 2, 3):
        for each in letters_to_remind(now + dt.timedelta(days=8 * week)):
            remind_letter(letter=each, now=now + dt.timedelta(days=8 * week))
    assert Message.objects.filter(code="applications.letter_reminder").count() == 2
    assert open_letter_link(first, now + dt.timedelta(days=16)).closed_because == ""


def test_the_applicant_sees_how_far_each_letter_is(now: dt.datetime) -> None:
    application = make_application()
    letter = ask(application, now)
    Message.objects.filter(about_id=letter.pk).update(state="bounced", bounced_at=now)
    codes = {status.slot.key: status.code for status in letter_statuses(application)}
    assert codes == {"referee_1": "bounced", "referee_2": "named"}


def test_a_letter_row_made_by_hand_fits_its_place(now: dt.datetime) -> None:
    application = make_application()
    assert make_letter(application, "referee_2").position == 2


def test_a_kind_of_letter_that_no_app_knows_is_asked_for_in_the_words_of_its_programme(
    now: dt.datetime,
) -> None:
    """What the mail, the page of the call and the officers' list of forms say is declared by the
    kind; nothing in the house is spelled for it.
    """
    parts = ("name", "promised", "heading", "request", "unanswered", "readers", "button")
    said = {part: Text({"en": f"{part} mentor", "ar": f"{part} مرشد"}) for part in parts}
    said |= {"request": Text({"en": "Guide {applicant} at {host}.", "ar": "أرشد {applicant}."})}
    terms = KINDS["fellowship"].terms_for(2027)
    mentor = LetterRule("mentor", 1, asked_in=("referee_1",), words=LetterWords(**said))
    call = make_call(terms=replace(terms, letters=(mentor,)))
    label = Text({"en": "Mentor’s word", "ar": "كلمة المرشد"})
    form = replace(KINDS["fellowship"].letters[0].form, label=label)
    FormVersion.objects.create(
        **owned_by(call),
        purpose="mentor",
        number=1,
        definition=form.to_dict(),
        sha256=form.hash,
        created_at=now,
        published_at=now,
    )
    application = make_application(call)
    letter = ask(application, now)
    assert letter.kind == "mentor"
    mail = Message.objects.get(code="applications.letter_request")
    assert mail.subject == "heading mentor"
    applicant = application.applicant.full_name
    assert f"Guide {applicant} at ." in mail.body
    assert "unanswered mentor" in mail.body
    assert "readers mentor" in mail.body
    shown = letter_context(letter, "token", now)
    assert (shown["heading"], shown["button"]) == ("heading mentor", "button mentor")
    assert letter_words(letter, "ar")["request"] == f"أرشد {applicant}."
    with translation.override("ar"):
        assert [words for _rule, words, _need in promised_letters(call)] == ["promised مرشد"]
    assert form_purposes(call)["mentor"] == label


def test_who_cannot_be_asked_holds_up_nobody_else(now: dt.datetime) -> None:
    application = make_application(
        answers=fellowship_answers(referee_2={"name": "No Address", "email": "kamau"})
    )
    (asked,) = ask_letters(application=application, actor=application.applicant.account, now=now)
    assert asked.question_key == "referee_1"


def test_a_reminder_that_comes_late_reminds_nobody(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    decline_letter(letter=letter, now=now)
    assert remind_letter(letter=letter, now=now).reminder_count == 0
    other = ask(letter.application, now, "referee_2")
    resend_letter(letter=other, actor=letter.application.applicant.account, now=now + HOUR)
    assert remind_letter(letter=other, now=now + 2 * HOUR).reminder_count == 0
    assert not Message.objects.filter(code="applications.letter_reminder").exists()


def test_who_declined_is_not_told_that_somebody_else_writes(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    declined = decline_letter(letter=letter, now=now)
    assert decline_letter(letter=letter, now=now + HOUR).declined_at == declined.declined_at
    replace_letter(
        letter=declined, person=PERSON, actor=letter.application.applicant.account, now=now + HOUR
    )
    assert not Message.objects.filter(code="applications.letter_cancelled").exists()
    assert Message.objects.filter(code="applications.letter_declined").count() == 1


def test_an_applicant_without_an_account_is_not_written_to_and_the_letter_arrives_all_the_same(
    now: dt.datetime,
) -> None:
    letter = ask(make_application(), now)
    Person.objects.filter(pk=letter.application.applicant_id).update(account=None)
    write_letter(letter, ANSWERS, now=now)
    assert give_letter(letter, now=now).state == "completed"
    assert not Message.objects.filter(code="applications.letter_arrived").exists()


def test_a_link_says_why_it_no_longer_leads_to_a_letter(now: dt.datetime) -> None:
    application = make_application()
    letter = ask(application, now)
    token = token_of(letter)
    Letter.objects.update(state="replaced")
    assert open_letter_link(token, now).closed_because == "replaced"
    Letter.objects.update(state="asked")
    Application.objects.update(state="withdrawn", withdrawn_at=now)
    assert open_letter_link(token, now).closed_because == "withdrawn"
    fresh = Letter.objects.select_related("application__call").get()
    assert may_write_letter(fresh, now).reasons[0].code == "withdrawn"


def test_a_call_that_asks_writers_nothing_has_an_empty_form(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    versions_of(letter.application.call).filter(purpose="referee").delete()
    assert letter_form_of(letter) == Form(())


def test_a_letter_takes_the_file_that_its_form_asks_for_and_no_other(now: dt.datetime) -> None:
    letter = ask(make_application(), now)
    with pytest.raises(BadInput, match="does not ask for that document"):
        attach_letter_file(
            letter=letter,
            question_key="relation",
            stored=make_stored_file(),
            base_revision=0,
            now=now,
        )
    with pytest.raises(BadInput):
        attach_letter_file(
            letter=letter,
            question_key="letter_file",
            stored=make_stored_file(size_bytes=90_000_000),
            base_revision=0,
            now=now,
        )
    assert (
        attach_letter_file(
            letter=letter,
            question_key="letter_file",
            stored=make_stored_file(),
            base_revision=0,
            now=now,
        ).file
        is not None
    )


def confirmed(account: Account, email: str) -> Account:
    EmailAddress.objects.create(user=account, email=email, verified=True)
    return account


def test_a_writer_who_has_an_account_finds_the_letter_among_what_there_is_to_do(
    cast: Cast, now: dt.datetime, client: Client
) -> None:
    application = make_application(now=now)
    letter = ask(application, now)
    mailed = token_of(letter)
    assert todo_items_for(cast.stranger, now) == []
    writer = confirmed(cast.referee, letter.email.upper())
    (item,) = todo_items_for(writer, now)
    assert (item.due_at, item.zone) == (letter.due_at, application.call.zone)
    client.force_login(writer)
    response = client.get(item.url, follow=True)
    assert "asks you for a letter" in response.content.decode()
    assert open_letter_link(mailed, now).letter == letter, "the link of the mail still works"
    client.force_login(cast.stranger)
    assert client.get(item.url).status_code == 404


def test_nothing_waits_for_a_writer_whose_letter_is_given_late_or_no_longer_needed(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_application(now=now)
    letter = ask(application, now)
    writer = confirmed(cast.referee, letter.email)
    assert todo_items_for(writer, letter.due_at) == []
    with pytest.raises(Refused):
        issue_own_letter_link(letter=letter, actor=writer, now=letter.due_at)
    withdraw_application(application=application, actor=application.applicant.account, now=now)
    assert todo_items_for(writer, now) == []


def test_an_address_that_was_not_confirmed_shows_nobody_s_letters(
    cast: Cast, now: dt.datetime
) -> None:
    letter = ask(make_application(now=now), now)
    EmailAddress.objects.create(user=cast.stranger, email=letter.email, verified=False)
    assert todo_items_for(cast.stranger, now) == []


def test_the_list_of_what_to_do_names_an_applicant_as_the_letter_does(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    """The name that stands in the form, and not the one that the account came with."""
    application = make_application(
        applicant=cast.applicant,
        answers=fellowship_answers(full_name="Amina Wanjiku Otieno"),
    )
    letter = make_letter(application, "referee_1", email=cast.referee.email)
    writer = confirmed(cast.referee, letter.email)
    (item,) = todo_items_for(writer, now)
    client.force_login(writer)
    assert "Amina Wanjiku Otieno" in client.get(item.url, follow=True).content.decode()
    assert item.text == "Answer Amina Wanjiku Otieno, who asks you for a letter"
