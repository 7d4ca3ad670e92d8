"""How long the server takes for the officers' pages of one call with many applications, and how
many queries each needs.

Run: python -m bench lists. It uses the database that DATABASE_URL names, or makes one of its own
with 100,000 applications (``ANSO_BENCH_APPLICATIONS`` chooses another number). Times are those
inside the server, templates included, without the network. Results: bench/web/results/lists.json
and lists.md.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results"
LIMIT_MS = 200
TURNS = int(os.environ.get("ANSO_BENCH_TURNS", "7"))
PAGES = {
    "list": "applications/",
    "list, page 100": "applications/?page=100",
    "list, by name": "applications/?sort=name",
    "list, latest submissions": "applications/?sort=-submitted",
    "list, by country, last page": "applications/?sort=-country&page=200",
    "list, submitted": "applications/?state=submitted",
    "list, one country": "applications/?country=KE",
    "list, three filters": "applications/?state=submitted&level=phd&country=KE",
    "search, a number": "applications/?q=50000",
    "search, a word of titles": "applications/?q=groundwater",
    "search, two letters": "applications/?q=li",
    "search, nothing found": "applications/?q=zzzzqqqq",
    "funnel": "",
    "screening": "screening/",
    "reviewers": "reviewers/",
    "assignments": "assignments/",
    "ranking": "ranking/",
    "decisions": "decisions/",
    "offers": "offers/",
}


def main() -> int:
    """Measure every page; fails when one takes longer than the limit."""
    if not os.environ.get("DATABASE_URL"):
        return make_and_measure()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anso.config.settings")
    import django

    django.setup()
    count, rows = measure()
    content = {
        "applications": count,
        "limit_ms": LIMIT_MS,
        "turns": TURNS,
        "load": round(os.getloadavg()[0], 1),
        "pages": rows,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "lists.json").write_text(json.dumps(content, indent=1) + "\n")
    (RESULTS / "lists.md").write_text(table(content))
    print(table(content))
    return 1 if any(row["cpu_ms"] + row["database_ms"] > LIMIT_MS for row in rows) else 0


def make_and_measure() -> int:
    """Make the demonstration with so many applications in a cluster of its own, once, and measure
    there.
    """
    from operations import embedded_database

    var = ROOT / "var" / "bench" / "lists"
    environment = {
        **os.environ,
        "ANSO_VAR": str(var),
        "ANSO_DEMONSTRATION": "true",
        "DATABASE_URL": embedded_database.ensure_running(var=var),
        "DJANGO_SETTINGS_MODULE": "anso.config.settings",
    }
    environment["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    mark = var / "loaded"
    steps = [["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]]
    if not mark.exists():
        steps.append(
            ["load_demo", "--applications", os.environ.get("ANSO_BENCH_APPLICATIONS", "100000")]
        )
    for words in steps:
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)
    mark.touch()
    subprocess.run(
        [sys.executable, "-m", "bench.web.reviewing"], cwd=ROOT, env=environment, check=True
    )
    code = subprocess.run(
        [sys.executable, "-m", "bench.web.lists"], cwd=ROOT, env=environment, check=False
    ).returncode
    embedded_database.stop(var=var)
    return code


def measure() -> tuple[int, list[dict[str, Any]]]:
    """Every page several times by an officer of the fullest call: the median of wall, processor and
    database time.
    """
    from django.conf import settings
    from django.db import connection
    from django.db.models import Count
    from django.test import Client

    from anso.accounts.models import Account
    from anso.calls.models import Call

    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_SSL_REDIRECT = False
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    call = Call.objects.annotate(n=Count("applications")).order_by("-n").first()
    officer = Account.objects.get(demonstration_role="programme_officer")
    client = Client()
    client.force_login(officer)
    assert call is not None
    rows = [
        measure_page(client, name, f"/desk/calls/{call.reference}/{page}")
        for name, page in PAGES.items()
    ]
    return call.n, rows


def measure_page(client: Any, name: str, address: str) -> dict[str, Any]:
    """One page: what it takes, how many queries it makes, how large it is."""
    from django.db import connection

    from bench.web.watching import Watch, processor_seconds_of

    client.get(address)
    turns: list[tuple[float, float, float, float]] = []
    backend = connection.connection.info.backend_pid
    watch = Watch()
    for _ in range(TURNS):
        watch = Watch()
        wall, cpu, their_cpu = (
            time.perf_counter(),
            time.process_time(),
            processor_seconds_of(backend),
        )
        with connection.execute_wrapper(watch):
            answer = client.get(address)
        theirs = processor_seconds_of(backend) - their_cpu
        turns.append((time.perf_counter() - wall, time.process_time() - cpu, watch.seconds, theirs))
    medians = [round(1000 * statistics.median(column), 1) for column in zip(*turns, strict=True)]
    row = {
        "page": name,
        "status": answer.status_code,
        "wall_ms": medians[0],
        "cpu_ms": medians[1],
        "database_ms": medians[2],
    }
    row["database_cpu_ms"] = medians[3]
    row |= {
        "best_wall_ms": round(1000 * min(turn[0] for turn in turns), 1),
        "queries": watch.count,
        "slowest_ms": round(1000 * watch.slowest, 1),
    }
    if os.environ.get("ANSO_BENCH_VERBOSE"):
        print(row, watch.slowest_statement[:1500], flush=True)
    return row | {"kilobytes": round(len(getattr(answer, "content", b"")) / 1000, 1)}


def table(content: dict[str, Any]) -> str:
    """The results for reading."""
    names = (
        "page",
        "status",
        "wall_ms",
        "best_wall_ms",
        "cpu_ms",
        "database_ms",
        "database_cpu_ms",
        "queries",
        "slowest_ms",
        "kilobytes",
    )
    lines = [
        "# Officers' pages of a large call",
        "",
        (
            f"{content['applications']:,} applications in one call; medians of {content['turns']}"
            f" turns in milliseconds, load {content['load']} at the end."
        ),
        "",
        "| " + " | ".join(name.replace("_", " ") for name in names) + " |",
        "|---" * len(names) + "|",
    ]
    lines += [
        "| " + " | ".join(str(row[name]) for name in names) + " |" for row in content["pages"]
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
