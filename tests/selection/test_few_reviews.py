"""Whoever was ranked on fewer reviews than promised stands in the record with the reason, and the
verifier reads both.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from anso.selection.__main__ import main
from anso.selection.errors import SelectionError
from anso.selection.few_reviews import tell_few_reviews
from anso.selection.record import read_record, replay_record, run_method
from anso.selection.record.records import digest_now

GIVEN = {"b": 0, "a": 2, "c": 3}
ILL = "Two reviewers fell ill."


def recorded(reason: str = "") -> dict[str, Any]:
    inputs = {"given": GIVEN, "promised": 3, "run": "c0ffee"}
    return run_method("few-reviews/1", inputs, {"reason": reason}).record.to_dict()


def verified(
    part: dict[str, Any], path: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    file = path / "few_reviews.json"
    file.write_text(json.dumps(part), encoding="utf-8")
    return main(["replay", str(file)]), capsys.readouterr().out


def resealed(part: dict[str, Any]) -> dict[str, Any]:
    """The same with a hash that fits, as a forger would write it."""
    return part | {"digest": digest_now(read_record(json.dumps(part)))}


def test_those_below_the_promise_are_short_and_those_at_it_are_not() -> None:
    told = tell_few_reviews(GIVEN, 3, "c0ffee", f" {ILL} ")
    assert [(each.key, each.given) for each in told.short] == [("a", 2), ("b", 0)]
    assert told.short[0].explanation == f"It was ranked on 2 of 3 reviews. Reason: {ILL}"
    assert told.faults == ()
    assert told.told == (
        f"Ranked on fewer reviews than the 3 promised: a (2), b (0). Reason: {ILL}",
    )
    nobody = tell_few_reviews({"a": 3}, 3, "c0ffee")
    assert (nobody.short, nobody.faults, nobody.told) == ((), (), ())


def test_the_verifier_reads_and_shows_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = verified(recorded(ILL), tmp_path, capsys)
    assert code == 0
    assert f"promised: a (2), b (0). Reason: {ILL}" in said
    assert main(["explain", str(tmp_path / "few_reviews.json"), "b"]) == 0
    assert f"It was ranked on 0 of 3 reviews. Reason: {ILL}" in capsys.readouterr().out


def test_a_missing_reason_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for part in (recorded(), resealed(recorded(ILL) | {"parameters": {}})):
        code, said = verified(part, tmp_path, capsys)
        assert code == 1
        assert "THE RECORD IS INCOMPLETE." in said
        assert "a (2), b (0), and no reason is given." in said


@pytest.mark.parametrize("is_resealed", [False, True])
@pytest.mark.parametrize("place", ["parameters", "inputs", "output"])
def test_a_tampered_record_fails(
    place: str, is_resealed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = recorded(ILL)
    changed = {
        "parameters": {"reason": "All was well."},
        "inputs": part["inputs"] | {"given": GIVEN | {"a": 3}},
        "output": part["output"] | {"short": []},
    }[place]
    part |= {place: changed}
    code, said = verified(resealed(part) if is_resealed else part, tmp_path, capsys)
    assert code == 1
    assert ("THE RECORD WAS CHANGED" in said) is not is_resealed
    assert "RECOMPUTED: THE OUTPUT DIFFERS." in said


def test_what_makes_no_sense_is_refused() -> None:
    for given, run, reason, words in (
        ({"a": 3}, "c0ffee", ILL, "no item has fewer"),
        ({"a": -1}, "c0ffee", "", "fewer than no reviews"),
        ({"a": 1}, "", "", "which run"),
    ):
        with pytest.raises(SelectionError, match=words):
            tell_few_reviews(given, 3, run, reason)
    assert replay_record(read_record(json.dumps(recorded(ILL)))).holds
