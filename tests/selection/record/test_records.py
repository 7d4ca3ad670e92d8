"""Records: a run can be recomputed by anyone, and every change of the record shows."""

from __future__ import annotations

import json
import runpy
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from anso.selection.__main__ import main
from anso.selection.adjusting import Adjustment, Standing
from anso.selection.allocation import (
    Candidate,
    Floor,
    HostOrder,
    QuotaNode,
    Reserve,
    Withheld,
    fill_by_rank,
    match_candidates,
)
from anso.selection.counting import ApprovalBallot, Member, RankedBallot, TieredBallot, Voice, Vote
from anso.selection.errors import SelectionError
from anso.selection.ranking import Criterion, Review
from anso.selection.record import (
    Record,
    explain_record,
    make_record,
    read_record,
    replay_record,
    run_method,
)
from anso.selection.record.registry import METHODS, find_method

KEPT = Path(__file__).parents[2] / "data" / "selection" / "records"
CANDIDATES = (
    Candidate("a", ("x",)),
    Candidate("b", ("x",)),
    Candidate("c", ("x",), frozenset({"ldc"})),
)
QUOTAS = (QuotaNode("x", 2),)
PAPERS = [RankedBallot(("A", "B"), 5), RankedBallot(("B",), 3), RankedBallot(("C", "B"), 3)]
FILLED = fill_by_rank(CANDIDATES, QUOTAS)
MATCHED = match_candidates(CANDIDATES, QUOTAS, [HostOrder("x", (("a",), ("c",), ("b",)))])
EXAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any], str | None, str]] = {
    "weighted-mean/1": (
        {"reviews": [Review("i", "r", {"q": Decimal("4.5")})], "items": ["i", "j"]},
        {"criteria": [Criterion("q", Decimal(1))]},
        None,
        "i",
    ),
    "fill-by-rank/1": (
        {"candidates": CANDIDATES, "quotas": QUOTAS, "ranks": {"a": 1, "b": 1, "c": 2}},
        {"reserves": [Reserve("ldc", 1)]},
        "seed",
        "b",
    ),
    "not-awarded/1": (
        {"quotas": QUOTAS, "withheld": [Withheld("x", "Nobody was fit.")]},
        {"reserves": [Reserve("ldc", 1)]},
        None,
        "x",
    ),
    "few-reviews/1": (
        {"given": {"i": 1, "j": 3}, "promised": 3, "run": "c0ffee"},
        {"reason": "Two reviewers fell ill."},
        None,
        "i",
    ),
    "beside-reviews/1": (
        {
            "standings": [Standing("i", 1, Decimal("4.5")), Standing("j", 2, Decimal(3))],
            "scale": (1, 6),
            "adjustments": [Adjustment("j", Decimal(1), "A reviewer overlooked half of it.")],
        },
        {"minimum": Decimal("3.5")},
        None,
        "j",
    ),
    "next-on-list/1": ({"allocation": FILLED, "declined": ["a"]}, {}, None, "c"),
    "deferred-acceptance/1": (
        {
            "candidates": CANDIDATES,
            "quotas": QUOTAS,
            "orders": [HostOrder("x", (("a", "b"), ("c",)))],
        },
        {"reserves": [Reserve("ldc", 1, "x")]},
        "seed",
        "b",
    ),
    "next-in-match/1": ({"match": MATCHED, "declined": ["a"]}, {}, None, "c"),
    "best-total/1": (
        {
            "candidates": CANDIDATES,
            "quotas": QUOTAS,
            "worths": {"a": [Decimal("1.5")], "b": [2], "c": [1]},
        },
        {"floors": [Floor("ldc", 1)]},
        None,
        "a",
    ),
    "vacancies/1": (
        {
            "candidates": CANDIDATES,
            "quotas": QUOTAS,
            "worths": {"a": [1], "b": [2], "c": [1]},
            "held": {"a": "x"},
        },
        {},
        None,
        "b",
    ),
    "bulk-deferred-acceptance/1": (
        {"preferences": [[0], [0]], "ranks": [[0], [1]], "capacities": [1]},
        {},
        None,
        "1",
    ),
    "motion/1": (
        {"votes": [Vote("m", Voice.YES)], "members": [Member("m", Decimal("1.5"))]},
        {},
        None,
        "m",
    ),
    "approval/1": (
        {"ballots": [ApprovalBallot(frozenset("AB"))], "candidates": ["A", "B"], "seats": 1},
        {},
        "s",
        "A",
    ),
    "two-round/1": ({"first": PAPERS, "candidates": ["A", "B", "C"]}, {}, "s", "C"),
    "instant-run-off/1": ({"ballots": PAPERS, "candidates": ["A", "B", "C"]}, {}, "s", "B"),
    "scottish-stv/1": ({"ballots": PAPERS, "candidates": ["A", "B", "C"]}, {"seats": 2}, "s", "B"),
    "meek-stv/1": ({"ballots": PAPERS, "candidates": ["A", "B", "C"]}, {"seats": 2}, "s", "B"),
    "schulze/1": (
        {"ballots": [TieredBallot((frozenset("AB"),))], "candidates": ["A", "B", "C"], "seats": 2},
        {},
        None,
        "A",
    ),
}


def example(method: str) -> Record:
    inputs, parameters, seed, _ = EXAMPLES[method]
    return run_method(method, inputs, parameters, seed).record


@pytest.mark.parametrize("method", EXAMPLES)
def test_every_method_replays_from_its_written_record_and_explains_itself(method: str) -> None:
    record = read_record(example(method).to_json())
    replay = replay_record(record)
    assert replay.is_untouched
    assert replay.is_identical
    assert replay.holds
    assert all(explain_record(record, EXAMPLES[method][3]))


def test_every_registered_method_can_be_found() -> None:
    assert all(callable(find_method(method)) for method in METHODS)


def test_every_method_of_allocation_counting_and_ranking_is_replayed_here() -> None:
    ours = {
        name
        for name, path in METHODS.items()
        if path.partition(":")[0]
        in ("adjusting", "allocation", "counting", "few_reviews", "ranking")
    }
    assert ours == set(EXAMPLES)


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.json")), ids=lambda file: file.stem)
def test_records_kept_from_earlier_days_still_replay(file: Path) -> None:
    replay = replay_record(read_record(file.read_text(encoding="utf-8")))
    assert replay.is_untouched
    assert replay.is_same, replay.differences


def test_every_method_of_ours_has_a_kept_record() -> None:
    kept = {"/".join(file.stem.rsplit("-v", 1)) for file in KEPT.glob("*.json")}
    assert set(EXAMPLES) <= kept


def test_a_record_made_by_hand_equals_the_record_of_the_run() -> None:
    inputs, parameters, seed, _ = EXAMPLES["fill-by-rank/1"]
    answer = fill_by_rank(
        inputs["candidates"],
        inputs["quotas"],
        (),
        parameters["reserves"],
        ranks=inputs["ranks"],
        seed="seed",
    )
    by_hand = make_record(
        method="fill-by-rank",
        version="1",
        inputs=inputs,
        parameters=parameters,
        seed=seed,
        output=answer,
    )
    assert by_hand == example("fill-by-rank/1")
    assert by_hand.trace == list(answer.trace)


def test_a_record_without_trace_has_an_empty_one() -> None:
    assert make_record(method="motion/1", inputs={}, output=[1]).trace == []


def changed(record: Record, *path: str | int, to: object) -> Record:
    parts = json.loads(record.to_json())
    place = parts
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return read_record(json.dumps(parts))


def test_a_changed_input_shows_in_the_hash_and_in_the_output() -> None:
    record = changed(example("scottish-stv/1"), "inputs", "ballots", 0, "weight", to=1)
    replay = replay_record(record)
    assert not replay.is_untouched
    assert not replay.is_same
    assert "output.elected[0] was 'A', is now 'B'" in replay.differences


def test_a_changed_output_is_named() -> None:
    record = changed(example("fill-by-rank/1"), "output", "placements", to=[])
    assert replay_record(record).differences == ("output.placements has 0 entries recorded, 3 now",)
    record = changed(example("fill-by-rank/1"), "output", "extra", to=1)
    assert replay_record(record).differences == ("output.extra is on one side only",)


def test_floats_may_differ_by_less_than_a_billionth() -> None:
    record = changed(example("scottish-stv/1"), "output", "seats", to=2.000000000001)
    replay = replay_record(record)
    assert (replay.is_identical, replay.is_same, replay.is_untouched) == (False, True, False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "This is not JSON"),
        ("[]", "not a selection record"),
        ('{"format": "other"}', "not a selection record"),
        (
            '{"format": "anso-selection-record/1", "x": 1}',
            "incomplete or has parts that do not belong",
        ),
    ],
)
def test_text_that_is_no_record_is_refused(text: str, message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        read_record(text)


@pytest.mark.parametrize(
    ("method", "inputs", "message"),
    [
        ("fill-by-rank", {}, "not a method with its version"),
        ("fill-by-rank/9", {}, "is not known. Known: fill-by-rank/1"),
        ("magic/1", {}, "is not known. Known: affinity-tfidf/1"),
        ("fill-by-rank/1", {"colour": 1}, "has no argument “colour”"),
        ("fill-by-rank/1", {"quotas": []}, "needs “candidates”"),
    ],
)
def test_runs_that_cannot_be_made_are_refused(
    method: str, inputs: dict[str, object], message: str
) -> None:
    with pytest.raises(SelectionError, match=message):
        (
            make_record(method=method, inputs={}, output={})
            if method == "fill-by-rank"
            else run_method(method, inputs)
        )


def test_a_key_that_the_record_does_not_hold_is_refused() -> None:
    with pytest.raises(SelectionError, match="says nothing about “nobody”"):
        explain_record(example("weighted-mean/1"), "nobody")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    written = capsys.readouterr()
    return code, written.out, written.err


def test_the_command_replays_and_explains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "record.json"
    record = example("fill-by-rank/1")
    file.write_text(record.to_json(), encoding="utf-8")
    code, out, _ = run(capsys, "replay", str(file))
    assert code == 0
    assert out.splitlines()[1:] == [
        f"sha256 {record.digest}",
        "The record is untouched.",
        "Recomputed: the output is identical.",
    ]
    code, out, _ = run(capsys, "explain", str(file), "c")
    assert (code, out) == (0, "Seat in x, first choice, at rank 3, in a seat kept for ldc.\n")
    code, _, err = run(capsys, "explain", str(file), "z")
    assert (code, err) == (2, "“z” is not a candidate of this allocation.\n")


def test_the_command_tells_a_record_that_was_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "record.json"
    file.write_text(
        changed(example("scottish-stv/1"), "output", "seats", to=3).to_json(), encoding="utf-8"
    )
    code, out, _ = run(capsys, "replay", str(file))
    assert code == 1
    assert "THE RECORD WAS CHANGED" in out
    assert "output.seats was 3, is now 2" in out
    file.write_text(
        changed(example("scottish-stv/1"), "output", "seats", to=2.000000000001).to_json(),
        encoding="utf-8",
    )
    assert "some floats differ" in run(capsys, "replay", str(file))[1]


def test_the_command_refuses_files_that_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "replay", str(tmp_path / "none.json"))[0] == 2
    (tmp_path / "odd.json").write_bytes(b"\xff\xfe")
    assert run(capsys, "replay", str(tmp_path / "odd.json"))[0] == 2


def test_the_module_runs_as_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["anso.selection", "replay", "/no/such/record.json"])
    monkeypatch.delitem(sys.modules, "anso.selection.__main__")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("anso.selection", run_name="__main__")
    assert ended.value.code == 2
    assert "No such file" in capsys.readouterr().err
