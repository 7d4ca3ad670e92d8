"""One affinity for each application and reviewer, from the parts that can be compared.

Here belong subject codes, keywords, and the weighing of parts. A part that is missing (no common
language, no codes) is left out and its weight shared among the others: it is never counted as zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from anso.selection.affinity.profiles import Profile, keyword_key, require_profiles
from anso.selection.affinity.texts import have_vectors, text_nearness
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "affinity-tfidf/1"
VECTORS = "affinity-vectors/1"
_NEAREST_TOLD = 3
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AffinityWeights:
    """How much texts, subject codes and keywords count beside each other."""

    texts: float = 0.5
    subjects: float = 0.3
    keywords: float = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class AffinityTable:
    """Affinity in 0..1 for every application and reviewer, with its parts (not-a-number: cannot be
    compared).

    Text nearness is shown after levelling: each application's nearness is divided by its highest,
    because the height depends on the length and language of the texts and not on expertise.
    """

    method: str
    applications: tuple[str, ...]
    reviewers: tuple[str, ...]
    scores: Real
    texts: Real
    subjects: Real
    keywords: Real

    def explain(self, key: str) -> tuple[str, ...]:
        """Return who is nearest to the application or reviewer `key`, and of what that is made.
        Refuses unknown names.
        """
        found: list[str] = []
        if key in self.applications:
            row = self.scores[self.applications.index(key)]
            found += [
                explain_pair(self, key, self.reviewers[place])
                for place in np.argsort(-row, kind="stable")[:_NEAREST_TOLD]
            ]
        if key in self.reviewers:
            column = self.scores[:, self.reviewers.index(key)]
            found += [
                explain_pair(self, self.applications[place], key)
                for place in np.argsort(-column, kind="stable")[:_NEAREST_TOLD]
            ]
        if not found:
            raise SelectionError(f"“{key}” is unknown.")
        return tuple(found)

    def plain_values(self) -> dict[str, Any]:
        """Return what the record holds: parts that cannot be compared become nulls."""
        named: dict[str, Any] = {
            "method": self.method,
            "applications": self.applications,
            "reviewers": self.reviewers,
            "scores": self.scores,
        }
        parts = {"texts": self.texts, "subjects": self.subjects, "keywords": self.keywords}
        return named | {
            name: [
                [value if np.isfinite(value) else None for value in row] for row in part.tolist()
            ]
            for name, part in parts.items()
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the table as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def explain_pair(table: AffinityTable, application: str, reviewer: str) -> str:
    """Return in one sentence what the affinity of a pair is made of; refuse unknown names."""
    if application not in table.applications or reviewer not in table.reviewers:
        raise SelectionError(f"“{application}” or “{reviewer}” is unknown.")
    cell = table.applications.index(application), table.reviewers.index(reviewer)
    parts = (
        ("texts", table.texts[cell]),
        ("subjects", table.subjects[cell]),
        ("keywords", table.keywords[cell]),
    )
    said = [
        f"{name} {value:.2f}" if np.isfinite(value) else f"{name} cannot be compared"
        for name, value in parts
    ]
    return f"{application} and {reviewer}: affinity {table.scores[cell]:.2f} ({', '.join(said)})."


def compute_affinity(
    applications: Sequence[Profile],
    reviewers: Sequence[Profile],
    weights: AffinityWeights | None = None,
) -> AffinityTable:
    """Return the affinity of every application and reviewer.

    Each part lies in 0..1; the affinity is the weighted mean of the parts that can be compared, and
    zero when none can. Applications and reviewers of a rare language are compared by subjects and
    keywords where texts cannot tell. Refuses no profiles, repeated names, and weights that are
    negative, not finite or all zero.
    """
    require_profiles(applications, "application")
    require_profiles(reviewers, "reviewer")
    shares = _shares(weights or AffinityWeights())
    texts = _levelled(text_nearness(applications, reviewers))
    subjects = subject_nearness(applications, reviewers)
    keywords = keyword_overlap(applications, reviewers)
    return AffinityTable(
        method=VECTORS if have_vectors(applications, reviewers) else METHOD,
        applications=tuple(profile.name for profile in applications),
        reviewers=tuple(profile.name for profile in reviewers),
        scores=_weighted(np.stack([texts, subjects, keywords]), shares),
        texts=texts,
        subjects=subjects,
        keywords=keywords,
    )


def _shares(weights: AffinityWeights) -> Real:
    shares = np.array([weights.texts, weights.subjects, weights.keywords], dtype=float)
    if not np.all(np.isfinite(shares)) or shares.min() < 0 or shares.max() <= 0:
        raise SelectionError(
            "The weights of texts, subjects and keywords must be at least zero, and one above zero."
        )
    return shares


def _levelled(nearness: Real) -> Real:
    known = np.where(np.isfinite(nearness), nearness, 0.0)
    highest = known.max(axis=1, keepdims=True)
    return nearness / np.where(highest > 0, highest, 1.0)


def _weighted(parts: Real, shares: Real) -> Real:
    known = np.isfinite(parts)
    weight = shares[:, None, None] * known
    total = (weight * np.where(known, parts, 0.0)).sum(axis=0)
    used = weight.sum(axis=0)
    scores: Real = np.where(used > 0, total / np.where(used > 0, used, 1.0), 0.0)
    return scores


def subject_nearness(applications: Sequence[Profile], reviewers: Sequence[Profile]) -> Real:
    """Return for each pair the mean, over the application's codes, of the deepest level shared with
    the reviewer.

    "1.3.2" and "1.3.5" share two of three levels: 2/3. Not-a-number where either has no code.
    """
    # In order, like all sets of words here: sums of floats depend on it in their last digits.
    asked = sorted({code for profile in applications for code in profile.subjects})
    known = sorted({code for profile in reviewers for code in profile.subjects})
    nearness = np.full((len(applications), len(reviewers)), np.nan)
    if not asked or not known:
        return nearness
    close = np.array([[_shared_depth(code, other) for other in known] for code in asked])
    place, other_place = ({code: row for row, code in enumerate(codes)} for codes in (asked, known))
    best = np.full((len(asked), len(reviewers)), np.nan)
    for column, profile in enumerate(reviewers):
        if profile.subjects:
            best[:, column] = close[
                :, [other_place[code] for code in sorted(profile.subjects)]
            ].max(axis=1)
    for row, profile in enumerate(applications):
        if profile.subjects:
            nearness[row] = best[[place[code] for code in sorted(profile.subjects)]].mean(axis=0)
    return nearness


def _shared_depth(code: str, other: str) -> float:
    levels, others = code.split("."), other.split(".")
    shared = 0
    while shared < min(len(levels), len(others)) and levels[shared] == others[shared]:
        shared += 1
    return shared / len(levels)


def keyword_overlap(applications: Sequence[Profile], reviewers: Sequence[Profile]) -> Real:
    """Return for each pair the share of the application's keywords that the reviewer has;
    not-a-number without any.
    """
    asked = [{keyword_key(word) for word in profile.keywords} - {""} for profile in applications]
    known = [{keyword_key(word) for word in profile.keywords} - {""} for profile in reviewers]
    number = {word: place for place, word in enumerate(sorted(set().union(*asked, *known)))}
    overlap: Real = (_marked(asked, number) @ _marked(known, number).T).toarray()
    sizes = np.array([[float(len(words)) or np.nan] for words in asked])
    overlap = overlap / sizes
    overlap[:, [not words for words in known]] = np.nan
    return overlap


def _marked(sets: Sequence[set[str]], number: dict[str, int]) -> Any:
    rows = [row for row, words in enumerate(sets) for _ in words]
    columns = [number[word] for words in sets for word in sorted(words)]
    return sparse.csr_array(
        (np.ones(len(rows)), (rows, columns)), shape=(len(sets), max(1, len(number)))
    )
