"""`execute_query` beside the least that a database server can be, and 10,000 rows beside a raw fetch and `json`."""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
from mcp_chassis.postgres.embedded import EmbeddedPostgres
from stdio_load import Session, median_calls, start_seconds

ROWS = 10_000
MANY = (
    "SELECT n, 'name of ' || n AS name, (n * 1.37)::numeric(12,2) AS amount, now() AS at "
    f"FROM generate_series(1, {ROWS}) n"
)


def commands() -> dict[str, list[str]]:
    """How both database servers are started."""
    return {
        "bare": [sys.executable, str(Path(__file__).with_name("bare_database.py"))],
        "ours": [sys.executable, "-m", "mcp_db_server", "--log-level", "error"],
    }


def measure(*, calls: int, repeats: int) -> dict[str, float]:
    """Medians in seconds: `bare` and `ours` for SELECT 1, `raw` and `many` for 10,000 rows, `start_*`; `rss_mb`."""
    with TemporaryDirectory() as folder, EmbeddedPostgres(_open(folder), settings={"fsync": "off"}) as postgres:
        dsn = postgres.dsn()
        results = _starts(dsn, repeats)
        sessions = {kind: Session(words, DATABASE_URL=dsn) for kind, words in commands().items()}
        results["rss_mb"] = _rss_mb(sessions["ours"])
        results |= median_calls(sessions, "execute_query", {"query": "SELECT 1"}, calls)
        results["many"] = _many(sessions["ours"], repeats)
        results["raw"] = asyncio.run(_raw(dsn, repeats))
        for session in sessions.values():
            session.close()
        return results


def _open(folder: str) -> Path:
    """A data folder that the unprivileged user can reach, which root runs PostgreSQL as."""
    Path(folder).chmod(0o755)
    return Path(folder) / "data"


def _starts(dsn: str, repeats: int) -> dict[str, float]:
    times: dict[str, list[float]] = {kind: [] for kind in commands()}
    for _ in range(repeats):
        for kind, words in commands().items():
            times[kind].append(start_seconds(words, DATABASE_URL=dsn))
    return {f"start_{kind}": statistics.median(values) for kind, values in times.items()}


def _many(session: Session, repeats: int) -> float:
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        answer = session.call("tools/call", name="execute_query", arguments={"query": MANY, "limit": ROWS})
        times.append(time.perf_counter() - started)
        if answer["result"]["structuredContent"]["row_count"] != ROWS:
            raise RuntimeError("not all rows came")
    return statistics.median(times)


async def _raw(dsn: str, repeats: int) -> float:
    connection: Any = await asyncpg.connect(dsn)
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        async with connection.transaction(readonly=True):
            rows = await connection.fetch(MANY)
        json.dumps([[str(value) if not isinstance(value, int) else value for value in row.values()] for row in rows])
        times.append(time.perf_counter() - started)
    await connection.close()
    return statistics.median(times)


def _rss_mb(session: Session) -> float:
    session.call("tools/list")
    status = Path(f"/proc/{session.process.pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(kilobytes) / 1024
