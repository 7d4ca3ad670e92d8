"""What it does to move the last day of a step later: which steps follow by the same days, and what
comes into conflict with the new days. Shown before anything is moved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from anso.calls.models import Call, Extension, Step
from anso.calls.queries.batches import batch_after
from anso.calls.queries.steps import is_first_window, steps_of
from anso.calls.queries.terms import get_rule_sets, get_terms
from anso.kernel.actors import Actor
from anso.kernel.periods import day_of, is_call_day
from anso.kernel.registers import Register
from anso.kernel.terms import Stage
from anso.kernel.terms.order import NEEDS_ENDED, order_faults
from anso.kernel.wording import Message, Text
from anso.kernel.wording import gettext_noop as _

PUT_OFF = ("interviews", "hosts", "panel", "decision", "release", "announcement")


@dataclass(frozen=True)
class StepMove:
    """A step with the days that it would have. ``is_bound`` marks one that cannot stay behind."""

    step: Step
    starts_on: dt.date
    ends_on: dt.date
    is_bound: bool = False

    @property
    def days(self) -> list[str]:
        """Both periods as plain values: first and last day before, first and last day after."""
        before, after = (self.step.starts_on, self.step.ends_on), (self.starts_on, self.ends_on)
        return [day.isoformat() for day in (*before, *after)]


@dataclass(frozen=True)
class PlanRow:
    """A step of a plan as its page shows it."""

    step: Step
    starts_on: dt.date
    ends_on: dt.date
    is_moving: bool
    can_stay: bool


@dataclass(frozen=True)
class MovePlan:
    """What one move comes to: the step itself first, then those that follow, each with its new
    days; ``staying`` could follow and do not; ``broken`` is what would be wrong afterwards and is
    not now; ``notes`` what the officer should know.
    """

    moves: tuple[StepMove, ...]
    staying: tuple[StepMove, ...] = ()
    broken: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def step(self) -> Step:
        """The step that is extended."""
        return self.moves[0].step

    @property
    def rows(self) -> list[PlanRow]:
        """Every step of the plan in its order, moving or not."""
        moving = {each.step.pk for each in self.moves}
        both = sorted((*self.moves, *self.staying), key=lambda each: each.step.order)
        return [
            PlanRow(
                each.step,
                each.starts_on,
                each.ends_on,
                is_moving=each.step.pk in moving,
                can_stay=not each.is_bound and each.step.pk != self.step.pk,
            )
            for each in both
        ]

    @property
    def days(self) -> int:
        """By how many days its end moves."""
        return (self.moves[0].ends_on - self.step.ends_on).days


@dataclass(frozen=True)
class Follower:
    """What an app above has to do with days that move: ``refuse`` says why a step cannot move any
    more, ``tell`` what the officer should know before, ``follow`` does what belongs to it.
    """

    refuse: Callable[[Step, dt.datetime], Iterable[Message]]
    tell: Callable[[MovePlan, dt.datetime], Iterable[Message]] = lambda _plan, _now: ()
    follow: Callable[[Extension, MovePlan, Actor, dt.datetime], None] = lambda *_: None


FOLLOWERS: Register[Follower] = Register("what follows when a step moves")


def reasons_against_moving(step: Step, now: dt.datetime) -> list[Message]:
    """Why the end of this step cannot be moved any more; empty when it can."""
    found = [each for follower in FOLLOWERS.values() for each in follower.refuse(step, now)]
    if is_first_window(step) and batch_after(step.call) is not None:
        text = _("The next batch is open already: what comes now belongs to it.")
        found.append(Message("next_batch_open", text))
    return found


def plan_move(
    step: Step, ends_on: dt.date, along: Collection[str] | None, now: dt.datetime
) -> MovePlan:
    """What becomes of a call when a step ends on another day. ``along`` names the steps that move
    by the same days; None moves those alone that would come too early otherwise. Letters always
    follow the first window, since they count for days after it.
    """
    own, found = _own_move(step, ends_on, now), [*_following(step, ends_on - step.ends_on, now)]
    plan = _plan(own, found, _needed(own, found) if along is None else along)
    told = [each for follower in FOLLOWERS.values() for each in follower.tell(plan, now)]
    return replace(plan, notes=(*_notes(plan), *told))


def _own_move(step: Step, ends_on: dt.date, now: dt.datetime) -> StepMove:
    """What happens on its days, such as a meeting or a ceremony, is put off as a whole; everything
    else, and what has begun, goes on for longer.
    """
    is_put_off = step.block in PUT_OFF and step.starts_on > day_of(now, step.call.zone)
    days = ends_on - step.ends_on if is_put_off else dt.timedelta(0)
    return StepMove(step, step.starts_on + days, ends_on)


def _needed(own: StepMove, found: Sequence[StepMove]) -> set[str]:
    """The fewest steps that must follow so that none comes before what it needs."""
    movable, along = {each.step.key for each in found}, set[str]()
    while True:
        broken = _plan(own, found, along).broken
        late = {str(each.facts["keys"][0]) for each in broken} & movable
        if late <= along:
            return along
        along |= late


def _plan(own: StepMove, found: Sequence[StepMove], along: Collection[str]) -> MovePlan:
    moving = [each for each in found if each.is_bound or each.step.key in along]
    moves = (own, *moving)
    known = {_key_of(each) for each in order_faults(_stages(own.step.call, ()))}
    after = order_faults(_stages(own.step.call, moves))
    return MovePlan(
        moves,
        staying=tuple(each for each in found if each not in moving),
        broken=tuple(each for each in after if _key_of(each) not in known),
    )


def _following(step: Step, days: dt.timedelta, now: dt.datetime) -> Iterator[StepMove]:
    today = day_of(now, step.call.zone)
    for each in steps_of(step.call):
        if each.order <= step.order:
            continue
        is_bound = each.block == "letters" and is_first_window(step)
        is_needing = is_bound or step.block in NEEDS_ENDED.get(each.block, ())
        if is_needing or each.ends_on >= today:
            # What has begun goes on, and only its end moves, unless it must wait for this step.
            has_begun = each.starts_on <= today and not is_needing
            starts_on = each.starts_on if has_begun else each.starts_on + days
            yield StepMove(each, starts_on, each.ends_on + days, is_bound)


def _stages(call: Call, moves: Iterable[StepMove]) -> list[Stage]:
    moved = {each.step.pk: (each.starts_on, each.ends_on) for each in moves}
    return [
        Stage(step.key, step.block, Text(step.label), *moved.get(step.pk, _days_of(step)))
        for step in steps_of(call)
    ]


def _days_of(step: Step) -> tuple[dt.date, dt.date]:
    return step.starts_on, step.ends_on


def _key_of(message: Message) -> tuple[str, object]:
    return message.code, message.facts["keys"]


def _notes(plan: MovePlan) -> Iterator[Message]:
    """What follows from the terms: rules that count from the closing day."""
    if not is_first_window(plan.step):
        return
    rules = [rule for rule_set in get_rule_sets(plan.step.call) for rule in rule_set.rules]
    counting = [rule for rule in rules if any(map(_is_closing, rule.terms.values()))]
    if counting:
        text = _("These rules count from the closing day and move with it: %(rules)s.")
        yield Message("rules_move", text, {"rules": tuple(each.code for each in counting)})
    if any(rule.days_after_close for rule in get_terms(plan.step.call).letters):
        yield Message("letters_move", _("Letters count for as many days after it as before."))


def _is_closing(value: object) -> bool:
    return isinstance(value, str) and is_call_day(value) and value.startswith("closing")
