"""What all tests share: the clock, the cast, and a database whose record may be emptied between
tests.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.template import Context
from django.test import client, override_settings
from django.test.utils import ContextList
from django.utils import translation
from hypothesis import HealthCheck, settings

from anso.site import context
from operations.embedded_database import ensure_running
from tests.prepared import compile_statements

pytest_plugins = [
    "tests.cast",
    "tests.given",
    "tests.order",
    "tests.mutants.plugin",
    "tests.statements",
]

# How fast a busy machine makes up examples says nothing of what they show; a build knows that.
settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
if "CI" not in os.environ:
    settings.load_profile("busy machine")

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
        # A test database may be lost; waiting for the disk at each commit proves nothing.
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        cursor.execute("SET synchronous_commit = off")
        for table in ("entry", "checkpoint", "sealedentry", "unsealedentry"):
            cursor.execute(f"ALTER TABLE audit_{table} DISABLE TRIGGER audit_{table}_no_truncate")
        # Tests roll back what they write. Where autovacuum counted such a table it would seem empty
        # to the planner, and a world of thousands be joined row by row.
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = false)")


@pytest.fixture(scope="session", autouse=True)
def plain_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No manifest to build, no mail to send, files in a folder of their own. Once for all tests,
    since worlds that several tests share are made in the same surroundings.
    """
    static = tmp_path_factory.getbasetemp() / "static"
    static.mkdir(exist_ok=True)
    with override_settings(
        STORAGES={
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(tmp_path_factory.getbasetemp() / "files")},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        STATIC_ROOT=str(static),
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


def keep_what_pages_were_given(store: dict[str, Any], context: Context, **_said: Any) -> None:
    """What views gave to their pages, for ``response.context``. Django's own test client copies it
    for every part that a page includes, which takes a tenth of the time of a page.
    """
    store.setdefault("context", ContextList()).append(context)


client.store_rendered_templates = keep_what_pages_were_given


@pytest.fixture(scope="session", autouse=True)
def seal_looked_for_once() -> Iterator[None]:
    """A process looks for a new seal every ten seconds; how many queries a page costs must not
    depend on how long a busy machine takes between two of them.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(context, "SECONDS_KEPT", float("inf"))
        yield


@pytest.fixture(autouse=True)
def nothing_kept_by_the_thread() -> Iterator[None]:
    """A page in another language leaves that language to the thread, and a seal that was shown to
    the process; the next test begins without them.
    """
    yield
    translation.deactivate()
    context.SEEN.clear()


def pytest_collection_finish() -> None:
    """What was imported lives through all tests: looking for garbage among it again and again would
    take a tenth of their time. It is not set aside, for mutants look for functions there.
    """
    gc.collect()
    gc.set_threshold(50_000, 20, 1_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses the database, and each repetition of one with other parameters;
    start the embedded database when there is such a test.
    """
    Path(django_settings.STATIC_ROOT).mkdir(
        parents=True, exist_ok=True
    )  # a server that lives through all tests looks there first
    seen: set[str] = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if test in seen:
            item.add_marker("repeated")
        seen.add(test)
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
