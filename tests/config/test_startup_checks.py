"""Nothing is served where settings and database do not go together."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pytest

from anso.accounts.models import Account
from anso.config.env import EnvironmentRefused


def open_web_process() -> Any:
    """What a web process does when it starts."""
    sys.modules.pop("anso.config.wsgi", None)
    return importlib.import_module("anso.config.wsgi").application


@pytest.fixture
def real_person_in_a_demonstration(db: None, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    Account.objects.create_user("real@institute.example")


@pytest.mark.usefixtures("real_person_in_a_demonstration")
def test_web_process_does_not_open_a_demonstration_among_real_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "anso.config.startup_checks.connection.close", lambda: None
    )  # the test's own transaction lives on it
    with pytest.raises(EnvironmentRefused, match=r"accounts of real people.*DATABASE_URL"):
        open_web_process()


def test_web_process_opens_everywhere_else(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anso.config.startup_checks.connection.close", lambda: None)  # as above
    Account.objects.create_user("real@institute.example")
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    assert open_web_process()
