"""Mail to the writers of letters: in which language, and with a link that needs no account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict

from django.conf import settings
from django.urls import reverse

from anso.accounts.actions import issue_scoped_link
from anso.accounts.models import Account
from anso.accounts.queries import find_account
from anso.applications.models import Letter
from anso.applications.queries.letter_links import writer_country, writer_zone
from anso.applications.queries.letters import PURPOSE, letter_due_at
from anso.applications.wording import letter_told
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.notifications.actions import Say, notify, say_nothing

LINK_OUTLIVES_DUE = dt.timedelta(days=60)


class Languages(TypedDict, total=False):
    """In which language a mail is written, and where its reader is if it needs a second one."""

    language: str
    country: str


def letter_token(letter: Letter, now: dt.datetime) -> str:
    """A new way in for the writer of a letter; those that were sent before keep working."""
    return issue_scoped_link(
        purpose=PURPOSE,
        about=letter,
        expires_at=letter_due_at(letter) + LINK_OUTLIVES_DUE,
        now=now,
        sent_to=letter.email,
    )


def fresh_letter_link(letter: Letter, now: dt.datetime) -> str:
    """The whole address of a new way in, as mails carry it."""
    return f"{settings.SITE_URL}{reverse('applications:letter', args=[letter_token(letter, now)])}"


KNOWN = "_account_of_writer"


def send_link(
    letter: Letter,
    notice: Notice,
    actor: Actor,
    now: dt.datetime,
    *,
    is_first: bool = False,
) -> None:
    """Send the writer a mail with a link of their own."""
    notify_writer(
        notice,
        letter,
        key=f"{letter.reference}:{letter.send_count}.{letter.reminder_count}",
        actor=actor,
        now=now,
        link_secret=fresh_letter_link(letter, now),
        is_first=is_first,
    )


def notify_writer(
    notice: Notice,
    letter: Letter,
    *,
    key: str,
    actor: Actor,
    now: dt.datetime,
    link_secret: str = "",
    is_first: bool = False,
    also: Say = say_nothing,
) -> None:
    """Write to the writer of a letter, once for each ``key``; ``is_first`` where that was made just
    now. ``also`` adds to what such a mail may say.
    """
    notify(
        notice,
        about=letter,
        email=letter.email,
        **how_to_reach_writer(letter),
        say=lambda: {**letter_told(letter), **also()},
        key=key,
        context=letter.application.call,
        actor=actor,
        now=now,
        link_secret=link_secret,
        is_first=is_first,
    )


class Reached(Languages, total=False):
    """In which languages and zone a writer is written to."""

    zone: str


def know_writer(letter: Letter, accounts: Mapping[str, Account]) -> None:
    """Keep on the letter, as loaded, whose account its address is, where the accounts of several
    writers were looked up at once.
    """
    letter.__dict__[KNOWN] = accounts.get(letter.email)


def how_to_reach_writer(letter: Letter) -> Reached:
    """Writers with an account read its language, in its zone. The others are written to in the
    language in which the applicant reads, as they know each other, and in a second one: English, or
    that of the country where they work.
    """
    is_known = KNOWN in letter.__dict__
    own = letter.__dict__[KNOWN] if is_known else find_account(letter.email)
    zone = writer_zone(letter, own)
    if own is not None:
        return {"language": own.language, "zone": zone}
    account = letter.application.applicant.account
    first = account.language if account else settings.LANGUAGE_CODE
    return {"language": first, "country": writer_country(letter), "zone": zone}
