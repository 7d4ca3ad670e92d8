"""The drill: take a backup, restore it into an empty installation, compare."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from anso.config.env import clone_root, embedded_database_url
from operations import embedded_database


def _run(script: str, folder: Path, var: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"} | {
        "ANSO_VAR": str(var)
    }
    command = [str(clone_root() / "deploy" / script), str(folder)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def _fill(var: Path) -> None:
    with psycopg.connect(embedded_database.ensure_running(var=var)) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute(
            "CREATE TABLE kept AS SELECT n, 'São Tomé ' || n AS name FROM generate_series(1,"
            " 1000) n"
        )
    (var / "files" / "ab").mkdir(parents=True)
    (var / "files" / "ab" / "abcd").write_bytes(b"%PDF-1.7")
    (var / "secret-key").write_text("kept")


@pytest.mark.slow
def test_backup_restores_into_an_empty_installation_and_nowhere_else(
    make_installation: Callable[[str], Path], tmp_path: Path
) -> None:
    first, second = make_installation("first"), make_installation("second")
    _fill(first)
    taken = _run("backup.sh", tmp_path, first)
    assert taken.returncode == 0, taken.stderr
    backup = Path(taken.stdout.strip())
    restored = _run("restore.sh", backup, second)
    assert restored.returncode == 0, restored.stderr
    with psycopg.connect(embedded_database_url(second)) as connection:
        assert connection.execute("SELECT count(*), max(name) FROM kept").fetchall() == [
            (1000, "São Tomé 999")
        ]
        assert connection.execute(
            "SELECT to_regclass('django_migrations') IS NOT NULL"
        ).fetchall() == [(True,)]
    assert (second / "files" / "ab" / "abcd").read_bytes() == b"%PDF-1.7"
    assert (second / "secret-key").read_text() == "kept"
    again = _run("restore.sh", backup, first)
    assert (again.returncode, "tables already" in again.stderr) == (1, True)


@pytest.mark.slow
def test_empty_database_is_no_backup_but_a_hint_at_the_wrong_one(
    make_installation: Callable[[str], Path], tmp_path: Path
) -> None:
    refused = _run("backup.sh", tmp_path, make_installation("blank"))
    assert (refused.returncode, "DATABASE_URL must name it" in refused.stderr) == (1, True)
    assert list(tmp_path.glob("*T*Z*")) == []


@pytest.mark.slow
def test_damaged_backup_is_refused_before_anything_is_changed(
    make_installation: Callable[[str], Path], tmp_path: Path
) -> None:
    first, second = make_installation("sound"), make_installation("untouched")
    _fill(first)
    backup = Path(_run("backup.sh", tmp_path, first).stdout.strip())
    with (backup / "database.dump").open("r+b") as dump:
        dump.seek(100)
        dump.write(b"\0\0\0\0")
    refused = _run("restore.sh", backup, second)
    assert (refused.returncode, "damaged" in refused.stderr) == (1, True)
    assert not (second / "files").exists()
