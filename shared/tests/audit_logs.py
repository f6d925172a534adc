"""Audit logs as the writer makes them, for the tests of whoever reads them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from mcp_chassis.audit import AuditKeys, AuditLog, Options, Rotation, load_audit_keys, make_audit_keys
from mcp_chassis.call import Call, Channel, Principal

SERVER = "mcp-sample-server"
SMALL = Rotation(bytes=3_000, checkpoint_records=2)


def make_keys(folder: Path) -> AuditKeys:
    """New keys, in files of a folder."""
    signing, _, hmac_key = make_audit_keys(folder)
    return load_audit_keys(signing, hmac_key, ("signing key", "HMAC key"))


def make_call(number: int = 0, *, tenant: str = "default", subject: str = "ann", name: str = "add") -> Call:
    """A call of a tool."""
    principal = Principal(subject, "oauth", tenant=tenant)
    return Call("tool", name, {"a": number}, principal, None, Channel(), request_id=number)


def open_log(folder: Path, keys: AuditKeys, rotation: Rotation = SMALL) -> AuditLog:
    """A chain that has begun, with small segments and a checkpoint every two records."""
    log = AuditLog(folder, SERVER, keys, Options(rotation=rotation))
    log.opened(server=SERVER, version="1")
    log.settle_start()
    return log


def write_call(log: AuditLog, number: int = 0, outcome: str = "ok", bytes_: int = 100, **about: str) -> None:
    """Record a call that ended."""
    log.call(make_call(number, **about), outcome, time.monotonic(), {"bytes": bytes_, "rows": number})


def write_chain(folder: Path, keys: AuditKeys, calls: int = 4, rotation: Rotation = SMALL) -> Path:
    """A whole chain: `start`, some calls, `stop`.

    Returns:
        Its folder.
    """
    log = open_log(folder, keys, rotation)
    for number in range(calls):
        write_call(log, number)
    log.stop()
    log.close()
    return log.path.parent


def remove_segments(server_folder: Path) -> list[dict[str, Any]]:
    """Remove all that retention may: what checkpoints cover, except the newest segment of a chain that is open.

    Returns:
        What a record of retention tells of it.
    """
    removed = []
    for chain in sorted(path for path in server_folder.iterdir() if not path.name.startswith(".")):
        segments = sorted(chain.glob("0*.jsonl"))
        signed = (chain / "checkpoints.jsonl").read_bytes().splitlines()
        for path in segments[:-1] if (chain / "lock").exists() else segments:
            last = json.loads(path.read_bytes().splitlines()[-1])
            if not signed or json.loads(signed[-1])["size"] < last["seq"]:
                break
            path.unlink()
            removed.append({"instance": chain.name, "segment": path.name, "seq": last["seq"], "hash": last["hash"]})
    return removed


def kill(log: AuditLog) -> None:
    """End a log as a kill of its process does: nothing is said, and the lock is free."""
    log.close()
