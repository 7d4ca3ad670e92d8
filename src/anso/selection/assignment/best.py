"""The assignment with the highest total affinity.

Here belongs the choice between flow and integer program. Fairness, chance and repairs have modules
of their own.
"""

from __future__ import annotations

from anso.selection.assignment.answer import Assignment, state_answer
from anso.selection.assignment.board import Board, Pairs, set_up_board
from anso.selection.assignment.certificate import Proven, solve_and_prove
from anso.selection.assignment.diagnosis import require_possible
from anso.selection.assignment.flow import nested_order
from anso.selection.assignment.mixed import solve_mixed
from anso.selection.assignment.problem import AssignmentProblem

FLOW = "assignment-flow/1"
MIXED = "assignment-mixed/1"


def assign_reviewers(problem: AssignmentProblem, seconds: float | None = None) -> Assignment:
    """Return the permitted assignment with the highest total affinity, with its proof.

    Every application gets its number of reviewers, every reviewer stays within the limits, no
    conflict is made, and every rule holds. When groups are nested or apart the answer is always
    proven best. When groups cross, an integer program proves it; `seconds` may cut its search
    short, and then the certificate states the gap. Raises `InfeasibleAssignment`, which names the
    limits in the way and the smallest relaxation.
    """
    board = set_up_board(problem)
    method, proven = solve_board(board, seconds)
    if proven is None:
        raise require_possible(problem, board)
    return state_answer(method, problem, board, proven)


def solve_board(
    board: Board, seconds: float | None = None, favoured: Pairs | None = None
) -> tuple[str, Proven | None]:
    """Return the method used and its answer in numbers."""
    if nested_order(board) is not None:
        return FLOW, solve_and_prove(board, favoured)
    return MIXED, solve_mixed(board, seconds, favoured)
