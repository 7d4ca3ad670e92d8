"""What must be done between an empty folder and the first page: tables, static files, the
demonstration alliance.

Belongs here: the steps that ``make run`` takes before anything is served, each done only when
needed. Does not belong here: starting or watching processes (supervisor), and the demonstration
data themselves.

Command line: ``python -m anso.config.preparation [demo-reset]``.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import django
from django.core.management import call_command, get_commands
from django.db import OperationalError

from anso.config.database_home import find_home
from anso.config.embedded_database import ensure_running
from anso.config.env import EnvironmentRefused, clone_root, var_folder
from anso.config.startup_checks import require_sound_database

REFERENCE_COMMAND = "load_reference"
DEMONSTRATION_COMMAND = "load_demo"


def main(arguments: Sequence[str]) -> int:
    """Prepare this installation unless nothing changed; with ``demo-reset`` throw its embedded
    database away first.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anso.config.settings")
    try:
        prepare_unless_done(is_reset="demo-reset" in arguments)
    except EnvironmentRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OperationalError as error:
        print(
            f"The database does not answer: {str(error).strip()}\nDATABASE_URL names it, if you set"
            " that.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def prepare_unless_done(*, is_reset: bool) -> None:
    """Prepare and seal, unless the seal says that nothing changed since; a reset begins from an
    empty database.
    """
    state = ""
    if not os.environ.get("DATABASE_URL"):
        ensure_running()
        state = state_of_installation()
    if state and not is_reset and _seal().exists() and _seal().read_text() == state:
        return
    django.setup()
    if is_reset or _unfinished_mark().exists():
        empty_the_database()
    prepare()
    _seal().parent.mkdir(parents=True, exist_ok=True)
    _seal().write_text(state)


def state_of_installation() -> str:
    """A hash over all that preparing depends on: our files, the packages, the mode, and which
    database it was.
    """
    source = Path(__file__).resolve().parents[1]
    ours = sorted(path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc")
    home = find_home(var=var_folder())
    mode = f"{os.environ.get('ANSO_DEMONSTRATION', '')}:{home.data}:{home.data.stat().st_ino}"
    return (
        f"{fingerprint_of([*ours, clone_root() / 'uv.lock'])}"
        f" {hashlib.sha256(mode.encode()).hexdigest()}"
    )


def prepare() -> None:
    """Bring tables, reference facts and static files up to date; load the demonstration alliance
    into an empty database.
    """
    call_command("migrate", interactive=False, verbosity=0)
    require_sound_database()
    call_command(REFERENCE_COMMAND, verbosity=0)
    collect_static_files()
    if is_demonstration_wanted() and not _has_accounts():
        load_demonstration()


def is_demonstration_wanted() -> bool:
    """Whether this installation shows the demonstration alliance: ``make run`` says yes unless told
    otherwise.
    """
    is_on = os.environ.get("ANSO_DEMONSTRATION", "").lower() in {"1", "true", "yes", "on"}
    return is_on and DEMONSTRATION_COMMAND in get_commands()


def load_demonstration() -> None:
    """Load the demonstration alliance; a load that was cut short is begun anew at the next
    start.
    """
    print(
        "Loading the demonstration alliance. This happens once and takes a minute or two.",
        flush=True,
    )
    mark = _unfinished_mark()
    mark.parent.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("DATABASE_URL"):
        mark.touch()
    call_command(DEMONSTRATION_COMMAND)
    mark.unlink(missing_ok=True)


def empty_the_database() -> None:
    """Drop and make the embedded database. Refuses to do so to a server that DATABASE_URL names."""
    if os.environ.get("DATABASE_URL"):
        message = (
            "DATABASE_URL names another server. Empty its database there; this command touches only"
            " our own."
        )
        raise EnvironmentRefused(message)
    from django.db import connection

    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    for stale in (_unfinished_mark(), _seal()):
        stale.unlink(missing_ok=True)


def collect_static_files() -> None:
    """Collect static files when any of them, or any installed package, changed since the last
    time.
    """
    seal = var_folder() / "run" / "static-files"
    now = fingerprint_of(_static_sources())
    if seal.exists() and seal.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    seal.parent.mkdir(parents=True, exist_ok=True)
    seal.write_text(now)


def fingerprint_of(files: Iterable[Path]) -> str:
    """A hash over name, size and time of files, which changes when any of them does."""
    digest = hashlib.sha256()
    for path in files:
        found = path.stat()
        digest.update(f"{path}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_sources() -> Iterator[Path]:
    """Our static files and what they are built from, and the lock file, which stands for
    everybody else's.
    """
    source = Path(__file__).resolve().parents[1]
    for folder in ("static", "styles", "scripts"):
        yield from sorted(path for path in source.glob(f"*/{folder}/**/*") if path.is_file())
    lock = clone_root() / "uv.lock"
    if lock.exists():
        yield lock


def _seal() -> Path:
    """The file that says in which state this installation was prepared; used with the embedded
    database only.
    """
    return var_folder() / "run" / "prepared"


def _unfinished_mark() -> Path:
    """The file that stands while the demonstration alliance is being loaded."""
    return var_folder() / "run" / "demonstration-unfinished"


def _has_accounts() -> bool:
    """Whether anybody has an account here."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.exists()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
