"""What an outcome declares: its part of the terms, how it is read, and what a selection is asked
under it.

Not here: the outcomes (one file each) and their register.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anso.kernel.errors import BadInput
from anso.kernel.questions import Limit, Question
from anso.kernel.rows import RowTable
from anso.kernel.terms import OutcomePart
from anso.kernel.wording import NO_TEXT, Text, gettext_noop
from anso.programmes.outcomes.words import OutcomeWords
from anso.selection.allocation import Candidate, Ceiling, QuotaNode, Reserve

COUNTRY = "country:"


@dataclass(frozen=True)
class Limits:
    """What a selection must keep: the quota tree, ceilings of groups and what is kept for them."""

    quotas: tuple[QuotaNode, ...]
    ceilings: tuple[Ceiling, ...] = ()
    reserves: tuple[Reserve, ...] = ()

    def groups(self) -> frozenset[str]:
        """The groups that it needs to know of a candidate, and no other."""
        barring = {group for node in self.quotas for group in node.only}
        kept = {reserve.group for reserve in self.reserves}
        return frozenset(barring | kept | {ceiling.group for ceiling in self.ceilings})


@dataclass(frozen=True)
class Outcome:
    """One outcome that a kind may declare.

    ``words`` are the sentences in which it is spoken of, ``questions`` are asked on the design page
    about its own columns, ``read`` reads its part of the terms from plain values, ``limits`` says
    what a selection among these candidates must keep. ``rows`` is the list in its part that is
    edited row by row, where it has one; ``admits`` says that whoever accepts becomes a member.
    """

    code: str
    label: Text
    words: OutcomeWords
    questions: tuple[Question, ...]
    read: Callable[[Mapping[str, Any]], OutcomePart]
    limits: Callable[[OutcomePart, Sequence[Candidate]], Limits]
    rows: RowTable | None = None
    admits: bool = False


def limits_of_tree(part: OutcomePart, candidates: Sequence[Candidate]) -> Limits:
    """The tree as it stands with the money that pays for all of it, the same ceiling for the
    country of every candidate where there is one, and all reserves.
    """
    money = part.purse[0] if part.purse else None
    return Limits(
        quotas=tuple(
            QuotaNode(
                node.key,
                node.capacity,
                node.parent or None,
                frozenset(node.only),
                budget=None if node.parent else money,
            )
            for node in part.tree()
        ),
        ceilings=_ceilings(part.country_ceiling, candidates),
        reserves=tuple(
            Reserve(each.group, each.places, each.node or None) for each in part.all_reserves()
        ),
    )


def _ceilings(most: int | None, candidates: Sequence[Candidate]) -> tuple[Ceiling, ...]:
    if not most:
        return ()
    groups = {group for candidate in candidates for group in candidate.groups}
    return tuple(Ceiling(group, most) for group in sorted(groups) if group.startswith(COUNTRY))


def number_question(
    key: str, label: Text, hint: Text = NO_TEXT, *, least: int = 1, required: bool = True
) -> Question:
    """A question of a design page that asks for a number."""
    limit = Limit.of("number", least=least)
    return Question(key, "number", label, hint, who_sees=(), required=required, limit=limit)


def currency_question() -> Question:
    """In which currency the sums of an outcome are."""
    label = Text({"en": "Currency, by its three letters", "ar": "العملة، بحروفها الثلاثة"})
    limit = Limit.of("characters", most=3)
    return Question("currency", "text", label, who_sees=(), required=False, limit=limit)


def whole(answer: Any) -> int:
    """A whole number as an officer typed it; refuses parts of one."""
    number = Decimal(answer)
    if number != number.to_integral_value():
        raise BadInput(gettext_noop("“%(typed)s” is not a whole number."), typed=str(answer))
    return int(number)


def whole_or_none(answer: Any) -> int | None:
    """The same where nothing may be typed."""
    return None if answer in (None, "") else whole(answer)


def sum_or_none(answer: Any) -> Decimal | None:
    """A sum of money, where nothing may be typed."""
    return None if answer in (None, "") else Decimal(answer)
