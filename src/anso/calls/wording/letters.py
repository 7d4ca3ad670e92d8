"""What becomes of an application without a letter, in the same words wherever a page, a mail or a
list says it.

Not here: what a programme says of a kind of letter (``LetterWords``), and how far one letter is.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from anso.calls.models import Call
from anso.calls.queries import get_terms, letters_end_at
from anso.kernel.terms import LetterNeed, LetterRule, Terms
from anso.ui.instants import end_in_words
from anso.ui.question_fields import in_a_row, in_reader_language

SHORT = {
    LetterNeed.SUBMISSION: gettext_noop("required to submit"),
    LetterNeed.DAY: gettext_noop("required by %(day)s"),
    LetterNeed.WANTED: gettext_noop("wanted by %(day)s"),
}
TOLD = {
    LetterNeed.SUBMISSION: gettext_noop("Required to submit: it must be there before you submit."),
    LetterNeed.DAY: gettext_noop(
        "Required by %(day)s: you may submit before it is there, but without it by then nothing can"
        " be given."
    ),
    LetterNeed.WANTED: gettext_noop(
        "Wanted by %(day)s: it is read if it is there by then, and nothing depends on it."
    ),
}
TOLD_AT_HOST = {
    LetterNeed.SUBMISSION: gettext_noop(
        "Required to submit, for %(host)s: it must be there before you submit, as long as you ask"
        " for this host."
    ),
    LetterNeed.DAY: gettext_noop(
        "Required by %(day)s, for %(host)s: you may submit before it is there, but without it by"
        " then nothing can be given at this host."
    ),
    LetterNeed.WANTED: gettext_noop(
        "Wanted by %(day)s, for %(host)s: it is read if it is there by then, and nothing depends on"
        " it."
    ),
}
# After the day, where a mail or a page has just told it: each day stands once in a sentence.
TOLD_AFTER_DAY = {
    LetterNeed.SUBMISSION: TOLD[LetterNeed.SUBMISSION],
    LetterNeed.DAY: gettext_noop(
        "Required: you may submit before it is there, but without it by then nothing can be given."
    ),
    LetterNeed.WANTED: gettext_noop(
        "Wanted: it is read if it is there by then, and nothing depends on it."
    ),
}
TOLD_AFTER_DAY_AT_HOST = {
    LetterNeed.SUBMISSION: TOLD_AT_HOST[LetterNeed.SUBMISSION],
    LetterNeed.DAY: gettext_noop(
        "Required, for %(host)s: you may submit before it is there, but without it by then nothing"
        " can be given at this host."
    ),
    LetterNeed.WANTED: gettext_noop(
        "Wanted, for %(host)s: it is read if it is there by then, and nothing depends on it."
    ),
}
TOLD_WRITER = {
    LetterNeed.SUBMISSION: gettext_noop(
        "Your answer is required to submit: %(applicant)s can submit only when you have given it."
    ),
    LetterNeed.DAY: gettext_noop(
        "Your answer is required: without it by then nothing can be given to what %(applicant)s"
        " submits."
    ),
    LetterNeed.WANTED: gettext_noop(
        "Your answer is wanted: it is read if it is there by then, and nothing depends on it."
    ),
}
TOLD_WRITER_AT_HOST = {
    LetterNeed.SUBMISSION: gettext_noop(
        "Your answer is required to submit: %(applicant)s can ask for %(host)s only when you have"
        " given it."
    ),
    LetterNeed.DAY: gettext_noop(
        "Your answer is required: without it by then nothing can be given to %(applicant)s at"
        " %(host)s."
    ),
    LetterNeed.WANTED: TOLD_WRITER[LetterNeed.WANTED],
}


def need_in_short(rule: LetterRule, due_at: dt.datetime, zone: str) -> str:
    """Required to submit, required by a day, or wanted: in the words of a tag."""
    return _(SHORT[rule.need]) % {"day": end_in_words(due_at, zone)}


def need_told(rule: LetterRule, due_at: dt.datetime, call: Call, host: str = "") -> str:
    """What becomes of an application without it, as applicants read it. ``host`` is the one for
    which it is asked; without one that of the rule.
    """
    named = hosts_in_words(get_terms(call), (host,) if host else tuple(rule.hosts.values()))
    sentence = (TOLD_AT_HOST if named else TOLD)[rule.need]
    return _(sentence) % {"day": end_in_words(due_at, call.zone), "host": named}


def need_told_after_day(rule: LetterRule, call: Call, host: str = "") -> str:
    """The same after the day until which it counts has been told."""
    named = hosts_in_words(get_terms(call), (host,) if host else tuple(rule.hosts.values()))
    return _((TOLD_AFTER_DAY_AT_HOST if named else TOLD_AFTER_DAY)[rule.need]) % {"host": named}


def need_told_to_writer(rule: LetterRule, call: Call, *, applicant: str, host: str = "") -> str:
    """The same as whoever is asked reads it, who is told of nobody else; after the day too."""
    named = hosts_in_words(get_terms(call), (host,) if host else ())
    sentence = (TOLD_WRITER_AT_HOST if named else TOLD_WRITER)[rule.need]
    return _(sentence) % {"host": named, "applicant": applicant}


def hosts_in_words(terms: Terms, keys: tuple[str, ...]) -> str:
    """The names of these hosts in the reader's language."""
    labels = {host.key: in_reader_language(host.label) for host in terms.hosts}
    return in_a_row(labels.get(key, key) for key in keys)


def promised_letters(call: Call) -> list[tuple[LetterRule, str, str]]:
    """The letters that a call asks for, each with the sentence in which applicants are told, and
    what becomes of an application without it.
    """
    return [
        (
            rule,
            in_reader_language(rule.words.promised).format(count=rule.count),
            need_told(rule, letters_end_at(call, rule), call),
        )
        for rule in get_terms(call).letters
    ]
