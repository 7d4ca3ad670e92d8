"""What reviewers say they would like to review, beside what they know.

Here belongs how a bid changes an affinity. A bid raises the affinity to a power: it can lift a
fitting pair much and an unfitting one hardly, and never makes something of nothing, so that nobody
gets an application by bidding alone (Leyton-Brown and others, Artificial Intelligence 331, 2024).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from anso.selection.affinity.scores import AffinityTable
from anso.selection.errors import SelectionError


class Bid(StrEnum):
    """How much a reviewer would like to review an application."""

    EAGER = "eager"
    WILLING = "willing"
    IN_A_PINCH = "in a pinch"
    NOT_WILLING = "not willing"


POWERS = {Bid.EAGER: 0.25, Bid.WILLING: 0.5, Bid.IN_A_PINCH: 1.0, Bid.NOT_WILLING: 4.0}


def weigh_bids(table: AffinityTable, bids: Mapping[tuple[str, str], Bid]) -> NDArray[np.float64]:
    """Return the affinities, each raised to the power of its bid; pairs (application, reviewer)
    without a bid stay as they are.

    Refuses unknown names. A bid is no conflict: who must not review is told to the assignment.
    """
    row = {name: place for place, name in enumerate(table.applications)}
    column = {name: place for place, name in enumerate(table.reviewers)}
    powers = np.ones(table.scores.shape)
    for (application, reviewer), bid in bids.items():
        if application not in row or reviewer not in column:
            raise SelectionError(
                f"A bid names “{application}” and “{reviewer}”; one of them is unknown."
            )
        powers[row[application], column[reviewer]] = POWERS[bid]
    weighed: NDArray[np.float64] = table.scores**powers
    return weighed
