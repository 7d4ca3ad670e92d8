"""Nearness of texts: TF-IDF of one- and two-word terms or vectors of a model, and the mean of a
reviewer's three nearest texts.

Here belongs the text part of affinity. Term weights are counted within each language, so that
common words of a rare language do not look like rare words, and texts are compared only with texts
of the same language. When every text has a vector, vectors are compared instead, whatever the
languages. Weights: (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), rows of length one (Salton and
Buckley, 1988).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from anso.selection.affinity.profiles import Profile, Text, terms_of
from anso.selection.errors import SelectionError

Real = NDArray[np.float64]
Whole = NDArray[np.int64]
NEAREST = 3
_ROWS = 250


def text_nearness(
    applications: Sequence[Profile], reviewers: Sequence[Profile], nearest: int = NEAREST
) -> Real:
    """Return applications × reviewers in 0..1; not-a-number where they have no text in a common
    language.

    For each text of an application, the mean over the reviewer's nearest texts of that language;
    for an application with several texts, the mean of those that can be compared.
    """
    total = np.zeros((len(applications), len(reviewers)))
    compared = np.zeros_like(total)
    by_vector = have_vectors(applications, reviewers)
    common = _languages(applications) & _languages(reviewers)
    for language in [None] if by_vector else sorted(common):
        asked, asked_by = _texts_in(applications, language)
        known, known_by = _texts_in(reviewers, language)
        texts = [*asked, *known]
        rows = _directions(texts) if by_vector else weigh_terms([text.words for text in texts])
        left, right = rows[: len(asked)], rows[len(asked) :]
        owners, first = np.unique(known_by, return_index=True)
        for start in range(0, len(asked), _ROWS):
            close = _dense(left[start : start + _ROWS] @ right.T)
            value = _mean_of_nearest(close, first, nearest)
            np.add.at(total, (asked_by[start : start + _ROWS, None], owners[None, :]), value)
            np.add.at(compared, (asked_by[start : start + _ROWS, None], owners[None, :]), 1)
    with np.errstate(invalid="ignore"):
        result: Real = np.clip(total / compared, 0, 1)
    return result


def have_vectors(*groups: Sequence[Profile]) -> bool:
    """Return whether every text has a vector, and there are texts on both sides. Refuses vectors of
    several lengths or not finite.
    """
    texts = [text for profiles in groups for profile in profiles for text in profile.texts]
    both_sides = all(any(profile.texts for profile in profiles) for profiles in groups)
    if not both_sides or not all(text.vector for text in texts):
        return False
    if len({len(text.vector) for text in texts}) > 1:
        raise SelectionError(
            "The vectors of the texts are not equally long: they come from different models."
        )
    if not np.all(np.isfinite(np.array([text.vector for text in texts]))):
        raise SelectionError("A vector of a text holds something that is not a finite number.")
    return True


def weigh_terms(texts: Sequence[str]) -> Any:
    """Return texts × terms as a sparse table of TF-IDF weights with rows of length one (or
    empty).
    """
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
    """Return for each group of columns the mean of its highest values; groups start at the columns
    `first`.
    """
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


def _texts_in(profiles: Sequence[Profile], language: str | None) -> tuple[list[Text], Whole]:
    found = [
        (text, owner)
        for owner, profile in enumerate(profiles)
        for text in profile.texts
        if language in (None, text.language)
    ]
    return [text for text, _ in found], np.array([owner for _, owner in found], dtype=np.int64)


def _directions(texts: list[Text]) -> Real:
    vectors = np.array([text.vector for text in texts])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    directions: Real = vectors / np.where(lengths > 0, lengths, 1.0)
    return directions


def _dense(table: Any) -> Real:
    dense: Real = table.toarray() if sparse.issparse(table) else np.maximum(table, 0)
    return dense
