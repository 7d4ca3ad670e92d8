"""The PostgreSQL that an installation brings along when DATABASE_URL names no other.

Belongs here: starting, stopping and reporting this installation's own cluster, on a private socket
with a generated password. Does not belong here: making it (database_cluster), choosing folders
(database_home) and Django settings.

Command line: ``python -m anso.config.embedded_database WORD [--system]``, where the word is start,
stop, status, url, version, psql, pg_dump or pg_restore. The last three work on the database that
DATABASE_URL names, if it does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from anso.config.child_processes import LARGEST_LOG, die_with_parent
from anso.config.database_cluster import (
    DATABASE,
    ROLE,
    make_cluster,
    server_arguments,
    version_of,
)
from anso.config.database_home import Home, find_home, locked, make_private
from anso.config.env import EnvironmentRefused, generated_secret, parse_database_url

__all__ = ["Status", "database_url", "ensure_running", "parse_database_url", "status", "stop"]

SECONDS_TO_START = 90.0
SECONDS_TO_STOP = 40.0
SECONDS_FOR_ORPHANS = 5.0
PORT = 5432
LINE_OF_STATE = 7
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "password_encryption": "scram-sha-256",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
    "logging_collector": "off",
}
CLIENT_TOOLS = ("psql", "pg_dump", "pg_restore")
_started_here: dict[Path, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Status:
    """What is known about this installation's cluster at this moment."""

    is_running: bool
    pid: int | None
    home: Home

    def __str__(self) -> str:
        """Two lines for an operator, without the password."""
        state = f"running, process {self.pid}" if self.is_running else "stopped"
        return (
            f"The embedded PostgreSQL is {state}.\nData {self.home.data}, socket"
            f" {self.home.socket_folder}"
        )


def database_url(*, var: Path | None = None, is_system: bool = False) -> str:
    """The address of this installation's database, password included. Starts nothing."""
    home = find_home(var=var, is_system=is_system)
    password = generated_secret(home.secret)
    folder = quote(str(home.socket_folder), safe="/")
    return f"postgresql://{ROLE}:{quote(password)}@/{DATABASE}?host={folder}"


def ensure_running(
    *, var: Path | None = None, is_system: bool = False, is_tied: bool = False
) -> str:
    """Start this installation's server unless it runs already, and return its address.

    ``is_tied`` asks the system to stop the server when the calling process dies, however it dies.
    Refuses with the server's own last words when it does not start.
    """
    home = find_home(var=var, is_system=is_system)
    url = database_url(var=var, is_system=is_system)
    if _running_pid(home):
        return url
    with locked(home.folder / "lock"):
        if not _running_pid(home):
            make_cluster(home)
            _clear_remains(home)
            _start(home, is_tied=is_tied)
    return url


def stop(*, var: Path | None = None, is_system: bool = False) -> bool:
    """Stop this installation's server and wait for it; false when it was not running."""
    home = find_home(var=var, is_system=is_system)
    with locked(home.folder / "lock"):
        pid = _postmaster_pid(home)
        if pid is None:
            return False
        for sent in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            os.kill(pid, sent)
            if _await_end(home, pid, SECONDS_TO_STOP / 2):
                _bury(home)
                return True
    message = f"The server process {pid} does not stop."
    raise EnvironmentRefused(message)


def status(*, var: Path | None = None, is_system: bool = False) -> Status:
    """Say whether this installation's server runs, and where it lives."""
    home = find_home(var=var, is_system=is_system)
    pid = _running_pid(home)
    return Status(pid is not None, pid, home)


def _start(home: Home, *, is_tied: bool) -> None:
    """Start the server as a process of its own and wait until it takes connections."""
    make_private(home.socket_folder, uid=home.owner_uid, gid=home.owner_gid)
    settings = {**SETTINGS, "unix_socket_directories": str(home.socket_folder)}
    command = [str(home.binaries / "postgres"), "-D", str(home.data), "-p", str(PORT)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    if home.log.exists() and home.log.stat().st_size > LARGEST_LOG:
        home.log.replace(home.log.with_name("log.1"))
    with os.fdopen(os.open(home.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as said:
        began = home.log.stat().st_size
        server = subprocess.Popen(  # type: ignore[call-overload]
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=(_stop_with_parent if is_tied else None),  # noqa: PLW1509 - only the supervisor ties, without threads
            **server_arguments(home),
        )
    _started_here[home.data] = server
    _await_ready(home, server, began)


def _stop_with_parent() -> None:
    """In the new process: ask for a fast shutdown when the parent dies, however it dies."""
    die_with_parent(signal.SIGINT)


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
    started = _started_here.get(home.data)
    if started is not None:
        started.poll()  # takes leave of a dead child, whose number would look alive
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
    """The living processes of this cluster: the server and all its children work in its data
    folder.
    """
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
    _bury(home)
    (home.data / "postmaster.pid").unlink(missing_ok=True)
    for left in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (home.socket_folder / left).unlink(missing_ok=True)


def _bury(home: Home) -> None:
    """Take leave of a server that we started ourselves and that has ended."""
    dead = _started_here.pop(home.data, None)
    if dead is not None:
        dead.wait(SECONDS_FOR_ORPHANS)


def _await_end(home: Home, pid: int, seconds: float) -> bool:
    """Wait until the server is gone; false when it is still there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if _postmaster_pid(home) != pid:
            return True
        time.sleep(0.05)
    return False


def client_environment(url: str) -> dict[str, str]:
    """What PostgreSQL's own tools need to reach a database, without a password on their command
    line.
    """
    named = parse_database_url(url)
    fields = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    given = {variable: named[field] for field, variable in fields.items() if named[field]}
    options = {
        f"PG{name.upper()}": text for name, text in named["OPTIONS"].items()
    }  # sslmode is PGSSLMODE, and so on
    return {**os.environ, **given, **options}


def main(arguments: Sequence[str]) -> int:
    """Serve the command line."""
    words = [word for word in arguments if word != "--system"]
    is_system = len(words) != len(arguments)
    verb = words[0] if words else "status"
    try:
        return _obey(verb, words[1:], is_system=is_system)
    except EnvironmentRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _obey(verb: str, rest: Sequence[str], *, is_system: bool) -> int:
    """Carry out one word of the command line and give the exit code."""
    if verb == "url":
        print(ensure_running(is_system=is_system))
    elif verb == "start":
        ensure_running(is_system=is_system)
        print(status(is_system=is_system))
    elif verb == "stop":
        print("Stopped." if stop(is_system=is_system) else "It was not running.")
    elif verb == "version":
        print(version_of(find_home(is_system=is_system)))
    elif verb == "status":
        found = status(is_system=is_system)
        print(found)
        return 0 if found.is_running else 3
    elif verb in CLIENT_TOOLS:
        _become_client(verb, rest, is_system=is_system)
    else:
        print(
            "start, stop, status, url, version, psql, pg_dump or pg_restore; --system takes the"
            " system's binaries"
        )
        return 2
    return 0


def _become_client(tool: str, rest: Sequence[str], *, is_system: bool) -> None:
    """Turn this process into one of PostgreSQL's own tools."""
    named = os.environ.get("DATABASE_URL", "")
    environment = client_environment(named or ensure_running(is_system=is_system))
    program = find_home(is_system=is_system).binaries / tool
    os.execve(program, [tool, *rest], environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
