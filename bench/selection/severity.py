"""Calibrating grades beside statsmodels, and the published panel by integration.

Run: PYTHONPATH=src var/bench/selection/bin/python bench/selection/severity.py
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # waiting threads would count as processor time on a busy machine
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from sidebyside import report, run_each, timed, write

from anso.selection.calibration import Grades, calibrate_call, calibrate_panel

PANEL = (
    Path(__file__).parents[2]
    / "tests"
    / "data"
    / "selection"
    / "funding"
    / "erforresearch_mock_panel1.csv"
)
PUBLISHED = [
    2.44,
    4.06,
    4.09,
    4.12,
    5.08,
    6.19,
    7.34,
    7.26,
    8.43,
    9.42,
    10.4,
    11.4,
    13.0,
    13.0,
    13.7,
]


def call(items: int, reviewers: int) -> Grades:
    draw = np.random.default_rng(3)
    item = np.repeat(np.arange(items), 3)
    reviewer = np.argsort(draw.random((items, reviewers)), axis=1)[:, :3].ravel()
    score = (
        3
        + draw.normal(0, 0.8, items)[item]
        + draw.normal(0, 0.6, reviewers)[reviewer]
        + draw.normal(0, 0.5, len(item))
    )
    return Grades(
        tuple(f"i{n}" for n in range(items)),
        tuple(f"r{n}" for n in range(reviewers)),
        item,
        reviewer,
        score,
    )


def panel() -> Grades:
    rows = list(csv.DictReader(PANEL.read_text().splitlines()))
    items = tuple(dict.fromkeys(row["proposal"] for row in rows))
    names = tuple(dict.fromkeys(row["assessor"] for row in rows))
    places = (
        np.array([items.index(row["proposal"]) for row in rows]),
        np.array([names.index(row["assessor"]) for row in rows]),
    )
    return Grades(items, names, *places, np.array([float(row["num_grade"]) for row in rows]))


def with_statsmodels(grades: Grades) -> dict[str, float]:
    """Crossed random effects as variance components of one group: the model of the call."""
    import pandas as pd
    from statsmodels.regression.mixed_linear_model import MixedLM

    table = pd.DataFrame(
        {"y": grades.score, "item": grades.item, "reviewer": grades.reviewer, "all": 1}
    )
    parts = {"item": "0 + C(item)", "reviewer": "0 + C(reviewer)"}
    found = MixedLM.from_formula(
        "y ~ 1", groups="all", vc_formula=parts, re_formula="0", data=table
    ).fit()
    return {
        "item": float(found.vcomp[0]),
        "reviewer": float(found.vcomp[1]),
        "noise": float(found.scale),
    }


def run(program: str, items: str, reviewers: str) -> None:
    if program == "panel":
        answer, wall, cpu = timed(lambda: calibrate_panel(panel(), 6, "seed"), 5)
        ranks = {row.item: row.expected_rank for row in answer.items}
        worst = max(abs(ranks[f"#{n + 1}"] - rank) for n, rank in enumerate(PUBLISHED))
        tied = len({ranks[name] for name in ("#2", "#3", "#4")}) == 1
        report(
            wall_s=round(wall, 3),
            cpu_s=round(cpu, 3),
            farthest_from_published=round(worst, 3),
            ties_exact=tied,
        )
        return
    grades = call(int(items), int(reviewers))
    if program == "anso":
        answer, wall, cpu = timed(
            lambda: calibrate_call(grades, len(grades.items) // 10, "seed"), 2
        )
        found = {name: round(value**2, 4) for name, value in answer.deviations.items()}
    else:
        with_statsmodels(call(10, 5))  # loads the package outside the measured time
        plain, wall, cpu = timed(lambda: with_statsmodels(grades), 1)
        found = {name: round(value, 4) for name, value in plain.items()}
    report(wall_s=round(wall, 3), cpu_s=round(cpu, 3), **found)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(*sys.argv[1:])
    else:
        tasks = [
            ["panel", "15", "5"],
            ["anso", "200", "50"],
            ["statsmodels", "200", "50"],
            ["anso", "2000", "500"],
            ["anso", "10000", "2000"],
        ]
        write(
            "severity",
            run_each(__file__, tasks, timeout=300),
            [
                (
                    "anso: variances, calibrated means, and 1,000 joint draws with rank intervals;"
                    " statsmodels: variances only."
                ),
                (
                    "The three columns are variances; both maximise the restricted likelihood."
                    " statsmodels is dense and stops being practical soon."
                ),
                "One BLAS thread for all.",
                (
                    "panel: 15 proposals, 5 assessors, expected ranks by quadrature and 4,000"
                    " draws; published values are sampled and rounded."
                ),
            ],
        )
