"""Throw-away installations: a folder, its own cluster, and nothing left of either afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from anso.config.env import embedded_socket_folder
from operations import embedded_database
from operations.database_home import find_home


@pytest.fixture(scope="session")
def make_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """Give the ``var`` folder of a new installation; its server and its data are removed at the
    end.
    """
    made: list[Path] = []

    def make(name: str) -> Path:
        var = tmp_path_factory.mktemp(name) / "var"
        var.mkdir()
        made.append(var)
        return var

    yield make
    for var in made:
        remove_installation(var)


@pytest.fixture(scope="session")
def installation(make_installation: Callable[[str], Path]) -> Path:
    """One running installation that tests may read from and must not stop."""
    var = make_installation("shared")
    embedded_database.ensure_running(var=var)
    return var


def remove_installation(var: Path) -> None:
    """Stop the server of an installation and remove what it keeps outside its folder."""
    if not (var / "postgres").exists():
        return
    embedded_database.stop(var=var)
    home = find_home(var=var)
    shutil.rmtree(home.folder)
    shutil.rmtree(home.socket_folder, ignore_errors=True)
    embedded_socket_folder(var).unlink(missing_ok=True)  # root's link to the real one
