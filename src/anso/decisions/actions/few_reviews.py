"""The step of a run's record that tells which files have fewer reviews than the call promises, and
why they are ranked all the same.
"""

from __future__ import annotations

from anso.decisions.models import SelectionRun
from anso.selection.record import run_method

STEP = "few_reviews"


def record_few_reviews(run: SelectionRun, because: str = "") -> None:
    """Put the step into the record of the run where files are short. Saves nothing.

    The step names the hash of the run, which stays the hash of what was computed: a reason makes no
    other selection of one that the chair returned.
    """
    short = dict(run.figures["short"])
    if not short:
        return
    inputs = {"given": short, "promised": run.figures["reviews_each"], "run": run.sha256}
    made = run_method("few-reviews/1", inputs, {"reason": because})
    run.record[STEP] = made.record.to_dict()
    run.figures["steps"] = [*(each for each in run.figures["steps"] if each != STEP), STEP]
