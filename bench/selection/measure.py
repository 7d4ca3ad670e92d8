"""The selection library beside the published programs: installs them, runs every comparison, and
says which target was missed.

Run: make bench, or python -m bench selection. The other programs live in ``var/bench/selection``,
apart from the lock file. One that cannot be installed stands in the tables as "not installed", and
what was to be compared with it counts as missed. Results: bench/selection/results, the judgement in
targets.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.selection import targets

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "var" / "bench" / "selection"
PYTHON = HOME / "bin" / "python"
PEERS = Path(__file__).parent / "peers.txt"
PARTS = ("counting", "seats", "reviewers", "severity")


def main() -> int:
    """Measure all, write the results; fails when a target is missed."""
    install_peers()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPENBLAS_NUM_THREADS": "1"}
    for old in targets.RESULTS.glob("*.*"):
        old.unlink()
    for part in PARTS:
        print(f"\n-- {part}", flush=True)
        subprocess.run(
            [PYTHON, Path(__file__).parent / f"{part}.py"], cwd=ROOT, env=environment, check=False
        )
    return targets.main()


def install_peers() -> None:
    """Install the other programs, all at once or, when that fails, one by one, so that one cannot
    keep the others out.
    """
    uv = str(ROOT / "var" / "uv" / "bin" / "uv")
    installer = uv if Path(uv).exists() else shutil.which("uv") or uv
    if not PYTHON.exists():
        subprocess.run([installer, "venv", "-q", "--python", sys.executable, HOME], check=True)
    install = [installer, "pip", "install", "-q", "--python", PYTHON]
    if subprocess.run([*install, "-r", PEERS], check=False).returncode == 0:
        return
    for line in PEERS.read_text(encoding="utf-8").splitlines():
        if (
            line
            and not line.startswith("#")
            and subprocess.run([*install, line], check=False).returncode
        ):
            print(f"{line} could not be installed and is left out.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
