"""What is prepared before anything is served, and what is never touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anso.accounts.models import Account
from anso.config.env import EnvironmentRefused
from operations import preparation


def test_database_that_another_server_holds_is_never_emptied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://anso:secret@db.example/anso")
    with pytest.raises(EnvironmentRefused, match="another server"):
        preparation.empty_the_database()


def test_demonstration_is_loaded_into_an_empty_demonstration_only(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **_: loaded.append(name))
    monkeypatch.setattr(preparation, "require_sound_database", lambda: None)
    monkeypatch.setattr(preparation, "load_demonstration", lambda: loaded.append("load_demo"))
    for is_on in (False, True):
        settings.DEMONSTRATION = is_on  # type: ignore[attr-defined]
        preparation.prepare()
    Account.objects.create_user("somebody@institute.example")
    preparation.prepare()
    always = ["migrate", "load_reference", "collectstatic"]
    assert loaded == [*always, *always, "load_demo", *always]


def test_installation_is_not_prepared_as_a_demonstration_among_real_people(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    Account.objects.create_user("real@institute.example")
    # The test's own transaction lives on the connection that is closed before processes are forked.
    monkeypatch.setattr("anso.config.startup_checks.connection.close", lambda: None)
    with pytest.raises(EnvironmentRefused, match="accounts of real people"):
        preparation.prepare()


def test_state_changes_with_the_mode_and_stays_without_a_change(
    monkeypatch: pytest.MonkeyPatch, installation: Path
) -> None:
    monkeypatch.setenv("ANSO_VAR", str(installation))
    monkeypatch.setenv("ANSO_DEMONSTRATION", "true")
    before = preparation.state_of_installation()
    assert preparation.state_of_installation() == before
    monkeypatch.setenv("ANSO_DEMONSTRATION", "false")
    assert preparation.state_of_installation() != before


def test_state_changes_with_any_file_of_ours(
    monkeypatch: pytest.MonkeyPatch, installation: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("ANSO_VAR", str(installation))
    monkeypatch.setattr(preparation, "clone_root", lambda: tmp_path)
    style, lock = tmp_path / "src" / "style.css", tmp_path / "uv.lock"
    style.parent.mkdir()
    states = []
    for path, text in ((lock, "1"), (style, "a{}"), (style, "a{color:red}"), (lock, "10")):
        path.write_text(text)
        states.append(preparation.state_of_installation())
    (tmp_path / "src" / "made.pyc").write_text("bytecode")
    assert preparation.state_of_installation() == states[-1]
    assert len(set(states)) == 4


def test_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": "postgresql://anso:secret@127.0.0.1:1/anso",
        "ANSO_VAR": str(tmp_path),
    }
    command = [sys.executable, "-m", "operations", "prepare"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.startswith("The database does not answer: ")
    assert "Traceback" not in answer.stderr
    assert "secret" not in answer.stderr
