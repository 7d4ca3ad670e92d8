"""The command `python -m anso.selection`: replay a record, or explain one of its results.

Here belongs reading the command line and printing. The work belongs to `record`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from anso.selection.errors import SelectionError
from anso.selection.record import Record, explain_record, read_record, replay_record


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Return 0 when all is well, 1 when a replay differs, 2 when the input cannot
    be used.
    """
    parser = argparse.ArgumentParser(
        prog="python -m anso.selection", description="Recompute and explain selections."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    replay = commands.add_parser("replay", help="run a record again and compare")
    replay.add_argument("record", type=Path)
    explain = commands.add_parser("explain", help="tell why somebody or something got its result")
    explain.add_argument("record", type=Path)
    explain.add_argument("key", help="an item, candidate, application or reviewer")
    explain.add_argument(
        "reviewer", nargs="?", default="", help="with an application: why (not) this pair"
    )
    chosen = parser.parse_args(arguments)
    try:
        record = read_record(chosen.record.read_text(encoding="utf-8"))
        return (
            _replay(record)
            if chosen.command == "replay"
            else _explain(record, chosen.key, chosen.reviewer)
        )
    except (SelectionError, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _replay(record: Record) -> int:
    replay = replay_record(record)
    lines = [f"{record.method}, made with {record.library}", f"sha256 {record.digest}"]
    lines.append(
        "The record is untouched."
        if replay.is_untouched
        else "THE RECORD WAS CHANGED: its hash does not fit."
    )
    if replay.is_identical:
        lines.append("Recomputed: the output is identical.")
    elif replay.is_same:
        lines.append(
            "Recomputed: the output is the same; some floats differ by less than a billionth."
        )
    else:
        lines += ["RECOMPUTED: THE OUTPUT DIFFERS.", *replay.differences]
    if replay.faults:
        lines += ["THE RECORD IS INCOMPLETE.", *replay.faults]
    lines += replay.told
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if replay.holds else 1


def _explain(record: Record, key: str, reviewer: str) -> int:
    sys.stdout.write("\n".join(explain_record(record, key, reviewer)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
