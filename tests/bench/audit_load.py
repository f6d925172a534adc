"""The audit log: records that are verified a second."""

from __future__ import annotations

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


def _written(folder: Path) -> Log:
    """A log of calls."""
    signing, _, hmac_key = make_audit_keys(folder / "keys")
    log = AuditLog(folder / "log", "mcp-bench-server", load_audit_keys(signing, hmac_key, ("", "")))
    log.opened()
    ann = Principal("ann@example.org", "oauth", issuer="https://id.example.org", client_id="cursor")
    arguments = {"query": "select name, population from cities where country = $1", "limit": 50}
    for number in range(RECORDS):
        call = Call("tool", "execute_query", arguments, ann, None, Channel(), request_id=number, trace_id="c" * 32)
        log.call(call, "ok", time.monotonic(), {"bytes": 1234, "rows": 50})
    log.stop()
    log.close()
    return Log(folder / "log")
