"""One part of an installation, the web or the worker, started again whenever it ends.

Belongs here: the two programs, and how long one that keeps ending is borne with. Does not belong
here: starting and ending the two together and passing on what they say, which honcho does, and
everything around them (launcher).

Command line, in the Procfile: ``python -m operations.keep web|worker``.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time

STARTS_A_MINUTE = 5
SECONDS_TO_PROVE_ITSELF = 10.0
LAUNCHER = "ANSO_LAUNCHER"


def program_of(part: str) -> list[str]:
    """The command of a part; the system ends it when we die, however we die."""
    # Two processes of eight threads, as measured best on two cores.
    web = ["gunicorn", "--bind", "fd://3", "--backlog", "2048", "--worker-class", "gthread"]
    web += ["--workers", os.environ.get("ANSO_WEB_PROCESSES", "2")]
    web += ["--threads", os.environ.get("ANSO_WEB_THREADS", "8"), "--keep-alive", "15"]
    web += ["--graceful-timeout", "10", "--no-control-socket", "--preload"]
    web += ["--log-level", "warning", "anso.config.wsgi:application"]
    # Not by manage.py, which would start a dead database before the launcher sees that it died.
    worker = ["django", "procrastinate", "worker"]
    # An orphaned worker ends at once: the next one takes its jobs up again.
    program, sent = {"web": (web, "TERM"), "worker": (worker, "KILL")}[part]
    return ["setpriv", "--pdeathsig", sent, sys.executable, "-m", *program]


def keep(part: str) -> int:
    """Start the part, and again whenever it ends, until we are asked to end or the launcher dies.

    Gives up on a part that cannot start at all, and on one that keeps ending.
    """
    is_enough = threading.Event()
    # Honcho asks our whole group, so the program has been asked as well and we only wait for it.
    signal.signal(signal.SIGTERM, lambda *_: is_enough.set())
    launcher = os.pidfd_open(int(os.environ[LAUNCHER]))
    starts: list[float] = []
    while not is_enough.is_set():
        starts.append(time.monotonic())
        program = subprocess.Popen(program_of(part), close_fds=False)
        _await_end_of_either(program, launcher)
        code = program.wait()
        if is_enough.is_set():
            break
        if trouble := _trouble_with(starts, code):
            print(f"The {part} process {trouble} (code {code}).", flush=True)
            return 1
        said = f"The {part} process ended unexpectedly (code {code}). Starting it again."
        print(said, flush=True)
    return 0


def _trouble_with(starts: list[float], code: int) -> str:
    """Why a part is not started again; empty where it is."""
    now = time.monotonic()
    if len(starts) == 1 and code > 0 and now - starts[0] < SECONDS_TO_PROVE_ITSELF:
        return "did not start"
    recent = [moment for moment in starts if moment > now - 60]
    return "keeps ending" if len(recent) >= STARTS_A_MINUTE else ""


def _await_end_of_either(program: subprocess.Popen[bytes], launcher: int) -> None:
    """Wait for the end of our program; end it ourselves when the launcher, whose end honcho does
    not always live to tell, has died.
    """
    own = os.pidfd_open(program.pid)
    ready, _, _ = select.select([own, launcher], [], [])
    os.close(own)
    if launcher in ready:
        sys.exit(1)  # and the system ends the program


if __name__ == "__main__":
    sys.exit(keep(sys.argv[1]))
