"""Running several programs on the same work, each in a process of its own, and writing one table.

Here belongs timing and memory. What is measured belongs to the other files of this folder.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def timed(work: Callable[[], Any], repeats: int) -> tuple[Any, float, float]:
    """Return the answer, the best wall time and the best processor time of `repeats` runs, in
    seconds.
    """
    wall, cpu, answer = [], [], None
    for _ in range(repeats):
        begin, begin_cpu = time.perf_counter(), time.process_time()
        answer = work()
        wall.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - begin_cpu)
    return answer, min(wall), min(cpu)


def report(**figures: Any) -> None:
    """Print one program's figures, with its peak memory in megabytes, for the process that
    compares.
    """
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(figures))


def run_each(script: str, tasks: list[list[str]], timeout: int = 900) -> list[dict[str, Any]]:
    """Run `script` once per task in a new process and return what each reported; a failure is a
    result too.
    """
    rows = []
    for task in tasks:
        print("…", *task, file=sys.stderr)
        try:
            done = subprocess.run(
                [sys.executable, script, *task],
                capture_output=True,
                text=True,
                timeout=timeout,
                check=True,
            )
            rows.append({"task": task, **json.loads(done.stdout.splitlines()[-1])})
        except subprocess.TimeoutExpired:
            rows.append({"task": task, "failed": f"no answer in {timeout} s"})
        except (subprocess.CalledProcessError, IndexError) as error:
            rows.append({"task": task, "failed": _said(getattr(error, "stderr", "") or str(error))})
    return rows


def _said(text: str) -> str:
    last = text.strip().splitlines()[-1][:200]
    return (
        f"not installed ({last.split(chr(39))[1]})"
        if last.startswith("ModuleNotFoundError")
        else last
    )


def write(name: str, rows: list[dict[str, Any]], notes: list[str]) -> None:
    """Write the rows as JSON and as a table under results/."""
    machine = (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end, Python"
        f" {platform.python_version()}"
    )
    RESULTS.mkdir(exist_ok=True)
    plain = {"machine": machine, "notes": notes, "rows": rows}
    (RESULTS / f"{name}.json").write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
    heads = [
        key
        for key in dict.fromkeys(key for row in rows for key in row)
        if key not in {"task", "winners"}
    ]
    lines = [
        f"# {name}",
        "",
        machine + ".",
        "",
        "| work | " + " | ".join(heads) + " |",
        "|---" * (len(heads) + 1) + "|",
    ]
    lines += [
        "| "
        + " ".join(row["task"])
        + " | "
        + " | ".join(str(row.get(key, "")) for key in heads)
        + " |"
        for row in rows
    ]
    text = "\n".join([*lines, "", *(f"- {note}" for note in notes)]) + "\n"
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)
