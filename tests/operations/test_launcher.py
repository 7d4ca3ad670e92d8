"""One command starts an installation, keeps it up, and leaves nothing behind however it ends."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from anso.config.env import EnvironmentRefused, clone_root
from operations import embedded_database, launcher

SECONDS_TO_COME_UP = 240.0


@dataclass
class Run:
    """One launcher under test: its process, what it says, and the folder of its installation."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    said_in: Path
    var: Path
    port: int

    def said(self) -> str:
        return self.said_in.read_text()

    def answers(self) -> bool:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", "/")
            return asked.getresponse().status < 500
        except OSError:
            return False
        finally:
            asked.close()

    def processes(self) -> dict[int, str]:
        """Everything alive that was started with this installation's folder, the launcher itself
        left out.
        """
        found = {}
        mark = f"ANSO_VAR={self.var}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if (
                    mark in (folder / "environ").read_bytes()
                    and int(folder.name) != self.process.pid
                ):
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
        return found


def _eventually(is_so: Callable[[], bool], seconds: float = SECONDS_TO_COME_UP) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@pytest.fixture(scope="module")
def prepared_once(make_installation: Callable[[str], Path]) -> Path:
    """The folder of an installation that is prepared at its first start and comes up quickly
    afterwards.
    """
    return make_installation("prepared_once")


@pytest.fixture
def started(prepared_once: Path) -> Iterator[Run]:
    """A launcher that is up, in an installation of its own without demonstration data."""
    var, port = prepared_once, _free_port()
    environment = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"ANSO_VAR": str(var), "PORT": str(port), "ANSO_DEMONSTRATION": "false"}
    command = [sys.executable, "-m", "operations", "run"]
    with (var / "said").open("wb") as said:
        process = subprocess.Popen(
            command, env=environment, cwd=clone_root(), stdout=said, stderr=said
        )
    run = Run(process, environment, var / "said", var, port)
    try:
        assert _eventually(lambda: "Open http" in run.said() or process.poll() is not None)
        assert process.poll() is None, run.said()
        yield run
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(60)


@pytest.mark.slow
@pytest.mark.xdist_group("launcher")
def test_installation_runs_survives_kills_and_stops_without_a_trace(started: Run) -> None:
    assert started.answers()
    assert started.said().count("http://") == 1
    with pytest.raises(EnvironmentRefused, match="runs already"):
        _refused_second(started)
    for count, name in enumerate(("gunicorn", "procrastinate worker"), start=1):
        for victim in _running(started, name):
            os.kill(victim, signal.SIGKILL)
        assert started.answers(), "visitors wait at the door"
        assert _eventually(lambda: started.said().count("ended unexpectedly") == count)  # noqa: B023
        assert _eventually(lambda: bool(_running(started, name)))  # noqa: B023
    database = embedded_database.running_pid(var=started.var)
    assert database is not None
    os.kill(database, signal.SIGKILL)
    assert _eventually(lambda: "The database ended unexpectedly" in started.said())
    assert _eventually(started.answers)
    started.process.terminate()
    assert started.process.wait(60) == 0
    assert started.said().endswith("Stopped.\n")
    assert _eventually(lambda: not started.processes(), 5)
    assert not embedded_database.running_pid(var=started.var)


@pytest.mark.slow
@pytest.mark.xdist_group("launcher")
def test_stop_ends_what_runs_in_this_installation(started: Run) -> None:
    environment = {**started.environment, "PORT": "1"}
    command = [sys.executable, "-m", "operations", "stop"]
    asked = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90)
    assert (asked.returncode, asked.stdout) == (0, "Stopped.\n")
    assert started.process.wait(10) == 0
    assert not started.processes()
    assert not embedded_database.running_pid(var=started.var)
    again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90)
    assert (again.returncode, again.stdout) == (0, "Stopped.\n")


@pytest.mark.slow
@pytest.mark.xdist_group("launcher")
@pytest.mark.parametrize("dying", ["launcher", "honcho", "one of honcho's, then the launcher"])
def test_no_orphan_is_left_when_what_holds_all_together_is_killed(started: Run, dying: str) -> None:
    """The launcher, or honcho, which it lets start web and worker by a process of its own each."""
    honcho, *children = sorted(_running(started, "honcho"))
    if "one of" in dying:
        os.kill(children[0], signal.SIGKILL)
    os.kill(honcho if dying == "honcho" else started.process.pid, signal.SIGKILL)
    assert started.process.wait(60) == (1 if dying == "honcho" else -signal.SIGKILL)
    assert _eventually(lambda: not started.processes(), 30), started.processes()
    assert _eventually(lambda: not embedded_database.running_pid(var=started.var), 30)


def _running(started: Run, name: str) -> list[int]:
    return [pid for pid, line in started.processes().items() if name in line]


def _refused_second(started: Run) -> None:
    command = [sys.executable, "-m", "operations", "run"]
    environment = {**os.environ, "ANSO_VAR": str(started.var)}
    second = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert second.returncode == 1
    raise EnvironmentRefused(second.stderr)


def test_usual_port_is_8000_and_port_chooses_another(monkeypatch: pytest.MonkeyPatch) -> None:
    port = _free_port()
    monkeypatch.setenv("PORT", str(port))
    with launcher.open_door() as door:
        assert door.getsockname() == ("127.0.0.1", port)
    assert launcher.USUAL_PORT == 8000


def test_taken_port_gives_the_next_free_one_and_a_word_about_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with launcher.open_door() as door:
            assert door.getsockname()[1] > port
    assert f"Port {port} is taken" in capsys.readouterr().out


@pytest.mark.parametrize("stated", ["eighty", "0", "65536", "-1", "80.5"])
def test_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, stated: str) -> None:
    monkeypatch.setenv("PORT", stated)
    with pytest.raises(EnvironmentRefused, match="PORT must be a number"):
        launcher.open_door()


def test_two_that_start_at_once_get_two_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(_free_port()))
    with launcher.open_door() as first, launcher.open_door() as second:
        assert first.getsockname() != second.getsockname()


def test_address_that_this_machine_does_not_have_is_refused_with_what_to_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANSO_BIND", "192.0.2.1")
    with pytest.raises(EnvironmentRefused, match=r"192\.0\.2\.1.*ANSO_BIND"):
        launcher.open_door()


def test_demonstration_that_other_machines_may_see_answers_to_every_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("ANSO_DEMONSTRATION", "ANSO_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    assert launcher.parts_environment(launcher.EVERYWHERE[0], 8000)["ANSO_HOSTS"] == "*"
    assert "ANSO_HOSTS" not in launcher.parts_environment("127.0.0.1", 8000)
    monkeypatch.setenv("ANSO_DEMONSTRATION", "false")
    assert "ANSO_HOSTS" not in launcher.parts_environment(launcher.EVERYWHERE[0], 8000)


def test_demonstration_mode_is_on_unless_the_operator_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ANSO_DEMONSTRATION", raising=False)
    monkeypatch.delenv("ANSO_SITE_URL", raising=False)
    shown = launcher.parts_environment(launcher.EVERYWHERE[0], 8001)
    assert (shown["ANSO_DEMONSTRATION"], shown["ANSO_SITE_URL"]) == (
        "true",
        "http://127.0.0.1:8001",
    )
    monkeypatch.setenv("ANSO_DEMONSTRATION", "false")
    assert launcher.parts_environment("127.0.0.1", 8000)["ANSO_DEMONSTRATION"] == "false"
