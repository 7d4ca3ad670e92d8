"""Assignment of reviewers to applications: the best total, the fairest worst-off, at random with a
cap, and repairs.

Here belong the verbs that other packages call. The question is in `problem`, the answer in
`answer`.
"""

from anso.selection.assignment.answer import Assignment, Certificate, explain_pair, recompute_bound
from anso.selection.assignment.best import assign_reviewers
from anso.selection.assignment.diagnosis import (
    Diagnosis,
    InfeasibleAssignment,
    Relaxation,
    diagnose_assignment,
)
from anso.selection.assignment.explanations import AssignedPair
from anso.selection.assignment.fairness import FairAssignment, assign_fairly
from anso.selection.assignment.problem import AssignmentProblem, GroupRule, at_most_per_group
from anso.selection.assignment.randomised import RandomisedAssignment, assign_randomly
from anso.selection.assignment.repair import Repair, repair_assignment

__all__ = [
    "AssignedPair",
    "Assignment",
    "AssignmentProblem",
    "Certificate",
    "Diagnosis",
    "FairAssignment",
    "GroupRule",
    "InfeasibleAssignment",
    "RandomisedAssignment",
    "Relaxation",
    "Repair",
    "assign_fairly",
    "assign_randomly",
    "assign_reviewers",
    "at_most_per_group",
    "diagnose_assignment",
    "explain_pair",
    "recompute_bound",
    "repair_assignment",
]
