"""The embedded PostgreSQL: private, persistent through kills, alone in its folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from anso.config.env import EnvironmentRefused, embedded_database_url
from operations import embedded_database
from operations.database_home import Home, find_home, is_root, make_private
from tests.operations.conftest import remove_installation

LISTENING = "0A"
MakeInstallation = Callable[[str], Path]


def _rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        asked = connection.execute(statement.encode())
        return asked.fetchall() if asked.description else []


def _pid(var: Path) -> int:
    found = embedded_database.running_pid(var=var)
    assert found is not None
    return found


def _kill(var: Path) -> int:
    """Kill the server outright and wait until the system has buried it."""
    killed = _pid(var)
    os.kill(killed, signal.SIGKILL)
    _await_silence(var)
    return killed


def _await_silence(var: Path) -> None:
    until = time.monotonic() + 20
    while embedded_database.running_pid(var=var) and time.monotonic() < until:
        time.sleep(0.02)
    assert not embedded_database.running_pid(var=var)


def _run_elsewhere(var: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "operations", "database", *words]
    return subprocess.Popen(
        command, env={**os.environ, "ANSO_VAR": str(var)}, stdout=subprocess.PIPE, text=True
    )


def test_server_offers_what_we_need_to_a_role_without_special_powers(installation: Path) -> None:
    url = embedded_database_url(installation)
    _rows(url, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    _rows(url, "CREATE EXTENSION IF NOT EXISTS unaccent")
    assert _rows(
        url, "SELECT unaccent('São Tomé'), lower('ÅRHUS ЖЛ'), similarity('anso', 'ansa') > 0.2"
    ) == [("Sao Tome", "århus жл", True)]
    assert _rows(
        url, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ) == [(False, True)]
    assert _rows(url, "SHOW fsync") == _rows(url, "SHOW synchronous_commit") == [("on",)]


def test_server_refuses_without_its_password(installation: Path) -> None:
    folder = find_home(var=installation).socket_folder
    for who in ("anso", "postgres"):
        for password in ("", "password=wrong"):
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(
                    f"host={folder} dbname=anso user={who} {password}", passfile="/nonexistent"
                )


def test_server_listens_on_its_private_socket_only(installation: Path) -> None:
    home, pid = find_home(var=installation), _pid(installation)
    held = {str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            assert not (fields[3] == LISTENING and f"socket:[{fields[9]}]" in held)
    assert home.socket_folder.stat().st_mode & 0o077 == 0
    assert home.data.stat().st_mode & 0o077 == 0
    assert home.secret.stat().st_mode & 0o077 == 0


def test_server_never_runs_as_root(installation: Path) -> None:
    fields = Path(f"/proc/{_pid(installation)}/status").read_text().split("Uid:")[1].split()[:4]
    assert "0" not in fields


def test_starting_twice_gives_one_server(installation: Path) -> None:
    before = _pid(installation)
    url = embedded_database.ensure_running(var=installation)
    assert url == embedded_database_url(installation)
    assert _pid(installation) == before


def test_two_first_starts_at_the_same_moment_give_one_server(
    make_installation: MakeInstallation,
) -> None:
    var = make_installation("racing")
    racers = [_run_elsewhere(var, "url") for _ in range(3)]
    addresses = {racer.communicate(timeout=60)[0].strip() for racer in racers}
    assert [racer.returncode for racer in racers] == [0, 0, 0]
    assert addresses == {embedded_database_url(var)}
    assert _rows(addresses.pop(), "SELECT 1") == [(1,)]


def test_two_installations_run_at_once_and_do_not_meet(
    installation: Path, make_installation: MakeInstallation
) -> None:
    other = make_installation("other")
    ours, theirs = (
        embedded_database_url(installation),
        embedded_database.ensure_running(var=other),
    )
    assert _pid(installation) != _pid(other)
    assert find_home(var=installation).secret.read_text() != find_home(var=other).secret.read_text()
    _rows(theirs, "CREATE TABLE only_there ()")
    assert _rows(ours, "SELECT to_regclass('only_there') IS NULL") == [(True,)]


def test_committed_rows_survive_a_kill_of_the_server(make_installation: MakeInstallation) -> None:
    var = make_installation("killed")
    url = embedded_database.ensure_running(var=var)
    _rows(url, "CREATE TABLE kept (n integer)")
    for n in range(3):
        _rows(url, f"INSERT INTO kept VALUES ({n})")
        killed = _kill(var)
        assert embedded_database.ensure_running(var=var) == url
        assert _pid(var) != killed
    assert _rows(url, "SELECT n FROM kept ORDER BY n") == [(0,), (1,), (2,)]


def test_server_starts_when_another_process_got_the_number_in_its_pid_file(
    make_installation: MakeInstallation, installation: Path
) -> None:
    var = make_installation("reused")
    url = embedded_database.ensure_running(var=var)
    note = find_home(var=var).data / "postmaster.pid"
    lines = note.read_text().splitlines()
    _kill(var)
    note.write_text("\n".join([str(_pid(installation)), *lines[1:]]) + "\n")
    assert not embedded_database.running_pid(var=var)
    embedded_database.ensure_running(var=var)
    assert _rows(url, "SELECT 1") == [(1,)]
    assert embedded_database.running_pid(var=installation)


def test_half_made_cluster_of_a_killed_first_start_is_made_anew(
    make_installation: MakeInstallation,
) -> None:
    var = make_installation("half")
    home = find_home(var=var)
    make_private(home.folder / "data.new", uid=home.uid, gid=home.gid)
    (home.folder / "data.new" / "PG_VERSION").write_text("18")
    assert _rows(embedded_database.ensure_running(var=var), "SELECT 1") == [(1,)]


def test_stopped_server_is_gone_and_starts_again(make_installation: MakeInstallation) -> None:
    var = make_installation("stopped")
    url = embedded_database.ensure_running(var=var)
    assert embedded_database.stop(var=var)
    assert not embedded_database.running_pid(var=var)
    assert not embedded_database.stop(var=var)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    assert embedded_database.ensure_running(var=var) == url


def test_tied_server_ends_with_a_starter_that_is_killed(
    make_installation: MakeInstallation,
) -> None:
    var = make_installation("tied")
    embedded_database.ensure_running(var=var)
    embedded_database.stop(var=var)
    code = (
        "import time; from operations.embedded_database import ensure_running; "
        "ensure_running(is_tied=True); print('up', flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "ANSO_VAR": str(var)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    assert starter.stdout.readline() == "up\n"
    assert embedded_database.running_pid(var=var)
    starter.kill()
    starter.communicate()
    _await_silence(var)


def test_closed_folders_above_the_clone_are_left_as_they_are(tmp_path: Path) -> None:
    home = tmp_path / "home"
    var = home / "clone" / "var"
    var.mkdir(parents=True)
    home.chmod(0o700)
    above = [
        *var.parents,
        Path("/var/lib"),
        Path("/run"),
        Path("/tmp"),
    ]
    before = {path: (path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in above}
    try:
        assert _rows(embedded_database.ensure_running(var=var), "SELECT 1") == [(1,)]
        after = {
            path: (path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in above
        }
        assert after == before
    finally:
        remove_installation(var)


def test_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    var = tmp_path / ("long-" * 20) / ("deep-" * 20) / "var"
    var.mkdir(parents=True)
    try:
        assert _rows(embedded_database.ensure_running(var=var), "SELECT 1") == [(1,)]
        assert len(os.fsencode(find_home(var=var).socket_folder)) < 90
    finally:
        remove_installation(var)


def test_root_who_may_not_write_where_its_database_lies_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (
        tmp_path / "lock"
    ).mkdir()  # cannot be opened, as by the root of a container without rights outside it
    monkeypatch.setattr("operations.database_home.ROOT_HOME", tmp_path)
    monkeypatch.setattr("operations.database_home.is_root", lambda: True)
    with pytest.raises(EnvironmentRefused, match="Start as an ordinary user, or set DATABASE_URL"):
        find_home(var=tmp_path / "var")


def test_socket_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    open_folder = tmp_path / "open"
    open_folder.mkdir(mode=0o755)
    with pytest.raises(EnvironmentRefused, match="not a private folder"):
        make_private(open_folder, uid=os.geteuid(), gid=os.getegid())
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(EnvironmentRefused, match="not a private folder"):
        make_private(tmp_path / "link", uid=os.geteuid(), gid=os.getegid())


def test_data_of_another_major_version_are_refused_with_the_way_out(
    make_installation: MakeInstallation,
) -> None:
    var = make_installation("older")
    home: Home = find_home(var=var)
    home.data.mkdir(mode=0o700)
    (home.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(EnvironmentRefused, match=r"docs/operations\.md"):
        embedded_database.ensure_running(var=var)


@pytest.mark.skipif(
    not is_root(), reason="as an ordinary user the data lie inside the clone and move with it"
)
def test_copied_clone_gets_its_own_database_and_a_moved_one_keeps_it(
    make_installation: MakeInstallation, tmp_path: Path
) -> None:
    var = make_installation("original")
    original = find_home(var=var).folder
    shutil.copytree(var, tmp_path / "copy")
    copied = find_home(var=tmp_path / "copy").folder
    assert copied != original
    (tmp_path / "copy").rename(tmp_path / "moved")
    assert find_home(var=tmp_path / "moved").folder == copied
    remove_installation(tmp_path / "moved")


def test_command_line_starts_tells_and_stops(make_installation: MakeInstallation) -> None:
    var = make_installation("commanded")
    codes = {}
    for verb in ("status", "start", "status ", "stop", "nonsense"):
        running = _run_elsewhere(var, verb.strip())
        running.communicate(timeout=60)
        codes[verb] = running.returncode
    assert codes == {"status": 3, "start": 0, "status ": 0, "stop": 0, "nonsense": 2}
