"""The audit log: records that are put on the disk a second, and that are verified a second."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from mcp_chassis.audit import AuditLog, load_audit_keys, make_audit_keys
from mcp_chassis.audit.reading.places import Log
from mcp_chassis.audit.reading.signers import Signers
from mcp_chassis.audit.reading.verification import verify
from mcp_chassis.call import Call, Channel, Principal

RECORDS = 50_000
WRITERS = 32
WAITING_RECORDS = 20_000


def verify_rate(rounds: int = 5) -> float:
    """Records a second that `audit verify` holds against their chain, its signatures and its Merkle root."""
    with tempfile.TemporaryDirectory() as folder:
        log = _written(Path(folder))
        rates = []
        for _ in range(rounds):
            started = time.perf_counter()
            report = verify(log, Signers([], log.keys))
            rates.append(report.chains[0].records / (time.perf_counter() - started))
        assert report.intact
    return statistics.median(rates)


def write_rate(rounds: int = 5) -> float:
    """Records a second that writers which wait for the disk, each for its own record, get there together."""
    with tempfile.TemporaryDirectory() as folder:
        log = _opened(Path(folder))
        rates = [asyncio.run(_write_together(log)) for _ in range(rounds)]
        log.close()
    return statistics.median(rates)


async def _write_together(log: AuditLog) -> float:
    numbers = iter(range(WAITING_RECORDS))

    async def write() -> None:
        for number in numbers:
            written = log.call(_call(number), "ok", time.monotonic(), {"bytes": 1234}, durable=True)
            assert written is not None
            await log.settled(written)

    started = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(WRITERS)))
    return WAITING_RECORDS / (time.perf_counter() - started)


def _opened(folder: Path) -> AuditLog:
    signing, _, hmac_key = make_audit_keys(folder / "keys")
    log = AuditLog(folder / "log", "mcp-bench-server", load_audit_keys(signing, hmac_key, ("", "")))
    log.opened()
    log.settle_start()
    return log


def _call(number: int) -> Call:
    ann = Principal("ann@example.org", "oauth", issuer="https://id.example.org", client_id="cursor")
    arguments = {"query": "select name, population from cities where country = $1", "limit": 50}
    return Call("tool", "execute_query", arguments, ann, None, Channel(), request_id=number, trace_id="c" * 32)


def _written(folder: Path) -> Log:
    """A log of calls."""
    log = _opened(folder)
    for number in range(RECORDS):
        log.call(_call(number), "ok", time.monotonic(), {"bytes": 1234, "rows": 50})
    log.stop()
    log.close()
    return Log(folder / "log")
