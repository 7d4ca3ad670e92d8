"""What a call promises about means beside its method: the least with which something is given, and
how far those who judge may move one.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from anso.kernel.terms import Terms
from anso.ui.figures import in_percent, to_places

WHOLE = 100


def scores_in_words(terms: Terms) -> list[str]:
    """The same as sentences for those who think of applying; none where the call has no such
    term.
    """
    return [*_least(terms), *_moves(terms), *_next_in_line(terms)]


def _next_in_line(terms: Terms) -> Iterator[str]:
    """How many come next, where something is given: whoever is told a number must be able to reach
    the end of the list.
    """
    if not terms.outcome.tree():
        return
    if not terms.waiting_share:
        yield _("Nobody comes next: what is not taken up stays free.")
        return
    if terms.waiting_share == WHOLE:
        yield _(
            "What is not taken up goes to those who come next: of each thing that the call gives,"
            " at most as many as there are of it. They are told their number; nobody else waits."
        )
        return
    yield _(
        "What is not taken up goes to those who come next: of each thing that the call gives, at"
        " most %(share)s of as many as there are of it. They are told their number; nobody else"
        " waits."
    ) % {"share": in_percent(terms.waiting_share / WHOLE)}


def _moves(terms: Terms) -> Iterator[str]:
    if terms.adjustment_most is not None:
        yield _(
            "Those who judge together may move a mean by at most %(most)s, up or down, with a"
            " reason. Whom it concerns reads that they did, and why."
        ) % {"most": to_places(terms.adjustment_most, -2)}


def _least(terms: Terms) -> list[str]:
    if terms.minimum_score is None:
        return []
    rubric = terms.last_rubric
    least = _(
        "Nothing is given below a mean of %(least)s, on the scale from %(lowest)s to %(highest)s,"
        " and nobody below it comes next for it. The mean of the last review counts, to two"
        " decimals."
    ) % {
        "least": to_places(terms.minimum_score, 2),
        "lowest": rubric.scale_lowest,
        "highest": rubric.scale_highest,
    }
    if terms.selection_method != "calibrated":
        return [least]
    evened = _(
        "It counts as it is once the severity of reviewers is evened out; where the reviews are too"
        " few for that, the weighted mean counts."
    )
    return [f"{least} {evened}"]
