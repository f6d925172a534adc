"""Servers that are killed, terminated and cut off from the database while they work."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http.client import HTTPException
from pathlib import Path

import asyncpg
import pytest
from http_wire import NEW
from mcp_chassis.audit.reading.places import Log
from mcp_chassis.audit.reading.signers import Signers
from mcp_chassis.audit.reading.verification import verify
from sink_wire import execute, in_files, in_tables, query, until
from telemetry_process import Server, running

pytestmark = pytest.mark.asyncio
SMALL = {"MCP_AUDIT_ROTATE_BYTES": "8192", "MCP_AUDIT_CHECKPOINT_SECONDS": "0.2"}


class Traffic(threading.Thread):
    """Calls one after the other until the server is gone; `answered` are those that were."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server
        self.answered = 0
        self.failed = 0
        self.over = False
        self.start()

    def run(self) -> None:
        """Call."""
        while not self.over:
            try:
                answer = self.server.ask(NEW, "tools/call", name="add", arguments={"a": self.answered})
            except (OSError, HTTPException, ValueError, IndexError):
                return
            self.answered += not answer["result"].get("isError")
            self.failed += bool(answer["result"].get("isError"))


@asynccontextmanager
async def blocked(dsn: str) -> AsyncIterator[None]:
    """Nothing can be inserted meanwhile, and nobody is told so."""
    connection = await asyncpg.connect(dsn)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("LOCK TABLE mcp_audit.records IN ACCESS EXCLUSIVE MODE")
    try:
        yield
    finally:
        await transaction.rollback()
        await connection.close()


async def same(folder: Path, dsn: str) -> bool:
    return await in_tables(dsn) == in_files(folder / "audit/mcp-sample-server")


async def serve_and_end(folder: Path, dsn: str) -> None:
    """One more start, until everything that was left is sent."""
    with running(folder, MCP_AUDIT_DATABASE_URL=dsn, **SMALL):
        await until(lambda: same(folder, dsn))


def is_intact(folder: Path) -> bool:
    log = Log(folder / "audit")
    return verify(log, Signers([], log.keys)).intact


async def survive(tmp_path: Path, postgres_dsn: str, kills: int) -> None:
    """Kill servers in mid-traffic, each second one while something is left for certain."""
    answered = 0
    for kill in range(kills):
        with running(tmp_path, MCP_AUDIT_DATABASE_URL=postgres_dsn, **SMALL) as server:
            traffic = [Traffic(server) for _ in range(2)]
            await asyncio.sleep(0.5 + 0.1 * (kill % 7))
            if kill % 2:
                server.process.kill()
            else:
                async with blocked(postgres_dsn):
                    before = sum(thread.answered for thread in traffic)
                    await until(_more_than(traffic, before + 20))
                    server.process.kill()
                assert not await same(tmp_path, postgres_dsn)
            for thread in traffic:
                await asyncio.to_thread(thread.join, 30)
            server.process.wait(30)
            answered += sum(thread.answered for thread in traffic)
    await serve_and_end(tmp_path, postgres_dsn)
    await until(lambda: same(tmp_path, postgres_dsn))  # what ended just now was sent by SIGTERM
    counted = await query(postgres_dsn, "SELECT count(*), count(DISTINCT (instance, seq)) FROM mcp_audit.records")
    assert counted[0][0] == counted[0][1]
    holes = "SELECT count(*), max(seq), min(seq) FROM mcp_audit.records GROUP BY instance"
    assert all(count == last and first == 1 for count, last, first in await query(postgres_dsn, holes))
    recoveries = "SELECT count(*) FROM mcp_audit.records WHERE event = 'recovery'"
    assert await query(postgres_dsn, recoveries) == [(kills,)]
    calls = "SELECT count(*) FROM mcp_audit.records WHERE event = 'call'"
    assert (await query(postgres_dsn, calls))[0][0] >= answered > 0
    assert is_intact(tmp_path)


async def test_what_a_killed_server_did_not_send_the_next_one_does(tmp_path: Path, postgres_dsn: str) -> None:
    await survive(tmp_path, postgres_dsn, 2)


@pytest.mark.soak
async def test_what_many_killed_servers_did_not_send_the_next_ones_do(tmp_path: Path, postgres_dsn: str) -> None:
    await survive(tmp_path, postgres_dsn, 15)


def _more_than(traffic: list[Traffic], count: int) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return sum(thread.answered for thread in traffic) > count

    return holds


async def test_the_end_is_sent_before_the_process_ends(tmp_path: Path, postgres_dsn: str) -> None:
    with running(tmp_path, MCP_AUDIT_DATABASE_URL=postgres_dsn, **SMALL) as server:
        traffic = Traffic(server)
        await until(_more_than([traffic], 50))
        assert await asyncio.to_thread(server.end) == 0
    traffic.join(30)
    assert await same(tmp_path, postgres_dsn)
    assert await query(postgres_dsn, "SELECT count(*) FROM mcp_audit.records WHERE event = 'stop'") == [(1,)]
    last = "SELECT checkpoint::jsonb ->> 'reason' FROM mcp_audit.checkpoints ORDER BY number DESC LIMIT 1"
    assert await query(postgres_dsn, last) == [("stop",)]


async def test_an_end_does_not_wait_for_a_database_that_hangs(tmp_path: Path, postgres_dsn: str) -> None:
    variables = {"MCP_AUDIT_DATABASE_URL": postgres_dsn, "MCP_GRACE_SECONDS": "1", **SMALL}
    with running(tmp_path, **variables) as server:
        await until(lambda: same(tmp_path, postgres_dsn))
        async with blocked(postgres_dsn):
            assert "result" in server.ask(NEW, "tools/call", name="add", arguments={"a": 1})
            assert await asyncio.to_thread(server.end) == 0
        told = [json.loads(line) for line in server.log.read_text().splitlines()]
        assert [line["cause"] for line in told if "not in PostgreSQL yet" in line["event"]] == [
            "the grace period is over"
        ]
    assert not await same(tmp_path, postgres_dsn)
    await serve_and_end(tmp_path, postgres_dsn)


async def test_calls_go_on_while_there_is_no_database(tmp_path: Path, postgres_dsn: str) -> None:
    secret = "correct-horse-battery"
    away = f"postgresql://writer:{secret}@127.0.0.1:1/nowhere?sslmode=disable"
    with running(tmp_path, MCP_AUDIT_DATABASE_URL=away, **SMALL) as server:
        for number in range(50):
            answer = server.ask(NEW, "tools/call", name="add", arguments={"a": number})
            assert answer["result"]["structuredContent"] == {"total": number + 2}
        status, body = server.get("/ready")
        (component,) = [item for item in json.loads(body)["components"] if item["name"] == "audit sink"]
        assert (status, component["status"]) == (200, "degraded")
        assert "the port is closed" in component["detail"]
        lags = {labels["stage"]: seconds for labels, seconds in server.samples()["mcp_chassis_audit_lag_seconds"]}
        assert lags["sink"] > 0
        assert server.end() == 0
        log = server.log.read_text()
        assert "records cannot be sent to PostgreSQL now" in log
        assert "the next start of this server with this folder sends them" in log
        for text in (log, body, "".join(path.read_text() for path in (tmp_path / "audit").rglob("*.json*"))):
            assert secret not in text
    await serve_and_end(tmp_path, postgres_dsn)


async def test_a_database_that_hangs_holds_up_no_call(tmp_path: Path, postgres_dsn: str) -> None:
    with running(tmp_path, MCP_AUDIT_DATABASE_URL=postgres_dsn, **SMALL) as server:
        await until(lambda: same(tmp_path, postgres_dsn))
        async with blocked(postgres_dsn):
            for number in range(50):
                assert "result" in server.ask(NEW, "tools/call", name="add", arguments={"a": number})
            server.ask(NEW, "tools/call", name="mistake", arguments={"text": "x", "code": "denied"})
        await until(lambda: same(tmp_path, postgres_dsn))


async def test_two_servers_on_one_folder_leave_each_other_alone(tmp_path: Path, postgres_dsn: str) -> None:
    await execute(postgres_dsn, "SELECT 1")
    with (
        running(tmp_path / "one", MCP_AUDIT_DIR=str(tmp_path / "audit"), MCP_AUDIT_DATABASE_URL=postgres_dsn) as one,
        running(tmp_path / "two", MCP_AUDIT_DIR=str(tmp_path / "audit"), MCP_AUDIT_DATABASE_URL=postgres_dsn) as two,
    ):
        traffic = [Traffic(one), Traffic(two)]
        await until(_more_than(traffic, 100))
        one.process.kill()
        traffic[1].over = True
        for thread in traffic:
            await asyncio.to_thread(thread.join, 30)
        assert traffic[1].failed == 0
    await serve_and_end(tmp_path, postgres_dsn)
    assert len(await query(postgres_dsn, "SELECT DISTINCT instance FROM mcp_audit.records")) == 3
