"""What everybody reads of the results of a call, as its terms promise it: for those who think of
applying, those who are about to submit, those who are nominated, and officers; and whether a
decision is reviewed.

Not here: the results themselves, which an app above knows; it registers a line for each call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anso.calls.models import Call
from anso.kernel.registers import Register
from anso.kernel.terms import EntryKind, Publication, Terms
from anso.ui.question_fields import in_reader_language


@dataclass(frozen=True)
class ResultLine:
    """That the results of a call are out, in a line: when (in the zone of its call), what came of
    it, where all of it stands, and whether lots were drawn.
    """

    call: Call
    at: dt.datetime
    words: str
    url: str
    is_drawn: bool = False


# By app: of calls, the lines of those whose results are out, by the keys of the calls.
RESULT_LINES: Register[Callable[[Sequence[Call], dt.datetime], Mapping[int, ResultLine]]] = (
    Register("results of calls")
)
PUBLISHED: dict[Publication, Promise] = {
    Publication.NAMES: gettext_lazy("The names of those who accept"),
    Publication.NUMBERS: gettext_lazy("The numbers of those to whom something is offered"),
    Publication.FIGURES: gettext_lazy("Figures alone"),
}
NAMED: dict[EntryKind, Promise] = {
    EntryKind.APPLICATION: gettext_lazy(
        "Of everybody who accepts: the name and country, and what they hold, with the host where"
        " there is one."
    ),
    EntryKind.NOMINATION: gettext_lazy(
        "Of every nominee who accepts: the name and country, and what is awarded. Whoever nominated"
        " is not named."
    ),
    EntryKind.PROPOSAL: gettext_lazy(
        "Of everybody who accepts: the name, organisation and country of whoever leads the work,"
        " and its title."
    ),
}


def result_lines_of(calls: Sequence[Call], now: dt.datetime) -> dict[int, ResultLine]:
    """Of these calls, those whose results are out."""
    found: dict[int, ResultLine] = {}
    for source in RESULT_LINES.values():
        found |= source(calls, now)
    return found


def published_in_words(terms: Terms) -> list[str]:
    """What becomes public once the results are released, and what never does."""
    figures = _(
        "Figures: how many came in, were eligible, were selected and wait, and how many of those"
        " decided were selected, by country and by what was asked for. Fewer than five are"
        " counted together with others, so that nobody is recognised."
    )
    draws = _(
        "Should lots be drawn, their page shows numbers, never names, so that anybody can repeat"
        " the draw."
    )
    return [*_persons_in_words(terms), figures, draws, *_announced_in_words(terms)]


def _announced_in_words(terms: Terms) -> Iterator[str]:
    for stage in terms.stages:
        if stage.block == "announcement":
            text = _(
                "Nothing of it before the day of “%(stage)s”. Those concerned hear earlier, and are"
                " asked to keep it to themselves until then."
            )
            yield text % {"stage": in_reader_language(stage.label)}


def appeals_in_words(terms: Terms) -> str:
    """Whether a review of a decision may be asked for, of what, and until when."""
    if not terms.appeals_days:
        return _("Decisions of this call are final: they are not reviewed on request.")
    text = ngettext(
        "Whoever was not selected may ask for a review of the decision within %(days)s day after"
        " the letter about it: where the procedure was not kept, somebody had a conflict of"
        " interest, or a fact was wrong. The judgement of reviewers is not reviewed.",
        "Whoever was not selected may ask for a review of the decision within %(days)s days after"
        " the letter about it: where the procedure was not kept, somebody had a conflict of"
        " interest, or a fact was wrong. The judgement of reviewers is not reviewed.",
        terms.appeals_days,
    )
    return text % {"days": terms.appeals_days}


def _persons_in_words(terms: Terms) -> list[str]:
    if terms.publishes is Publication.FIGURES:
        return [_("Figures alone: nobody is named, and no numbers of those selected are listed.")]
    if terms.publishes is Publication.NUMBERS:
        return [
            _(
                "The numbers of those to whom something is offered, without names: whoever"
                " submitted knows their own. Nobody is named."
            )
        ]
    never = _(
        "Whoever declines, waits or is not selected is never named, nor is whoever accepts and asks"
        " not to be."
    )
    return [str(NAMED[terms.entry]), never]
