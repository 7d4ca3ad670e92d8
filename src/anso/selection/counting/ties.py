"""Ties: which rule decides between equal candidates, said before the count and told in the result.

Here belong the tie rules. When a tie arises belongs to the methods.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from anso.selection.errors import SelectionError


class TieStep(StrEnum):
    """One way to decide a tie.

    `BACKWARDS`: the latest earlier stage at which they differed. `FORWARDS`: the first stage at
    which they differed. `ORDER`: the order announced beforehand, earlier names count as higher.
    `LOT`: by hash of the seed.
    """

    BACKWARDS = "backwards"
    FORWARDS = "forwards"
    ORDER = "order"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class TieRule:
    """The steps to try in turn, and the announced order where `ORDER` is one of them."""

    steps: tuple[TieStep, ...] = (TieStep.BACKWARDS, TieStep.LOT)
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TieDecision:
    """One tie that arose: at which stage, between whom, who was chosen for what, by which step."""

    stage: int
    tied: tuple[str, ...]
    chosen: str
    step: TieStep
    sentence: str


@dataclass(frozen=True, slots=True)
class TieBreaker:
    """Decides ties of one count by one rule and one seed."""

    rule: TieRule
    seed: str

    def pick(
        self,
        tied: Sequence[str],
        history: Sequence[Mapping[str, int]],
        stage: int,
        purpose: str,
        *,
        highest: bool,
    ) -> TieDecision:
        """Return who of `tied` counts as highest (or lowest). `history` holds earlier totals, first
        stage first.

        Refuses when no step of the rule decides, and names what is missing.
        """
        # In order: counts keep those still in it in sets, which have another order in every
        # process.
        left = sorted(tied)
        for step in self.rule.steps:
            left = self._narrowed(left, history, stage, step, highest)
            if len(left) == 1:
                names = ", ".join(sorted(tied))
                sentence = (
                    f"{names} were tied {purpose}; {left[0]} was chosen by the rule “{step.value}”."
                )
                return TieDecision(stage, tuple(sorted(tied)), left[0], step, sentence)
        raise SelectionError(
            f"{', '.join(left)} are tied {purpose} at stage {stage}, and the tie rule does not"
            " decide: give a seed for the lot or an order."
        )

    def _narrowed(
        self,
        left: list[str],
        history: Sequence[Mapping[str, int]],
        stage: int,
        step: TieStep,
        highest: bool,
    ) -> list[str]:
        if step is TieStep.ORDER:
            named = [name for name in self.rule.order if name in left]
            return [named[0] if highest else named[-1]] if len(named) == len(left) else left
        if step is TieStep.LOT:
            return (
                [min(left, key=lambda name: _drawn(self.seed, stage, name))] if self.seed else left
            )
        stages = history if step is TieStep.FORWARDS else reversed(history)
        for totals in stages:
            best = (max if highest else min)(totals[name] for name in left)
            left = [name for name in left if totals[name] == best]
        return left


def _drawn(seed: str, stage: int, name: str) -> str:
    # Of the stage too: whoever loses one lot does not lose every one.
    return hashlib.sha256(f"{seed}:{stage}:{name}".encode()).hexdigest()
