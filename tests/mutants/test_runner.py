"""The runner itself: a mutant that survives fails, and so does a row that no longer fits."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoDbBlocker

from anso.kernel import periods
from anso.kernel.periods import Deadline
from tests.mutants.plugin import HERE
from tests.mutants.swapping import ROOT, swapped

SAMPLES = HERE / "samples" / "faulty.toml"
EXPECTED = {
    "survives": "it survives: tests/kernel/test_periods.py::test_age_counts_completed_years passes",
    "text-is-gone": "its text is no longer found",
    "text-is-there-twice": "its text is found",
    "file-is-gone": "its file is no longer there",
    "test-is-gone": "there is no test tests/kernel/test_periods.py::test_of_yesterday",
    "no-function": "it changes more than functions",
    "changes-nothing": "it changes no function",
    "error": "it is no fault but an error",
}


def test_every_row_that_is_wrong_says_what_is_wrong_and_how_to_follow() -> None:
    """In a process of its own: these are meant to fail."""
    ended = subprocess.run(
        # -rN: a summary at the end would say the same once more, whole only where CI is set.
        [sys.executable, "-m", "pytest", "-q", "-rN", "-p", "no:cacheprovider", str(SAMPLES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    said = dict(re.findall(r'^Mutant "(.+)" of .+:\n    (.+)$', ended.stdout, flags=re.MULTILINE))
    assert said.keys() == EXPECTED.keys(), ended.stdout
    for name, words in EXPECTED.items():
        assert said[name].startswith(words), said[name]
    assert ended.stdout.count("write the test that fails") == len(EXPECTED)
    assert "1 passed" in ended.stdout, "the one that is killed"


def test_a_fault_is_in_for_everybody_and_out_again(
    django_db_blocker: DjangoDbBlocker,
) -> None:
    deadline = Deadline(datetime(2027, 3, 1, tzinfo=UTC), "UTC")
    text = "return now < self.closes_at"
    before = (ROOT / "src/anso/kernel/periods.py").read_bytes()
    held = deadline.is_open
    assert not held(deadline.closes_at)
    late = "return now < self.closes_at + timedelta(seconds=1)"
    with swapped("src/anso/kernel/periods.py", text, late, django_db_blocker.unblock):
        assert held(deadline.closes_at), "also for those who took it before"
        assert not periods.Deadline.is_open(deadline, deadline.closes_at + timedelta(seconds=1))
    assert not held(deadline.closes_at)
    assert (ROOT / "src/anso/kernel/periods.py").read_bytes() == before


def test_a_fault_is_out_again_when_its_tests_break(django_db_blocker: DjangoDbBlocker) -> None:
    deadline = Deadline(datetime(2027, 3, 1, tzinfo=UTC), "UTC")
    text, late = "return now < self.closes_at", "return True"
    with (
        pytest.raises(ZeroDivisionError),
        swapped("src/anso/kernel/periods.py", text, late, django_db_blocker.unblock),
    ):
        assert 1 / 0
    assert not deadline.is_open(deadline.closes_at)
