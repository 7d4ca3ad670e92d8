"""What a call promises about means beside its method: the least with which something is given, and
how far those who judge may move one.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from anso.kernel.terms import Terms
from anso.ui.figures import to_places


def scores_in_words(terms: Terms) -> list[str]:
    """The same as sentences for those who think of applying; none where the call has no such
    term.
    """
    return [*_least(terms), *_moves(terms)]


def _moves(terms: Terms) -> Iterator[str]:
    if terms.adjustment_most is not None:
        yield _(
            "Those who judge together may move a mean by at most %(most)s points, up or down, with"
            " a reason. Whom it concerns reads that they did, and why."
        ) % {"most": to_places(terms.adjustment_most, -2)}


def _least(terms: Terms) -> list[str]:
    if terms.minimum_score is None:
        return []
    rubric = terms.last_rubric
    least = _(
        "Nothing is given below a mean of %(least)s, on the scale from %(lowest)s to %(highest)s,"
        " and nobody below it is put on a waiting list. The mean of the last review counts, to two"
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
