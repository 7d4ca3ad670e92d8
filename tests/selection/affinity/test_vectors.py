"""Vectors of a model: read from a folder, kept in the profiles, compared whatever the language; and
bids on top.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.affinity import (
    AffinityTable,
    Bid,
    Profile,
    Text,
    compute_affinity,
    embed_profiles,
    explain_pair,
    load_encoder,
    weigh_bids,
)
from anso.selection.errors import SelectionError
from anso.selection.record import read_record, replay_record, run_method

MODEL = Path(__file__).parents[2] / "data" / "selection" / "model"
ASKED = (Profile("a", (Text("Coral", "en"),)), Profile("b", (Text("Graph", "en"),)))
KNOWN = (
    Profile("p", (Text("corail", "fr"), Text("coral reef", "en"))),
    Profile("q", (Text("graphe", "fr"),)),
)


def test_model_reads_words_and_ignores_what_only_fills_the_row() -> None:
    vectors = load_encoder(MODEL)(["coral", "coral reef", "nothing known"])
    assert vectors == pytest.approx(np.array([[1, 0], [0.5**0.5, 0.5**0.5], [0, 0]]))
    assert len(load_encoder(MODEL)(["coral"] * 70)) == 70


def test_languages_are_compared_with_each_other_by_vectors() -> None:
    encode = load_encoder(MODEL)
    table = compute_affinity(embed_profiles(ASKED, encode), embed_profiles(KNOWN, encode))
    assert table.method == "affinity-vectors/1"
    assert table.texts == pytest.approx(np.array([[1, 0], [0.5**0.5 / 2, 1]]), abs=1e-6)
    assert table.scores[0] == pytest.approx([1, 0])
    assert (
        explain_pair(table, "b", "q")
        == "b and q: affinity 1.00 (texts 1.00, subjects cannot be compared, keywords cannot be"
        " compared)."
    )


def test_terms_decide_unless_every_text_has_a_vector() -> None:
    encode = load_encoder(MODEL)
    for known in (KNOWN, embed_profiles(KNOWN[:1], encode) + KNOWN[1:]):
        table = compute_affinity(embed_profiles(ASKED, encode), known)
        assert table.method == "affinity-tfidf/1"
        assert np.isnan(table.texts[:, 1]).all()
    without = compute_affinity(embed_profiles(ASKED, encode), [Profile("p")])
    assert np.isnan(without.texts).all()
    assert embed_profiles([Profile("p")], encode) == (Profile("p"),)


def test_record_with_vectors_replays_without_the_model() -> None:
    encode = load_encoder(MODEL)
    inputs = {
        "applications": embed_profiles(ASKED, encode),
        "reviewers": embed_profiles(KNOWN, encode),
    }
    record = read_record(run_method("affinity-vectors/1", inputs).record.to_json())
    assert replay_record(record).is_identical


def test_opposite_vectors_are_not_near_and_a_vector_of_nothing_is_near_to_nothing() -> None:
    asked = [Profile("a", (Text("x", vector=(1.0, 0.0)),))]
    known = [
        Profile("p", (Text("y", vector=(-1.0, 0.0)),)),
        Profile("q", (Text("z", vector=(0.0, 0.0)),)),
    ]
    assert compute_affinity(asked, known).scores.tolist() == [[0, 0]]


def test_vectors_that_make_no_sense_are_refused() -> None:
    asked = [Profile("a", (Text("x", vector=(1.0, 0.0)),))]
    for vector, words in (
        ((1.0,), "not equally long"),
        ((float("nan"), 1.0), "not a finite number"),
    ):
        with pytest.raises(SelectionError, match=words):
            compute_affinity(asked, [Profile("p", (Text("y", vector=vector),))])


def test_folder_without_model_and_missing_extra_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SelectionError, match=r"no model\.onnx"):
        load_encoder(tmp_path)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(SelectionError, match=r"pip install anso\[embedding\]"):
        load_encoder(MODEL)


def table_of(scores: list[list[float]]) -> AffinityTable:
    whole = np.array(scores)
    names = tuple("abcd"[: len(whole)]), tuple("pqrs"[: whole.shape[1]])
    return AffinityTable("affinity-tfidf/1", *names, whole, whole, whole, whole)


def test_bid_lifts_a_fitting_pair_and_makes_nothing_of_nothing() -> None:
    table = table_of([[0.81, 0.0], [0.81, 0.81]])
    bids = {
        ("a", "p"): Bid.WILLING,
        ("a", "q"): Bid.EAGER,
        ("b", "p"): Bid.NOT_WILLING,
        ("b", "q"): Bid.IN_A_PINCH,
    }
    assert weigh_bids(table, bids) == pytest.approx(np.array([[0.9, 0.0], [0.81**4, 0.81]]))
    with pytest.raises(SelectionError, match="A bid names “a” and “z”"):
        weigh_bids(table, {("a", "z"): Bid.EAGER})


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_bids_keep_affinities_between_zero_and_one_and_in_order(one: float, other: float) -> None:
    table = table_of([[one, other]])
    for bid in Bid:
        weighed = weigh_bids(table, {("a", "p"): bid, ("a", "q"): bid})[0]
        assert 0 <= weighed.min() <= weighed.max() <= 1
        assert (weighed[0] >= weighed[1]) == (one >= other) or weighed[0] == weighed[1]
    kinds = [weigh_bids(table, {("a", "p"): bid})[0, 0] for bid in Bid]
    assert kinds == sorted(kinds, reverse=True)
