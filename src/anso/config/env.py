"""Where this installation lives and how its address strings are read.

Belongs here: the root of the clone, the folder for everything made at run time, generated secrets,
and the reading of a database address. Does not belong here: Django settings, and anything that
starts or stops a server (operations).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

POSTGRESQL_SCHEMES = frozenset({"postgresql", "postgres", "pgsql"})
EMBEDDED_NAME = "anso"  # of the embedded PostgreSQL's role, and of its database
LONGEST_SOCKET_FOLDER = 85  # the address of a unix socket has room for 107 bytes


class EnvironmentRefused(RuntimeError):
    """The environment asks for something that cannot be had; the message tells the operator what to
    change.
    """


def clone_root() -> Path:
    """The folder that holds the clone."""
    return Path(__file__).resolve().parents[3]


def var_folder() -> Path:
    """The folder for what is made at run time: database, uploads, logs; ANSO_VAR puts it
    elsewhere.
    """
    stated = os.environ.get("ANSO_VAR", "")
    return Path(stated).resolve() if stated else clone_root() / "var"


def generated_secret(path: Path) -> str:
    """A random secret, made once and kept in a file that only its owner may read.

    Two processes that ask at the same time for the first time get the same secret.
    """
    with contextlib.suppress(FileNotFoundError):
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as written:
        written.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)  # never replaces
    fresh.unlink()
    return path.read_text().strip()


def embedded_database_url(var: Path | None = None) -> str:
    """The address of the PostgreSQL that an installation brings along, for where DATABASE_URL names
    no other.

    Two places under ``var`` are all that the product and the room that starts this server
    (operations) agree upon: a socket, and a file with the password, which the driver reads when it
    connects. So the address is known before the server exists, and asking for it makes nothing.
    """
    var = var or var_folder()
    folder, passfile = quote(str(embedded_socket_folder(var))), quote(str(embedded_passfile(var)))
    return f"postgresql://{EMBEDDED_NAME}@/{EMBEDDED_NAME}?host={folder}&passfile={passfile}"


def embedded_socket_folder(var: Path) -> Path:
    """Where the embedded PostgreSQL is reached: under ``var``, or in the system's folder where that
    path would be too long for a socket.
    """
    own = var.resolve() / "postgres"
    digest = hashlib.sha256(os.fsencode(own)).hexdigest()[:12]
    # As root this is a link to a folder elsewhere, and a copied clone must not follow its twin's.
    beside = own / ("socket" if os.geteuid() else f"socket-{digest}")
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    return Path("/tmp") / f"anso-{os.geteuid()}-{digest}"  # noqa: S108 - made private, or refused


def embedded_passfile(var: Path) -> Path:
    """The file with the embedded PostgreSQL's password, in the format of PostgreSQL's clients."""
    return var.resolve() / "postgres" / "passfile"


def parse_database_url(url: str) -> dict[str, Any]:
    """Turn a PostgreSQL address into one entry of Django's DATABASES.

    A unix socket is written ``postgresql://user:password@/name?host=/folder``. Every other query
    field (``sslmode``, ``application_name``, …) is passed to the driver. Refuses every address that
    is not PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in POSTGRESQL_SCHEMES:
        message = (
            f"DATABASE_URL must begin with postgresql://, not with {parts.scheme or 'nothing'}://."
        )
        raise EnvironmentRefused(message)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        message = "DATABASE_URL names no database: write postgresql://user:password@host:5432/name."
        raise EnvironmentRefused(message)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": host,
        "PORT": str(_port_of(parts) or options.pop("port", "")),
        "OPTIONS": options,
    }


def _port_of(parts: SplitResult) -> int | None:
    """The port of an address, or a refusal that names the mistake."""
    try:
        return parts.port
    except ValueError as error:
        message = "DATABASE_URL has a port that is not a number below 65536."
        raise EnvironmentRefused(message) from error


def file_storage(folder: Path) -> dict[str, Any]:
    """Where uploads are kept, as one entry of Django's STORAGES: a closed folder, or the S3 bucket
    that ANSO_S3_BUCKET names.

    A bucket needs the extra ``s3`` and is shared by every host; its credentials come from the usual
    AWS variables.
    """
    bucket = os.environ.get("ANSO_S3_BUCKET", "")
    if not bucket:
        closed = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), **closed},
        }
    options: dict[str, Any] = {
        "bucket_name": bucket,
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": False,
    }
    for name in ("endpoint_url", "region_name", "location"):
        if stated := os.environ.get(f"ANSO_S3_{name.upper()}", ""):
            options[name] = stated
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
