"""Whoever has no account is written to in two languages: that of the person who named them, and
English, or beside English that of the country where they are.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import ask_letters, remind_letter
from anso.applications.models import Application, Letter
from anso.awards.models import Offer
from anso.calls.models import CallHost
from anso.calls.queries import get_form, get_terms
from anso.decisions.actions import outcome_mailing
from anso.kernel.actors import CLOCK, SETUP
from anso.kernel.languages import second_language
from anso.kernel.people_lists import read_people
from anso.notifications.actions import change_letter_text, change_one_letter
from anso.notifications.actions.delivery import _headers, html_text
from anso.notifications.models import Message
from anso.notifications.notices import BETWEEN, LetterText, parts_of_mail, with_link
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.outcomes import OUTCOMES
from anso.review.actions.inviting_by_mail import Asking, invite_by_mail
from tests.factories.answers import answers_asking_everybody
from tests.factories.applications import make_application
from tests.factories.calls import YEAR, make_call, make_programme
from tests.factories.decisions import SELECTED, make_contest
from tests.factories.directory import make_account, make_country, make_organisation, make_person
from tests.factories.review import IN_REVIEW
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.unknown_kind.outcome import FIELD_SCHOOL

pytestmark = pytest.mark.django_db
ARABIC = re.compile(r"[\u0600-\u06ff]")
HOUR = dt.timedelta(hours=1)
ASKING = [kind.code for kind in KINDS.values() if kind.letters]


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for register in (KINDS, OUTCOMES):
        monkeypatch.setattr(register, "_placed", dict(register._placed))
    OUTCOMES.add(FIELD_SCHOOL.code, FIELD_SCHOOL, order=len(OUTCOMES))
    KINDS.add(FIELD_SCHOOLS.code, FIELD_SCHOOLS, order=len(KINDS))


def asked(kind: str, language: str, now: dt.datetime) -> tuple[Application, list[Letter]]:
    """An application whose writers were all asked, by somebody who reads that language."""
    for code in ("KE", "NP", "BR", "ET", "EG", "CN"):
        make_country(code)
    call = make_call(make_programme(kind))
    account = make_person("Amina").account
    assert account is not None
    Account.objects.filter(pk=account.pk).update(language=language)
    answers = answers_asking_everybody(get_form(call)[1], get_terms(call))
    if kind == "fellowship":
        li = {"name": "Li Wei", "email": "li@ucas.example"}
        answers |= {"hosts": ["UCAS", "USTC"], "supervisor_ucas": li}
    application = make_application(call, applicant=account, answers=answers)
    application.applicant.account.refresh_from_db()
    return application, ask_letters(application=application, actor=account, now=now)


def mail_to(letter: Letter) -> Message:
    return Message.objects.filter(about_id=letter.pk, email=letter.email).latest("pk")


def read_in_both(message: Message) -> dict[str, str]:
    """What each language says, every half whole: no line of the one stands in the other."""
    languages = [message.language, message.second_language]
    (ahead, _line), *halves = parts_of_mail(message.body, languages)
    assert ahead == message.second_language
    said = {language: "\n".join(paragraphs) for language, paragraphs in halves}
    assert list(said) == languages
    assert ARABIC.search(said["ar"])
    assert "Dear" not in said["ar"]
    assert "Dear" in said["en"]
    if message.secret:
        assert all("{link}" in each for each in said.values())
    first, _, second = message.subject.partition(" / ")
    assert bool(ARABIC.search(first)) == (languages[0] == "ar") != bool(ARABIC.search(second))
    return said


@pytest.mark.parametrize("kind", sorted([*ASKING, FIELD_SCHOOLS.code]))
def test_writers_of_every_kind_read_the_applicants_language_and_english(
    kind: str, now: dt.datetime, client: Client
) -> None:
    """Referees, supervisors, supporters, nominees, partners, and whom an unknown kind asks."""
    application, letters = asked(kind, "ar", now)
    assert {each.kind for each in letters} == {
        rule.kind for rule in get_terms(application.call).letters
    }
    for letter in letters:
        message = mail_to(letter)
        assert (message.language, message.second_language) == ("ar", "en"), letter.kind
        said = read_in_both(message)
        assert letter.full_name in said["en"]
    remind_letter(letter=letters[0], actor=CLOCK, now=now + 9 * 24 * HOUR)
    assert "Reminder" in read_in_both(mail_to(letters[0]))["en"] + mail_to(letters[0]).subject


def test_beside_english_stands_the_language_of_the_host_where_we_speak_it(
    now: dt.datetime, client: Client
) -> None:
    """Of a supervisor in Cairo, Arabic; of one in Beijing none, as we do not speak it."""
    for country, second in (("EG", "ar"), ("CN", "")):
        application, letters = asked("fellowship", "en", now)
        CallHost.objects.filter(call=application.call).delete()
        host = make_organisation(name=f"Host {country}", country_id=country)
        CallHost.objects.create(call=application.call, key="UCAS", organisation=host)
        (supervisor,) = [each for each in letters if each.host]
        remind_letter(letter=supervisor, actor=CLOCK, now=now + 9 * 24 * HOUR)
        message = mail_to(supervisor)
        assert (message.language, message.second_language) == ("en", second)
        if second:
            read_in_both(message)
        assert (BETWEEN in message.body) == bool(second)


def test_whoever_has_an_account_reads_its_language_alone(now: dt.datetime) -> None:
    known = make_account("li@ucas.example")
    Account.objects.filter(pk=known.pk).update(language="en")
    _application, letters = asked("fellowship", "ar", now)
    (supervisor,) = [each for each in letters if each.email == known.email]
    message = mail_to(supervisor)
    assert (message.language, message.second_language) == ("en", "")
    assert not ARABIC.search(message.subject + message.body)


def test_each_half_has_its_direction_and_its_own_button(now: dt.datetime) -> None:
    _application, letters = asked("prize", "ar", now)
    message = mail_to(letters[0])
    page = html_text(message, with_link(message.body, message.secret))
    parts = re.findall(r'<div lang="(\w+)" dir="(\w+)">(.*?)</div>', page, re.DOTALL)
    assert [(language, way) for language, way, _text in parts] == [
        ("en", "ltr"), ("ar", "rtl"), ("en", "ltr")
    ]  # fmt: skip
    assert [text.count('class="act"') for _language, _way, text in parts] == [0, 1, 1]
    assert "Open the page" in parts[2][2]
    assert "Open the page" not in parts[1][2]
    assert BETWEEN not in page
    assert _headers(message)["Content-Language"] == "ar, en"


def test_the_page_behind_the_link_is_in_the_language_of_the_browser_and_offers_the_other(
    now: dt.datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    _application, letters = asked("fellowship", "ar", now)
    address = "/" + mail_to(letters[0]).secret.split("/", 3)[3]
    for language, way, other in (("en", "ltr", "ar"), ("ar", "rtl", "en"), ("fr", "ltr", "ar")):
        page = Client().get(address, headers={"accept-language": f"{language};q=0.9"})
        text = page.content.decode()
        shown = language if language != "fr" else "en"
        assert f'<html lang="{shown}" dir="{way}"' in text
        assert f'value="{other}"' in text or f'lang="{other}"' in text


def test_invited_reviewers_without_an_account_read_both(now: dt.datetime) -> None:
    call = make_call()
    lines = read_people("Noor Haddad,noor@uni.example.org\nAda Obi,ada@uni.example.org").lines
    by = dt.date(2027, 3, 25)
    invite_by_mail(actor=SETUP, call=call, lines=lines, asking=Asking(6, by, "ar"), now=IN_REVIEW)
    for message in Message.objects.filter(code="review.asked"):
        said = read_in_both(message)
        assert "25 March 2027" in said["en"]
        assert "March" not in said["ar"]
    assert Message.objects.filter(code="review.asked").count() == 2


def test_a_nominee_is_offered_an_award_in_both_also_as_an_officer_words_it() -> None:
    terms = find_kind("prize").terms_for(YEAR)
    contest = make_contest((5, 4), kind="prize", terms=terms)
    Account.objects.update(language="ar")
    contest.officer.refresh_from_db()
    make_offered_unsent(contest)
    offer = Offer.objects.get()
    letter = Message.objects.get(code="awards.offer")
    said = read_in_both(letter)
    assert "We confer" in said["en"] or "we confer" in said["en"]
    mailing = outcome_mailing(offer.decision.run, CLOCK, SELECTED)
    own = LetterText(
        "{offer_subject}", "Dear {name},\n\nwith joy: {offer_told} {respond_by}\n\n{page}"
    )
    for language in ("en", "ar"):
        text = (
            own if language == "en" else LetterText(own.subject, own.body.replace("Dear", "عزيزي"))
        )
        change_letter_text(
            mailing=mailing, code=letter.code, language=language, text=text,
            actor=contest.officer, now=SELECTED,
        )  # fmt: skip
    letter.refresh_from_db()
    worded = read_in_both(letter)
    assert "with joy: congratulations" in worded["en"]
    assert worded["ar"].startswith("عزيزي")
    change_one_letter(letter=letter, text=own, actor=contest.officer, now=SELECTED)
    letter.refresh_from_db()
    assert BETWEEN not in letter.body, "words for one reader alone are the whole of it"


def make_offered_unsent(contest: object) -> None:
    """Everything released, the letters still held."""
    from anso.awards.actions import make_offers
    from tests.factories.decisions import released

    released(contest)  # type: ignore[arg-type]
    make_offers(actor=CLOCK, call=contest.call, now=SELECTED)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("first", "country", "second"),
    [("ar", "", "en"), ("ar", "KE", "en"), ("ar", "EG", "en"), ("en", "EG", "ar"),
     ("en", "MA", "ar"), ("en", "CN", ""), ("en", "", ""), ("en", "ZZ", "")],
)  # fmt: skip
def test_the_second_language(first: str, country: str, second: str) -> None:
    assert second_language(first, country, ["en", "ar"]) == second
