"""Starting what is measured, always by the same gunicorn settings, and loading it with wrk."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "bench"
CORES = 2
SETTINGS = (
    "--worker-class",
    "gthread",
    "--workers",
    "2",
    "--threads",
    "8",
    "--keep-alive",
    "15",
    "--backlog",
    "2048",
)
WARM_UP, LENGTH = 2, 6
SECONDS_TO_COME_UP = 120


@dataclass(frozen=True)
class Site:
    """One site to serve: its Python, its application, its environment, and a page that shows it is
    up.
    """

    name: str
    python: Path
    application: str
    environment: Mapping[str, str]
    page: str


@dataclass(frozen=True)
class Load:
    """One kind of request to one site, as a script of wrk."""

    name: str
    site: Site
    script: str


@dataclass(frozen=True)
class Outcome:
    """What wrk saw: requests a second, latencies in milliseconds, answers that were errors, and
    lines that broke.
    """

    per_second: float
    p50: float
    p99: float
    requests: int
    errors: int
    broken: int


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextlib.contextmanager
def serve(site: Site) -> Iterator[str]:
    """Serve a site alone, give its address, end it afterwards."""
    port = free_port()
    command = [
        str(site.python),
        "-m",
        "gunicorn",
        *SETTINGS,
        "--bind",
        f"127.0.0.1:{port}",
        site.application,
    ]
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / f"{site.name}.log").open("ab") as said:
        environment = {**os.environ, **site.environment}
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _await_page(address + site.page, server)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def measure(load: Load, clients: int) -> Outcome:
    """Load a freshly started site with so many clients, after a warm-up."""
    with serve(load.site) as address:
        script = VAR / f"{load.name.replace(' ', '-')}.lua"
        script.write_text(load.script)
        _wrk(address, script, min(clients, 20), WARM_UP)
        return read(_wrk(address, script, clients, LENGTH))


def keep_to_two_cores() -> None:
    """Stay, with all that is started from here, on two cores, however many the machine has."""
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))


def read(said: str) -> Outcome:
    """Understand what wrk printed."""
    broken = re.search(
        r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said
    )
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Outcome(
        per_second=float(_found(r"Requests/sec:\s+([\d.]+)", said)),
        p50=_milliseconds(_found(r"50%\s+([\d.]+\w+)", said)),
        p99=_milliseconds(_found(r"99%\s+([\d.]+\w+)", said)),
        requests=int(_found(r"(\d+) requests in", said)),
        errors=int(errors.group(1)) if errors else 0,
        broken=sum(map(int, broken.groups())) if broken else 0,
    )


def lua_requests(method: str, entries: Sequence[tuple[str, str, str]], kind: str = "") -> str:
    """A script that goes through (path, cookies, body) in turn; ``#N`` in a body becomes a number
    used once.
    """
    lines = ["local all = {}"]
    headers = f'["Content-Type"]="{kind}", ' if kind else ""
    for path, cookies, body in entries:
        token = re.search(r"csrftoken=([^;]+)", cookies)
        extra = f'["X-CSRFToken"]="{token.group(1)}", ' if token else ""
        lines.append(
            f'all[#all+1] = {{[==[{path}]==], {{{headers}{extra}["Cookie"]=[==[{cookies}]==]}},'
            f" [==[{body}]==]}}"
        )
    lines += [
        "local turn, run = 0, tostring(os.time())",
        "function request()",
        "  turn = turn + 1",
        "  local one = all[turn % #all + 1]",
        (
            f'  return wrk.format("{method}", one[1], one[2], (one[3]:gsub("#N", run .. "-" ..'
            " turn)))"
            if method == "POST"
            else '  return wrk.format("GET", one[1], one[2])'
        ),
        "end",
    ]
    return "\n".join(lines)


def _wrk(address: str, script: Path, clients: int, seconds: int) -> str:
    command = [
        "wrk",
        "-t1",
        f"-c{clients}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "--latency",
        "-s",
        str(script),
        address,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _await_page(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_COME_UP
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=30).close()
            return
        time.sleep(0.2)
    message = f"{address} does not answer"
    raise RuntimeError(message)


def _found(pattern: str, said: str) -> str:
    match = re.search(pattern, said)
    if match is None:
        message = f"wrk said:\n{said}"
        raise RuntimeError(message)
    return match.group(1)


def _milliseconds(stated: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", stated).groups()  # type: ignore[union-attr]
    return round(float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit], 1)
