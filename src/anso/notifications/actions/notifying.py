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
from anso.kernel.languages import second_language
from anso.kernel.notices import Notice
from anso.kernel.periods import find_zone
from anso.notifications.actions.outbox import NoticeOptions, enqueue_notice
from anso.notifications.models import Message
from anso.notifications.notices import written_whole

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
    only declared facts go on. A ``url`` is a path of this site, a ``calendar`` a file that goes
    with the mail. Where to write with questions is known here.

    With a ``country``, known or blank, somebody without an account is written to in two languages:
    nobody asked them which one they read.
    """
    reader = options.get("recipient")
    zone = (reader.mail_zone if reader else "") or options.pop("zone", "")
    country = options.pop("country", None)
    if reader is None and not options.get("email"):
        return False
    language = options.get("language") or (reader.language if reader else settings.LANGUAGE_CODE)
    known = _known_there(say, language, zone)
    options["calendar"] = known.get("calendar", "")
    if reader is None and country is not None:
        spoken = [code for code, _name in settings.LANGUAGES]
        second = second_language(language, country, spoken)
        if second:
            options["also_in"] = (second, _declared(notice, _known_there(say, second, zone)))
    _message, is_new = enqueue_notice(
        notice,
        about=about,
        fields=_declared(notice, known),
        dedupe_key=f"{notice.code}:{key}",
        actor=actor,
        now=now,
        **({"label": str(known.get("name", ""))} | options | {"language": language}),
    )
    return is_new


def _known_there(say: Say, language: str, zone: str) -> dict[str, Any]:
    known = {"contact": settings.ALLIANCE["MAIL"], **_said_there(say, language, zone)}
    if "url" in known:
        known["url"] = settings.SITE_URL + known["url"]
    return known


def _declared(notice: Notice, known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: known[name] for name in notice.fields}


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
    renewed = ["facts", "second_facts", "subject", "body"]
    Message.objects.bulk_update(letters, renewed, batch_size=1000)


def renew_letter(letter: Message, *, say: Say, zone: str = "") -> None:
    """Write a held letter of a mailing again, with some of its facts as they are now; said in the
    reader's language and zone, as at first.
    """
    _write_anew(letter, say, zone)
    letter.save(update_fields=["facts", "second_facts", "subject", "body"])


def _write_anew(letter: Message, say: Say, zone: str) -> None:
    reader = letter.recipient
    there = (reader.mail_zone if reader else "") or zone
    letter.facts |= _as_texts(_said_there(say, letter.language, there))
    if letter.second_language:
        letter.second_facts |= _as_texts(_said_there(say, letter.second_language, there))
    wording = written_whole(letter, letter.mailing)
    letter.subject, letter.body = wording.subject, wording.body


def _as_texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in said.items()}


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
