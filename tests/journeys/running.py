"""A real installation for tests that need one: its own database server, gunicorn and worker under
the launcher, and a mail server.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from anso.config.env import clone_root, embedded_database_url
from operations.database_home import find_home
from tests.operations.conftest import remove_installation

SECONDS_TO_COME_UP = 600.0
SECONDS_BETWEEN_LOOKS = 0.1


class _MailConversation(socketserver.StreamRequestHandler):
    """One client of the mail server: everything is taken."""

    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            word = line[:4].upper()
            if word == "DATA":
                self._say("354 go on")
                self._take_mail()
            self._say("221 bye" if word == "QUIT" else "250 taken")
            if word == "QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _take_mail(self) -> None:
        number = ""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            if line.lower().startswith(b"message-id:"):
                number = line.decode().split(":", 1)[1].strip()
        self.server.taken.append(number)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail and remembers the number of each."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _MailConversation)
        self.taken: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def times_taken(self) -> Counter[str]:
        """How often each mail came."""
        return Counter(self.taken)


@dataclass
class Installation:
    """What runs, where it listens, and how to look into its database and to kill parts of it."""

    var: Path
    port: int
    process: subprocess.Popen[bytes]
    mail: MailServer

    @property
    def said(self) -> str:
        """What the launcher wrote."""
        return (self.var / "said").read_text()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a command inside this installation."""
        return {
            **_own_environment(self.var, self.port, self.mail),
            "PYTHONPATH": os.pathsep.join(["src", "."]),
        }

    def ask(self, module: str, *arguments: str) -> Any:
        """Run a module of the tests inside the installation and read the JSON it prints."""
        command = [sys.executable, "-m", module, *arguments]
        answer = subprocess.run(
            command,
            env=self.environment,
            cwd=clone_root(),
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert answer.returncode == 0, answer.stderr[-3000:]
        return json.loads(answer.stdout.splitlines()[-1])

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of our own to the installation's database."""
        return psycopg.connect(embedded_database_url(self.var), autocommit=True)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a statement finds."""
        with self.connect() as connection:
            return connection.execute(statement, values).fetchall()

    def processes(self, part: str) -> list[int]:
        """The living processes of one part: ``gunicorn``, ``procrastinate worker`` or
        ``database``.
        """
        if part == "database":
            return _working_in(find_home(var=self.var).data)
        mark = f"ANSO_VAR={self.var}".encode()
        return [
            number
            for number in _numbers()
            if mark in _read(number, "environ") and part in _line(number)
        ]

    def kill(self, part: str) -> None:
        """SIGKILL every process of a part; returns when none of those is left."""
        victims = self.processes(part)
        assert victims, f"{part} does not run"
        for number in sorted(victims):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        assert eventually(lambda: not set(victims) & set(self.processes(part)), 10)


def eventually(is_so: Callable[[], bool], seconds: float) -> bool:
    """Whether something comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError):
            if is_so():
                return True
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return False


@contextlib.contextmanager
def start_installation(var: Path, **stated: str) -> Iterator[Installation]:
    """Start everything in a folder of its own, without demonstration data unless ``stated``; stop
    and remove all of it afterwards.
    """
    var.mkdir(parents=True, exist_ok=True)
    mail, port = MailServer(), free_port()
    command = [sys.executable, "-m", "operations", "run"]
    with (var / "said").open("wb") as said:
        process = subprocess.Popen(
            command,
            env={**_own_environment(var, port, mail), **stated},
            cwd=clone_root(),
            stdout=said,
            stderr=said,
        )
    installation = Installation(var, port, process, mail)
    try:
        assert eventually(
            lambda: "Open http" in installation.said or process.poll() is not None,
            SECONDS_TO_COME_UP,
        )
        assert process.poll() is None, installation.said
        yield installation
    finally:
        process.terminate()
        process.wait(60)
        mail.shutdown()
        mail.server_close()
        remove_installation(var)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _own_environment(var: Path, port: int, mail: MailServer) -> dict[str, str]:
    kept: Mapping[str, str] = {
        name: text
        for name, text in os.environ.items()
        if name not in ("DATABASE_URL", "ANSO_TEST_DB")
    }
    stated = {
        "ANSO_VAR": str(var),
        "PORT": str(port),
        "ANSO_DEMONSTRATION": "false",
        "ANSO_SMTP_HOST": "127.0.0.1",
        "ANSO_SMTP_PORT": str(mail.server_address[1]),
        "ANSO_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "anso.config.settings",
    }
    return {**kept, **stated}


def _numbers() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def _read(number: int, name: str) -> bytes:
    try:
        return (Path("/proc") / str(number) / name).read_bytes()
    except OSError:
        return b""


def _line(number: int) -> str:
    return _read(number, "cmdline").decode(errors="replace").replace("\0", " ")


def _working_in(folder: Path) -> list[int]:
    found = []
    for number in _numbers():
        with contextlib.suppress(OSError):
            if Path(f"/proc/{number}/cwd").readlink() == folder:
                found.append(number)
    return found
