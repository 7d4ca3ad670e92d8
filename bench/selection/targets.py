"""The targets of the selection library, judged from the results of one run.

Here belongs the list of targets. Run alone (python -m bench.selection.targets) it judges the
results as they are kept. Processor seconds are compared: machines are loaded differently, and wall
times tell more of the load than of the programs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

RESULTS = Path(__file__).parent / "results"
OPTIMA = {"preflib3": "454.250000", "aamas2015": "1389.750000"}
SOLVERS = ("anso", "flow", "highs", "pulp", "networkx")
CROSSED = ("preflib3", "aamas2015", "dense-2000-500")
LARGE = "dense-10000-2000"


class Found:
    """The figures of one run, by file and work; what was not measured raises `LookupError` with the
    reason.
    """

    def __init__(self, folder: Path) -> None:
        self._rows: dict[str, dict[str, Any]] = {}
        for file in folder.glob("*.json"):
            for row in json.loads(file.read_text(encoding="utf-8"))["rows"]:
                self._rows[" ".join(row["task"])] = row

    def get(self, work: str, figure: str = "cpu_s") -> Any:
        """Return one figure of one piece of work."""
        row = self._rows.get(work, {"failed": "not run"})
        if figure not in row:
            raise LookupError(f"{work}: {row.get('failed', f'no {figure}')}")
        return row[figure]

    def ratio(self, theirs: str, ours: str, figure: str = "cpu_s") -> float:
        """Return a figure of theirs divided by ours."""
        return float(self.get(theirs, figure)) / float(self.get(ours, figure))

    def differing(self, works: Iterable[str], figure: str, wanted: Any) -> int:
        """Return how many of these figures are not as wanted."""
        return sum(self.get(work, figure) != wanted for work in works)


class Target(NamedTuple):
    """One target: what it says, how it is measured, and the limit: at least, or at most."""

    words: str
    measure: Callable[[Found], float]
    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a measured value is within the limit."""
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0)

    @property
    def limit(self) -> str:
        """The limit in words."""
        return (
            f"at least {self.at_least:g}"
            if self.at_least is not None
            else f"at most {self.at_most or 0:g}"
        )


def _counting() -> list[Target]:
    wards = ("published", "generated")
    found = [
        Target(
            f"Scottish STV, {which} wards: {name}'s seconds to ours",
            lambda run, which=which, name=name: run.ratio(
                f"{name} scottish {which}", f"anso scottish {which}"
            ),  # type: ignore[misc]
            at_least=times,
        )
        for name, times in (("pref_voting", 30), ("votekit", 5))
        for which in wards
    ]
    return found + [
        Target(
            f"Scottish STV, {which} wards: other winners than pref_voting",
            lambda run, which=which: run.get(f"pref_voting scottish {which}", "other_winners"),  # type: ignore[misc]
        )
        for which in wards
    ]


TARGETS = (
    *_counting(),
    Target(
        "match of 50,000 by number, seconds",
        lambda run: run.get("match arrays 50000 2000"),
        at_most=0.4,
    ),
    Target(
        "match of 50,000 by name with reasons and certificate, seconds",
        lambda run: run.get("match named 50000 2000"),
        at_most=0.4,
    ),
    Target(
        "match of 10,000 by number: matching's seconds to ours",
        lambda run: run.ratio("match matching 10000 400", "match arrays 10000 400"),
        at_least=300,
    ),
    Target(
        "match of 10,000 by name: matching's seconds to ours",
        lambda run: run.ratio("match matching 10000 400", "match named 10000 400"),
        at_least=300,
    ),
    Target(
        "match of 10,000: seated otherwise than by matching",
        lambda run: run.differing(
            ("match arrays 10000 400", "match named 10000 400"),
            "check",
            run.get("match matching 10000 400", "check"),
        ),
    ),
    Target(
        "500 seats, 20,000 candidates: CP-SAT's seconds to ours",
        lambda run: run.ratio("optimum cp-sat 20000", "optimum anso 20000"),
        at_least=1,
    ),
    Target(
        "500 seats, 20,000 candidates: answers of ours without proof",
        lambda run: not run.get("optimum anso 20000", "proven"),
    ),
    Target(
        "500 seats, 2,000 and 5,000 candidates: other totals than CP-SAT",
        lambda run: sum(
            run.get(f"optimum anso {size}", "total") != run.get(f"optimum cp-sat {size}", "total")
            for size in (2000, 5000)
        ),
    ),
    *(
        Target(
            f"{name}: programs with another total than {float(total):g}",
            lambda run, name=name, total=total: run.differing(
                (f"{one} {name}" for one in SOLVERS), "total", total
            ),  # type: ignore[misc]
        )
        for name, total in OPTIMA.items()
    ),
    Target(
        "dense 10,000 × 2,000: OR-Tools' seconds to ours",
        lambda run: run.ratio(f"flow {LARGE}", f"anso {LARGE}"),
        at_least=5,
    ),
    Target(
        "dense 10,000 × 2,000: OR-Tools' memory to ours",
        lambda run: run.ratio(f"flow {LARGE}", f"anso {LARGE}", "peak_mb"),
        at_least=2,
    ),
    Target(
        "dense 10,000 × 2,000: gap of ours to the proven bound",
        lambda run: float(run.get(f"anso {LARGE}", "gap")),
    ),
    Target(
        "dense 10,000 × 2,000: other totals than OR-Tools",
        lambda run: run.get(f"anso {LARGE}", "total") != run.get(f"flow {LARGE}", "total"),
    ),
    Target(
        "sparse 10,000 × 2,000, seconds", lambda run: run.get("anso sparse-10000-2000"), at_most=0.6
    ),
    *(
        Target(
            f"{name}, rules that cross: gap to the bound, a share of the total",
            lambda run, name=name: (
                float(run.get(f"crossing {name}", "gap"))
                / float(run.get(f"crossing {name}", "total"))
            ),  # type: ignore[misc]
            at_most=0.001,
        )
        for name in CROSSED
    ),
    Target(
        "calibration of 10,000 applications × 3 by 2,000 reviewers, seconds",
        lambda run: run.get("anso 10000 2000"),
        at_most=4,
    ),
    Target(
        "calibration of 200: farthest variance from statsmodels",
        lambda run: max(
            abs(run.get("anso 200 50", one) - run.get("statsmodels 200 50", one))
            for one in ("item", "reviewer", "noise")
        ),
        at_most=0.001,
    ),
    Target("published panel, seconds", lambda run: run.get("panel 15 5"), at_most=0.3),
    Target(
        "published panel: farthest expected rank from the published",
        lambda run: run.get("panel 15 5", "farthest_from_published"),
        at_most=0.1,
    ),
    Target(
        "published panel: exact ties that are not tied",
        lambda run: not run.get("panel 15 5", "ties_exact"),
    ),
)


def judge(run: Found) -> list[tuple[str, str, str, bool]]:
    """Return for each target its words, the limit, what was measured, and whether it holds."""
    rows = []
    for target in TARGETS:
        try:
            value = float(target.measure(run))
            rows.append((target.words, target.limit, f"{value:.4g}", target.holds(value)))
        except LookupError as missing:
            rows.append((target.words, target.limit, f"not measured ({missing.args[0]})", False))
    return rows


def main() -> int:
    """Judge the kept results, write targets.md, print what was missed; fails when anything was."""
    rows = judge(Found(RESULTS))
    missed = [words for words, _, _, holds in rows if not holds]
    lines = [
        "# Targets of the selection library",
        "",
        "Processor seconds, all programs in one run.",
        "",
    ]
    lines += ["| target | limit | measured | |", "|---|---|---|---|"]
    lines += [
        f"| {words} | {limit} | {value} | {'held' if holds else 'missed'} |"
        for words, limit, value, holds in rows
    ]
    lines += ["", "Missed: " + ("; ".join(missed) or "nothing") + ".", ""]
    text = "\n".join(lines)
    (RESULTS / "targets.md").write_text(text, encoding="utf-8")
    print("\n" + text)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
