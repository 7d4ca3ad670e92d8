"""Affinity: from what can be compared, the same whatever the language, and explained."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from anso.selection.affinity import AffinityWeights, Profile, Text, compute_affinity, explain_pair
from anso.selection.affinity.profiles import terms_of, words_of
from anso.selection.affinity.texts import text_nearness, weigh_terms
from anso.selection.errors import SelectionError

TEXTS = [
    "Deep sea corals and ocean warming",
    "Warming of the deep ocean and its currents",
    "Random graphs and the probability of connection",
    "Probability of rare events in random walks",
    "Malaria vaccines for young children",
]


def profile(
    name: str, *texts: str, language: str = "en", subjects: str = "", keywords: str = ""
) -> Profile:
    return Profile(
        name,
        tuple(Text(words, language) for words in texts),
        frozenset(subjects.split()),
        frozenset(word for word in keywords.split(",") if word),
    )


REVIEWERS = [
    profile("sea", TEXTS[0], TEXTS[1]),
    profile("chance", TEXTS[2], TEXTS[3]),
    profile("health", TEXTS[4]),
]


def test_reviewer_of_the_same_field_is_nearest() -> None:
    table = compute_affinity(
        [profile("a", "Corals in a warming ocean"), profile("b", "Random graphs")], REVIEWERS
    )
    assert [table.reviewers[place] for place in table.scores.argmax(axis=1)] == ["sea", "chance"]
    assert table.scores.max() == 1.0


def test_weights_of_terms_are_those_of_the_reference_library() -> None:
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    theirs = vectorizer.fit_transform(TEXTS).toarray()
    ours = weigh_terms(TEXTS).toarray()
    assert np.allclose(theirs @ theirs.T, ours @ ours.T)


def test_mean_of_the_three_nearest_texts_is_taken() -> None:
    many = profile("many", *TEXTS)
    alone = [profile(str(number), text) for number, text in enumerate(TEXTS)]
    # Term weights are the same in both questions: the same texts are known.
    asked = [profile("a", "Warming oceans and random events")]
    together = text_nearness(asked, [many])[0, 0]
    each = sorted(text_nearness(asked, alone)[0])
    assert together == pytest.approx(np.mean(each[-3:]))


def recoded(text: str) -> str:
    return " ".join("x" + word[::-1] + "q" for word in words_of(text))


def test_language_is_not_punished() -> None:
    """A field that writes in another language, word for word, gets the affinity it would have had
    in English.
    """
    asked = [profile("a", "Corals in a warming ocean"), profile("b", "Random graphs and events")]
    asked_other = [profile("c", *map(recoded, ["Corals in a warming ocean"]), language="zz")]
    other = [
        profile(f"zz {one.name}", *(recoded(text.words) for text in one.texts), language="zz")
        for one in REVIEWERS
    ]
    mixed = compute_affinity([*asked, *asked_other], [*REVIEWERS, *other])
    assert mixed.texts[2, 3:] == pytest.approx(compute_affinity(asked[:1], REVIEWERS).texts[0])
    assert mixed.scores[2].max() == mixed.scores[0].max() == 1.0


def test_pair_without_a_common_language_is_compared_by_subjects_and_keywords() -> None:
    asked = [profile("a", "Corals", language="fr", subjects="1.5.2", keywords="Coral reefs,Océan")]
    known = [
        profile("p", "corals", subjects="1.5.1", keywords="ocean"),
        profile("q", "corals", subjects="1.5.2"),
    ]
    table = compute_affinity(asked, known)
    assert np.isnan(table.texts).all()
    assert table.scores[0].tolist() == pytest.approx([0.3 / 0.5 * 2 / 3 + 0.2 / 0.5 * 0.5, 1.0])
    assert (
        explain_pair(table, "a", "p")
        == "a and p: affinity 0.60 (texts cannot be compared, subjects 0.67, keywords 0.50)."
    )


def test_nothing_to_compare_is_zero_and_plain_values_have_nulls() -> None:
    table = compute_affinity([profile("a")], [profile("p", "corals"), profile("q")])
    assert table.scores.tolist() == [[0.0, 0.0]]
    plain = table.to_dict()
    assert plain["texts"] == [[None, None]]
    assert json.loads(json.dumps(plain)) == plain
    assert profile("p", "corals").to_dict()["texts"] == [
        {"words": "corals", "language": "en", "vector": []}
    ]


def test_empty_texts_and_profiles_without_codes_are_no_error() -> None:
    asked = [profile("a", "", subjects="1"), profile("b", "corals")]
    table = compute_affinity(asked, [profile("p", "corals", subjects="1.2"), profile("q", "?")])
    assert table.subjects[0].tolist()[0] == 1.0
    assert np.isnan(table.subjects[1]).all()
    assert table.texts[1].tolist() == [1.0, 0.0]


def test_words_of_any_script() -> None:
    assert words_of("Océanographie À l’École") == ["oceanographie", "ecole"]
    assert words_of("عِلْم البحار") == ["علم", "البحار"]
    assert words_of("海洋科学 x") == ["海洋", "洋科", "科学"]
    assert words_of("海") == ["海"]
    assert terms_of("deep sea corals") == ["deep", "sea", "corals", "deep sea", "sea corals"]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(TEXTS), max_size=3), min_size=1, max_size=4),
    st.permutations(range(3)),
)
def test_affinity_lies_between_zero_and_one_and_ignores_the_order_of_reviewers(
    texts: list[list[str]], order: list[int]
) -> None:
    asked = [profile(str(number), *mine) for number, mine in enumerate(texts)]
    table = compute_affinity(asked, REVIEWERS)
    assert table.scores.min() >= 0
    assert table.scores.max() <= 1 + 1e-12
    shuffled = compute_affinity(asked, [REVIEWERS[place] for place in order])
    assert shuffled.scores == pytest.approx(table.scores[:, order])


def test_input_that_makes_no_sense_is_refused() -> None:
    one = [profile("a", "x")]
    with pytest.raises(SelectionError, match="There is no reviewer"):
        compute_affinity(one, [])
    with pytest.raises(SelectionError, match="One application is named twice"):
        compute_affinity(one * 2, one)
    for weights in (AffinityWeights(-1), AffinityWeights(0, 0, 0), AffinityWeights(float("nan"))):
        with pytest.raises(SelectionError, match="weights of texts"):
            compute_affinity(one, one, weights)
    with pytest.raises(SelectionError, match="is unknown"):
        explain_pair(compute_affinity(one, one), "a", "z")
