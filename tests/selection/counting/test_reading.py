"""Reading published ballots in three formats."""

from __future__ import annotations

import pytest

from anso.selection.counting import RankedBallot, read_blt, read_preference_lists, read_rank_table
from anso.selection.errors import SelectionError
from tests.selection.counting.elections import real_election


def test_the_published_wards_are_read_in_full() -> None:
    jedburgh, eilean, cumnock = (real_election(name) for name in ("jedburgh", "eilean", "cnc17"))
    assert (len(jedburgh.candidates), jedburgh.seats, jedburgh.title) == (
        7,
        3,
        "Jedburgh and District",
    )
    assert (len(eilean.candidates), eilean.seats, eilean.title) == (
        4,
        3,
        "Na Hearadh Agus Ceann A Deas Nan Loch",
    )
    assert eilean.ballots[1] == RankedBallot(("Catherine Macdonald", "D J Macrae"), 52)
    assert sum(ballot.weight for ballot in cumnock.ballots) == 4462


def test_withdrawn_candidates_are_left_out_of_a_blt_file() -> None:
    election = read_blt('3 1 # a comment\n-2\n4 2 1 0\n1 0\n0\n"Ada"\n"Ben"\nCem\n')
    assert election.candidates == ("Ada", "Cem")
    assert election.ballots == (RankedBallot(("Ada",), 4), RankedBallot((), 1))
    assert election.title == ""


def test_ranks_are_followed_up_to_the_first_that_is_unclear() -> None:
    election = read_rank_table("a,b,c,m\n1,2,2,5\n0,1,3,2\n,,,1\n", 1)
    assert [ballot.ranking for ballot in election.ballots] == [("a",), ("b",), ()]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "does not hold the numbers"),
        ("2 x", "whole numbers only"),
        ("2 1\n1 1=2 0\n0\n", "equal ranks cannot be read"),
        ("2 1\n1 3 0\n0\nA\nB\n", "names candidate 3, but there are 2"),
        ("2 1\n1 1 0\n0\nA\n", "announces 2 candidates and names 1"),
    ],
)
def test_broken_blt_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        read_blt(text)


def test_broken_tables_and_lists_are_refused() -> None:
    with pytest.raises(SelectionError, match="needs a column “m”"):
        read_rank_table("a,b\n1,2\n", 1)
    with pytest.raises(SelectionError, match="The file is empty"):
        read_preference_lists("\n")
    with pytest.raises(SelectionError, match="announces 2 candidates and names 1"):
        read_preference_lists('2,1\n3,1\n"Candidate 1","Ada"\n')
    assert read_preference_lists('1,1\n3,1\n"Candidate 1","Ada"\n').title == ""
