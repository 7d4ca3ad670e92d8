"""Chance from a seed: the same for ever, and without favourites."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import numpy as np
import pytest

from anso.selection.chance import Chance, normal_draws
from anso.selection.errors import SelectionError


def test_numbers_are_the_hash_of_seed_and_counter() -> None:
    first = int.from_bytes(sha256(b"beacon|1").digest(), "big")
    assert Chance("beacon").below(10) == first % 10


def test_numbers_beyond_a_multiple_of_the_limit_are_skipped() -> None:
    chance = Chance("beacon")
    limit = 2**255 + 1
    drawn = [chance.below(limit) for _ in range(20)]
    assert max(drawn) < limit
    assert chance.drawn > 20


def test_all_numbers_are_equally_likely() -> None:
    chance = Chance("x")
    seen = Counter(chance.below(5) for _ in range(5000))
    assert all(abs(seen[number] - 1000) < 120 for number in range(5))


def test_normal_numbers_are_the_same_for_ever_and_normal() -> None:
    draws = normal_draws("seed", (200, 50))
    assert draws[0, :3].tolist() == pytest.approx(
        [0.3004956160789709, 0.3948800661598198, -0.022398694916202992], abs=1e-12
    )
    assert abs(draws.mean()) < 0.05
    assert abs(draws.std() - 1) < 0.05
    assert np.array_equal(draws, normal_draws("seed", (200, 50)))


def test_empty_seeds_are_refused() -> None:
    with pytest.raises(SelectionError):
        Chance("")
    with pytest.raises(SelectionError):
        normal_draws("", (1,))
