"""Letters to a set of people that an officer writes: prepared for everybody whom a filter finds,
and held like all letters of a mailing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from procrastinate.contrib.django import app

from anso.audit.actions import record_entry
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop as _
from anso.notifications.actions.mailings import cleaned_text, lock_mailing, open_mailing
from anso.notifications.actions.notifying import notify
from anso.notifications.models import Mailing
from anso.notifications.notices import LetterText, check_letter
from anso.notifications.queries import require_context
from anso.notifications.queries.audiences import (
    AUDIENCES,
    Addressee,
    Audience,
    DryRun,
    Wanted,
    try_audience,
)
from anso.notifications.rules import may_write_to

AT_ONCE = 200
TASK = "notifications.write_letters"


@transaction.atomic
def prepare_letters(
    *, code: str, context: Model, wanted: Wanted, texts: Mapping[str, LetterText], key: str,
    actor: Actor, now: dt.datetime,
) -> Mailing:  # fmt: skip
    """Prepare a letter to everybody of a set who can be reached, in the words of an officer; who
    belongs to it is fixed from now on. The same ``key`` gives what was prepared already.

    Whoever reads a language without words gets those of the first that has some. Refuses words with
    gaps, and a set of nobody.
    """
    audience = AUDIENCES[code]
    may_write_to(actor, audience.context_type, context.pk, now).require()
    written = {language: cleaned_text(text) for language, text in texts.items() if _has_words(text)}
    if not written:
        raise BadInput(_("Write a subject and a text in one language at least."))
    for text in written.values():
        check_letter(audience.notice, text)
    run = try_audience(audience, context, actor, wanted, now)
    if not run.readers:
        raise BadInput(_("There is nobody to write to."))
    mailing = open_mailing(
        code=code,
        context=context,
        key=f"{code}:{context.pk}:{key}",
        actor=actor,
        now=now,
        name=next(iter(written.values())).subject[:200],
    )
    if not mailing.chosen:
        _fix(mailing, wanted, run, actor=actor, now=now)
        mailing.texts |= {
            code: {
                language: {"subject": text.subject, "body": text.body}
                for language, text in written.items()
            }
        }
        mailing.save(update_fields=["chosen", "texts"])
        _write(mailing, audience, run.readers[:AT_ONCE], actor, now)
        if len(run.readers) > AT_ONCE:
            app.configure_task(TASK, allow_unknown=True).defer(mailing_id=mailing.pk)
    return mailing


def _fix(mailing: Mailing, wanted: Wanted, run: DryRun, *, actor: Actor, now: dt.datetime) -> None:
    """Who belongs to the set does not change any more, whatever becomes of them."""
    mailing.chosen = {
        "wanted": dict(wanted),
        "keys": [each.about.pk for each in run.readers],
        "left_out": [[each.label, each.address, each.why] for each in run.left_out],
    }
    record_entry(
        mailing,
        "choose_readers",
        actor=actor,
        now=now,
        changes={
            "readers": [0, len(run.readers)],
            "left_out": [0, len(run.left_out)],
            **{name: ["", value] for name, value in wanted.items() if value},
        },
    )


@transaction.atomic
def write_remaining_letters(*, mailing: Mailing, actor: Actor, now: dt.datetime) -> int:
    """Write the letters of a set that are not written yet; returns how many. Safe to run again."""
    locked = lock_mailing(mailing)
    audience = AUDIENCES[locked.code]
    done = set(locked.letters.values_list("about_id", flat=True))
    missing = [key for key in locked.chosen["keys"] if key not in done][:AT_ONCE]
    rows = audience.rows().in_bulk(missing)
    readers = [audience.addressee(rows[key], now) for key in missing if key in rows]
    _write(locked, audience, readers, actor, now)
    return len(readers)


def _write(
    mailing: Mailing, audience: Audience, readers: list[Addressee], actor: Actor, now: dt.datetime
) -> None:
    languages = list(mailing.texts[mailing.code])
    for each in readers:
        options: dict[str, Any] = {"link_secret": each.link()} if each.link else {}
        if each.account is not None:
            options["recipient"] = each.account
        if each.country is not None and len(languages) > 1:
            options["country"] = each.country
        notify(
            audience.notice,
            about=each.about,
            say=each.say,
            key=f"{mailing.reference}:{each.about.pk}",
            mailing=mailing,
            context=require_context(mailing),
            email=each.address,
            label=each.label[:200],
            language=each.language if each.language in languages else languages[0],
            zone=each.zone,
            actor=actor,
            now=now,
            **options,
        )


def _has_words(text: LetterText) -> bool:
    return bool(text.subject.strip() or text.body.strip())
