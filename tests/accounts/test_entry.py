"""The way in by mail, for whoever is new and whoever has an account, walked to its end: slow mail,
wrong codes, another device, a wrong address, one name, a stranger who was there before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from anso.accounts import actions
from anso.accounts.models import Account, EntryCode
from anso.applications.models import Application
from anso.audit.queries import entries_about
from anso.directory.models import Person
from anso.kernel.actors import SETUP
from anso.notifications.models import Message
from tests.factories.applications import NOW
from tests.factories.calls import make_call
from tests.factories.directory import make_account
from tests.pages import squeezed

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
ADDRESS = "amina@example.org"
Clock = Callable[[dt.datetime], None]


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock of the pages; limits start afresh."""
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return lambda instant: monkeypatch.setattr("django.utils.timezone.now", lambda: instant)


def ask(client: Client, email: str = ADDRESS, wanted: str = "") -> str:
    answer = client.post("/accounts/enter/", {"email": email, "next": wanted})
    assert answer["Location"] == "/accounts/enter/code/"
    return squeezed(client.get(answer["Location"]))


def sent_to(email: str = ADDRESS) -> list[tuple[str, str]]:
    """The codes and paths of links that were sent to an address, the oldest first."""
    found = Message.objects.filter(email=email, code__startswith="accounts.enter").order_by("id")
    parts = [message.secret.split("\n\n") for message in found]
    return [(code, link.removeprefix(settings.SITE_URL)) for code, link in parts]


def type_code(client: Client, code: str) -> str:
    """Where a code leads; the words of the page where it leads nowhere."""
    answer = client.post("/accounts/enter/code/", {"code": code})
    return answer["Location"] if answer.status_code == 302 else squeezed(answer)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_new_account_reads_and_is_written_to_in_its_language(client: Client) -> None:
    client.post("/language/", {"language": "ar", "next": "/"})
    ask(client)
    assert Message.objects.get().language == "ar"
    type_code(client, sent_to()[0][0])
    assert Account.objects.get().language == "ar"


def test_a_newcomer_gets_from_start_application_into_the_form_without_a_password(
    client: Client,
) -> None:
    call = make_call()
    start = next(
        link
        for link in re.findall(r'href="([^"]*)"', squeezed(client.get(f"/calls/{call.slug}/")))
        if "start" in link
    )
    address = client.get(start, follow=True)
    assert address.redirect_chain[-1][0] == f"/accounts/login/?next={start}"
    words = squeezed(address)
    assert "You need no password" in words
    assert f'name="next" value="{start}"' in words
    assert ask(client, wanted=start)
    (code, _link) = sent_to()[0]
    assert type_code(client, code) == start
    assert EmailAddress.objects.get().verified
    page = squeezed(client.get(start))
    assert "Your name" in page
    nameless = client.post(start, {"ordinal": "1", "full_name": " "})
    assert (nameless.status_code, Application.objects.count()) == (422, 0)
    assert "One name is enough" in squeezed(nameless)
    form = client.post(start, {"ordinal": "1", "full_name": "Suharto"}, follow=True)
    application = Application.objects.get()
    assert form.redirect_chain[-1][0] == f"/applications/{application.reference}/"
    assert application.subject_name == "Suharto"
    assert "Your name" not in squeezed(client.get(start, follow=True)), "asked once"


@pytest.mark.parametrize("name", ["Suharto", "محمد بن عبد الله", "李小龙", "Ngũgĩ wa Thiong’o"])
def test_whoever_comes_for_something_else_is_asked_the_name_on_a_page_of_its_own(
    client: Client, name: str
) -> None:
    ask(client, wanted="/calls/")
    assert type_code(client, sent_to()[0][0]) == "/name/?next=%2Fcalls%2F"
    page = squeezed(client.get("/name/?next=/calls/"))
    assert 'dir="auto"' in page
    assert client.post("/name/", {"full_name": "", "next": "/calls/"}).status_code == 422
    answer = client.post("/name/", {"full_name": f"  {name} ", "next": "/calls/"})
    assert answer["Location"] == "/calls/"
    assert Person.objects.get().full_name == name
    client.post("/name/", {"full_name": "Another", "next": "https://thief.example/"})
    assert Person.objects.get().full_name == "Another"
    entries = entries_about(Person.objects.get()).count()
    client.post("/name/", {"full_name": "Another", "next": "/calls/"})
    assert entries_about(Person.objects.get()).count() == entries, "nothing changed"
    assert Account.objects.get().has_usable_password() is False


def test_whoever_has_an_account_signs_in_by_the_same_page(client: Client) -> None:
    account = actions.create_account(email=ADDRESS, actor=SETUP, now=NOW)
    ask(client, email="Amina@Example.ORG", wanted="/calls/")
    (code, _link) = sent_to("Amina@Example.ORG")[0]
    assert type_code(client, code) == "/calls/"
    assert client.session["_auth_user_id"] == str(account.pk)
    assert Account.objects.count() == 1


def test_page_says_the_same_of_every_address_and_the_mail_tells_the_truth(client: Client) -> None:
    actions.create_account(email=ADDRESS, actor=SETUP, now=NOW)
    pages = []
    for email in (ADDRESS, "new@example.org"):
        browser = Client()
        words = ask(browser, email)
        pages.append(re.sub(r'value="[A-Za-z0-9]{64}"', "", words.replace(email, "")))
    assert pages[0].replace("amina%40", "") == pages[1].replace("new%40", "")
    known, new = Message.objects.order_by("id")
    assert "There is no account with this address yet" in new.body
    assert "no account" not in known.body
    for message in (known, new):
        code, link = message.secret.split("\n\n")
        assert code not in message.body
        assert "{link}" in message.body
        assert "two hours" in message.body
        assert link.startswith(settings.SITE_URL)


def test_slow_mail_is_no_dead_end(client: Client, at: Clock) -> None:
    ask(client, wanted="/calls/")
    at(NOW + 50 * MINUTE)
    again = squeezed(client.post("/accounts/enter/code/", {"act": "again"}))
    assert "Codes of earlier mails still work" in again
    at(NOW + 119 * MINUTE)
    first, second = (code for code, _link in sent_to())
    assert first != second
    assert type_code(client, first).startswith("/name/"), "the older code still works"
    assert "any more" in squeezed(Client().get(sent_to()[0][1])), "and works once"


def test_a_code_runs_out_with_words_and_a_way_on(client: Client, at: Clock) -> None:
    ask(client)
    code, link = sent_to()[0]
    at(NOW + 120 * MINUTE)
    assert "two hours have passed" in type_code(client, code)
    late = client.post(link)
    assert (late.status_code, is_signed_in(client)) == (404, False)
    assert 'href="/accounts/enter/"' in squeezed(late)
    at(NOW + 121 * MINUTE)
    client.post("/accounts/enter/code/", {"act": "again"})
    assert type_code(client, sent_to()[-1][0]).startswith("/name/")
    at(NOW + 60 * 60 * MINUTE)
    ask(Client(), "other@example.org")
    assert not EntryCode.objects.filter(email=ADDRESS).exists(), "addresses are not collected"


def test_the_link_leads_on_on_another_device_and_only_a_button_decides(client: Client) -> None:
    call = make_call()
    ask(client, wanted=f"/calls/{call.slug}/")
    link, phone = sent_to()[0][1], Client()
    for _ in range(2):
        page = squeezed(phone.get(link))
        assert ADDRESS in page
        assert not is_signed_in(phone)
    assert phone.post(link)["Location"].endswith(f"next=%2Fcalls%2F{call.slug}%2F")
    assert is_signed_in(phone)
    assert phone.post(link).status_code == 404
    assert Client().get("/accounts/enter/by-link/nonsense/").status_code == 404
    assert Client().get(f"/accounts/enter/by-link/{'n' * 300}/").status_code == 404


def test_a_link_that_two_devices_open_at_once_lets_one_in(client: Client) -> None:
    ask(client)
    link = sent_to()[0][1]
    token = link.rstrip("/").rpartition("/")[2]
    assert actions.enter_by_link(token=token, language="en", now=NOW) is not None
    assert actions.enter_by_link(token=token, language="en", now=NOW) is None
    assert Client().post(link).status_code == 404


def test_a_code_counts_only_in_the_browser_that_asked(client: Client) -> None:
    ask(client)
    thief = Client()
    ask(thief)
    mine, other = (code for code, _link in sent_to())
    assert "not a code that we sent" in type_code(thief, mine)
    assert type_code(thief, "no digits at all")
    assert not is_signed_in(thief)
    assert type_code(client, f" {mine[:4]}-{mine[5:]} ").startswith("/name/")
    assert mine != other


def test_digits_of_any_script_are_read(client: Client) -> None:
    ask(client)
    code = sent_to()[0][0]
    arabic = code.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})
    assert type_code(client, arabic).startswith("/name/")


def test_guessing_ends_and_the_link_still_works(client: Client) -> None:
    ask(client)
    code, link = sent_to()[0]
    wrong = "0000 0000" if code != "0000 0000" else "0000 0001"
    for _ in range(10):
        assert "not a code that we sent" in type_code(client, wrong)
    assert "Too many wrong codes" in type_code(client, code)
    assert client.post(link).status_code == 302


def test_sending_again_has_a_limit_in_words(client: Client, at: Clock) -> None:
    ask(client)
    for minute in range(1, 5):
        at(NOW + minute * MINUTE)
        client.post("/accounts/enter/code/", {"act": "again"})
    at(NOW + 10 * MINUTE)
    words = squeezed(client.post("/accounts/enter/code/", {"act": "again"}))
    assert "another one in 51 minutes" in words
    refused = client.post("/accounts/enter/", {"email": ADDRESS.upper()})
    assert refused.status_code == 429
    assert len(sent_to()) == 5
    at(NOW + 61 * MINUTE)
    client.post("/accounts/enter/code/", {"act": "again"})
    assert EntryCode.objects.count() == 6


def test_one_place_does_not_write_to_the_whole_world(client: Client) -> None:
    answers = [
        client.post("/accounts/enter/", {"email": f"n{number}@example.org"}).status_code
        for number in range(31)
    ]
    assert answers == [302] * 30 + [429]
    assert client.post("/accounts/enter/code/", {"code": "1"}).status_code == 429


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Give an address like name@example.org."),
        ("nobody", "Give an address like name@example.org."),
        ("a@b", "No mail is delivered to “b”. Write the whole name of the host."),
        ("two words@example.org", "“two words” before the @ cannot be the name of a mailbox."),
    ],
)
def test_what_is_no_address_is_said_and_kept(client: Client, email: str, words: str) -> None:
    answer = client.post("/accounts/enter/", {"email": email, "next": "/calls/"})
    assert answer.status_code == 422
    assert words in squeezed(answer)
    assert f'value="{email}"' in squeezed(answer) or not email
    assert 'value="/calls/"' in squeezed(answer)
    assert client.get("/accounts/enter/code/")["Location"] == "/accounts/enter/", "nothing was sent"


def test_a_mistyped_address_is_corrected_without_losing_the_way(client: Client) -> None:
    page = ask(client, "amina@exmaple.org", wanted="/calls/")
    link = re.search(r'href="(/accounts/enter/\?[^"]*)"', page)
    assert link
    again = squeezed(client.get(link[1].replace("&amp;", "&")))
    assert 'value="amina@exmaple.org"' in again
    assert 'name="next" value="/calls/"' in again


def test_a_password_that_a_stranger_set_before_goes_when_the_owner_comes(client: Client) -> None:
    stranger = actions.create_account(email=ADDRESS, actor=SETUP, now=NOW, password="planted here")
    before = stranger.session_stamp
    ask(client)
    type_code(client, sent_to()[0][0])
    stranger.refresh_from_db()
    assert not stranger.has_usable_password()
    assert before
    own = make_account("own@example.org")
    own.set_password("my own long password")
    own.save()
    EmailAddress.objects.create(user=own, email=own.email, primary=True, verified=True)
    bare = make_account("bare@example.org")
    EmailAddress.objects.create(user=bare, email="other@example.org", primary=True)
    browser = Client()
    ask(browser, bare.email)
    assert type_code(browser, sent_to(bare.email)[0][0]) == "/todo/"
    assert EmailAddress.objects.get(email=bare.email).verified
    browser = Client()
    ask(browser, own.email)
    type_code(browser, sent_to(own.email)[0][0])
    own.refresh_from_db()
    assert own.has_usable_password(), "whoever confirmed the address before keeps theirs"


def test_a_new_password_for_an_unknown_address_is_answered_by_mail(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    (message,) = Message.objects.all()
    assert (message.code, message.email) == ("accounts.enter_new", "nobody@example.org")
    assert client.post(sent_to("nobody@example.org")[0][1]).status_code == 302


def test_a_demonstration_writes_to_nobody_new(client: Client, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    ask(client)
    assert not Message.objects.exists()


def test_next_never_leads_elsewhere(client: Client) -> None:
    for wanted in ("https://thief.example/", "//thief.example/", "/\\thief.example", "/nowhere/"):
        browser = Client()
        cache.clear()
        ask(browser, f"n{len(wanted)}@example.org", wanted=wanted)
        led = type_code(browser, sent_to(f"n{len(wanted)}@example.org")[0][0])
        assert "thief" not in led
        assert led.startswith("/name/?next=%2F")


def test_old_addresses_of_sign_up_lead_here(client: Client) -> None:
    answer = client.get("/accounts/signup/?next=/calls/")
    assert answer["Location"] == "/accounts/enter/?next=/calls/"


@pytest.mark.parametrize("typed", ["иван@пример.рф", "amina@mail.local", "amina@127.0.0.1"])
def test_what_no_mail_reaches_is_refused_where_it_is_typed(client: Client, typed: str) -> None:
    answer = client.post("/accounts/enter/", {"email": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode(), "what was typed stands there still"
    assert not Message.objects.exists()


def test_a_host_in_another_script_is_written_to(client: Client) -> None:
    ask(client, "ivan@пример.рф")
    assert Message.objects.get().email == "ivan@пример.рф"


def test_a_slip_is_asked_about_and_never_corrected_by_us(client: Client) -> None:
    page = ask(client, "amina@gmial.com", wanted="/calls/")
    assert 'Did you mean <b dir="ltr">amina@gmail.com</b>?' in page
    assert "?next=%2Fcalls%2F&email=amina%40gmail.com" in page
    assert Message.objects.get().email == "amina@gmial.com"
    assert "Did you mean" not in ask(client, "amina@example.org")
