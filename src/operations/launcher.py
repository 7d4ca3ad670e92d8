"""One command that runs a whole installation on one machine and stops everything it started.

Belongs here: the order in which database, preparation, web and worker come and go, the port, and
that only one such command runs. Does not belong here: starting web and worker, passing on what they
say and ending them, which honcho does by our Procfile; starting one of them again (keep); what is
prepared (preparation); how PostgreSQL is started (embedded_database).
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from anso.config.env import EnvironmentRefused, clone_root, var_folder
from operations import embedded_database
from operations.keep import LAUNCHER

USUAL_PORT = 8000
PORTS_TRIED = 50
LARGEST_PORT = 65535
BACKLOG = 2048
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - the operator asks for it with ANSO_BIND
SECONDS_TO_END = 20.0  # honcho kills what is left five seconds after the first has ended
SECONDS_TO_ANSWER = 60.0
SECONDS_A_TRY = 5.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Ended by the system when we die. Outright: asked, honcho waits for ever for a killed child of its.
TIED = ("setpriv", "--pdeathsig", "KILL", sys.executable, "-m")
PROCFILE = Path(__file__).with_name("Procfile")


class StopRequested(Exception):
    """Somebody asked us to stop: Ctrl-C, ``make stop``, or the system going down."""


def run() -> int:
    """Start everything, print the one address, watch until told to stop, stop what was started."""
    _heed_signals()
    with only_one() as note, open_door() as door:
        environment = parts_environment(*door.getsockname()[:2])
        address = environment["ANSO_SITE_URL"]
        has_database, is_ours, parts = not os.environ.get("DATABASE_URL"), False, None
        try:
            if has_database:
                # One that somebody started before us goes on after us.
                is_ours = not embedded_database.running_pid()
                embedded_database.ensure_running(is_tied=True)
            _prepare(environment)
            parts = _start_parts(door, environment)
            await_answer(door, parts)
            note.write(f"{address}\n")
            note.flush()
            print(f"\n  Open {address}/\n  Ctrl-C stops everything.\n", flush=True)
            watch(parts, has_database=has_database)
        except StopRequested:
            print("\nStopping …", flush=True)
        finally:
            for number in STOP_SIGNALS:  # a second Ctrl-C does not cut the end short
                signal.signal(number, signal.SIG_IGN)
            if parts:
                _end_parts(parts)
            if is_ours:
                embedded_database.stop()
    print("Stopped.", flush=True)
    return 0


def stop() -> int:
    """Stop a running launcher of this installation, and its embedded database."""
    with contextlib.suppress(FileNotFoundError), _note().open("r+") as note:
        pid = note.readline().strip()
        if not _take(note) and pid.isdigit():
            os.kill(int(pid), signal.SIGTERM)
            fcntl.flock(note, fcntl.LOCK_EX)  # ours as soon as the launcher has gone
    if not os.environ.get("DATABASE_URL"):
        embedded_database.stop()
    print("Stopped.")
    return 0


@contextlib.contextmanager
def only_one() -> Iterator[IO[str]]:
    """Hold the note that says who runs this installation, or refuse because somebody does."""
    note = _note()
    note.parent.mkdir(parents=True, exist_ok=True)
    with note.open("a+") as held:
        if not _take(held):
            held.seek(0)
            lines = held.read().splitlines()
            where = f" at {lines[1]}" if len(lines) > 1 else ""
            message = f"This installation runs already{where}. 'make stop' stops it."
            raise EnvironmentRefused(message)
        held.truncate(0)
        held.write(f"{os.getpid()}\n")
        held.flush()
        yield held
        held.truncate(0)


def open_door() -> socket.socket:
    """The socket that visitors reach: at PORT or 8000, or at the next free port, with a word about
    it.

    It is held from before the preparation to the end, so that nobody else takes the port meanwhile,
    and visitors wait instead of being refused while the web process is started again.
    """
    host = os.environ.get("ANSO_BIND", "") or "127.0.0.1"
    stated = os.environ.get("PORT", "") or str(USUAL_PORT)
    if not stated.isdigit() or not 0 < int(stated) <= LARGEST_PORT:
        message = f"PORT must be a number between 1 and 65535, not {stated!r}."
        raise EnvironmentRefused(message)
    wanted = int(stated)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, min(wanted + PORTS_TRIED, LARGEST_PORT + 1)):
        try:
            door = socket.create_server((host, port), family=family, backlog=BACKLOG)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            said = f"Nothing can be served at {host}, port {port}: {error.strerror}."
            raise EnvironmentRefused(f"{said} ANSO_BIND and PORT choose another.") from error
        if port != wanted:
            said = f"Port {wanted} is taken by another program, so we use {port}."
            print(f"{said} PORT=… chooses another.", flush=True)
        return door
    message = f"No port from {wanted} on is free. Set PORT to a free one."
    raise EnvironmentRefused(message)


def parts_environment(host: str, port: int) -> dict[str, str]:
    """What web, worker and preparation are told; demonstration mode unless the operator objects."""
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    defaults = {
        "DJANGO_SETTINGS_MODULE": "anso.config.settings",
        "ANSO_DEMONSTRATION": "true",
        "ANSO_SITE_URL": f"http://{shown}:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    stated = {name: text for name, text in os.environ.items() if text or name not in defaults}
    environment = {**defaults, **stated, LAUNCHER: str(os.getpid())}
    # The Procfile says just "python"; ours comes first.
    environment["PATH"] = f"{Path(sys.executable).parent}:{stated.get('PATH', os.defpath)}"
    if host in EVERYWHERE and environment["ANSO_DEMONSTRATION"] == "true":
        # Whoever asks, by whatever name of this machine; a real house states its names.
        environment.setdefault("ANSO_HOSTS", "*")
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Compiling everything at every start takes longer than starting.
        environment.setdefault("PYTHONPYCACHEPREFIX", str(var_folder() / "run" / "bytecode"))
    return environment


def await_answer(door: socket.socket, parts: subprocess.Popen[bytes]) -> None:
    """Wait until the web process answers; refuse when it dies or stays silent."""
    host, port = door.getsockname()[:2]
    until = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < until:
        _require_running(parts)
        # The door is open before anybody stands in it, so we can ask and wait.
        asked = http.client.HTTPConnection(host, port, timeout=SECONDS_A_TRY)
        with contextlib.suppress(OSError), contextlib.closing(asked):
            asked.request("GET", "/")
            asked.getresponse()
            return
        time.sleep(0.1)
    message = "The web process does not answer."
    raise EnvironmentRefused(message)


def watch(parts: subprocess.Popen[bytes], *, has_database: bool) -> None:
    """Start a dead database again, as each part is by its keeper; refuse when a part gives up."""
    while True:
        time.sleep(0.5)
        if has_database and not embedded_database.running_pid():
            print("The database ended unexpectedly. Starting it again.", flush=True)
            embedded_database.ensure_running(is_tied=True)
        _require_running(parts)


def _start_parts(door: socket.socket, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Let honcho start web and worker; the socket that visitors reach is their standard input."""
    command = [*TIED, "honcho", "--env", os.devnull, "--procfile", str(PROCFILE), "start"]
    return subprocess.Popen(
        command, cwd=clone_root(), env=environment, stdin=door.fileno(), start_new_session=True
    )


def _require_running(parts: subprocess.Popen[bytes]) -> None:
    """Refuse to go on when honcho has ended, as it does when one part gives up."""
    if parts.poll() is not None:
        message = "Web or worker could not be kept running; what went wrong stands above."
        raise EnvironmentRefused(message)


def _end_parts(parts: subprocess.Popen[bytes]) -> None:
    """End web and worker together, then whatever is left of honcho."""
    parts.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        parts.wait(SECONDS_TO_END)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(parts.pid, signal.SIGKILL)
    parts.wait()


def _prepare(environment: dict[str, str]) -> None:
    """Prepare tables, static files and demonstration data in a process of its own."""
    prepared = subprocess.run(
        [*TIED, "operations", "prepare"],
        env=environment,
        cwd=clone_root(),
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if prepared.returncode:
        message = "The installation could not be prepared; what went wrong stands above."
        raise EnvironmentRefused(message)


def _heed_signals() -> None:
    """Turn every wish to stop into an orderly end; an ignored hang-up (nohup) stays ignored."""
    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _request_stop)


def _request_stop(_number: int, _frame: object) -> None:
    """Turn a signal into an orderly end."""
    raise StopRequested


def _note() -> Path:
    """The file that says which launcher runs this installation, and where it listens."""
    return var_folder() / "run" / "launcher"


def _take(note: IO[str]) -> bool:
    """Take the note's lock; false where a launcher holds it."""
    try:
        fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
