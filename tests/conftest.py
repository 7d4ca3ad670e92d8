"""What all tests share: the clock, the cast, and a database whose record may be emptied between
tests.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import translation

from operations.embedded_database import ensure_running
from tests.prepared import compile_statements

pytest_plugins = ["tests.cast", "tests.mutants.plugin"]

NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def now() -> dt.datetime:
    """The instant at which tests act, unless they say otherwise."""
    return NOW


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Let tests that commit empty the record afterwards; one test proves that the guard is
    there. Prepared queries are compiled, so that no test counts that as a query of what it tests.
    """
    import_module(django_settings.ROOT_URLCONF)  # and with it all that the pages ask
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        compile_statements()
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        for table in ("entry", "checkpoint", "sealedentry", "unsealedentry"):
            cursor.execute(f"ALTER TABLE audit_{table} DISABLE TRIGGER audit_{table}_no_truncate")


@pytest.fixture(autouse=True)
def plain_surroundings(settings: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No manifest to build, no mail to send, files in a folder of their own."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path_factory.getbasetemp() / "files")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    static = tmp_path_factory.getbasetemp() / "static"
    static.mkdir(exist_ok=True)
    settings.STATIC_ROOT = str(static)  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def english_outside_requests() -> Iterator[None]:
    """A page in another language leaves that language to the thread; the next test begins without
    it.
    """
    yield
    translation.deactivate()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses the database, and start the embedded one when there is such a
    test.
    """
    Path(django_settings.STATIC_ROOT).mkdir(
        parents=True, exist_ok=True
    )  # a server that lives through all tests looks there first
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {
            "db",
            "transactional_db",
            "live_server",
        }:
            item.add_marker("database")
    if not os.environ.get("DATABASE_URL") and any(
        item.get_closest_marker("database") for item in items
    ):
        ensure_running()
