"""What the record costs when it is short and when it is twenty times as long: pages of the database
that each piece of work touches, and milliseconds.

Run: python -m bench record. It makes a database of its own and throws it away. Fails when a cost
grows with the length. Results: bench/web/results/record.json and record.md.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results"
LENGTHS = (10_000, 200_000)
TURNS = 9
# An index of a table that is twenty times as long is at most one level deeper.
GROWS = 1.5
WITHOUT_QUEUE = "find what has no seal, by reading the whole record (as before)"


def main() -> int:
    """Fill, measure, fill more, measure again."""
    from operations import embedded_database

    var = ROOT / "var" / "bench" / "record"
    os.environ["DATABASE_URL"] = embedded_database.ensure_running(var=var)
    os.environ["DJANGO_SETTINGS_MODULE"] = "anso.config.settings"
    import django
    from django.test.utils import setup_databases, teardown_databases

    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        rows = compared([measured(length) for length in LENGTHS])
    finally:
        teardown_databases(made, verbosity=0)
        embedded_database.stop(var=var)
    missed = [
        row["work"] for row in rows if row["work"] != WITHOUT_QUEUE and row["pages_ratio"] > GROWS
    ]
    content = {"lengths": LENGTHS, "turns": TURNS, "rows": rows, "missed": missed}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "record.json").write_text(json.dumps(content, indent=1) + "\n")
    (RESULTS / "record.md").write_text(table(content))
    print(table(content))
    return 1 if missed else 0


def measured(length: int) -> dict[str, tuple[int, float]]:
    """Bring the record to a length; what each piece of work touches and takes there."""
    from django.db import connection
    from django.utils import timezone

    from anso.audit.models import Entry
    from tests.buffers import buffers_of
    from tests.factories.record import fill_record

    fill_record(Entry.objects.count() + 1, length, now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    found = {}
    for name, prepare, act in pieces():
        times = []
        for _ in range(TURNS):
            prepare()
            began = time.perf_counter()
            act()
            times.append(1000 * (time.perf_counter() - began))
        prepare()
        found[name] = (buffers_of(act), round(statistics.median(times), 2))
    return found


def pieces() -> list[tuple[str, Callable[[], Any], Callable[[], Any]]]:
    """What is measured: its name, what comes before it, the work."""
    from django.utils import timezone

    from anso.accounts.models import Account
    from anso.audit.actions import record_entry, seal_entries
    from anso.audit.models import Entry
    from anso.audit.queries import RecordFilter, entries_matching
    from anso.kernel.actors import SETUP

    account, _new = Account.objects.get_or_create(email="bench@example.org")

    def write() -> None:
        record_entry(account, "create_account", actor=SETUP, now=timezone.now())

    def page(**wanted: Any) -> Callable[[], Any]:
        return lambda: list(entries_matching(RecordFilter(**wanted))[:101])

    def nothing() -> None:
        return None

    return [
        ("write one entry", nothing, write),
        ("seal one entry", write, lambda: seal_entries(now=timezone.now())),
        ("a page of the record", nothing, page()),
        ("a page, what was done often", nothing, page(verb="create_call")),
        ("a page, what nobody did", nothing, page(verb="never_done")),
        ("a page, a name that nobody has", nothing, page(label="nobody")),
        (WITHOUT_QUEUE, nothing, lambda: list(Entry.objects.filter(seal__isnull=True)[:1])),
    ]


def compared(both: list[dict[str, tuple[int, float]]]) -> list[dict[str, Any]]:
    """One row for each piece of work."""
    short, long = both
    return [
        {
            "work": name,
            "pages_short": short[name][0],
            "pages_long": long[name][0],
            "pages_ratio": round(long[name][0] / short[name][0], 2),
            "ms_short": short[name][1],
            "ms_long": long[name][1],
        }
        for name in short
    ]


def table(content: dict[str, Any]) -> str:
    """The results for reading."""
    short, long = content["lengths"]
    lines = [
        "# The record, short and long",
        "",
        (
            "Pages of the database (8 kB each, in memory or from disk) by EXPLAIN (ANALYZE,"
            f" BUFFERS), and medians of {content['turns']} turns in milliseconds."
        ),
        "",
        (
            f"| | pages at {short:,} entries | pages at {long:,} | ratio | ms at {short:,} | ms at"
            f" {long:,} |"
        ),
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['work']} | {row['pages_short']} | {row['pages_long']} | {row['pages_ratio']} |"
        f" {row['ms_short']} | {row['ms_long']} |"
        for row in content["rows"]
    ]
    missed = ", ".join(content["missed"]) or "nothing"
    return "\n".join([*lines, "", f"Missed (a ratio above {GROWS}): {missed}.", ""])


if __name__ == "__main__":
    sys.exit(main())
