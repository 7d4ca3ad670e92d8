"""The PostgreSQL that an installation brings along when DATABASE_URL names no other.

Belongs here: starting, stopping and reporting this installation's own cluster, on a private socket
with a generated password. Does not belong here: making it (database_cluster), choosing folders
(database_home) and Django settings, which know the address without asking us
(anso.config.env.embedded_database_url).
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from anso.config.env import EnvironmentRefused, embedded_database_url, parse_database_url
from operations.database_cluster import make_cluster, server_arguments, version_of
from operations.database_home import Home, find_home, locked, make_private, show_the_way

SECONDS_TO_START = 90.0
SECONDS_TO_STOP = 20.0
SECONDS_FOR_ORPHANS = 5.0
PORT = 5432
LINE_OF_STATE = 7
LARGEST_LOG = 10_000_000
SETTINGS = Path(__file__).with_name("postgresql.conf")
CLIENT_TOOLS = ("psql", "pg_dump", "pg_restore")
_started_here: list[subprocess.Popen[bytes]] = []


def ensure_running(*, var: Path | None = None, is_tied: bool = False) -> str:
    """Start this installation's server unless it runs already, and return its address.

    ``is_tied`` asks the system to stop the server when the calling process dies, however it dies.
    Refuses with the server's own last words when it does not start.
    """
    home = find_home(var=var)
    with locked(home.folder / "lock"):
        show_the_way(home)
        if not _running_pid(home):
            make_cluster(home)
            _clear_remains(home)
            _start(home, is_tied=is_tied)
    return embedded_database_url(var)


def stop(*, var: Path | None = None) -> bool:
    """Stop this installation's server and wait for it; false when it was not running."""
    home = find_home(var=var)
    with locked(home.folder / "lock"):
        pid = _postmaster_pid(home)
        if pid is None:
            return False
        # Fast, then at once, then outright: PostgreSQL recovers from each, but the later ones cost
        # a recovery at the next start.
        for sent in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            os.kill(pid, sent)
            until = time.monotonic() + SECONDS_TO_STOP
            while time.monotonic() < until:
                if _postmaster_pid(home) != pid:
                    return True
                time.sleep(0.05)
    message = f"The server process {pid} does not stop."
    raise EnvironmentRefused(message)


def running_pid(*, var: Path | None = None) -> int | None:
    """The process number of this installation's server when it takes connections."""
    return _running_pid(find_home(var=var))


def _start(home: Home, *, is_tied: bool) -> None:
    """Start the server as a process of its own and wait until it takes connections."""
    make_private(home.socket_folder, uid=home.uid, gid=home.gid)
    settings = [line for line in SETTINGS.read_text().splitlines() if not line.startswith("#")]
    # Tied, the system asks for a fast shutdown when the process that starts it dies.
    command = ["setpriv", "--pdeathsig", "INT"] if is_tied else []
    command += [str(home.binaries / "postgres"), "-D", str(home.data), "-p", str(PORT)]
    for setting in (*settings, f"unix_socket_directories={home.socket_folder}"):
        command += ["-c", setting]
    if home.log.exists() and home.log.stat().st_size > LARGEST_LOG:
        home.log.replace(home.log.with_name("log.1"))
    with os.fdopen(os.open(home.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as said:
        # Where this start begins in a log that goes on: only its own words are told when it fails.
        began = home.log.stat().st_size
        server = subprocess.Popen(  # type: ignore[call-overload]
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            # Out of the terminal's group: Ctrl-C goes to all of that at once, and the database must
            # be the last to end.
            start_new_session=True,
            **server_arguments(home),
        )
    _started_here.append(server)
    _await_ready(home, server, began)


def _await_ready(home: Home, server: subprocess.Popen[bytes], began: int) -> None:
    """Wait until the server takes connections, crash recovery included."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        if _running_pid(home) == server.pid:
            return
        time.sleep(0.05)
    with home.log.open("rb") as said:
        said.seek(began)
        words = said.read()[-2000:].decode(errors="replace")
    message = f"The embedded PostgreSQL did not start. Its log {home.log} says:\n{words}"
    raise EnvironmentRefused(message)


def _pid_file(home: Home) -> list[str]:
    """The lines of the server's pid file, none when there is none."""
    try:
        return (home.data / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []


def _postmaster_pid(home: Home) -> int | None:
    """The process number of this cluster's living server; a stale pid file counts for nothing."""
    lines = _pid_file(home)
    for started in _started_here:
        started.poll()  # takes leave of the dead, whose number would look alive
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    return pid if pid in set(_processes_of(home, (pid,))) else None


def _running_pid(home: Home) -> int | None:
    """The process number of the server when it takes connections."""
    lines = _pid_file(home)
    is_ready = len(lines) > LINE_OF_STATE and lines[LINE_OF_STATE].strip() == "ready"
    return _postmaster_pid(home) if is_ready else None


def _processes_of(home: Home, candidates: Sequence[int] = ()) -> Iterator[int]:
    """The living processes of this cluster: all of them work in its data folder."""
    numbers = candidates or [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
    for number in numbers:
        try:
            if Path(f"/proc/{number}/cwd").readlink() == home.data:
                yield number
        except OSError:
            continue


def _clear_remains(home: Home) -> None:
    """After a kill: wait for orphaned children of the dead server, end stubborn ones, and drop a
    stale pid file.

    PostgreSQL tolerates a stale pid file unless its number was taken over by another process of the
    same user, as happens with two clones; no process of ours is left when we remove it, so nothing
    can write beside the new server.
    """
    until = time.monotonic() + SECONDS_FOR_ORPHANS
    while remaining := list(_processes_of(home)):
        if time.monotonic() > until:
            for number in remaining:
                os.kill(number, signal.SIGKILL)
        time.sleep(0.1)
    (home.data / "postmaster.pid").unlink(missing_ok=True)
    for left in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (home.socket_folder / left).unlink(missing_ok=True)


def client_environment(url: str) -> dict[str, str]:
    """How PostgreSQL's own tools reach a database, without a password on their command line."""
    named = parse_database_url(url)
    fields = {name: named[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    fields |= {"DATABASE": named["NAME"], **named["OPTIONS"]}  # sslmode is PGSSLMODE, and so on
    return {**os.environ, **{f"PG{name.upper()}": text for name, text in fields.items() if text}}


def obey(verb: str, *rest: str) -> int:
    """Carry out one word of the command line and give the exit code."""
    home = find_home()
    if verb in CLIENT_TOOLS:
        environment = client_environment(os.environ.get("DATABASE_URL", "") or ensure_running())
        os.execve(home.binaries / verb, [verb, *rest], environment)
    if verb == "url":
        print(ensure_running())
    elif verb == "stop":
        print("Stopped." if stop() else "It was not running.")
    elif verb == "version":
        print(version_of(home))
    elif verb in {"start", "status"}:
        if verb == "start":
            ensure_running()
        pid = running_pid()
        state = f"running, process {pid}" if pid else "stopped"
        where = f"Data {home.data}, socket {home.socket_folder}"
        print(f"The embedded PostgreSQL is {state}.\n{where}")
        return 0 if pid else 3
    else:
        print("start, stop, status, url, version, psql, pg_dump or pg_restore")
        return 2
    return 0
