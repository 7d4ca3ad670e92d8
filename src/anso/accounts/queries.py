"""Finding accounts, scoped links and the demonstration cast. Who a person is stands in the
directory, not here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet, Value
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from anso.accounts.models import Account, EntryCode, ScopedLink
from anso.notifications.queries import wants_reminders


def token_hash(token: str) -> str:
    """What is kept of a scoped link's token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_account(email: str) -> Account | None:
    """The account with an address, in any case; None when nobody has it. One that was merged leads
    to that of the same person.
    """
    # As the constraint spells it, whose index answers this; ``iexact`` compares upper case, for
    # which there is none, and every sign-in would read all accounts.
    folded = Account.objects.alias(folded=Lower("email"))
    return _standing(folded.filter(folded=Lower(Value(email.strip()))).first())


def find_accounts(emails: Iterable[str]) -> dict[str, Account]:
    """The same for several addresses in one statement, by the address as it was given."""
    wanted = {email: email.strip().lower() for email in emails}
    folded = Account.objects.annotate(folded=Lower("email"))
    found = {each.folded: each for each in folded.filter(folded__in=set(wanted.values()))}
    standing = {email: _standing(found.get(key)) for email, key in wanted.items()}
    return {email: account for email, account in standing.items() if account is not None}


def _standing(found: Account | None) -> Account | None:
    while found is not None and found.merged_into_id:
        found = found.merged_into
    return found


def find_scoped_link(token: str, purpose: str) -> ScopedLink | None:
    """The link with this token and purpose, valid or not; a rule says whether it may still be
    used.
    """
    # Ours are shorter; nobody gets a megabyte hashed.
    if not token or len(token) > 200:
        return None
    return ScopedLink.objects.filter(token_hash=token_hash(token), purpose=purpose).first()


def get_scoped_link(token: str, purpose: str, now: dt.datetime) -> ScopedLink | None:
    """The valid link with this token and purpose; None when it is unknown, expired or revoked."""
    link = find_scoped_link(token, purpose)
    if link is None or link.revoked_at is not None or link.expires_at <= now:
        return None
    return link


def is_way_in_of(link: ScopedLink, email: str) -> bool:
    """Whether a link was sent to whom it leads to now; another address is another reader."""
    return not link.sent_to or link.sent_to.casefold() == email.casefold()


def has_second_factor(account: Account) -> bool:
    """Whether the account is protected by more than a password: a passkey or an authenticator
    app.
    """
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=kinds).exists())


def demonstration_cast() -> QuerySet[Account]:
    """The accounts that a visitor of a demonstration may sign in as, in the order they were made;
    none on a real installation.
    """
    if not settings.DEMONSTRATION:
        return Account.objects.none()
    return Account.objects.filter(
        is_demonstration=True, is_active=True, demonstration_role__gt=""
    ).order_by("id")


def find_demonstration_account(role: str) -> Account | None:
    """The member of the cast who plays a role; None on a real installation."""
    return demonstration_cast().filter(demonstration_role=role).first()


def accounts_of_real_people() -> QuerySet[Account]:
    """Accounts that were not made for a demonstration: their presence forbids demonstration
    mode.
    """
    return Account.objects.filter(is_demonstration=False).order_by("id")


def settings_of(account: Account) -> dict[str, Any]:
    """What the owner of an account chose: language, zone, and whether they are reminded."""
    return {
        "language": account.language,
        "zone": account.zone,
        "reminders": wants_reminders(account.pk),
    }


def code_hash(email: str, code: str) -> str:
    """What is kept of a code that was sent to an address. Keyed with the secret of this
    installation: there are few enough codes to try them all.
    """
    salted = salted_hmac("anso.accounts.entry", f"{email.casefold()}\n{code}", algorithm="sha256")
    return salted.hexdigest()


def codes_sent_to(email: str, since: dt.datetime) -> QuerySet[EntryCode]:
    """The ways in that were sent to an address since an instant, the newest first."""
    return _codes_of(email).filter(created_at__gt=since)


def codes_of_browser(email: str, browser: str, now: dt.datetime) -> QuerySet[EntryCode]:
    """Those that can still be typed in a browser, the newest first."""
    return _codes_of(email).filter(browser=browser, used_at__isnull=True, expires_at__gt=now)


def _codes_of(email: str) -> QuerySet[EntryCode]:
    found = EntryCode.objects.alias(folded=Lower("email")).filter(folded=Lower(Value(email)))
    return found.order_by("-created_at", "-id")


def find_entry_code(token: str, now: dt.datetime) -> EntryCode | None:
    """The way in behind the link of a mail; None where it was used, has run out or never was."""
    if not token or len(token) > 200:
        return None
    found = EntryCode.objects.filter(token_hash=token_hash(token), used_at__isnull=True)
    return found.filter(expires_at__gt=now).first()
