"""What is prepared before anything is served, and what is never touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anso.config import preparation
from anso.config.env import EnvironmentRefused


def test_database_that_another_server_holds_is_never_emptied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://anso:secret@db.example/anso")
    with pytest.raises(EnvironmentRefused, match="another server"):
        preparation.empty_the_database()


def test_demonstration_is_wanted_only_when_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSO_DEMONSTRATION", raising=False)
    assert not preparation.is_demonstration_wanted()
    monkeypatch.setenv("ANSO_DEMONSTRATION", "no")
    assert not preparation.is_demonstration_wanted()


def test_fingerprint_of_static_files_changes_with_any_of_them(tmp_path: Path) -> None:
    first, second = tmp_path / "style.css", tmp_path / "map.svg"
    first.write_text("a{}")
    second.write_text("<svg/>")
    before = preparation.fingerprint_of([first, second])
    assert preparation.fingerprint_of([first, second]) == before
    assert preparation.fingerprint_of([first]) != before
    first.write_text("a{color:red}")
    assert preparation.fingerprint_of([first, second]) != before


def test_state_changes_with_the_mode_and_stays_without_a_change(
    monkeypatch: pytest.MonkeyPatch, installation: Path
) -> None:
    monkeypatch.setenv("ANSO_VAR", str(installation))
    monkeypatch.setenv("ANSO_DEMONSTRATION", "true")
    before = preparation.state_of_installation()
    assert preparation.state_of_installation() == before
    monkeypatch.setenv("ANSO_DEMONSTRATION", "false")
    assert preparation.state_of_installation() != before


def test_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": "postgresql://anso:secret@127.0.0.1:1/anso",
        "ANSO_VAR": str(tmp_path),
    }
    command = [sys.executable, "-m", "anso.config.preparation"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.startswith("The database does not answer: ")
    assert "Traceback" not in answer.stderr
    assert "secret" not in answer.stderr
