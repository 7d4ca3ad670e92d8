"""A part that ends is started again, one that keeps ending is given up, and none outlives us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from operations.keep import LAUNCHER, program_of

SLEEPING = "import time; print('up', flush=True); time.sleep(600)"
Keeper = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    """Start a keeper of a program that is written in a line of Python."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, launcher: int | None = None) -> subprocess.Popen[str]:
        program = ["setpriv", "--pdeathsig", "TERM", sys.executable, "-c", code]
        keeping = f"keep.program_of = lambda part: {program!r}; sys.exit(keep.keep('web'))"
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", f"import sys; from operations import keep; {keeping}"],
                env={**os.environ, LAUNCHER: str(launcher or os.getpid())},
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _children(pid: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _await_end_of(pid: int) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_part_that_cannot_start_is_told_and_not_tried_again(keeper: Keeper) -> None:
    running = keeper("raise SystemExit(3)")
    said, _ = running.communicate(timeout=30)
    assert (said, running.returncode) == ("The web process did not start (code 3).\n", 1)


def test_part_that_keeps_ending_is_given_up_at_its_fifth_end_within_a_minute(
    keeper: Keeper,
) -> None:
    running = keeper("import os; os.kill(os.getpid(), 9)")
    *told, last = running.communicate(timeout=60)[0].splitlines()
    assert told == ["The web process ended unexpectedly (code -9). Starting it again."] * 4
    assert (last, running.returncode) == ("The web process keeps ending (code -9).", 1)


def test_part_that_is_killed_is_started_again_and_ended_when_it_is_asked_to(
    keeper: Keeper,
) -> None:
    running = keeper(SLEEPING)
    assert _first_line(running) == "up\n"
    [first] = _children(running.pid)
    os.kill(first, signal.SIGKILL)
    assert "ended unexpectedly (code -9)" in _first_line(running)
    assert _first_line(running) == "up\n"
    [second] = _children(running.pid)
    os.killpg(running.pid, signal.SIGTERM)
    assert running.communicate(timeout=30)[0] == ""
    assert (running.returncode, second != first) == (0, True)


def test_asked_to_end_the_keeper_waits_for_what_its_part_still_has_to_do(keeper: Keeper) -> None:
    code = (
        "import signal, time\n"
        "def finish(*_): time.sleep(1); print('finished', flush=True); raise SystemExit(0)\n"
        "signal.signal(signal.SIGTERM, finish); print('up', flush=True); time.sleep(600)"
    )
    running = keeper(code)
    assert _first_line(running) == "up\n"
    os.killpg(running.pid, signal.SIGTERM)
    assert running.communicate(timeout=30)[0] == "finished\n"


@pytest.mark.parametrize("dying", ["launcher", "keeper"])
def test_part_ends_with_its_launcher_and_with_its_keeper(keeper: Keeper, dying: str) -> None:
    launcher = subprocess.Popen(["sleep", "600"])
    running = keeper(SLEEPING, launcher.pid)
    assert _first_line(running) == "up\n"
    [part] = _children(running.pid)
    (launcher if dying == "launcher" else running).kill()
    assert _await_end_of(part)
    launcher.kill()
    launcher.wait()


def test_web_takes_over_the_socket_and_says_nothing_but_what_is_wrong() -> None:
    web = " ".join(program_of("web"))
    assert "--bind fd://3 " in web
    assert "--log-level warning" in web
    assert program_of("worker")[-3:] == ["django", "procrastinate", "worker"]
