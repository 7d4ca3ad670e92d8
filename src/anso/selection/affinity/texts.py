"""Nearness of texts: TF-IDF of one- and two-word terms, and the mean of a reviewer's three nearest texts.

Here belongs the text part of affinity. Term weights are counted within each language, so that common words of a rare
language do not look like rare words, and texts are compared only with texts of the same language.
Weights: (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), rows of length one (Salton and Buckley, 1988).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from anso.selection.affinity.profiles import Profile, terms_of

Real = NDArray[np.float64]
NEAREST = 3
_ROWS = 250


def text_nearness(applications: Sequence[Profile], reviewers: Sequence[Profile], nearest: int = NEAREST) -> Real:
    """Return applications × reviewers in 0..1; not-a-number where they have no text in a common language.

    For each text of an application, the mean over the reviewer's nearest texts of that language; for an application
    with several texts, the mean of those that can be compared.
    """
    total = np.zeros((len(applications), len(reviewers)))
    compared = np.zeros_like(total)
    for language in sorted(_languages(applications) & _languages(reviewers)):
        asked, asked_by = _texts_in(applications, language)
        known, known_by = _texts_in(reviewers, language)
        rows = weigh_terms([*asked, *known])
        left, right = rows[: len(asked)], rows[len(asked) :]
        owners, first = np.unique(known_by, return_index=True)
        for start in range(0, len(asked), _ROWS):
            close = (left[start : start + _ROWS] @ right.T).toarray()
            value = _mean_of_nearest(close, first, nearest)
            np.add.at(total, (asked_by[start : start + _ROWS, None], owners[None, :]), value)
            np.add.at(compared, (asked_by[start : start + _ROWS, None], owners[None, :]), 1)
    with np.errstate(invalid="ignore"):
        result: Real = np.clip(total / compared, 0, 1)
    return result


def weigh_terms(texts: Sequence[str]) -> Any:
    """Return texts × terms as a sparse table of TF-IDF weights with rows of length one (or empty)."""
    number: dict[str, int] = {}
    starts, terms, counts = [0], [], []
    for text in texts:
        for term, times in Counter(terms_of(text)).items():
            terms.append(number.setdefault(term, len(number)))
            counts.append(times)
        starts.append(len(terms))
    columns = np.array(terms, dtype=np.int64)
    shared = np.bincount(columns, minlength=len(number))
    rarity = 1 + np.log((1 + len(texts)) / (1 + shared))
    weights = (1 + np.log(np.array(counts, dtype=float))) * rarity[columns]
    table = sparse.csr_array((weights, columns, np.array(starts)), shape=(len(texts), len(number)))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ table)


def _mean_of_nearest(close: Real, first: NDArray[np.int64], nearest: int) -> Real:
    """Return for each group of columns the mean of its highest values; groups start at the columns `first`."""
    ends = np.r_[first[1:], close.shape[1]]
    value = np.empty((len(close), len(first)))
    for place, (start, end) in enumerate(zip(first, ends, strict=True)):
        mine = close[:, start:end]
        if end - start > nearest:
            mine = np.partition(mine, end - start - nearest, axis=1)[:, -nearest:]
        value[:, place] = mine.mean(axis=1)
    return value


def _languages(profiles: Iterable[Profile]) -> set[str]:
    return {text.language for profile in profiles for text in profile.texts}


def _texts_in(profiles: Sequence[Profile], language: str) -> tuple[list[str], NDArray[np.int64]]:
    found = [(text.words, owner) for owner, profile in enumerate(profiles) for text in profile.texts if text.language == language]
    return [words for words, _ in found], np.array([owner for _, owner in found], dtype=np.int64)
