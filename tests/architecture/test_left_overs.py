"""Nothing is left over from a merge: no conflict markers in any tracked text, no decorator that
stands twice. Each check is first shown a planted fault.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARKER = re.compile(rb"^(<<<<<<< |\|\|\|\|\|\|\| |>>>>>>> |=======\r?$)", re.MULTILINE)
SEVEN = "=" * 7


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def files_with_markers(paths: Iterable[Path]) -> list[str]:
    """A line of seven equal signs alone may be an underline; with no other marker it is none."""
    found = []
    for path in paths:
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        kinds = {match[1].strip() for match in MARKER.finditer(content)}
        if kinds - {SEVEN.encode()}:
            found.append(path.name)
    return found


def repeated_decorators(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            written = [ast.unparse(decorator) for decorator in node.decorator_list]
            if len(written) != len(set(written)):
                found.append(node.name)
    return found


@pytest.mark.parametrize("marker", ["<" * 7 + " HEAD", "|" * 7 + " base", ">" * 7 + " b2e2f0b (x)"])
def test_a_planted_conflict_marker_is_found(tmp_path: Path, marker: str) -> None:
    planted, sound = tmp_path / "glossary.md", tmp_path / "notice.txt"
    planted.write_text(f"| word |\n{marker}\n| other |\n")
    sound.write_text(f"A heading\n{SEVEN}\n")
    assert files_with_markers([planted, sound]) == ["glossary.md"]


def test_no_tracked_file_has_conflict_markers() -> None:
    files = tracked_files()
    assert ROOT / "docs" / "glossary.md" in files
    assert files_with_markers(files) == []


def test_a_planted_second_decorator_is_found() -> None:
    twice = "@atomic\n@atomic\ndef ask(): ...\n"
    different = "@mark.parametrize('a', [1])\n@mark.parametrize('b', [1])\ndef test(): ...\n"
    assert repeated_decorators(twice) == ["ask"]
    assert repeated_decorators(different) == []


def test_no_decorator_stands_twice() -> None:
    found = {
        path.name: names
        for path in tracked_files()
        if path.suffix == ".py" and (names := repeated_decorators(path.read_text()))
    }
    assert found == {}
