"""A new cluster for the embedded PostgreSQL: its files, its role, its database.

Belongs here: what happens once, before the server starts for the first time, and refusing data of
another version. Does not belong here: choosing folders (database_home), starting and stopping
(embedded_database).
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from anso.config.env import EMBEDDED_NAME, EnvironmentRefused, generated_secret
from operations.database_home import Home, is_root, make_private


def make_cluster(home: Home) -> None:
    """Make cluster, role and database in a folder that gets its name when all is done."""
    if (home.data / "PG_VERSION").exists():
        _require_same_major(home)
        return
    fresh = home.folder / "data.new"
    if fresh.exists():
        shutil.rmtree(fresh)
    make_private(fresh, uid=home.uid, gid=home.gid)
    made = [str(home.binaries / "initdb"), "-D", str(fresh), "-U", "postgres", "-E", "UTF8"]
    _run_server_program(home, [*made, *_locale_options(home)], b"")
    rules = (
        "# Written by anso: the private socket, always with a password.\nlocal all all"
        " scram-sha-256\n"
    )
    (fresh / "pg_hba.conf").write_text(rules)
    statements = (
        f"CREATE ROLE {EMBEDDED_NAME} LOGIN CREATEDB PASSWORD '{generated_secret(home.secret)}'\n"
        f"CREATE DATABASE {EMBEDDED_NAME} OWNER {EMBEDDED_NAME}\n"
    )
    # Before anybody can connect. With "-j" a statement ends at a semicolon and an empty line, so
    # that it may span lines.
    alone = [str(home.binaries / "postgres"), "--single", "-j", "-D", str(fresh), "postgres"]
    _run_server_program(home, alone, statements.replace("\n", ";\n\n").encode())
    fresh.rename(home.data)


def server_arguments(home: Home) -> dict[str, object]:
    """How to run a program of the server's: as its owner, in a neutral environment."""
    who = {"user": home.uid, "group": home.gid, "extra_groups": []} if is_root() else {}
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
    return {"cwd": "/", "env": environment, "umask": 0o077, **who}


def version_of(home: Home) -> str:
    """What the server's binary says about its version."""
    answer = subprocess.run(
        [home.binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


def _require_same_major(home: Home) -> None:
    """Refuse data of another major version, with the way out."""
    written = (home.data / "PG_VERSION").read_text().strip()
    offered = version_of(home).split()[2].split(".")[0]
    if written != offered:
        message = (
            f"The data in {home.data} were written by PostgreSQL {written}, the installed one is"
            f" {offered}. See 'Moving to a new PostgreSQL' in docs/operations.md."
        )
        raise EnvironmentRefused(message)


def _locale_options(home: Home) -> list[str]:
    """Unicode rules that are the same on every machine where the version offers them."""
    answer = subprocess.run(
        [home.binaries / "initdb", "--help"], capture_output=True, text=True, check=True
    )
    if "builtin-locale" in answer.stdout:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _run_server_program(home: Home, command: Sequence[str], typed: bytes) -> None:
    """Run one of the server's own programs as its owner and refuse with its words when it fails."""
    answer = subprocess.run(  # type: ignore[call-overload]
        command,
        input=typed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        **server_arguments(home),
    )
    said = answer.stdout.decode(errors="replace")
    # Alone, the server says what failed and ends as if all was well.
    if answer.returncode or "ERROR:" in said or "FATAL:" in said:
        message = f"{Path(command[0]).name} failed:\n{said[-2000:]}"
        raise EnvironmentRefused(message)
