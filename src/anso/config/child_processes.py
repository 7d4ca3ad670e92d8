"""A process that we start, log and end, and that ends when we die.

Belongs here: what is true of one process, whichever it is. Does not belong here: which processes an
installation has and in what order they come and go (supervisor).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anso.config.env import clone_root, var_folder

LARGEST_LOG = 10_000_000
_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process that we started, watch, and will stop."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    when_orphaned: signal.Signals = signal.SIGTERM
    inherits: tuple[int, ...] = ()
    running: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return var_folder() / "log" / f"{self.name}.log"

    def start(self) -> None:
        """Start it in a session of its own; it is told to end when we die, however we die."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as said:
            self.running = subprocess.Popen(
                self.command,
                cwd=clone_root(),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
                pass_fds=self.inherits,
                preexec_fn=lambda: die_with_parent(self.when_orphaned),  # noqa: PLW1509 - we have no threads
            )
        self.starts.append(time.monotonic())

    def has_died(self) -> bool:
        """Whether it ended although nobody asked it to."""
        return self.running is not None and self.running.poll() is not None

    def ask_to_end(self) -> None:
        """Ask it to finish what it is doing and end."""
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def await_end(self, until: float) -> None:
        """Wait for it, then end what is left of its session."""
        if self.running is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.running.wait(max(0.1, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()

    def last_words(self) -> str:
        """The end of its log."""
        with contextlib.suppress(OSError):
            return self.log.read_text(errors="replace")[-2000:].strip()
        return ""


def die_with_parent(sent: signal.Signals = signal.SIGTERM) -> None:
    """In the new process: ask the kernel to end it when its parent dies, however it dies."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, sent)
