"""Letters to people: prepared together, worded by an officer, tried, let go some at a time, and
stopped. Handing over is in ``delivery``.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext, override

from anso.audit.actions import record_entry, transition_many
from anso.audit.queries import type_label
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.notices import LINK
from anso.kernel.wording import gettext_noop as _
from anso.notifications.actions.outbox import Recipient, enqueue_notice, short_key, stop_overtaken
from anso.notifications.models import Mailing, Message
from anso.notifications.notices import (
    LETTERS,
    SUBJECT_LIMIT,
    TEST,
    LetterText,
    RenderedNotice,
    check_letter,
    lasting,
    text_of,
    text_of_letter,
    written_whole,
)
from anso.notifications.queries import MESSAGE_READERS, get_context, held_letters
from anso.notifications.queries.audiences import letters_no_longer_meant
from anso.notifications.queries.earlier_words import Words, begun_as, latest_words
from anso.notifications.rules import may_send_mailing

NO_LONGER_MEANT = _("The reader no longer belonged to those who were chosen.")


@transaction.atomic
def open_mailing(
    *, code: str, context: Model, key: str, actor: Actor, now: dt.datetime, name: str = ""
) -> Mailing:
    """The mailing of one occasion, made the first time. The words that officers gave to letters of
    the same call, body or house before are its own from the start; in a call without any, those
    that last as they stood in the edition as which it began.
    """
    kept = {"context_type": type_label(context), "context_id": context.pk}
    mailing, is_new = Mailing.objects.get_or_create(
        key=short_key(key),
        defaults=kept
        | {"code": code, "name": name, "prepared_at": now, "texts": _words_at_first(context)},
    )
    if is_new:
        record_entry(mailing, "prepare_mailing", actor=actor, now=now, is_first=True)
    return mailing


def _words_at_first(context: Model) -> Words:
    words = latest_words(context)
    earlier = begun_as(context) if words is None else None
    return words or (lasting(_words_at_first(earlier)) if earlier is not None else {})


@transaction.atomic
def change_letter_text(
    *, mailing: Mailing, code: str, language: str, text: LetterText | None, actor: Actor,
    now: dt.datetime,
) -> int:  # fmt: skip
    """Word one kind of letter anew in one language, or go back to the words of the house where
    ``text`` is None. Every letter that is still held is written again, but for those that have
    words of their own; returns how many.

    Refuses words with places that nothing fills or without what the letter is for.
    """
    locked = lock_mailing(mailing)
    may_send_mailing(actor, locked, now).require()
    notice = LETTERS[code]
    if text is None and notice.is_unworded:
        raise BadInput(_("The house has no words for this letter."))
    before = text_of_letter(notice, locked.texts, language)
    texts = {each: dict(words) for each, words in locked.texts.items()}
    texts.setdefault(code, {}).pop(language, None)
    if text is not None:
        text = cleaned_text(text)
        check_letter(notice, text)
        texts[code][language] = {"subject": text.subject, "body": text.body}
    locked.texts = mailing.texts = texts
    locked.save(update_fields=["texts"])
    after = text_of_letter(notice, texts, language)
    in_it = Q(language=language) | Q(second_language=language)
    letters = list(held_letters(locked).filter(in_it, code=code, own_text={}))
    for letter in letters:
        _reword(letter, written_whole(letter, locked))
    Message.objects.bulk_update(letters, ["subject", "body"], batch_size=1000)
    changes = {
        f"{language}.{part}": [getattr(before, part), getattr(after, part)]
        for part in ("subject", "body")
    }
    record_entry(mailing, "change_letter_text", actor=actor, now=now, because=code, changes=changes)
    return len(letters)


@transaction.atomic
def change_one_letter(
    *, letter: Message, text: LetterText | None, actor: Actor, now: dt.datetime, because: str = ""
) -> Message:
    """Give one reader a letter in words of its own, or go back to the common ones where ``text`` is
    None. Places stay places: what changes until the letter leaves is said as it is then.

    Refuses letters that are not held any more, and words with gaps.
    """
    if letter.mailing is None:
        raise BadInput(_("This letter was not prepared with others."))
    mailing = lock_mailing(letter.mailing)
    may_send_mailing(actor, mailing, now).require()
    letter.refresh_from_db()
    if letter.state != "held":
        raise BadInput(_("This letter is not held any more, so its words stand."))
    before = text_of(letter, mailing)
    if text is not None:
        text = cleaned_text(text)
        check_letter(LETTERS[letter.code], text)
    letter.own_text = {"subject": text.subject, "body": text.body} if text else {}
    after = text_of(letter, mailing)
    _reword(letter, written_whole(letter, mailing))
    letter.save(update_fields=["own_text", "subject", "body"])
    changes = {
        part: [getattr(before, part), getattr(after, part)]
        for part in ("subject", "body")
        if getattr(before, part) != getattr(after, part)
    }
    record_entry(letter, "word_one_letter", actor=actor, now=now, because=because, changes=changes)
    return letter


@transaction.atomic
def try_letter(
    *,
    mailing: Mailing,
    code: str,
    language: str,
    to: Recipient,
    actor: Actor,
    now: dt.datetime,
) -> Message:
    """Send to the officer what the first reader of a kind and language will get, marked as a test
    and without the reader's own link.
    """
    may_send_mailing(actor, mailing, now).require()
    letter = mailing.letters.filter(code=code, language=language).order_by("id").first()
    if letter is None:
        raise BadInput(_("There is no letter of this kind and language."))
    with override(language):
        gap = gettext("(the reader's own link)")
    tests = Message.objects.filter(code=TEST.code, about_id=mailing.pk).count()
    readers = MESSAGE_READERS[mailing.context_type]
    sent, _new = enqueue_notice(
        TEST,
        about=mailing,
        fields={"subject": letter.subject, "body": letter.body.replace(LINK, gap)},
        dedupe_key=f"{TEST.code}:{mailing.reference}:{tests}",
        actor=actor,
        now=now,
        recipient=to,
        language=language,
        context=readers.objects(actor, now).get(pk=mailing.context_id),
    )
    return sent


@transaction.atomic
def release_letters(
    *, mailing: Mailing, actor: Actor, now: dt.datetime, most: int | None = None,
    leave_out: bool = False,
) -> tuple[int, int]:  # fmt: skip
    """Let the letters go that are still held, the oldest first: all, or the next ``most``. Returns
    how many leave and how many were stopped because what they tell is no longer so, or, where
    ``leave_out`` says so, because their reader no longer belongs to those whom the officer chose.

    They are put into the hands of the next round of the outbox, in a fixed number of statements.
    """
    locked = lock_mailing(mailing)
    may_send_mailing(actor, locked, now).require()
    left_out = _leave_out(locked, actor, now) if leave_out else set()
    letters = list(held_letters(locked)[:most])
    stopped = stop_overtaken(letters, actor=actor, now=now) | left_out
    leaving = [each for each in letters if each.pk not in stopped]
    transition_many(leaving, "release_message", actor=actor, now=now, send_after=now)
    return len(leaving), len(stopped)


def _leave_out(mailing: Mailing, actor: Actor, now: dt.datetime) -> set[int]:
    gone = letters_no_longer_meant(mailing, get_context(mailing), actor, now)
    stale = list(held_letters(mailing).filter(pk__in=gone))
    transition_many(stale, "cancel_message", actor=actor, now=now, because=NO_LONGER_MEANT)
    return gone


@transaction.atomic
def stop_letters(*, mailing: Mailing, actor: Actor, now: dt.datetime, because: str) -> int:
    """Never send the letters that are still held; what left has left. Returns how many."""
    locked = lock_mailing(mailing)
    may_send_mailing(actor, locked, now).require()
    if not because.strip():
        raise BadInput(_("Say why these letters are stopped. The record keeps it."))
    letters = list(held_letters(locked))
    transition_many(letters, "cancel_message", actor=actor, now=now, because=because.strip())
    return len(letters)


def _reword(letter: Message, wording: RenderedNotice) -> None:
    letter.subject, letter.body = wording.subject, wording.body


def cleaned_text(text: LetterText) -> LetterText:
    """A subject of one line, and a text without spaces at the ends of lines."""
    lines = text.body.replace("\r\n", "\n").strip().split("\n")
    return LetterText(
        clean_line(text.subject, limit=SUBJECT_LIMIT), "\n".join(each.rstrip() for each in lines)
    )


def lock_mailing(mailing: Mailing) -> Mailing:
    """Whoever words, releases or stops the letters of a mailing takes turns."""
    return Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
