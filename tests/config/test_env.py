"""Address strings and generated secrets."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from anso.config.env import (
    EnvironmentRefused,
    embedded_database_url,
    embedded_socket_folder,
    file_storage,
    generated_secret,
    parse_database_url,
)


def test_address_of_a_server_is_read_with_its_escapes() -> None:
    read = parse_database_url("postgresql://us%40er:p%2Fw@db.example:6432/an%20so?sslmode=require")
    assert read == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "an so",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_address_of_a_private_socket_is_read() -> None:
    read = parse_database_url("postgresql://anso:secret@/anso?host=/run/anso/abc")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("/run/anso/abc", "", "anso")


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("sqlite:///anso.sqlite3", "postgresql://"),
        ("mysql://a:b@c/d", "postgresql://"),
        ("anso", "postgresql://"),
        ("postgresql://user:pw@host", "names no database"),
        ("postgresql://user:pw@host:99999/anso", "port"),
    ],
)
def test_wrong_address_is_refused_with_the_mistake_named(address: str, word: str) -> None:
    with pytest.raises(EnvironmentRefused, match=word):
        parse_database_url(address)


def test_secret_is_made_once_even_by_many_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret-key"
    with ThreadPoolExecutor(8) as many:
        made = set(many.map(lambda _: generated_secret(path), range(32)))
    assert len(made) == 1
    assert len(made.pop()) >= 48
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["secret-key"]


def test_uploads_lie_in_a_folder_or_in_the_bucket_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ANSO_S3_BUCKET", raising=False)
    storage = FileSystemStorage(**file_storage(tmp_path)["OPTIONS"])
    kept = tmp_path / storage.save("content/ab/abc", ContentFile(b"personal"))
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept.parent, kept)] == [
        0o700,
        0o600,
    ]  # for nobody else at the same machine
    monkeypatch.setenv("ANSO_S3_BUCKET", "anso-files")
    monkeypatch.setenv("ANSO_S3_ENDPOINT_URL", "https://s3.example.org")
    bucket = file_storage(tmp_path)
    assert bucket["BACKEND"] == "storages.backends.s3.S3Storage"
    assert bucket["OPTIONS"]["bucket_name"] == "anso-files"
    assert bucket["OPTIONS"]["endpoint_url"] == "https://s3.example.org"
    assert bucket["OPTIONS"]["file_overwrite"] is False


def test_address_of_the_embedded_database_is_known_before_there_is_one(tmp_path: Path) -> None:
    """The settings name it without asking the room that starts it, and without making anything."""
    code = (
        "import sys; from anso.config import settings; named = settings.DATABASES['default'];"
        "print(named['HOST'], named['OPTIONS']['passfile'], 'operations' in sys.modules)"
    )
    environment = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"}
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "ANSO_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
    )
    assert answer.stdout.split() == [
        str(embedded_socket_folder(tmp_path / "var")),
        str(tmp_path / "var" / "postgres" / "passfile"),
        "False",
    ], answer.stderr
    assert not (tmp_path / "var" / "postgres").exists()


def test_socket_of_a_long_path_has_a_short_one_of_its_own(tmp_path: Path) -> None:
    long, other = tmp_path / ("long-" * 20), tmp_path / ("other-" * 20)
    assert len(os.fsencode(embedded_socket_folder(long))) < 90
    assert embedded_socket_folder(long) != embedded_socket_folder(other)


def test_address_survives_a_folder_with_signs_of_its_own(tmp_path: Path) -> None:
    var = tmp_path / "a b&c=é?"
    named = parse_database_url(embedded_database_url(var))
    assert named["HOST"] == str(embedded_socket_folder(var))
    assert named["OPTIONS"] == {"passfile": str(var / "postgres" / "passfile")}
