"""All methods by name and version, so that a record of years ago still finds the code that made it.

Here belongs one line per method and version. When a method changes its answers it gets a new
version here, and the old function stays in the library under the old line.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from anso.selection.errors import SelectionError

# As text, loaded when asked for: most need a solver of their own.
METHODS = {
    "affinity-tfidf/1": "affinity:compute_affinity",
    "affinity-vectors/1": "affinity:compute_affinity",
    "weighted-mean/1": "ranking:rank_by_weighted_mean",
    "assignment-best/1": "assignment:assign_reviewers",
    "assignment-fair/1": "assignment:assign_fairly",
    "assignment-randomised/1": "assignment:assign_randomly",
    "assignment-repair/1": "assignment:repair_assignment",
    "calibration-panel/1": "calibration:calibrate_panel",
    "calibration-call/1": "calibration:calibrate_call",
    "lottery-sha256/1": "lottery:draw_lots",
    "beside-reviews/1": "adjusting:decide_beside_reviews",
    "few-reviews/1": "few_reviews:tell_few_reviews",
    "not-awarded/1": "allocation:withhold_seats",
    "fill-by-rank/1": "allocation:fill_by_rank",
    "next-on-list/1": "allocation:next_on_list",
    "deferred-acceptance/1": "allocation:match_candidates",
    "next-in-match/1": "allocation:next_in_match",
    "bulk-deferred-acceptance/1": "allocation:match_in_bulk",
    "best-total/1": "allocation:optimise_seats",
    "vacancies/1": "allocation:fill_vacancies",
    "shortlist/1": "pairing:draw_up_shortlist",
    "pairs/1": "pairing:pair_up",
    "motion/1": "counting:count_motion",
    "approval/1": "counting:count_approval",
    "two-round/1": "counting:count_two_round",
    "instant-run-off/1": "counting:count_instant_run_off",
    "scottish-stv/1": "counting:count_scottish_stv",
    "meek-stv/1": "counting:count_meek_stv",
    "schulze/1": "counting:count_schulze",
}

# What answers "why (not) this pair?" from the recorded question and answer.
PAIRS = {
    "affinity-tfidf/1": "affinity:explain_pair",
    "affinity-vectors/1": "affinity:explain_pair",
    "assignment-best/1": "assignment:explain_pair",
}


def split_method(method: str, version: str = "") -> str:
    """Return "name/version" from either one text or two. Refuses a method without version."""
    full = f"{method}/{version}" if version else method
    name, _, number = full.partition("/")
    if not name or not number or "/" in number:
        raise SelectionError(
            f"“{full}” is not a method with its version, such as “fill-by-rank/1”."
        )
    return full


def find_method(method: str) -> Callable[..., Any]:
    """Return the function registered as "name/version". Refuses unknown methods and names the
    versions known.
    """
    if method not in METHODS:
        name = method.partition("/")[0]
        known = sorted(key for key in METHODS if key.partition("/")[0] == name) or sorted(METHODS)
        raise SelectionError(f"The method “{method}” is not known. Known: {', '.join(known)}.")
    return _function(METHODS[method])


def find_pair_explainer(method: str) -> Callable[..., str]:
    """Return the function that explains a pair of this method's records. Refuses methods that
    choose no pairs.
    """
    if method not in PAIRS:
        raise SelectionError(
            f"Pairs are explained for {' and '.join(PAIRS)}, not for “{method}”: ask about one"
            " name."
        )
    return _function(PAIRS[method])


def _function(path: str) -> Callable[..., Any]:
    module, _, function = path.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"anso.selection.{module}"), function)
    return found
