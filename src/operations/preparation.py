"""What must be done between an empty folder and the first page: tables, static files, the
demonstration alliance.

Belongs here: the steps that ``make run`` takes before anything is served, each done only when
needed. Does not belong here: starting or watching processes (launcher), and the demonstration data
themselves.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError, connection

from anso.config.env import EnvironmentRefused, clone_root, var_folder
from anso.config.startup_checks import require_sound_database
from operations.database_home import find_home
from operations.embedded_database import ensure_running


def prepare_unless_done(*, is_reset: bool = False) -> None:
    """Prepare and seal, unless the seal says that nothing changed; a reset empties first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anso.config.settings")
    state = ""
    if not os.environ.get("DATABASE_URL"):
        ensure_running()
        state = state_of_installation()
    if state and not is_reset and _seal().exists() and _seal().read_text() == state:
        return
    django.setup()
    _seal().parent.mkdir(parents=True, exist_ok=True)
    try:
        if is_reset or _unfinished_mark().exists():
            empty_the_database()
        prepare()
    except OperationalError as error:
        said = f"The database does not answer: {str(error).strip()}\n"
        raise EnvironmentRefused(f"{said}DATABASE_URL names it, if you set that.") from error
    # Last: whatever is cut short is done again.
    _seal().write_text(state)


def state_of_installation() -> str:
    """A hash over all that preparing depends on: our files with their sizes and times, the
    packages, the mode, and which database it was.
    """
    data = find_home(var=var_folder()).data
    # A fresh database at an old path is another one, which its inode tells.
    mode = f"{os.environ.get('ANSO_DEMONSTRATION', '')}:{data}:{data.stat().st_ino}"
    digest = hashlib.sha256(mode.encode())
    for path in sorted([*(clone_root() / "src").rglob("*"), clone_root() / "uv.lock"]):
        if path.is_file() and path.suffix != ".pyc":
            found = path.stat()
            digest.update(f"{path}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def prepare() -> None:
    """Bring tables, facts and static files up to date; fill an empty demonstration."""
    call_command("migrate", interactive=False, verbosity=0)
    # With tables, and before anything is loaded: no demonstration among accounts of real people.
    require_sound_database()
    call_command("load_reference", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    if settings.DEMONSTRATION and not get_user_model().objects.exists():
        load_demonstration()


def load_demonstration() -> None:
    """Load the demonstration alliance; one that was cut short is begun anew at the next start."""
    said = "Loading the demonstration alliance. This happens once and takes a minute or two."
    print(said, flush=True)
    if not os.environ.get("DATABASE_URL"):
        _unfinished_mark().touch()
    call_command("load_demo")
    _unfinished_mark().unlink(missing_ok=True)


def empty_the_database() -> None:
    """Drop and make the embedded database. Refuses to do so to a server that DATABASE_URL names."""
    if os.environ.get("DATABASE_URL"):
        message = (
            "DATABASE_URL names another server. Empty its database there; this command touches only"
            " our own."
        )
        raise EnvironmentRefused(message)
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    for stale in (_unfinished_mark(), _seal()):
        stale.unlink(missing_ok=True)


def _seal() -> Path:
    """The file that says for which state the embedded database was prepared."""
    return var_folder() / "run" / "prepared"


def _unfinished_mark() -> Path:
    """The file that stands while the demonstration alliance is being loaded."""
    return var_folder() / "run" / "demonstration-unfinished"
