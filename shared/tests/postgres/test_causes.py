"""What the operator is told of a database that cannot be reached: each reason apart, and never the password."""

from __future__ import annotations

import asyncio
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from mcp_chassis.errors import UpstreamUnavailable
from mcp_chassis.postgres.causes import why
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from mcp_chassis.postgres.pool import Database, DatabaseLimits

pytestmark = pytest.mark.asyncio


async def told(dsn: str) -> str:
    async with Database.open(dsn, DatabaseLimits(connect_timeout=5)) as database:
        with pytest.raises(UpstreamUnavailable) as refused:
            await database.ping()
    cause = why(refused.value)
    assert "hunter2" not in cause
    assert cause not in refused.value.text("id")
    return cause


@pytest.fixture(scope="module")
def strict() -> Iterator[EmbeddedPostgres]:
    """A server that asks everybody but `postgres` for a password."""
    folder = Path(tempfile.mkdtemp(prefix="mcp-causes-"))
    folder.chmod(0o755)
    (folder / "hba.conf").write_text("local all postgres trust\nlocal all me scram-sha-256\n")
    (folder / "hba.conf").chmod(0o644)
    with EmbeddedPostgres(folder / "data", settings={"fsync": "off", "hba_file": f"{folder}/hba.conf"}) as server:
        asyncio.run(_make_role(server.dsn()))
        yield server
    shutil.rmtree(folder)


async def _make_role(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE ROLE me LOGIN PASSWORD 'right'; CREATE ROLE other LOGIN")
    await connection.close()


@pytest.mark.parametrize(
    ("user", "database", "beginning"),
    [
        ("me:hunter2", "postgres", "wrong password: "),
        ("me:right", "shop", 'no such database: database "shop" does not exist'),
        ("other", "postgres", "the login is refused: "),
    ],
)
async def test_a_refused_login_says_what_is_wrong_with_it(
    strict: EmbeddedPostgres, user: str, database: str, beginning: str
) -> None:
    dsn = strict.dsn(database).replace("postgres@", f"{user}@")
    assert (await told(dsn)).startswith(beginning)


async def test_an_unknown_host_is_told() -> None:
    assert (await told("postgresql://me:hunter2@nowhere.invalid/x")).startswith("the host is unknown")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_closed_port_is_told(host: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert (await told(f"postgresql://me:hunter2@{host}:{port}/x")).startswith("the port is closed")


async def test_a_missing_socket_is_told(tmp_path: Path) -> None:
    assert (await told(f"postgresql://me:hunter2@/x?host={tmp_path}")).startswith("there is no such socket")


async def test_a_server_without_tls_is_told() -> None:
    async def decline(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)  # SSLRequest, which PostgreSQL answers with one letter
        writer.write(b"N")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(decline, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        cause = await told(f"postgresql://me:hunter2@127.0.0.1:{port}/x?sslmode=require")
    assert cause.startswith("TLS is refused")
