"""How far down those go on who are found good in a step that leads to another: the task of such a
selection, in which everybody wants the same thing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.programmes.methods import RANK_AND_FILL, SelectionProblem
from anso.programmes.methods.model import rank_plainly
from anso.selection.allocation import Candidate, QuotaNode

GOES_ON = "goes_on"


@dataclass(frozen=True)
class Bar:
    """Who goes on: so many of the best, or everybody whose weighted mean reaches a line. One of the
    two is given.
    """

    number: int | None = None
    line: Decimal | None = None

    def to_dict(self) -> dict[str, str]:
        """As a run keeps it."""
        given = {"number": self.number, "line": self.line}
        return {name: str(value) for name, value in given.items() if value is not None}


def lower_bar(
    task: SelectionProblem, bar: Bar, method: str, barred: Collection[str] = ()
) -> tuple[SelectionProblem, str]:
    """The same reviews and people where going on is all there is, in no group since nothing is kept
    for any, and the method: a line is one
    of weighted means, so it is drawn in their order whatever the call's method is. Those ``barred``
    are ranked and do not go on.
    """
    if (bar.number is None) is (bar.line is None):
        raise BadInput(gettext_noop("Say how many go on, or from which mean on: one of the two."))
    lowest, highest = task.scale
    if bar.line is not None and not lowest <= bar.line <= highest:
        text = gettext_noop("The line must lie on the scale, between %(lowest)s and %(highest)s.")
        raise BadInput(text, lowest=lowest, highest=highest)
    candidates = tuple(
        Candidate(each.key, () if each.key in barred else (GOES_ON,)) for each in task.candidates
    )
    asked = replace(task, candidates=candidates, quotas=(), ceilings=(), reserves=())
    room = bar.number if bar.line is None else _count_above(asked, bar.line)
    if room is None or room < 0:
        raise BadInput(gettext_noop("The number of those who go on cannot be negative."))
    asked = replace(asked, quotas=(QuotaNode(GOES_ON, room),))
    return asked, method if bar.line is None else RANK_AND_FILL.key


def _count_above(task: SelectionProblem, line: Decimal) -> int:
    """How many reach the line. Exact equals stand on one side of it together: nobody is drawn."""
    may_go = {each.key for each in task.candidates if each.preferences}
    return sum(
        row.item in may_go and row.score is not None and row.score >= line
        for row in rank_plainly(task).answer.items
    )
