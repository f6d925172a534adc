"""What the tests of the PostgreSQL sink share: what is in the files, what is in the tables, and waiting for both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from audit_wire import open_log
from mcp_chassis.audit import AuditLog, Options
from mcp_chassis.audit.sink.sink import Sink

Lines = dict[tuple[str, str], list[str]]
"""Lines by instance and file."""


def in_files(server_folder: Path) -> Lines:
    """What a verifier would read."""
    return {
        (path.parent.name, path.name): path.read_text().splitlines()
        for path in server_folder.glob("2*/*.jsonl")
        if path.read_text()
    }


async def in_tables(dsn: str) -> Lines:
    """The same as the database has it; raises nothing where there are no tables yet."""
    lines: Lines = {}
    connection = await asyncpg.connect(dsn)
    try:
        rows = await connection.fetch(
            "SELECT instance, file, line FROM mcp_audit.files ORDER BY instance, file, number"
        )
    except asyncpg.UndefinedTableError:
        rows = []
    finally:
        await connection.close()
    for row in rows:
        lines.setdefault((row["instance"], row["file"]), []).append(row["line"])
    return lines


async def query(dsn: str, sql: str, *values: Any) -> list[Any]:
    """Rows as plain tuples."""
    connection = await asyncpg.connect(dsn)
    try:
        return [tuple(row) for row in await connection.fetch(sql, *values)]
    finally:
        await connection.close()


async def execute(dsn: str, script: str) -> None:
    """Run a script as an administrator does."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(script)
    finally:
        await connection.close()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that will be so."""
    async with asyncio.timeout(60):
        while not await holds():
            await asyncio.sleep(0.05)


@asynccontextmanager
async def sending(
    folder: Path, dsn: str, options: Options | None = None, *, grace: float = 30, **more: Any
) -> AsyncIterator[tuple[AuditLog, Sink]]:
    """A log whose records are sent meanwhile, as an app has it: stopped and sent in the end."""
    log = open_log(folder, options, **more)
    sink = Sink(dsn, log)
    log.opened()
    log.settle_start()
    try:
        async with sink.running(lambda: grace):
            yield log, sink
            log.stop()
    finally:
        log.close()
