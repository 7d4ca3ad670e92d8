"""The order in which candidates choose, when ranks are given and some are equal.

Here belongs breaking ties from a seed. Where ranks come from belongs to `ranking` and
`calibration`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from anso.selection.allocation.problem import Candidate, refuse_repeats
from anso.selection.errors import SelectionError


def order_candidates(
    candidates: Sequence[Candidate], ranks: Mapping[str, int] | None, seed: str
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """Return the candidates in the order in which they choose, and a sentence for each tie that was
    drawn.

    Without `ranks` the order given stands. Equal ranks are ordered by the SHA-256 of "seed:key",
    smallest first, which anyone can repeat. Refuses missing ranks, ranks of strangers, and equal
    ranks without a seed.
    """
    refuse_repeats("candidate", (candidate.key for candidate in candidates))
    if ranks is None:
        return tuple(candidates), ()
    keys = {candidate.key for candidate in candidates}
    for key in sorted(keys ^ ranks.keys()):
        raise SelectionError(
            f"“{key}” has no rank." if key in keys else f"“{key}” has a rank but is no candidate."
        )
    tied: dict[int, list[str]] = {}
    for key, rank in ranks.items():
        tied.setdefault(rank, []).append(key)
    groups = {rank: sorted(group) for rank, group in sorted(tied.items()) if len(group) > 1}
    if groups and not seed:
        rank, group = next(iter(groups.items()))
        raise SelectionError(
            f"{_listed(group)} share rank {rank}: a seed is needed to draw their order."
        )
    drawn = {key: drawn_number(seed, key) for group in groups.values() for key in group}
    ordered = sorted(
        candidates,
        key=lambda candidate: (ranks[candidate.key], drawn.get(candidate.key, "")),
    )
    notes = tuple(
        f"Rank {rank} was drawn from the seed in this order:"
        f" {_listed(sorted(group, key=drawn.__getitem__))}."
        for rank, group in groups.items()
    )
    return tuple(ordered), notes


def drawn_number(seed: str, key: str) -> str:
    """Return the hexadecimal SHA-256 of "seed:key", the number that `key` drew."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys[:-1]) + f" and {keys[-1]}"
