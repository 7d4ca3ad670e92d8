"""``make bench``: measures, one part after the other, and keeps the results. Name parts to run only
those: ``python -m bench web``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PARTS = {
    "web": "bench.web.measure",
    "lists": "bench.web.lists",
    "record": "bench.web.record",
    "proposing": "bench.web.proposing",
    "selection": "bench.selection.measure",
}


def main(wanted: list[str]) -> int:
    """Run the parts that were named, or all; the worst exit code counts."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"There is no part {unknown[0]}; there are {', '.join(PARTS)}.")
        return 2
    root = Path(__file__).resolve().parents[1]
    code = 0
    for name in wanted or PARTS:
        print(f"\n== {name}", flush=True)
        code = max(
            code,
            subprocess.run([sys.executable, "-m", PARTS[name]], cwd=root, check=False).returncode,
        )
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
