"""Sign-in, the account page, the language, and playing the cast, as a browser sees them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from anso.accounts import actions
from anso.accounts.models import Account
from anso.audit.queries import entries_about
from anso.kernel.actors import SETUP
from anso.notifications.models import Message
from tests.factories.directory import make_account

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
SCRIPT = re.compile(rb"<script(?![^>]*(?:src=|application/json))")


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def amina(now: dt.datetime) -> Account:
    account = actions.create_account(
        email="amina@example.org", password=PASSWORD, actor=SETUP, now=now
    )
    EmailAddress.objects.update(verified=True)
    return account


@pytest.fixture
def officer(now: dt.datetime) -> Account:
    account = actions.create_account(
        email="officer@example.org", password=PASSWORD, is_staff=True, actor=SETUP, now=now
    )
    EmailAddress.objects.update(verified=True)
    return account


def sign_in(client: Client, account: Account, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": account.email, "password": password})


def show_it_is_me(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


OPEN_PAGES = [
    "account_login",
    "accounts:enter",
    "account_reset_password",
]
OWN_PAGES = [
    "accounts:account",
    "mfa_index",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
]


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_sign_in_pages_are_ours_and_carry_no_inline_script(name: str, client: Client) -> None:
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert b'class="mast"' in page.content
    assert not SCRIPT.search(page.content)
    assert b"style=" not in page.content


@pytest.mark.parametrize("name", OWN_PAGES)
def test_pages_of_an_account_are_ours(name: str, client: Client, amina: Account) -> None:
    sign_in(client, amina)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert b'class="mast"' in page.content
    assert not SCRIPT.search(page.content)


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_second_factor_is_set_up_without_inline_script(
    name: str, client: Client, amina: Account
) -> None:
    sign_in(client, amina)
    show_it_is_me(client)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert not SCRIPT.search(page.content)


def test_password_opens_the_account(client: Client, amina: Account) -> None:
    answer = sign_in(client, amina)
    assert (answer.status_code, answer["Location"]) == (302, "/todo/")
    assert amina.email in client.get(reverse("accounts:account")).content.decode()


def test_nobody_is_greeted_in_the_language_of_the_browser(client: Client, amina: Account) -> None:
    Account.objects.filter(pk=amina.pk).update(language="ar")
    fields = {"login": amina.email, "password": PASSWORD}
    answer = client.post(
        reverse("account_login"), fields, follow=True, headers={"accept-language": "en"}
    )
    assert 'lang="ar"' in answer.text
    assert "signed in as" not in answer.text


@pytest.mark.parametrize(
    "wanted",
    ["https://thief.example/", "//thief.example/", "javascript:alert(1)", "/\\thief.example"],
)
def test_signing_in_never_leads_elsewhere(wanted: str, client: Client, amina: Account) -> None:
    answer = client.post(
        f"{reverse('account_login')}?next={wanted}",
        {"login": amina.email, "password": PASSWORD, "next": wanted},
    )
    assert answer["Location"] == "/todo/"
    language = client.post(reverse("set_language"), {"language": "ar", "next": wanted})
    assert language["Location"] == "/"


def test_guessing_passwords_is_slowed_down(client: Client, amina: Account) -> None:
    for _ in range(5):
        sign_in(client, amina, "wrong password")
    answer = sign_in(client, amina)
    assert answer.status_code == 200
    assert b"/todo/" not in answer.content or not client.session.get("_auth_user_id")
    assert "_auth_user_id" not in client.session


def test_changing_the_password_ends_other_sessions(client: Client, amina: Account) -> None:
    other = Client()
    sign_in(client, amina)
    sign_in(other, amina)
    new = "staple battery correct"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert client.get(reverse("accounts:account")).status_code == 200
    assert other.get(reverse("accounts:account")).status_code == 302
    assert Message.objects.get(code="accounts.sign_in_method_changed").email == amina.email


@pytest.mark.django_db(transaction=True)
def test_adding_a_second_factor_ends_other_sessions_and_is_asked_for_next_time(
    client: Client, amina: Account
) -> None:
    other = Client()
    sign_in(client, amina)
    sign_in(other, amina)
    secret = activate_app(client)
    assert client.get(reverse("accounts:account")).status_code == 200
    assert other.get(reverse("accounts:account")).status_code == 302
    asked = sign_in(other, amina)
    assert asked["Location"].startswith(reverse("mfa_authenticate"))
    assert other.get(reverse("accounts:account")).status_code == 302
    page = other.get(reverse("mfa_authenticate"))
    assert not SCRIPT.search(page.content)
    cache.clear()  # a code works once
    answer = other.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert answer["Location"] == "/todo/"


def code_for(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def activate_app(client: Client) -> str:
    show_it_is_me(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    return str(secret)


def test_owner_signs_out_everywhere_else(client: Client, amina: Account) -> None:
    other = Client()
    sign_in(client, amina)
    sign_in(other, amina)
    client.post(reverse("accounts:end_sessions"))
    assert client.get(reverse("accounts:account")).status_code == 200
    assert other.get(reverse("accounts:account")).status_code == 302
    assert "end_other_sessions" in [entry.verb for entry in entries_about(amina)]


def test_no_cache_keeps_what_somebody_signed_in_was_shown(client: Client, amina: Account) -> None:
    assert "Cache-Control" not in client.get("/")
    sign_in(client, amina)
    for address in ("/", "/todo/", reverse("accounts:account"), "/applications/NONESUCH/"):
        assert client.get(address)["Cache-Control"] == "private, no-store"
    assert "public" in client.get("/robots.txt")["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_staff_reach_nothing_without_a_second_factor(client: Client, officer: Account) -> None:
    sign_in(client, officer)
    for name in ("accounts:account", "notifications:outbox"):
        assert client.get(reverse(name))["Location"] == reverse("accounts:second_factor")
    assert client.post(reverse("notifications:carry_out"))["Location"] == reverse(
        "accounts:second_factor"
    )
    assert b"second factor" in client.get(reverse("accounts:second_factor")).content
    activate_app(client)
    assert client.get(reverse("accounts:account")).status_code == 200
    assert client.get(reverse("accounts:second_factor"))["Location"] == reverse("mfa_index")


@pytest.mark.django_db(transaction=True)
def test_whoever_added_an_app_sees_the_spare_codes_without_a_second_code(
    client: Client, officer: Account
) -> None:
    officer.set_unusable_password()  # they come in by a code sent by mail
    officer.save(update_fields=["password"])
    client.force_login(officer)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}, follow=True)
    assert answer.redirect_chain == [(reverse("mfa_view_recovery_codes"), 302)]
    (spare,) = Authenticator.objects.filter(user=officer, type=Authenticator.Type.RECOVERY_CODES)
    assert spare.wrap().get_unused_codes()[0] in answer.content.decode()


def test_staff_are_not_asked_for_a_second_factor_in_a_demonstration(
    client: Client, settings: Any, now: dt.datetime
) -> None:
    settings.DEMONSTRATION = True
    actions.create_account(
        email="o@demo.example",
        is_staff=True,
        demonstration_role="programme_officer",
        actor=SETUP,
        now=now,
    )
    client.post(reverse("accounts:play", args=["programme_officer"]))
    assert "o@demo.example" in client.get(reverse("accounts:account")).content.decode()


def test_account_page_keeps_what_was_typed_and_says_what_is_wrong(
    client: Client, amina: Account
) -> None:
    client.force_login(amina)
    wrong = client.post(reverse("accounts:account"), {"language": "ar", "zone": "Mars/Olympus"})
    assert wrong.status_code == 422
    assert b"Mars/Olympus" in wrong.content
    assert b"We do not know this zone" in wrong.content
    right = client.post(reverse("accounts:account"), {"language": "ar", "zone": "Africa/Nairobi"})
    assert right.status_code == 302
    amina.refresh_from_db()
    assert (amina.language, amina.zone, amina.notification_preference.reminders) == (
        "ar",
        "Africa/Nairobi",
        False,
    )


def test_language_is_kept_for_the_browser_and_the_account(client: Client, amina: Account) -> None:
    answer = client.post(reverse("set_language"), {"language": "ar", "next": "/style/"})
    assert (answer["Location"], answer.cookies["django_language"].value) == ("/style/", "ar")
    assert b'dir="rtl"' in client.get("/style/").content
    client.force_login(amina)
    client.post(reverse("set_language"), {"language": "ar", "next": "/style/"})
    amina.refresh_from_db()
    assert amina.language == "ar"
    assert (
        "django_language" not in client.post(reverse("set_language"), {"language": "tlh"}).cookies
    )


def test_times_are_shown_in_the_readers_zone(client: Client, now: dt.datetime) -> None:
    from django.utils import timezone

    seen = []
    from anso.accounts.middleware import ReadersZoneMiddleware

    class Request:
        user = make_account(zone="Africa/Nairobi")

    def answer(request: Any) -> Any:
        seen.append(timezone.get_current_timezone_name())

    ReadersZoneMiddleware(answer)(Request())  # type: ignore[arg-type]
    Request.user.zone = "Nowhere/AtAll"
    ReadersZoneMiddleware(answer)(Request())  # type: ignore[arg-type]
    assert seen == ["Africa/Nairobi", "UTC"]


def test_visitor_plays_a_part_and_sees_the_bar(
    client: Client, settings: Any, now: dt.datetime
) -> None:
    settings.DEMONSTRATION = True
    actions.create_account(
        email="a@demo.example", demonstration_role="applicant", language="ar", actor=SETUP, now=now
    )
    page = client.get(reverse("account_login"))
    assert b'formaction="/accounts/as/applicant/"' in page.content
    answer = client.post(reverse("accounts:play", args=["applicant"]), {"next": "/style/"})
    assert (answer["Location"], answer.cookies["django_language"].value) == ("/style/", "ar")
    assert client.get(reverse("accounts:play", args=["applicant"])).status_code == 405
    assert client.post(reverse("accounts:play", args=["nobody"])).status_code == 404
    assert b"demonstration" in Client().get(reverse("accounts:enter")).content.lower()


def test_nobody_plays_a_part_on_a_real_installation(
    client: Client, settings: Any, now: dt.datetime
) -> None:
    settings.DEMONSTRATION = False
    actions.create_account(
        email="a@demo.example", demonstration_role="applicant", actor=SETUP, now=now
    )
    assert client.post(reverse("accounts:play", args=["applicant"])).status_code == 404
    assert b"/accounts/as/" not in client.get(reverse("account_login")).content


def test_demonstration_beside_real_accounts_plays_nobody(
    client: Client, settings: Any, now: dt.datetime
) -> None:
    settings.DEMONSTRATION = True
    actions.create_account(
        email="a@demo.example", demonstration_role="applicant", actor=SETUP, now=now
    )
    make_account()
    assert client.post(reverse("accounts:play", args=["applicant"])).status_code in {403, 404}
    assert "_auth_user_id" not in client.session


def test_orcid_is_offered_where_it_is_configured(client: Client, settings: Any) -> None:
    assert b"/accounts/orcid/login/" not in client.get(reverse("account_login")).content
    settings.SOCIALACCOUNT_PROVIDERS = {"orcid": {"APPS": [{"client_id": "APP-1", "secret": "s"}]}}
    assert b"/accounts/orcid/login/" in client.get(reverse("account_login")).content
    leaving = client.post("/accounts/orcid/login/")
    assert leaving["Location"].startswith("https://orcid.org/oauth/authorize?client_id=APP-1")


def test_too_many_requests_get_our_page(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    answers = [
        client.post(reverse("account_reset_password"), {"email": f"a{n}@example.org"})
        for n in range(3)
    ]
    assert answers[-1].status_code == 429
    assert b"Too many attempts" in answers[-1].content


@pytest.mark.parametrize(
    "wanted",
    ["NaN", "-1", "evil", "//evil.example", "https://evil.example/", "javascript:alert(1)"],
)
def test_language_leads_on_only_to_an_address_of_ours(client: Client, wanted: str) -> None:
    assert client.post("/language/", {"language": "ar", "next": wanted})["Location"] == "/"
