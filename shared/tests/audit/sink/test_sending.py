"""What is in the files gets into the database: all of it, in order, once."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from audit_wire import open_log
from mcp_chassis.audit import Options, Rotation
from mcp_chassis.audit.sink.position import Position
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from sink_wire import execute, in_files, in_tables, query, sending, until

pytestmark = pytest.mark.asyncio
SMALL = Options(rotation=Rotation(bytes=32_768, checkpoint_records=50))


@pytest.fixture
def own_postgres() -> Iterator[EmbeddedPostgres]:
    """A server that the test alone stops and starts."""
    folder = tempfile.mkdtemp(prefix="mcp-sink-")
    yield EmbeddedPostgres(folder, settings={"fsync": "off", "synchronous_commit": "off"})
    shutil.rmtree(folder)


async def test_all_records_arrive_in_order_while_many_write(tmp_path: Path, postgres_dsn: str) -> None:
    async with sending(tmp_path, postgres_dsn, SMALL) as (log, sink):

        async def write(writer: int) -> None:
            for number in range(100):
                log.event("tick", writer=writer, number=number, padding="x" * (number % 7) * 20)
                if number % 10 == 0:
                    await asyncio.sleep(0.01)

        await asyncio.gather(*map(write, range(32)))
    files = in_files(tmp_path / "audit/s")
    assert len(files) > 10  # segments
    assert sum(map(len, files.values())) > 3_200
    assert await in_tables(postgres_dsn) == files
    assert sink.lag_s == 0


async def test_columns_say_what_the_lines_say(tmp_path: Path, postgres_dsn: str) -> None:
    async with sending(tmp_path, postgres_dsn) as (log, _):
        log.event("key_used", principal="ann", tenant="acme", action="tool:x", decision="allow", outcome="ok")
        log.event("tick", duration_ms=1.5, client="a\0b", principal="p" * 900, text="back\\u0000slash")
    names = "server, instance, seq, event, principal, tenant, action, decision, outcome, duration_ms, hash"
    found = await query(postgres_dsn, f"SELECT {names}, ts, record FROM mcp_audit.records ORDER BY seq")
    assert [row[2] for row in found] == [1, 2, 3, 4]
    for *columns, ts, line in found:
        record = json.loads(line)
        expected = {"server": "s", **record, "principal": (record.get("principal") or "")[:500] or None}
        assert columns == [expected.get(name) for name in names.split(", ")]
        assert f"{ts:%Y-%m-%dT%H:%M:%S.%fZ}" == record["ts"]
    content = "SELECT content ->> 'client', content ->> 'text' FROM mcp_audit.records WHERE event = 'tick'"
    assert await query(postgres_dsn, content) == [("a\ufffdb", "back\\ufffdslash")]


async def test_a_database_that_is_stopped_and_one_that_crashes_get_the_rest_later(
    tmp_path: Path, own_postgres: EmbeddedPostgres
) -> None:
    with own_postgres:
        dsn = own_postgres.dsn()
    async with sending(tmp_path, dsn, SMALL) as (log, sink):  # down at first

        async def tick(count: int) -> None:
            for number in range(count):
                log.event("tick", number=number)
            await asyncio.sleep(0)

        async def is_sent() -> bool:
            return sink.lag_s == 0

        async def has_failed() -> bool:
            return (await sink.health()).status == "degraded"

        await tick(300)
        await until(has_failed)
        assert sink.lag_s > 0
        with own_postgres:
            await until(is_sent)
            assert (await sink.health()).status == "healthy"
            await tick(300)
        await tick(300)
        await until(has_failed)
        with own_postgres:
            await until(is_sent)
            await tick(300)
            (pid,) = (await query(dsn, "SELECT pid FROM pg_stat_activity WHERE application_name = 's audit'"))[0]
            os.kill(pid, signal.SIGKILL)  # at which PostgreSQL ends all others and recovers
            await tick(300)
            await until(is_sent)
            log.event("tick")
            await until(is_sent)
            files, tables = in_files(tmp_path / "audit/s"), await in_tables(dsn)
            assert {name: lines for name, lines in tables.items() if name[1] != "checkpoints.jsonl"} == {
                name: lines for name, lines in files.items() if name[1] != "checkpoints.jsonl"
            }


async def test_what_others_left_is_sent_too_and_looked_at_once(tmp_path: Path, postgres_dsn: str) -> None:
    for number in range(3):  # before there was a sink
        log = open_log(tmp_path, SMALL)
        log.opened()
        log.settle_start()
        for _ in range(200 * number):
            log.event("tick")
        log.stop()
        log.close()
    changed = open_log(tmp_path)  # one that was killed, and changed since, so that no start closes it
    changed.event("tick", text="one")
    changed.event("tick", text="two")
    changed.flush()
    changed.close()
    changed.path.write_bytes(changed.path.read_bytes().replace(b"one", b"six"))
    async with sending(tmp_path, postgres_dsn) as (_, sink):

        async def is_sent() -> bool:
            return sink.lag_s == 0 and await in_tables(postgres_dsn) == in_files(tmp_path / "audit/s")

        await until(is_sent)
    folders = [path for path in sorted((tmp_path / "audit/s").glob("2*")) if not (path / "lock").exists()]
    ((database,),) = await query(postgres_dsn, "SELECT id::text FROM mcp_audit.format")
    assert sorted(Position.load(folder, database).complete for folder in folders) == [False, True, True, True]
    assert "six" in str(await in_tables(postgres_dsn))


async def test_another_database_gets_everything_again(tmp_path: Path, postgres_dsn: str) -> None:
    async with sending(tmp_path, postgres_dsn):
        pass
    await execute(postgres_dsn, "DROP SCHEMA mcp_audit CASCADE")
    async with sending(tmp_path, postgres_dsn) as (_, sink):

        async def is_sent() -> bool:
            return len(await in_tables(postgres_dsn)) >= 3

        await until(is_sent)
    assert await in_tables(postgres_dsn) == in_files(tmp_path / "audit/s")
    assert sink.lag_s == 0


async def test_a_lost_position_sends_nothing_twice(tmp_path: Path, postgres_dsn: str) -> None:
    async with sending(tmp_path, postgres_dsn, SMALL) as (log, _):
        for _ in range(500):
            log.event("tick")
    for number, content in enumerate((None, b"", b"{", b'{"v":1}', b"[]", b"\xff")):
        (path,) = (tmp_path / "audit/s").glob(f"{Path(log.where).name}/sent.json")
        path.unlink() if content is None else path.write_bytes(content)
        async with sending(tmp_path, postgres_dsn):

            async def is_complete(path: Path = path) -> bool:
                return path.exists() and b'"complete": true' in path.read_bytes()

            await until(is_complete)
        assert await in_tables(postgres_dsn) == in_files(tmp_path / "audit/s"), number


@pytest.mark.parametrize(
    "line",
    [
        b"no JSON",
        b"",
        b"\xff\xfe\x00",
        b'{"seq":-1}',
        b'{"seq":99999999999999999999}',
        b'{"seq":7,"ts":7,"principal":["a"],"duration_ms":true,"hash":{}}',
        b'{"seq":7,"ts":"2026-13-01","n":1e999999,"duration_ms":1e400}',
        b'{"seq":7,"ts":"0001-01-01T00:00:00+14:00","duration_ms":' + b"9" * 400 + b"}",
        b'{"seq":7,"n":' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"seq":7,"principal":"\\ud800","tenant":"\\u0000"}',
        b'{"seq":7,"action":"' + "\U0001f600".encode() * 3000 + b'"}',
        b"x" * 5 * 2**20,
    ],
    ids=[
        "text",
        "none",
        "bytes",
        "below",
        "above",
        "kinds",
        "numbers",
        "digits",
        "deep",
        "characters",
        "long",
        "endless",
    ],
)
async def test_no_line_keeps_those_behind_it_from_being_sent(tmp_path: Path, postgres_dsn: str, line: bytes) -> None:
    log = open_log(tmp_path)
    log.event("tick", number=1)
    log.flush()
    with log.path.open("ab") as file:
        file.write(line + b"\n")
    log.event("tick", number=2)
    log.flush()
    log.close()
    async with sending(tmp_path, postgres_dsn):

        async def is_there() -> bool:
            return '"number":2' in str(await in_tables(postgres_dsn))

        await until(is_there)
    copied = (await in_tables(postgres_dsn))[Path(log.where).name, "000001.jsonl"]
    first, *_, second, _ = log.path.read_text(errors="replace").split("\n")
    numbered = [line.decode()] if line.startswith(b'{"seq":7') else []
    assert sorted(copied) == sorted([first, second, *numbered])
