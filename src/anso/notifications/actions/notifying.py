"""From the facts of an app to a message of its reader: the one way in which apps write to people.

Here: who is written to in which language, and what every notice may say. Not here: what an app says
(its ``wording``), nor how the message is kept (``outbox``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Unpack

from django.conf import settings
from django.db.models import Model, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.notices import Notice
from anso.kernel.periods import find_zone
from anso.notifications.actions.outbox import NoticeOptions, enqueue_notice
from anso.notifications.models import Message
from anso.notifications.notices import text_of, write_letter

Say = Callable[[], Mapping[str, Any]]


def say_nothing() -> Mapping[str, Any]:
    """For notices that need no fact beyond those that all may say."""
    return {}


def notify(
    notice: Notice,
    *,
    about: Model,
    say: Say,
    key: str,
    actor: Actor,
    now: dt.datetime,
    **options: Unpack[NoticeOptions],
) -> bool:
    """Write one notice to one reader, once for each ``key``; whether it is a new one. Nobody is
    written to who has neither an account nor an address.

    ``say`` is asked for the facts in the language of the reader and in their zone, so that days,
    times, names and sentences among them are in it too. It may know more than this notice declares:
    only declared facts go on. A ``url`` is a path of this site. Where to write with questions is
    known here.
    """
    reader = options.get("recipient")
    zone = (reader.mail_zone if reader else "") or options.pop("zone", "")
    if reader is None and not options.get("email"):
        return False
    language = options.get("language") or (reader.language if reader else settings.LANGUAGE_CODE)
    known = {"contact": settings.ALLIANCE["MAIL"], **_said_there(say, language, zone)}
    if "url" in known:
        known["url"] = settings.SITE_URL + known["url"]
    _message, is_new = enqueue_notice(
        notice,
        about=about,
        fields={name: known[name] for name in notice.fields},
        dedupe_key=f"{notice.code}:{key}",
        actor=actor,
        now=now,
        **({"label": str(known.get("name", ""))} | options | {"language": language}),
    )
    return is_new


def renew_letters(
    letters: Sequence[Message],
    say: Callable[[Message], Mapping[str, Any]],
    zones: Mapping[int, str],
) -> None:
    """The same for many held letters of mailings, in a fixed number of statements: ``say`` knows
    the facts that changed of each, ``zones`` where its reader lives whose account does not say.
    """
    prefetch_related_objects(letters, "recipient", "mailing")
    for letter in letters:
        _write_anew(letter, lambda: say(letter), zones.get(letter.pk, ""))  # noqa: B023 - at once
    Message.objects.bulk_update(letters, ["facts", "subject", "body"], batch_size=1000)


def renew_letter(letter: Message, *, say: Say, zone: str = "") -> None:
    """Write a held letter of a mailing again, with some of its facts as they are now; said in the
    reader's language and zone, as at first.
    """
    _write_anew(letter, say, zone)
    letter.save(update_fields=["facts", "subject", "body"])


def _write_anew(letter: Message, say: Say, zone: str) -> None:
    reader = letter.recipient
    said = _said_there(say, letter.language, (reader.mail_zone if reader else "") or zone)
    letter.facts |= {name: str(value) for name, value in said.items()}
    wording = write_letter(text_of(letter, letter.mailing), letter.facts, letter.language)
    letter.subject, letter.body = wording.subject, wording.body


def _said_there(say: Say, language: str, zone: str) -> Mapping[str, Any]:
    with override(language), timezone.override(_zone_named(zone)):
        return {name: _now(value) for name, value in say().items()}


def _now(value: Any) -> Any:
    """Words that wait for a language are said in this one."""
    return str(value) if isinstance(value, Promise) else value


def _zone_named(zone: str) -> dt.tzinfo:
    """The reader's zone; UTC, as one by which anybody can count, where nobody knows it."""
    try:
        return find_zone(zone or "UTC")
    except BadInput:
        return dt.UTC
