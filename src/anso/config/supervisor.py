"""One command that runs a whole installation on one machine and stops everything it started.

Belongs here: the processes of ``make run`` (database, web, worker), their order and their end. Does
not belong here: one process and its log (child_processes), what is prepared before (preparation)
and how PostgreSQL is started (embedded_database).

Command line: ``python -m anso.config.supervisor [run|stop]``.
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from anso.config import embedded_database
from anso.config.child_processes import Child, die_with_parent
from anso.config.env import EnvironmentRefused, clone_root, var_folder

USUAL_PORT = 8000
PORTS_TRIED = 50
LARGEST_PORT = 65535
BACKLOG = 2048
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - the operator asks for it with ANSO_BIND
SECONDS_TO_END = 15.0
SECONDS_TO_ANSWER = 60.0
SECONDS_A_TRY = 5.0
RESTARTS_A_MINUTE = 5
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(Exception):
    """Somebody asked us to stop: Ctrl-C, ``make stop``, or the system going down."""


@dataclass
class OwnDatabase:
    """The embedded database: stopped at the end only if it was not running before."""

    is_ours: bool = False

    def start(self) -> None:
        """Start it unless it runs; it is told to end when we die, however we die."""
        self.is_ours |= self.has_died()
        embedded_database.ensure_running(is_tied=True)

    def has_died(self) -> bool:
        """Whether it does not run at this moment."""
        return not embedded_database.status().is_running

    def end(self) -> None:
        """Stop it if we started it."""
        if self.is_ours:
            embedded_database.stop()


def main(arguments: Sequence[str]) -> int:
    """Serve the command line."""
    verb = arguments[0] if arguments else "run"
    try:
        if verb == "stop":
            return stop()
        return run()
    except EnvironmentRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1


def run() -> int:
    """Start everything, print the one address, watch until told to stop, stop what was started."""
    _heed_signals()
    with only_one() as note, open_door() as door:
        children: list[Child] = []
        database = None if os.environ.get("DATABASE_URL") else OwnDatabase()
        try:
            host, port = door.getsockname()[:2]
            environment = children_environment(host, port)
            if database:
                database.start()
            _run_preparation(environment)
            children += [_web(door, environment), _worker(environment)]
            for child in children:
                child.start()
            await_answer(host, port, children)
            note.write(f"{environment['ANSO_SITE_URL']}\n")
            note.flush()
            print(
                f"\n  Open {environment['ANSO_SITE_URL']}/\n  Ctrl-C stops everything.\n",
                flush=True,
            )
            watch(children, database)
        except StopRequested:
            print("\nStopping …", flush=True)
        finally:
            end_all(children, database)
    print("Stopped.", flush=True)
    return 0


def stop() -> int:
    """Stop a running supervisor of this installation, and its embedded database."""
    note = _note()
    lines = note.read_text().splitlines() if note.exists() else []
    if lines and lines[0].isdigit() and not _is_free(note):
        os.kill(int(lines[0]), signal.SIGTERM)
        until = time.monotonic() + 2 * SECONDS_TO_END
        while time.monotonic() < until and not _is_free(note):
            time.sleep(0.1)
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
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            lines = held.read().splitlines()
            where = f" at {lines[1]}" if len(lines) > 1 else ""
            message = f"This installation runs already{where}. 'make stop' stops it."
            raise EnvironmentRefused(message) from None
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
    for port in range(wanted, min(wanted + PORTS_TRIED, LARGEST_PORT + 1)):
        door = _listen(host, port)
        if door is not None:
            if port != wanted:
                print(
                    f"Port {wanted} is taken by another program, so we use {port}. PORT=… chooses"
                    " another.",
                    flush=True,
                )
            return door
    message = f"No port from {wanted} on is free. Set PORT to a free one."
    raise EnvironmentRefused(message)


def children_environment(host: str, port: int) -> dict[str, str]:
    """The environment of web, worker and preparation: demonstration mode unless the operator says
    otherwise.
    """
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    defaults = {
        "DJANGO_SETTINGS_MODULE": "anso.config.settings",
        "ANSO_DEMONSTRATION": "true",
        "ANSO_SITE_URL": f"http://{shown}:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    stated = {name: text for name, text in os.environ.items() if text or name not in defaults}
    environment = {**defaults, **stated}
    if host in EVERYWHERE and environment["ANSO_DEMONSTRATION"] == "true":
        environment.setdefault(
            "ANSO_HOSTS", "*"
        )  # whoever asks by whatever name of this machine; a real house states its names
    if environment.pop(
        "PYTHONDONTWRITEBYTECODE", ""
    ):  # compiling everything at every start takes longer than starting
        environment.setdefault("PYTHONPYCACHEPREFIX", str(var_folder() / "run" / "bytecode"))
    return environment


def await_answer(host: str, port: int, children: Sequence[Child]) -> None:
    """Wait until the web process answers; refuse with its last words when it dies or stays
    silent.
    """
    until = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < until:
        for child in children:
            if child.has_died():
                message = (
                    f"The {child.name} process did not start. Its log {child.log}"
                    f" ends:\n{child.last_words()}"
                )
                raise EnvironmentRefused(message)
        asked = http.client.HTTPConnection(
            host, port, timeout=SECONDS_A_TRY
        )  # the door is open before anybody stands in it
        try:
            asked.request("GET", "/")
            asked.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            asked.close()
    message = f"The web process does not answer at port {port}. Its log: {children[0].log}"
    raise EnvironmentRefused(message)


def watch(children: Sequence[Child], database: OwnDatabase | None) -> None:
    """Report each process that dies and start it again; give up on one that dies again and
    again.
    """
    while True:
        time.sleep(0.5)
        if database and database.has_died():
            print("The database ended unexpectedly. Starting it again.", flush=True)
            database.start()
        for child in children:
            if child.has_died() and child.running is not None:
                _revive(child, child.running.returncode)


def end_all(children: Sequence[Child], database: OwnDatabase | None) -> None:
    """Stop web and worker together, then the database if we started it; a second Ctrl-C does not
    cut this short.
    """
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    until = time.monotonic() + SECONDS_TO_END
    for child in children:
        child.ask_to_end()
    for child in children:
        child.await_end(until)
    if database:
        database.end()


def _revive(child: Child, code: int) -> None:
    """Start a dead child again, unless it died too often within a minute."""
    print(
        f"The {child.name} process ended unexpectedly (code {code}). Starting it again. Log:"
        f" {child.log}",
        flush=True,
    )
    recent = [moment for moment in child.starts if moment > time.monotonic() - 60]
    if len(recent) >= RESTARTS_A_MINUTE:
        message = (
            f"The {child.name} process keeps ending. Its log {child.log}"
            f" ends:\n{child.last_words()}"
        )
        raise EnvironmentRefused(message)
    child.start()


def _web(door: socket.socket, environment: dict[str, str]) -> Child:
    """The web server: two processes of eight threads, as measured best on two cores."""
    options = ["--worker-class", "gthread", "--workers", environment.get("ANSO_WEB_PROCESSES", "2")]
    options += [
        "--threads",
        environment.get("ANSO_WEB_THREADS", "8"),
        "--keep-alive",
        "15",
        "--backlog",
        str(BACKLOG),
    ]
    options += [
        "--bind",
        f"fd://{door.fileno()}",
        "--graceful-timeout",
        "10",
        "--no-control-socket",
        "--preload",
    ]
    command = [sys.executable, "-m", "gunicorn", *options, "anso.config.wsgi:application"]
    return Child("web", command, environment, inherits=(door.fileno(),))


def _worker(environment: dict[str, str]) -> Child:
    """The worker for background jobs. Orphaned, it ends at once: the next worker takes its jobs up
    again.

    Not by manage.py, which would start a dead database before we see that it died, as a child of
    the worker.
    """
    command = [sys.executable, "-m", "django", "procrastinate", "worker"]
    return Child("worker", command, environment, when_orphaned=signal.SIGKILL)


def _run_preparation(environment: dict[str, str]) -> None:
    """Prepare tables, static files and demonstration data in a process of its own."""
    command = [sys.executable, "-m", "anso.config.preparation"]
    prepared = subprocess.run(
        command,
        env=environment,
        cwd=clone_root(),
        stdin=subprocess.DEVNULL,
        check=False,
        preexec_fn=die_with_parent,
    )
    if prepared.returncode:
        message = "The installation could not be prepared; what went wrong stands above."
        raise EnvironmentRefused(message)


def _heed_signals() -> None:
    """Turn every wish to stop into an orderly end; a hang-up that somebody chose to ignore stays
    ignored.
    """
    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _request_stop)


def _request_stop(_number: int, _frame: object) -> None:
    """Turn a signal into an orderly end."""
    raise StopRequested


def _listen(host: str, port: int) -> socket.socket | None:
    """A listening socket, None where somebody else has the port; refuses an address that cannot be
    had at all.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return None
        message = (
            f"Nothing can be served at {host}, port {port}: {error.strerror}. ANSO_BIND and PORT"
            " choose another address."
        )
        raise EnvironmentRefused(message) from error


def _note() -> Path:
    """The file that says which supervisor runs this installation, and where it listens."""
    return var_folder() / "run" / "supervisor"


def _is_free(note: Path) -> bool:
    """Whether no supervisor holds the note."""
    with note.open("a") as tried:
        try:
            fcntl.flock(tried, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
