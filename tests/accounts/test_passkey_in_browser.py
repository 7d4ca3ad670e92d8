"""A passkey is registered and signs its owner in, in a real browser with a made-up device."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from anso.accounts.actions import create_account
from anso.kernel.actors import SETUP

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_passkey_is_registered_and_signs_in(
    live_server: Any, settings: Any, now: dt.datetime
) -> None:
    settings.DEMONSTRATION = True
    create_account(
        email="stranger@demo.example", demonstration_role="stranger", actor=SETUP, now=now
    )
    site = live_server.url.replace("127.0.0.1", "localhost")
    settings.CSRF_TRUSTED_ORIGINS = [site]
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context()
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on(
            "console",
            lambda line: (
                faults.append(line.text) if "Content Security Policy" in line.text else None
            ),
        )
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        page.goto(f"{site}/accounts/login/")
        with page.expect_navigation():
            page.click(".demo button")
        page.goto(f"{site}/accounts/2fa/webauthn/add/")
        with page.expect_navigation():
            page.click("[data-passkey=add]")
        page.goto(f"{site}/accounts/logout/")
        with page.expect_navigation():
            page.click("main button")
        page.goto(f"{site}/accounts/login/?next=/accounts/")
        with page.expect_navigation():
            page.click("[data-passkey=login]")
        reached, heading = page.url, page.inner_text("h1")
        browser.close()
    assert faults == []
    assert (reached, heading) == (f"{site}/accounts/", "Your account")
