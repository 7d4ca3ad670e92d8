"""What chairs and officers have to do about selections, for "What I have to do"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anso.accounts.models import Account
from anso.calls.models import Call, Step
from anso.calls.queries import is_conferred
from anso.calls.queries.steps import step_after
from anso.calls.wording import confirming_words, judging_words
from anso.calls.wording.bodies import BodyWords
from anso.decisions.models import SelectionRun
from anso.decisions.queries import (
    files_short_of_reviews,
    reviews_over,
    selections_before_chairs,
    selections_returned,
    selections_to_compute,
    selections_to_confirm,
    selections_to_propose,
    selections_to_release,
)
from anso.decisions.queries.ranking_steps import decided_by
from anso.decisions.queries.speakers import runs_for
from anso.decisions.rules import can_go_on_each
from anso.decisions.wording.appeals import appeal_items_for
from anso.kernel.todo import TodoItem, tone_until
from anso.kernel.verdict import Verdict
from anso.ui.figures import in_figures
from anso.ui.question_fields import in_a_row, in_reader_language

NAMED = 3


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Selections that the chair returned, those that wait for this chair to propose or to confirm
    them, confirmed ones that wait for this officer's release, and those that wait for nobody
    because no chair can act.
    """
    over = reviews_over(account, now)
    waiting = [
        *(_returned(run) for run in selections_returned(account, now)),
        *(
            _of_chair(run, _("Propose the selection"), judging_words(run.call), "panel")
            for run in runs_for(account, selections_to_propose(account, now), now)
        ),
        *(
            _of_chair(run, _("Confirm the selection"), confirming_words(run.call), "decision")
            for run in runs_for(account, selections_to_confirm(account, now), now)
        ),
        *(_releasing(run, now) for run in selections_to_release(account, now)),
        *(item for each in selections_to_compute(over, now) for item in _computing(*each, now)),
    ]
    stuck = selections_before_chairs(account, now)
    verdicts = can_go_on_each(stuck, now)
    waiting += appeal_items_for(account, now)
    waiting += [_short(*each) for each in files_short_of_reviews(over, now)]
    return waiting + [_stuck(run, verdicts[run.pk]) for run in stuck if not verdicts[run.pk]]


def _short(call: Call, numbers: list[str], needed: int) -> TodoItem:
    """By name, so that none is passed over: which files lack reviews now that these have closed."""
    named = in_a_row(numbers[:NAMED])
    if len(numbers) > NAMED:
        named = _("%(numbers)s and %(more)s more") % {
            "numbers": named,
            "more": in_figures(len(numbers) - NAMED),
        }
    text = _("Reviews are missing after their closing: %(numbers)s") % {"numbers": named}
    facts = {"needed": in_figures(needed), "call": in_reader_language(call.title)}
    reason = ngettext(
        "%(call)s promises %(needed)s review of each. Ask further reviewers, give more days, or"
        " rank them on what they have, with a reason.",
        "%(call)s promises %(needed)s reviews of each. Ask further reviewers, give more days, or"
        " rank them on what they have, with a reason.",
        needed,
    )
    url = f"{reverse('review:call_assignments', args=[call.reference])}?only=waiting"
    return TodoItem(due_at=None, text=text, reason=reason % facts, url=url, tone="attn")


def _stuck(run: SelectionRun, verdict: Verdict) -> TodoItem:
    title = in_reader_language(run.call.title)
    return _item(run, _("Nobody can decide: %(call)s") % {"call": title}, verdict)


def _of_chair(run: SelectionRun, text: str, words: BodyWords, block: str) -> TodoItem:
    said = str(words.presiding) % {"call": in_reader_language(run.call.title)}
    return _item(run, text, said, due_at=decided_by(run.call, run.step, block))


def _returned(run: SelectionRun) -> TodoItem:
    words = _("%(chair)s returned %(call)s.")
    return _item(run, _("Change a returned selection"), _by_chair(words, run), "stop")


def _releasing(run: SelectionRun, now: dt.datetime) -> TodoItem:
    words = _("%(chair)s confirmed %(call)s.")
    due_at, said = decided_by(run.call, run.step, "release"), _by_chair(words, run)
    return _item(run, _("Release the decisions"), said, tone_until(due_at, now), due_at=due_at)


def _computing(step: Step, how_far: str, now: dt.datetime) -> Iterator[TodoItem]:
    """What an officer has to do once a review is over: compute, and send it to the chair, unless
    another body confers, to which the jury's chair proposes.
    """
    call, after = step.call, step_after(step.call, step)
    if how_far == "returned" or (how_far and is_conferred(call)):
        return  # both have an item of their own
    if how_far:
        text = _("Send the selection to the chair")
    elif after is not None:
        text = _("Say who goes on to “%(step)s”") % {"step": in_reader_language(after.label)}
    else:
        text = _("Compute the selection")
    due_at = decided_by(call, step, "panel")
    yield TodoItem(
        due_at=due_at,
        text=text,
        reason=_("%(step)s is over: %(call)s.")
        % {"step": in_reader_language(step.label), "call": in_reader_language(call.title)},
        url=reverse("decisions:ranking", args=[call.reference]),
        tone=tone_until(due_at, now),
        zone=call.zone,
    )


def _by_chair(words: str, run: SelectionRun) -> str:
    chair = confirming_words(run.call).Chair
    return words % {"chair": chair, "call": in_reader_language(run.call.title)}


def _item(
    run: SelectionRun,
    text: str,
    reason: object,
    tone: str = "attn",
    *,
    due_at: dt.datetime | None = None,
) -> TodoItem:
    url = reverse("decisions:ranking", args=[run.call.reference])
    return TodoItem(due_at, text, str(reason), url, tone, run.call.zone)
