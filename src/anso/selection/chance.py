"""Chance that anyone can recompute: numbers from SHA-256 of a seed and a counter.

Here belongs the stream of numbers. Drawing lots belongs to `lottery`; no other source of chance is
used for choices.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from anso.selection.errors import SelectionError


@dataclass(slots=True)
class Chance:
    """Numbers from SHA-256 of "seed|1", "seed|2", … read as whole numbers; the same on every
    machine, for ever.
    """

    seed: str
    drawn: int = field(default=0)

    def __post_init__(self) -> None:
        """Refuse an empty seed."""
        if not self.seed:
            raise SelectionError("A draw needs a seed.")

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to `limit` - 1, each equally likely (numbers beyond a
        multiple are skipped).
        """
        span = 2**256
        while True:
            self.drawn += 1
            number = int.from_bytes(sha256(f"{self.seed}|{self.drawn}".encode()).digest(), "big")
            if number < span - span % limit:
                return number % limit


def normal_draws(seed: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return standard normal numbers from the raw stream of PCG64, seeded by SHA-256 of `seed`.

    Only the raw stream is used, which NumPy keeps the same for ever; it is turned into normal
    numbers by the inverse of the normal distribution.
    """
    if not seed:
        raise SelectionError("A draw needs a seed.")
    raw = np.random.PCG64(int.from_bytes(sha256(seed.encode()).digest(), "big")).random_raw(
        math.prod(shape)
    )
    uniform = (np.right_shift(raw, np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    normal: NDArray[np.float64] = ndtri(uniform).reshape(shape)
    return normal
