"""Making accounts and scoped links, and what people change about their own account."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Model

from anso.accounts.models import Account, ScopedLink
from anso.accounts.queries import find_account, settings_of, token_hash
from anso.accounts.rules import may_create_account, may_play_account
from anso.audit.actions import record_entry
from anso.audit.queries import type_label
from anso.kernel.actors import Actor
from anso.kernel.addresses import require_address
from anso.kernel.drafts import Disputed, disputed_since
from anso.kernel.errors import BadInput
from anso.kernel.references import new_reference
from anso.kernel.wording import gettext_noop as _
from anso.notifications.actions import change_reminders

LINK_USE_NOTED_EVERY = dt.timedelta(minutes=10)


@transaction.atomic
def create_account(
    *,
    email: str,
    actor: Actor,
    now: dt.datetime,
    password: str | None = None,
    language: str = "en",
    is_staff: bool = False,
    is_demonstration: bool = False,
    demonstration_role: str = "",
) -> Account:
    """Make an account for an address that has none yet; without a password its owner signs in by a
    code sent there.

    The address counts as confirmed once its owner typed a code sent there (at once in a
    demonstration). Refuses an address that is not one, an address that already has an account, and
    a real person in a demonstration.
    """
    is_demonstration = is_demonstration or bool(demonstration_role)
    may_create_account(is_demonstration=is_demonstration).require()
    address = email.strip()
    require_address(address)
    if find_account(address):
        raise BadInput(_("There is already an account for %(email)s."), email=address)
    account = Account.objects.create_user(
        address,
        password,
        language=language,
        is_staff=is_staff,
        is_demonstration=is_demonstration,
        demonstration_role=demonstration_role,
    )
    EmailAddress.objects.create(
        user=account, email=address, primary=True, verified=account.is_demonstration
    )
    record_entry(
        account, "create_account", actor=actor, now=now, changes={"is_staff": [None, is_staff]}
    )
    return account


@transaction.atomic
def require_second_factor(*, account: Account, actor: Actor, now: dt.datetime) -> Account:
    """From now on the account belongs to staff: it opens nothing before its owner set up a second
    factor.
    """
    if not account.is_staff:
        account.is_staff = True
        account.save(update_fields=["is_staff"])
        record_entry(
            account,
            "require_second_factor",
            actor=actor,
            now=now,
            changes={"is_staff": [False, True]},
        )
    return account


def issue_scoped_link(
    *, purpose: str, about: Model, expires_at: dt.datetime, now: dt.datetime, sent_to: str = ""
) -> str:
    """Make a way in for one task without an account and return its token; only the hash is kept, so
    it cannot be read again. Links made before go on working. It is the way in of whoever reads mail
    at ``sent_to``, and of nobody who stands in that place later.
    """
    token = secrets.token_urlsafe(32)
    ScopedLink.objects.create(
        token_hash=token_hash(token),
        purpose=purpose,
        about_type=type_label(about),
        about_id=about.pk,
        sent_to=sent_to,
        created_at=now,
        expires_at=expires_at,
    )
    return token


def revoke_scoped_links(*, about: Model, purpose: str, now: dt.datetime) -> int:
    """Make all links of one purpose to one object useless; returns how many were still open."""
    open_links = ScopedLink.objects.filter(
        about_type=type_label(about), about_id=about.pk, purpose=purpose, revoked_at__isnull=True
    )
    return open_links.update(revoked_at=now)


def note_link_use(link: ScopedLink, now: dt.datetime) -> ScopedLink:
    """Note that a link was opened: the first time exactly, later ones to within ten minutes so that
    reading stays cheap.
    """
    if link.last_used_at and now - link.last_used_at < LINK_USE_NOTED_EVERY:
        return link
    link.first_used_at = link.first_used_at or now
    link.last_used_at = now
    link.save(update_fields=["first_used_at", "last_used_at"])
    return link


def note_browser_zone(*, account: Account, zone: str) -> Account:
    """Note where somebody's browser is, so that mails tell times there too. The record has none."""
    account.browser_zone = zone
    account.save(update_fields=["browser_zone"])
    return account


@transaction.atomic
def end_other_sessions(
    *, account: Account, actor: Actor, now: dt.datetime, because: str = ""
) -> Account:
    """Sign the account out everywhere; whoever asks renews the own session afterwards."""
    account.session_stamp = new_reference()
    account.save(update_fields=["session_stamp"])
    record_entry(account, "end_other_sessions", actor=actor, now=now, because=because)
    return account


def play_demonstration_account(*, account: Account, actor: Actor, now: dt.datetime) -> Account:
    """A visitor takes a part of the demonstration cast. Refused everywhere but in a demonstration
    without real accounts.
    """
    may_play_account(account).require()
    return account


@transaction.atomic
def change_account_settings(
    *,
    account: Account,
    chosen: Mapping[str, Any],
    actor: Actor,
    now: dt.datetime,
    marks: Mapping[str, str] | None = None,
) -> Account:
    """The owner of an account chooses the ``language`` and ``zone`` of pages and mails, and whether
    ``reminders`` are sent; what is not named stays.

    ``marks`` tell what the page showed: raises Disputed where another tab changed the same since.
    """
    # Under the lock of the row, so that of two tabs the second sees what the first wrote.
    locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    before = settings_of(locked)
    disputed = disputed_since(chosen, marks or {}, before)
    if disputed:
        raise Disputed(disputed)
    changed = {name: value for name, value in chosen.items() if value != before[name]}
    if "reminders" in changed:
        change_reminders(account_id=locked.pk, reminders=changed["reminders"], actor=actor, now=now)
    account.language = changed.get("language", locked.language)
    account.zone = changed.get("zone", locked.zone)
    changes = {name: [before[name], value] for name, value in changed.items()}
    if changes:
        account.save(update_fields=["language", "zone"])
        record_entry(account, "change_account_settings", actor=actor, now=now, changes=changes)
    return account
