"""Batches of a rolling call in words: what each is called, and what everybody reads of the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext, override

from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.queries.batches import next_cut_off
from anso.kernel.periods import Deadline
from anso.kernel.wording import both
from anso.ui.instants import day_in_words, end_in_words

BATCH = both(", batch of ", "، دفعة ")


def batch_suffix(cut_off: dt.date, language: str) -> str:
    """What the title of a batch ends with: the day until which it was announced."""
    with override(language):
        return BATCH.in_language(language) + day_in_words(cut_off)


def retitled(
    title: Mapping[str, str], before: tuple[int, dt.date], now: tuple[int, dt.date]
) -> dict[str, str]:
    """The title of a batch for another year of intake and cut-off, in each language."""
    found = {}
    for language, words in title.items():
        plain = words.removesuffix(batch_suffix(before[1], language))
        plain = plain.replace(str(before[0]), str(now[0]))
        found[language] = plain + batch_suffix(now[1], language)
    return found


def intake_in_words(call: Call, now: dt.datetime) -> list[str]:
    """How a rolling call goes on, a sentence each; nothing of a call that closes once."""
    intake = get_terms(call).intake
    if not intake.is_rolling or call.state == "cancelled":
        return []
    said = [
        gettext(
            "This call stays open: what reaches us until a cut-off is judged together, as one"
            " batch, and what comes later belongs to the next batch."
        )
    ]
    following = next_cut_off(call, now)
    if following is None:
        return [*said, gettext("This is the last batch: no other follows it.")]
    closes_at = Deadline.at_end_of(following, call.zone).closes_at
    text = gettext("The cut-off after this one: %(cut_off)s.")
    return [*said, text % {"cut_off": end_in_words(closes_at, call.zone)}]


def after_cut_off(call: Call, now: dt.datetime) -> str:
    """What becomes of a draft that is not submitted before the cut-off; blank in a call that closes
    once.
    """
    if not get_terms(call).intake.is_rolling:
        return ""
    following = next_cut_off(call, now)
    if following is None:
        return gettext("No other batch follows this one, so that nothing can be taken in later.")
    text = gettext(
        "What is not submitted by then is not lost: it goes on in the next batch, which is open"
        " until %(cut_off)s."
    )
    closes_at = Deadline.at_end_of(following, call.zone).closes_at
    return text % {"cut_off": end_in_words(closes_at, call.zone)}
