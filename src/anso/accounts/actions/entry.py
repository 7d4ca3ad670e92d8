"""The way in by mail: an address, a code or link sent there, and an account, made where there was
none. What a page says is the same for every address; only the mail tells which it is.
"""

from __future__ import annotations

import datetime as dt
import secrets
import unicodedata
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from anso.accounts.actions.accounts import create_account
from anso.accounts.models import Account, EntryCode
from anso.accounts.notices import ENTER_KNOWN, ENTER_NEW
from anso.accounts.queries import (
    code_hash,
    codes_of_browser,
    find_account,
    find_entry_code,
    token_hash,
)
from anso.accounts.rules import may_ask_to_enter, may_create_account, may_try_code
from anso.audit.actions import record_entry
from anso.kernel.actors import SystemProcess
from anso.kernel.addresses import require_address
from anso.notifications.actions import notify

# Some mail systems let a stranger's mail wait for an hour before they take it.
CODE_LIVES = dt.timedelta(hours=2)
KEPT = dt.timedelta(days=1)
SIGN_IN = SystemProcess("sign-in")


def digits_in(text: str) -> str:
    """The digits of a code as they were typed, in whichever script: spaces and dashes go."""
    return "".join(str(unicodedata.digit(each)) for each in text[:40] if each.isdigit())


@dataclass(frozen=True)
class EntryAnswer:
    """Who came in, whether their account is new, and where they were going."""

    account: Account
    is_new: bool
    wanted: str


@transaction.atomic
def ask_to_enter(
    *, email: str, browser: str, wanted: str, language: str, now: dt.datetime
) -> EntryCode:
    """Send a code and a link to an address: to sign in where it has an account, to make one where
    it has none. ``browser`` is the only one in which the code counts; ``wanted`` is where its owner
    was going, on whatever device they open the link.

    Refuses an address that is not one, and more than some codes an hour for one address. In a
    demonstration nobody new is written to.
    """
    address = email.strip()
    require_address(address)
    may_ask_to_enter(address, now).require()
    # Nobody needs a list of the addresses that were typed here.
    EntryCode.objects.filter(expires_at__lt=now - KEPT).delete()
    code, token = f"{secrets.randbelow(10**8):08}", secrets.token_urlsafe(32)
    entry = EntryCode.objects.create(
        email=address,
        code_hash=code_hash(address, code),
        token_hash=token_hash(token),
        browser=browser,
        wanted=wanted[:500],
        created_at=now,
        expires_at=now + CODE_LIVES,
    )
    account = find_account(address)
    if account is None and not may_create_account(is_demonstration=False):
        return entry
    link = settings.SITE_URL + reverse("accounts:enter_by_link", args=[token])
    notify(
        ENTER_NEW if account is None else ENTER_KNOWN,
        about=entry,
        recipient=account,
        email=address,
        language=language,
        say=lambda: {"email": address},
        key=str(entry.pk),
        link_secret=f"{code[:4]} {code[4:]}\n\n{link}",
        actor=SIGN_IN,
        now=now,
    )
    return entry


@transaction.atomic
def enter_by_code(
    *, email: str, browser: str, code: str, language: str, now: dt.datetime
) -> EntryAnswer | None:
    """Let in whoever types a code that was sent to an address from this browser: the newest or an
    older one, as long as it lives. None for a wrong one, which is counted.

    Refuses where no code lives, and any code after too many wrong ones.
    """
    # Locked, so that of many guesses at once each is counted.
    living = list(codes_of_browser(email, browser, now).select_for_update())
    may_try_code(living).require()
    typed = code_hash(email, digits_in(code))
    found = next((each for each in living if secrets.compare_digest(each.code_hash, typed)), None)
    if found is None:
        living[0].wrong_guesses += 1
        living[0].save(update_fields=["wrong_guesses"])
        return None
    return _enter(found, language, now)


@transaction.atomic
def enter_by_link(*, token: str, language: str, now: dt.datetime) -> EntryAnswer | None:
    """Let in whoever holds the link of a mail, on whatever device; None where it was used or has
    run out.
    """
    found = find_entry_code(token, now)
    if found is None:
        return None
    # Looked at again under its lock: the link may be opened on two devices at once.
    locked = EntryCode.objects.select_for_update().get(pk=found.pk)
    return None if locked.used_at else _enter(locked, language, now)


def _enter(entry: EntryCode, language: str, now: dt.datetime) -> EntryAnswer:
    entry.used_at = now
    entry.save(update_fields=["used_at"])
    account = find_account(entry.email)
    is_new = account is None
    if account is None:
        account = create_account(email=entry.email, actor=SIGN_IN, now=now, language=language)
    _confirm_address(account, entry.email, now)
    return EntryAnswer(account, is_new, entry.wanted)


def _confirm_address(account: Account, email: str, now: dt.datetime) -> None:
    """Whoever reads the mail of an address has it. A password that somebody set before the address
    was confirmed may be a stranger's, who waited for its owner to come: it goes.
    """
    address = EmailAddress.objects.filter(user_id=account.pk, email__iexact=email).first()
    if address is not None and address.verified:
        return
    if address is None:
        has_primary = EmailAddress.objects.filter(user_id=account.pk, primary=True).exists()
        address = EmailAddress(user_id=account.pk, email=email, primary=not has_primary)
    address.verified = True
    address.save()
    account.set_unusable_password()
    account.save(update_fields=["password"])
    record_entry(account, "confirm_address", actor=SIGN_IN, now=now)
