"""The application form under load, beside an empty Django view and beside pretalx's proposal form,
in one run on two cores.

Run: make bench, or python -m bench web. Results: bench/web/results/form.json and form.md.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.web import peer
from bench.web.serving import (
    CORES,
    ROOT,
    SETTINGS,
    VAR,
    Load,
    Outcome,
    Site,
    keep_to_two_cores,
    lua_requests,
    measure,
)
from operations import embedded_database

LEVELS = tuple(int(level) for level in os.environ.get("ANSO_BENCH_LEVELS", "50,200,500").split(","))
APPLICANTS = 200
TIMES_PRETALX = 5
CSRF = "k" * 32
SECTION = "proposal"
RESULTS = Path(__file__).parent / "results"
EMPTY = "empty view"


def main() -> int:
    """Measure all, write the results; fails when a target is missed."""
    keep_to_two_cores()
    loads = [*empty_loads(), *our_loads()]
    site = peer.prepare_peer()
    loads += peer.peer_loads(site) if site else []
    outcomes: dict[str, dict[str, Outcome]] = {load.name: {} for load in loads}
    for clients in LEVELS:
        for load in loads:
            outcome = outcomes[load.name][str(clients)] = measure(load, clients)
            print(
                f"{clients:4} clients  {load.name:14} {outcome.per_second:8.1f}/s  p50"
                f" {outcome.p50:.0f} ms  errors {outcome.errors + outcome.broken}",
                flush=True,
            )
    content = {
        "machine": machine(),
        "peer": peer.version() if site else "",
        "outcomes": {
            name: {level: asdict(each) for level, each in by_level.items()}
            for name, by_level in outcomes.items()
        },
    }
    content["ratios"] = ratios(outcomes)
    content["missed"] = missed(outcomes)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "form.json").write_text(json.dumps(content, indent=1) + "\n")
    (RESULTS / "form.md").write_text(table(content))
    print("\n" + table(content))
    return 1 if content["missed"] else 0


def empty_loads() -> list[Load]:
    """The ceiling of machine and server."""
    site = Site(
        "empty",
        Path(sys.executable),
        "bench.web.empty:application",
        {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        "/",
    )
    return [Load(EMPTY, site, lua_requests("GET", [("/", "", "")]))]


def our_loads() -> list[Load]:
    """A page of the form with answers in it, and an autosave of a long text, each by an applicant
    with a session.
    """
    var = VAR / "anso"
    url = embedded_database.ensure_running(var=var)
    environment = {
        "ANSO_VAR": str(var),
        "DATABASE_URL": url,
        "ANSO_DEMONSTRATION": "false",
        "DJANGO_SETTINGS_MODULE": "anso.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    whole = {**os.environ, **environment}
    subprocess.run([sys.executable, "-m", "operations", "prepare"], env=whole, cwd=ROOT, check=True)
    command = [sys.executable, "-m", "tests.journeys.seeding", str(APPLICANTS)]
    seeded = subprocess.run(
        command, env=whole, cwd=ROOT, check=True, capture_output=True, text=True
    )
    applicants = json.loads(seeded.stdout.splitlines()[-1])["applicants"]
    subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "--no-imports",
            "-c",
            "from django.db import connection as c; c.cursor().execute('ANALYZE')",
        ],
        env=whole,
        cwd=ROOT,
        check=True,
    )
    site = Site(
        "anso", Path(sys.executable), "anso.config.wsgi:application", environment, "/calls/"
    )
    text = (
        "Salt water moves up the Lower Tana further each dry season and spoils the maize of those"
        " who farm there. " * 20
    )
    body = json.dumps({"fields": {"proposal": f"#N {text}"}, "base": 10**8, "token": "#N"})
    cookies = [f"sessionid={who['session']}; csrftoken={CSRF}" for who in applicants]
    forms = [
        (f"/applications/{who['reference']}/form/{SECTION}/", cookie, "")
        for who, cookie in zip(applicants, cookies, strict=True)
    ]
    saves = [
        (f"/applications/{who['reference']}/save/", cookie, body)
        for who, cookie in zip(applicants, cookies, strict=True)
    ]
    return [
        Load("anso form", site, lua_requests("GET", forms)),
        Load("anso save", site, lua_requests("POST", saves, "application/json")),
    ]


def ratios(outcomes: dict[str, dict[str, Outcome]]) -> dict[str, dict[str, float]]:
    """Ours as a share of the empty view and as a multiple of pretalx, by kind of request and number
    of clients.
    """
    found: dict[str, dict[str, float]] = {}
    for kind in ("form", "save"):
        ours, theirs, empty = (
            outcomes.get(name, {}) for name in (f"anso {kind}", f"pretalx {kind}", EMPTY)
        )
        found[f"{kind}, share of the empty view"] = {
            level: round(ours[level].per_second / empty[level].per_second, 3) for level in ours
        }
        if theirs:
            found[f"{kind}, times pretalx"] = {
                level: round(ours[level].per_second / theirs[level].per_second, 1) for level in ours
            }
    return found


def missed(outcomes: dict[str, dict[str, Outcome]]) -> list[str]:
    """The targets that this run missed: five times pretalx at 50 clients, no error at 500."""
    found = []
    for kind in ("form", "save"):
        ours, theirs = outcomes[f"anso {kind}"], outcomes.get(f"pretalx {kind}")
        found += [
            f"{kind}: errors at {level} clients"
            for level, each in ours.items()
            if each.errors or each.broken
        ]
        if theirs and ours["50"].per_second < TIMES_PRETALX * theirs["50"].per_second:
            found.append(f"{kind}: less than {TIMES_PRETALX} times pretalx at 50 clients")
    return found


def machine() -> dict[str, Any]:
    """What the figures depend on, without names."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        "",
    )
    return {
        "processor": model,
        "cores_used": CORES,
        "load_at_the_end": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "server": " ".join(("gunicorn", *SETTINGS)),
    }


def table(content: dict[str, Any]) -> str:
    """The results for reading."""
    about = content["machine"]
    lines = [
        "# The application form under load",
        "",
        f"{about['cores_used']} cores shared by server, database and wrk, load"
        f" {about['load_at_the_end']} at the end, Python {about['python']}. {content['peer']}. One"
        " run; compare lines of one run only.".replace(". .", "."),
        "",
        "| | "
        + " | ".join(f"{level} clients, requests/s | p50 ms | p99 ms | errors" for level in LEVELS)
        + " |",
        "|---" * (1 + 4 * len(LEVELS)) + "|",
    ]
    for name, by_level in content["outcomes"].items():
        cells = [
            f"{each['per_second']:.1f} | {each['p50']:.0f} | {each['p99']:.0f} |"
            f" {each['errors'] + each['broken']}"
            for each in by_level.values()
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "| ratio | " + " | ".join(map(str, LEVELS)) + " |",
        "|---" * (1 + len(LEVELS)) + "|",
    ]
    lines += [
        f"| {name} | " + " | ".join(map(str, by_level.values())) + " |"
        for name, by_level in content["ratios"].items()
    ]
    lines += ["", "Missed: " + ("; ".join(content["missed"]) or "nothing") + ".", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
