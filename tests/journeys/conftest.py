"""What journeys share: one real installation for the whole session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.running import Installation, start_installation


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A real installation, started by the launcher, stopped and removed at the end."""
    with start_installation(tmp_path_factory.mktemp("journeys") / "var") as started:
        yield started
