"""What decisions say when a call is to be amended: nothing changes under what was selected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.calls.models import Call
from anso.calls.queries.amendments import Changes, Watcher, is_gone_stage, is_new_stage
from anso.decisions.models import SelectionRun
from anso.kernel.wording import Message, gettext_noop

SETTLED = ("proposed", "confirmed", "released")


def reasons_against(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """Once a selection lies before the chair only wording and later days may change, and less may
    be published: what is read of people decides about nobody. A stage more or less is no later day.
    """
    free = ("stages", "publishes", "nouns")
    bound = [each for each in changes if is_new_stage(each) or is_gone_stage(each)]
    bound += [each for each in changes if not each.is_words and each.part not in free]
    if not bound:
        return
    if SelectionRun.objects.filter(call=call, state__in=SETTLED).exists():
        text = gettext_noop(
            "A selection was proposed, confirmed or released by the terms as they are: only"
            " wording, days, and what is published can still be amended."
        )
        yield Message("selected", text)


def tell_of_amendment(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """A run that waits must be computed anew."""
    if SelectionRun.objects.filter(call=call, state="computed").exists():
        text = gettext_noop("The selection that was computed counts no more: compute it again.")
        yield Message("compute_again", text)


# Rules of proposing look at the day of the terms themselves, so nothing follows.
WATCHER = Watcher(reasons_against, tell_of_amendment)
