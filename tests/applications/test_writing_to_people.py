"""An officer writes to a filtered set: a dry run, words per language, letters that are held, read,
tried, released in batches and stopped; what changed since is shown and left out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anso.accounts.models import Account
from anso.accounts.queries import find_scoped_link
from anso.applications.actions import start_application, submit_application, withdraw_application
from anso.applications.models import Application
from anso.applications.notices import MESSAGE, OF_APPLICANTS, OF_WRITERS
from anso.applications.queries.letters import PURPOSE
from anso.audit.models import Entry
from anso.calls.models import Call
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.actions import (
    change_letter_text,
    change_one_letter,
    prepare_letters,
    release_letters,
    write_remaining_letters,
)
from anso.notifications.models import Mailing, Message
from anso.notifications.notices import LetterText, text_of_letter
from anso.notifications.queries import require_context
from anso.notifications.queries.audiences import AUDIENCES, Addressee, DryRun, try_audience
from anso.review.notices import OF_REVIEWERS
from tests.factories.applications import (
    NOW,
    agree_before_submission,
    make_application,
    make_complete_application,
    make_letter,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.decisions import make_officer
from tests.factories.directory import make_account, make_person
from tests.factories.notifications import make_message
from tests.factories.review import IN_REVIEW, make_assignment, make_eligible_application

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
WORDS = {"en": LetterText("News of {number}", "Dear {name},\n\nwe answer by {closes}.\n\n{url}")}


@dataclass
class Office:
    """A call, its officer, three drafts and what they write."""

    call: Call
    officer: Account
    drafts: list[Application]

    def wanted(self, code: str = OF_APPLICANTS, **chosen: str) -> dict[str, str]:
        return dict.fromkeys(AUDIENCES[code].names, "") | {"state": "draft"} | chosen

    def prepared(self, key: str = "first", **texts: LetterText) -> Mailing:
        return prepare_letters(
            code=OF_APPLICANTS,
            context=self.call,
            wanted=self.wanted(),
            texts=texts or WORDS,
            key=key,
            actor=self.officer,
            now=NOW,
        )

    def url(self, code: str = OF_APPLICANTS, **chosen: str) -> str:
        query = {"of": f"calls.call:{self.call.pk}", "state": "draft", **chosen}
        return f"{reverse('notifications:write', args=[code])}?{urlencode(query)}"


@pytest.fixture
def office() -> Office:
    officer = make_officer()
    call = make_call(officer=officer)
    names = ("Amina Yusuf", "Björn Åkesson", "Chen Li")
    drafts = [
        make_complete_application(call, applicant=make_person(name).account) for name in names
    ]
    return Office(call, officer, drafts)


def account_of(application: Application) -> Account:
    account = application.applicant.account
    assert account is not None
    return account


def test_everybody_is_written_to_once_where_mail_arrives_and_who_is_not_is_said(
    office: Office, client: Client
) -> None:
    first, second, third = map(account_of, office.drafts)
    second.is_active = False
    second.save()
    make_message(email=third.email.upper(), state="bounced", bounced_at=NOW, created_at=NOW)
    nameless = make_application(office.call, applicant=make_person("Dika").account)
    nameless.applicant.account = None
    nameless.applicant.save()
    client.force_login(office.officer)
    page = client.get(office.url()).content.decode()
    assert "1 letter would be prepared" in page
    assert "3 are left out" in page
    for why in (
        "the account is closed", "the last mail to this address came back", "no address is known",
    ):  # fmt: skip
        assert page.count(why) == 1
    assert "State: draft" in page
    assert f"Amina Yusuf · {office.drafts[0].number}" in page
    assert Message.objects.filter(code=OF_APPLICANTS).count() == 0
    # An address that takes mail again is one that mail reaches.
    make_message(email=third.email, state="sent", sent_at=NOW, created_at=NOW + HOUR)
    run = try_audience(AUDIENCES[OF_APPLICANTS], office.call, office.officer, office.wanted(), NOW)
    assert [each.account for each in run.readers] == [first, third]


def test_one_person_with_two_applications_is_written_to_once() -> None:
    officer = make_officer()
    call = make_call(make_programme("prize"), officer=officer)
    nominator = make_person("Dika").account
    assert nominator is not None
    for ordinal in (1, 2):
        start_application(call=call, actor=nominator, now=NOW, ordinal=ordinal)
    wanted = dict.fromkeys(AUDIENCES[OF_APPLICANTS].names, "")
    run = try_audience(AUDIENCES[OF_APPLICANTS], call, officer, wanted, NOW)
    assert len(run.readers) == 1
    assert [each.why for each in run.left_out] == ["twice"]


def test_by_pages_letters_are_prepared_read_tried_and_released(
    office: Office, client: Client
) -> None:
    client.force_login(office.officer)
    table = reverse("applications:table", args=[office.call.reference])
    listed = client.get(f"{table}?state=draft").content.decode()
    assert office.url().replace("&", "&amp;") in listed
    frame = client.get(office.url()).content.decode()
    assert "Dear {name}," in frame
    body = {
        "subject_en": "We are closed on Friday", "key": "abc",
        "body_en": "Dear {name},\n\nyour application {number} is a draft.\n\nQuestions: {contact}",
        "subject_ar": "", "body_ar": text_of_letter(MESSAGE, {}, "ar").body,
    }  # fmt: skip
    wrong = client.post(office.url(), body | {"body_en": "Dear {nme}"})
    assert wrong.status_code == 422
    assert "Nothing is known for {nme}" in wrong.content.decode()
    assert "Dear {nme}" in wrong.content.decode()
    frame_only = client.post(
        office.url(), body | {"body_en": "Dear {name},\n\nQuestions: {contact}"}
    )
    assert "The text says nothing yet" in frame_only.content.decode()
    assert Mailing.objects.filter(code=OF_APPLICANTS).count() == 0
    done = client.post(office.url(), body, follow=True)
    mailing = Mailing.objects.get(code=OF_APPLICANTS)
    assert "3 letters are prepared and held" in done.content.decode()
    assert client.post(office.url(), body).status_code == 302
    assert mailing.letters.count() == 3
    letter = mailing.letters.get(email=account_of(office.drafts[1]).email)
    assert letter.state == "held"
    assert letter.language == "en"
    assert f"your application {office.drafts[1].number} is a draft." in letter.body
    of_letters = [mailing.reference, OF_APPLICANTS, "en"]
    client.post(reverse("notifications:mailing_test", args=of_letters))
    assert Message.objects.get(code="notifications.test").email == office.officer.email
    words = client.get(reverse("notifications:mailing_text", args=of_letters)).content.decode()
    assert "Back to the words of the house" not in words
    with pytest.raises(BadInput):
        change_letter_text(
            mailing=mailing, code=OF_APPLICANTS, language="en", text=None,
            actor=office.officer, now=NOW,
        )  # fmt: skip
    release = reverse("notifications:mailing_release", args=[mailing.reference])
    client.post(release, {"how_many": "2"})
    states = mailing.letters.order_by("id").values_list("state", flat=True)
    assert list(states) == ["waiting", "waiting", "held"]
    entry = Entry.objects.get(verb="choose_readers")
    assert entry.changes["readers"] == [0, 3]
    assert entry.changes["state"] == ["", "draft"]


def test_each_reads_their_language_or_the_first_that_has_words(office: Office) -> None:
    reader = account_of(office.drafts[0])
    reader.language = "ar"
    reader.save()
    assert {each.language for each in office.prepared("en alone").letters.all()} == {"en"}
    both = WORDS | {"ar": LetterText("خبر {number}", "عزيزي {name}، يرجى الاطلاع على {url}")}
    mailing = office.prepared("both", **both)
    letter = mailing.letters.get(recipient=reader)
    assert letter.language == "ar"
    assert letter.subject.startswith("خبر")
    assert mailing.letters.filter(language="en").count() == 2


def test_who_submitted_since_is_shown_and_left_out_by_a_tick(
    office: Office, client: Client
) -> None:
    mailing = office.prepared()
    gone = office.drafts[0]
    agree_before_submission(gone, NOW)
    submit_application(application=gone, actor=account_of(gone), arrived_at=NOW, now=NOW)
    # Who comes later does not belong to it: the set was fixed.
    make_application(office.call, applicant=make_person("Dika").account)
    client.force_login(office.officer)
    page = client.get(reverse("notifications:mailing", args=[mailing.reference])).content.decode()
    assert "1 reader no longer matches what you chose by" in page
    assert mailing.letters.count() == 3
    release = reverse("notifications:mailing_release", args=[mailing.reference])
    asked = client.get(release).content.decode()
    assert "Leave out 1 who no longer matches" in asked
    assert "Release 2 letters?" in asked
    told = client.post(release, {"how_many": "2", "leave_out": "yes"}, follow=True)
    assert "2 letters leave" in told.content.decode()
    states = dict(mailing.letters.values_list("about_id", "state"))
    assert states[gone.pk] == "cancelled"
    assert sorted(states.values()) == ["cancelled", "waiting", "waiting"]


def test_without_the_tick_everybody_of_the_set_is_written_to(office: Office) -> None:
    mailing = office.prepared()
    withdraw_application(application=office.drafts[0], actor=account_of(office.drafts[0]), now=NOW)
    assert release_letters(mailing=mailing, actor=office.officer, now=NOW) == (3, 0)


def test_writers_that_are_waited_for_get_a_way_in_of_their_own(office: Office) -> None:
    for key in ("referee_1", "referee_2"):
        make_letter(office.drafts[0], key)
    make_letter(office.drafts[1])
    given = make_letter(office.drafts[2], state="completed", completed_at=NOW)
    text = LetterText(
        "A letter for {applicant}", "Dear {name},\n\nplease write by {due}.\n\n{page}"
    )
    mailing = prepare_letters(
        code=OF_WRITERS, context=office.call, wanted=office.wanted(OF_WRITERS),
        texts={"en": text}, key="1", actor=office.officer, now=NOW,
    )  # fmt: skip
    # The same referee of two applicants has two letters to write, each behind a link of its own.
    assert mailing.letters.count() == 3
    assert not mailing.letters.filter(about_id=given.pk).exists()
    assert len({each.secret for each in mailing.letters.all()}) == 3
    letter = mailing.letters.order_by("id")[0]
    assert "{link}" in letter.body
    link = find_scoped_link(letter.secret.rstrip("/").rpartition("/")[2], PURPOSE)
    assert link is not None
    assert link.about_id == letter.about_id
    wanted = office.wanted(OF_APPLICANTS, letters="no_letter")
    audience = AUDIENCES[OF_APPLICANTS]
    found = audience.found(office.call, office.officer, wanted, NOW)
    assert set(found) == set(office.drafts[:2])
    wanted = office.wanted(OF_APPLICANTS, letters="waited_for")
    assert set(audience.found(office.call, office.officer, wanted, NOW)) == set(office.drafts[:2])


def test_late_reviewers_are_written_to_and_who_gave_theirs_is_left_out(client: Client) -> None:
    officer = make_officer()
    call = make_call(officer=officer)
    assignment = make_assignment(make_eligible_application(call), accepted=True)
    reviewer = assignment.reviewer
    late = assignment.due_at + HOUR
    audience = AUDIENCES[OF_REVIEWERS]
    assert not audience.found(call, officer, {"only": "late"}, IN_REVIEW).exists()
    assert list(audience.found(call, officer, {"only": "open"}, IN_REVIEW)) == [reviewer]
    assert not audience.found(call, officer, {"only": "declined"}, IN_REVIEW).exists()
    mailing = prepare_letters(
        code=OF_REVIEWERS, context=call, wanted={"only": "late"}, key="1", actor=officer, now=late,
        texts={"en": LetterText("Please", "Dear {name},\n\n{waiting} wait: {url}")},
    )  # fmt: skip
    letter = mailing.letters.get()
    assert letter.recipient == reviewer.person.account
    assert "1 wait: " in letter.body
    client.force_login(officer)
    listed = client.get(reverse("review:reviewers", args=[call.reference])).content.decode()
    assert "with reviews to give" in listed
    assert reverse("notifications:write", args=[OF_REVIEWERS]) in listed


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"en": LetterText("", "  ")},
        {"en": LetterText("Subject alone", "")},
        {"en": LetterText("News", "Dear {name}, {half")},
        {"en": LetterText("News", "Good"), "ar": LetterText("خبر", "{unknown}")},
    ],
)
def test_words_with_a_gap_reach_nobody(office: Office, texts: dict[str, LetterText]) -> None:
    with pytest.raises(BadInput):
        prepare_letters(
            code=OF_APPLICANTS, context=office.call, wanted=office.wanted(), texts=texts,
            key="1", actor=office.officer, now=NOW,
        )  # fmt: skip
    assert not Mailing.objects.filter(code=OF_APPLICANTS).exists()


def test_a_set_of_nobody_is_refused(office: Office) -> None:
    with pytest.raises(BadInput, match="nobody"):
        prepare_letters(
            code=OF_APPLICANTS, context=office.call, wanted=office.wanted(country="CN"),
            texts=WORDS, key="1", actor=office.officer, now=NOW,
        )  # fmt: skip


def test_nobody_but_the_officers_of_the_call_writes_to_its_people(
    office: Office, client: Client
) -> None:
    for actor in (make_officer(), account_of(office.drafts[0]), make_account()):
        with pytest.raises(Refused):
            prepare_letters(
                code=OF_APPLICANTS, context=office.call, wanted=office.wanted(), texts=WORDS,
                key="1", actor=actor, now=NOW,
            )  # fmt: skip
        client.force_login(actor)
        assert client.get(office.url()).status_code == 404
    client.force_login(office.officer)
    for bad in ("of=", "of=calls.call:999999", f"of=governance.body:{office.call.pk}"):
        url = reverse("notifications:write", args=[OF_APPLICANTS])
        assert client.get(f"{url}?{bad}").status_code == 404
    assert client.get(reverse("notifications:write", args=["no.such"])).status_code == 404


def test_a_large_set_is_written_by_and_by(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anso.notifications.actions.writing.AT_ONCE", 2)
    mailing = office.prepared()
    assert mailing.letters.count() == 2
    assert write_remaining_letters(mailing=mailing, actor=WORKER, now=NOW) == 1
    assert write_remaining_letters(mailing=mailing, actor=WORKER, now=NOW) == 0
    assert mailing.letters.filter(state="held").count() == 3


def test_one_letter_is_worded_alone_keeps_its_words_and_can_be_given_back_the_common_ones(
    office: Office, client: Client
) -> None:
    mailing = office.prepared()
    letter = mailing.letters.get(email=account_of(office.drafts[0]).email)
    client.force_login(office.officer)
    url = reverse("notifications:letter_words", args=[letter.reference])
    message = reverse("notifications:message", args=[letter.reference])
    assert url in client.get(message).content.decode()
    wrong = client.post(url, {"subject": "Only you", "body": "Dear {who}"})
    assert wrong.status_code == 422
    assert "Dear {who}" in wrong.content.decode()
    client.post(url, {"subject": "For you, {name}", "body": "Dear {name},\n\nI am sorry."})
    letter.refresh_from_db()
    assert letter.subject == "For you, Amina Yusuf"
    assert "An officer worded this letter" in client.get(message).content.decode()
    assert Entry.objects.filter(verb="word_one_letter").count() == 1
    text = LetterText("All {number}", "Dear {name},\n\nall of you.")
    count = change_letter_text(
        mailing=mailing, code=OF_APPLICANTS, language="en", text=text, actor=office.officer,
        now=NOW,
    )  # fmt: skip
    assert count == 2
    letter.refresh_from_db()
    assert letter.body == "Dear Amina Yusuf,\n\nI am sorry.\n"
    assert "Back to the common words" in client.get(url).content.decode()
    client.post(url, {"act": "house"})
    letter.refresh_from_db()
    assert letter.own_text == {}
    assert letter.body == "Dear Amina Yusuf,\n\nall of you.\n"
    release_letters(mailing=mailing, actor=office.officer, now=NOW)
    with pytest.raises(BadInput):
        change_one_letter(letter=letter, text=text, actor=office.officer, now=NOW)
    assert "not held any more" in client.get(url, follow=True).content.decode()
    assert client.get(
        reverse("notifications:letter_words", args=[make_message(
            context_type="calls.call", context_id=office.call.pk, created_at=timezone.now()
        ).reference])
    ).status_code == 404  # fmt: skip
    with pytest.raises(Refused):
        change_one_letter(letter=letter, text=text, actor=make_officer(), now=NOW)


def test_what_is_told_to_an_applicant_names_what_is_lacking(office: Office) -> None:
    applicant = AUDIENCES[OF_APPLICANTS].addressee(office.drafts[0], NOW)
    said = applicant.say()
    assert (said["number"], said["lacking"]) == (office.drafts[0].number, "")


def test_readers_of_a_language_that_the_site_does_not_have_are_in_no_count(office: Office) -> None:
    draft = office.drafts[0]
    readers = [
        Addressee(draft, "One", dict, language="en"),
        Addressee(draft, "Two", dict, language="fr"),
    ]
    assert DryRun(readers).by_language(["en", "ar"]) == {"en": 1, "ar": 0}


def test_words_of_its_own_are_for_letters_that_were_prepared_with_others(office: Office) -> None:
    alone = make_message()
    with pytest.raises(BadInput, match="not prepared with others"):
        change_one_letter(letter=alone, text=None, actor=office.officer, now=NOW)


def test_a_mailing_whose_object_is_gone_says_so(office: Office) -> None:
    mailing = office.prepared()
    mailing.context_id = 0
    with pytest.raises(LookupError, match="is gone"):
        require_context(mailing)


def test_writers_read_the_words_of_both_languages_where_the_officer_has_both(
    office: Office,
) -> None:
    letter = make_letter(office.drafts[0])
    texts = {
        "en": LetterText("A letter", "Dear {name},\n\nplease write.\n\n{page}"),
        "ar": LetterText("خطاب", "عزيزي {name}،\n\nنرجو الكتابة.\n\n{page}"),
    }
    account = account_of(office.drafts[0])
    account.language = "ar"
    account.save()
    read = {}
    for key, worded in (("en", {"en": texts["en"]}), ("both", texts)):
        mailing = prepare_letters(
            code=OF_WRITERS, context=office.call, wanted=office.wanted(OF_WRITERS),
            texts=worded, key=key, actor=office.officer, now=NOW,
        )  # fmt: skip
        read[key] = mailing.letters.get(about_id=letter.pk)
    assert (read["en"].language, read["en"].second_language) == ("en", "")
    both = read["both"]
    assert (both.language, both.second_language) == ("ar", "en")
    assert "نرجو الكتابة" in both.body.partition("please write")[0]
    assert both.subject == "خطاب / A letter"


def test_letters_are_found_again_when_their_writers_are_written_to_later(office: Office) -> None:
    letter = make_letter(office.drafts[0])
    found = AUDIENCES[OF_WRITERS].rows().in_bulk([letter.pk])
    assert found[letter.pk].application.call == office.call
