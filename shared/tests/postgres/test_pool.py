from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest
from mcp_chassis.call import Principal
from mcp_chassis.errors import ChassisError, ConfigurationError, NotFound, RateLimited, UpstreamUnavailable
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from mcp_chassis.postgres.pool import Database, DatabaseLimits
from mcp_chassis.postgres.session import Bounds

ALICE = Principal("alice", "local")

pytestmark = pytest.mark.asyncio


async def value(database: Database, sql: str, *parameters: Any) -> Any:
    async with database.session(ALICE) as session:
        result = await session.rows(await session.describe(sql), parameters, Bounds(10))
        return result.rows[0][0]


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="mcp-pool-"))
    yield path
    shutil.rmtree(path)


async def test_the_database_may_be_down_at_first_and_restart_later(folder: Path) -> None:
    server = EmbeddedPostgres(folder, settings={"fsync": "off"})
    server.start()
    dsn = server.dsn()
    server.stop()
    async with Database.open(dsn, DatabaseLimits(connect_timeout=2)) as database:
        with pytest.raises(UpstreamUnavailable) as down:
            await value(database, "SELECT 1")
        assert str(folder) not in down.value.text("id")
        with pytest.raises(UpstreamUnavailable):
            await database.ping()
        for _ in range(2):
            with server:
                assert await value(database, "SELECT 1") == 1
                running = asyncio.create_task(value(database, "SELECT pg_sleep(30)"))
                await asyncio.sleep(0.2)
            # Leaving stopped the server fast, in the middle of the query.
            with pytest.raises(UpstreamUnavailable):
                await running


async def test_a_lost_idle_connection_is_replaced_without_a_word(postgres_dsn: str) -> None:
    async with Database.open(postgres_dsn, DatabaseLimits(connections=1)) as database:
        pid = await value(database, "SELECT pg_backend_pid()")
        admin = await asyncpg.connect(postgres_dsn)
        await admin.fetch("SELECT pg_terminate_backend($1)", pid)
        await admin.close()
        assert await value(database, "SELECT 1") == 1


async def test_a_backend_killed_in_mid_query_is_told_in_one_sentence(postgres_dsn: str) -> None:
    async with Database.open(postgres_dsn) as database:
        running = asyncio.create_task(value(database, "SELECT pg_sleep(30)"))
        admin = await asyncpg.connect(postgres_dsn)
        killed = 0
        while not killed:
            killed = await admin.fetchval(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid() AND state = 'active'"
            )
            await asyncio.sleep(0.01)
        await admin.close()
        with pytest.raises(UpstreamUnavailable, match="does not answer"):
            await running
        assert await value(database, "SELECT 1") == 1


async def test_a_full_pool_says_so(postgres_dsn: str) -> None:
    async with Database.open(postgres_dsn, DatabaseLimits(connections=1, connect_timeout=0.5)) as database:
        async with database.session(ALICE):
            with pytest.raises(RateLimited):
                await value(database, "SELECT 1")
        assert await value(database, "SELECT 1") == 1


async def test_slow_calls_on_all_connections_are_no_fault_of_the_database(postgres_dsn: str) -> None:
    async with Database.open(postgres_dsn, DatabaseLimits(connections=1, connect_timeout=3600)) as database:
        await database.ping()
        async with database.session(ALICE):
            with pytest.raises(RateLimited, match="in use"):
                await database.ping()


async def test_connections_on_which_nothing_has_ended_for_long_are_one(postgres_dsn: str) -> None:
    limits = DatabaseLimits(connections=1, connect_timeout=3600, statement_timeout=0.1, clean_timeout=0.1)
    async with Database.open(postgres_dsn, limits) as database, database.session(ALICE):
        await asyncio.sleep(0.4)
        with pytest.raises(UpstreamUnavailable):
            await database.ping()


async def test_a_host_that_takes_connections_and_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # the system takes them
        dsn = f"postgresql://a@127.0.0.1:{silent.getsockname()[1]}/b"
        async with Database.open(dsn, DatabaseLimits(connect_timeout=3600)) as database:
            with pytest.raises(UpstreamUnavailable):
                await database.ping()


@pytest.mark.parametrize("dsn", ["mysql://host/db", "postgresql://host:port/db", "host=x", "postgresql://a@b@c/d"])
async def test_an_address_that_cannot_be_read_is_a_configuration_error(dsn: str) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        async with Database.open(dsn):
            pass


@pytest.mark.parametrize("change", ["user", "database", "port", "host", "setting"])
async def test_no_way_in_is_unavailable_and_names_nothing(postgres_dsn: str, change: str) -> None:
    admin = await asyncpg.connect(postgres_dsn)
    port = await admin.fetchval("SHOW port")
    await admin.close()
    dsn = {
        "user": postgres_dsn.replace("postgres@", "nobody_known@"),
        "database": postgres_dsn.replace("/test_", "/no_such_test_"),
        "port": f"postgresql://postgres:s3cret@127.0.0.1:{(int(port) + 7) % 65536}/db",
        "setting": postgres_dsn + ("&" if "?" in postgres_dsn else "?") + "no_such_setting=1",
        "host": "postgresql://postgres:s3cret@no-such-host.invalid/db",
    }[change]
    async with Database.open(dsn, DatabaseLimits(connect_timeout=2)) as database:
        with pytest.raises(ChassisError) as refused:
            await value(database, "SELECT 1")
    assert isinstance(refused.value, UpstreamUnavailable)
    assert not any(word in refused.value.text("id") for word in ("nobody", "no_such", "127.0.0.1", "s3cret", "invalid"))


async def test_there_is_one_database(postgres_dsn: str) -> None:
    async with Database.open(postgres_dsn) as database:
        with pytest.raises(NotFound):
            async with database.session(ALICE, "other"):
                pass


@contextmanager
def pgbouncer(dsn: str, folder: Path) -> Iterator[str]:
    """Debian's pooler in transaction mode with two server connections, in front of the database."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        pytest.skip("pgbouncer is not installed; .ci/run installs it")
    parts = urlsplit(dsn)
    query = parse_qs(parts.query)
    host = query.get("host", [parts.hostname or "127.0.0.1"])[0]
    port = query.get("port", [str(parts.port or 5432)])[0]
    name = parts.path.lstrip("/")
    users, config, log = folder / "users.txt", folder / "pgbouncer.ini", folder / "pgbouncer.log"
    users.write_text('"postgres" ""\n')
    config.write_text(
        f"[databases]\n{name} = host={host} port={port} dbname={name} user=postgres\n[pgbouncer]\n"
        f"pool_mode = transaction\ndefault_pool_size = 2\nauth_type = trust\nauth_file = {users}\nlisten_addr =\n"
        f"unix_socket_dir = {folder}\nlisten_port = 6432\nlogfile = {log}\nserver_idle_timeout = 5\n"
    )
    as_user = ["--user", "nobody"] if os.geteuid() == 0 else []
    if as_user:
        folder.chmod(0o777)
    process = subprocess.Popen(
        [program, *as_user, str(config)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"postgresql://postgres@/{name}?host={folder}&port=6432"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


async def test_behind_a_pooler_in_transaction_mode_everything_works(postgres_dsn: str, folder: Path) -> None:
    with pgbouncer(postgres_dsn, folder) as dsn:
        async with Database.open(dsn, DatabaseLimits(connections=8)) as database:
            await until_it_answers(database)
            kinds = "SELECT $1::int + 1, ARRAY[1.5], 'a'::text, now(), ROW(1), NULL::pg_lsn"
            rows = await asyncio.gather(*(value(database, kinds, number) for number in range(200)))
            assert rows == list(range(1, 201))
            with pytest.raises(ChassisError, match="Division by zero"):
                await value(database, "SELECT 1 / 0")
            running = asyncio.create_task(value(database, "SELECT pg_sleep(30)"))
            await asyncio.sleep(0.3)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            await asyncio.gather(*(value(database, "SELECT 1") for _ in range(10)))
        admin = await asyncpg.connect(postgres_dsn)
        # The pooler's server connections are still there: nothing of ours is left in them.
        left = await admin.fetchval(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        await admin.close()
        assert left == 0


async def test_behind_a_pooler_no_setting_outlives_its_transaction(postgres_dsn: str, folder: Path) -> None:
    with pgbouncer(postgres_dsn, folder) as dsn:
        async with Database.open(dsn, DatabaseLimits(statement_timeout=7, connections=4)) as database:
            await until_it_answers(database)
            await asyncio.gather(*(value(database, "SELECT current_setting('statement_timeout')") for _ in range(8)))
            plain = [await asyncpg.connect(dsn, statement_cache_size=0) for _ in range(2)]
            states = await asyncio.gather(
                *(
                    connection.fetch(
                        "SELECT current_setting('statement_timeout'), current_setting('role'),"
                        " current_setting('transaction_read_only'),"
                        " (SELECT count(*) FROM pg_prepared_statements WHERE name <> ''), pg_sleep(0.1)"
                    )
                    for connection in plain
                )
            )
            for connection in plain:
                await connection.close()
    assert [tuple(state[0])[:4] for state in states] == [("0", "none", "off", 0)] * 2


async def until_it_answers(database: Database) -> None:
    for _ in range(100):
        try:
            await database.ping()
            return
        except UpstreamUnavailable:
            await asyncio.sleep(0.05)
    raise AssertionError("the pooler does not answer")


@pytest.mark.parametrize("rounds", [40, pytest.param(2000, marks=[pytest.mark.soak, pytest.mark.timeout(600)])])
async def test_cancelling_at_any_moment_leaves_the_pool_whole(postgres_dsn: str, rounds: int) -> None:
    chance = random.Random(rounds)  # noqa: S311 - the same moments in every run
    statements = ("SELECT 1", "SELECT 'wide', ROW(1)", "SELECT count(*) FROM generate_series(1, 30000)", "SELECT 1 / 0")
    async with Database.open(postgres_dsn, DatabaseLimits(connections=3)) as database:
        await database.ping()
        for _ in range(rounds):
            running = [asyncio.create_task(value(database, chance.choice(statements))) for _ in range(6)]
            await asyncio.sleep(chance.random() * 0.006)
            for task in running:
                task.cancel()
            for outcome in await asyncio.gather(*running, return_exceptions=True):
                assert isinstance(outcome, int | str | asyncio.CancelledError | ChassisError), outcome
                if isinstance(outcome, ChassisError):
                    assert outcome.message == "Division by zero."
        assert await asyncio.gather(*(value(database, "SELECT $1::int", number) for number in range(9))) == list(
            range(9)
        )
        admin = await asyncpg.connect(postgres_dsn)
        for _ in range(100):
            busy = await admin.fetchval(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()"
            )
            if not busy:
                break
            await asyncio.sleep(0.02)
        await admin.close()
        assert busy == 0


async def test_a_pool_tells_how_it_stands(postgres_dsn: str) -> None:
    async with Database.open(postgres_dsn, DatabaseLimits(connections=1, connect_timeout=10)) as database:
        assert (database.state().connections, database.state().limit) == ({"idle": 0, "used": 0}, 1)
        async with database.session(ALICE):
            waiting = asyncio.create_task(value(database, "SELECT 1"))
            while not database.state().waiting:
                await asyncio.sleep(0.01)
            assert database.state().connections == {"idle": 0, "used": 1}
        assert await waiting == 1
        assert database.state().waiting == 0
