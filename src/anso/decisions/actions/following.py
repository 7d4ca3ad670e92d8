"""What decisions say when the end of a step is to move: nothing is built anew under what was
selected or released.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.calls.models import Step
from anso.calls.queries.moves import Follower
from anso.decisions.models import SelectionRun
from anso.decisions.queries.ranking_steps import ranking_steps
from anso.kernel.wording import Message, gettext_noop

JUDGED_BY = ("letters", "screening", "review", "interviews", "rebuttal", "hosts")


def reasons_against(step: Step, now: dt.datetime) -> Iterator[Message]:
    """Offers may always move. Everything else ends with the release of what was decided on it, and
    what is judged does not change while a selection waits for the chair or its release.
    """
    decided_in = None if step.block == "offers" else _run_step(step)
    if decided_in is None:
        return
    runs = SelectionRun.objects.filter(step=decided_in)
    if runs.filter(state="released").exists():
        yield Message("released", gettext_noop("The decisions after this step were released."))
    elif step.block in JUDGED_BY and runs.filter(state__in=("proposed", "confirmed")).exists():
        text = gettext_noop(
            "A selection that reads this step waits for the chair or for its release. Let the"
            " chair send it back, or compute it anew, before its days move."
        )
        yield Message("selection_waits", text)


def _run_step(step: Step) -> Step | None:
    """The step whose run reads what is done in this one: the next that is ranked, or the last."""
    ranked = ranking_steps(step.call)
    later = (each for each in ranked if each.order >= step.order)
    return next(later, ranked[-1] if ranked else None)


FOLLOWER = Follower(reasons_against)
