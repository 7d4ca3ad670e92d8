"""Calibration of grades: reviewers' severity and noise, places with their uncertainty, and the band
around the line.

Here belong the verbs that other packages call: `calibrate_panel` for one panel, `calibrate_call`
for a whole call.
"""

from anso.selection.calibration.answer import CalibratedItem, CalibratedReviewer, Calibration
from anso.selection.calibration.calls import calibrate_call
from anso.selection.calibration.grades import Grades, grades_from_reviews
from anso.selection.calibration.panel import calibrate_panel

__all__ = [
    "CalibratedItem",
    "CalibratedReviewer",
    "Calibration",
    "Grades",
    "calibrate_call",
    "calibrate_panel",
    "grades_from_reviews",
]
