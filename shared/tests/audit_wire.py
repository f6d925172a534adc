"""What the tests of the audit log share: logs, disks that are full, and a verifier of their own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from mcp_chassis.audit import AuditKeys, AuditLog, Options, load_audit_keys
from mcp_chassis.call import Call
from sample_server import audit_keys


def keys(directory: Path) -> AuditKeys:
    """Audit keys, made in a directory where they are not there."""
    made = audit_keys(directory)
    return load_audit_keys(made["audit_key_file"], made["audit_hmac_key_file"], ("a test", "a test"))


def open_log(directory: Path, options: Options | None = None, **more: Any) -> AuditLog:
    """A log in `directory/audit` of the server `s`, with keys in `directory/keys`."""
    return AuditLog(directory / "audit", "s", keys(directory / "keys"), options or Options(), **more)


def record(
    log: AuditLog, call: Call, outcome: str = "ok", started: float = 0.0, summary: dict[str, Any] | None = None,
    *, durable: bool = False,
) -> None:  # fmt: skip
    """Record a call as the hooks do, and wait as they do."""

    async def wait() -> None:
        if (written := log.call(call, outcome, started, summary, durable=durable)) is not None:
            await log.settled(written)

    asyncio.run(wait())


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Files may grow to this size, as on a disk that is full then (the first write beyond it is cut short)."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def lines(path: Path) -> list[bytes]:
    content = path.read_bytes()
    assert not content or content.endswith(b"\n"), f"{path} has a cut line"
    return content.split(b"\n")[:-1]


def records(chain: Path) -> list[dict[str, Any]]:
    """All records of a chain that are still there."""
    return [json.loads(line) for path in sorted(chain.glob("[0-9]*.jsonl")) for line in lines(path)]


def checkpoints(chain: Path) -> list[dict[str, Any]]:
    """All checkpoints of a chain."""
    return [json.loads(line) for line in lines(chain / "checkpoints.jsonl")]


def root(entries: list[bytes]) -> bytes:
    """The Merkle root as RFC 6962, section 2.1, defines it, by its recursion."""
    if len(entries) == 1:
        return hashlib.sha256(b"\0" + entries[0]).digest()
    half = 1 << (len(entries) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(entries[:half]) + root(entries[half:])).digest()


def intact(chain: Path) -> int:
    """Hold a chain that begins with its first record to the documented format; how many records it has."""
    server, instance = chain.parent.name, chain.name
    previous = hashlib.sha256(f"mcp-audit/1\n{server}\n{instance}\n".encode()).hexdigest()
    hashes: list[bytes] = []
    ends: dict[str, int] = {}
    for path in sorted(chain.glob("[0-9]*.jsonl")):
        for line in lines(path):
            record = json.loads(line)
            assert rfc8785.dumps(record) == line
            told = record.pop("hash")
            assert told == hashlib.sha256(rfc8785.dumps(record)).hexdigest()
            assert (record["v"], record["instance"], record["prev"]) == (1, instance, previous)
            assert record["seq"] == len(hashes) + 1
            previous = told
            hashes.append(bytes.fromhex(told))
            ends[path.name] = len(hashes)
    before, link = 0, "0" * 64
    for line in lines(chain / "checkpoints.jsonl"):
        point = json.loads(line)
        assert rfc8785.dumps(point) == line
        assert point["prev"] == link
        link = hashlib.sha256(line).hexdigest()
        size = point["size"]
        assert before <= size <= len(hashes)
        before = size
        assert (point["head"], point["root"]) == (hashes[size - 1].hex(), root(hashes[:size]).hex())
        assert size <= ends[point["segment"]]
        if point["reason"] == "rotation":
            assert size == ends[point["segment"]]
        signature = bytes.fromhex(point.pop("signature"))
        public = load_pem_public_key((chain.parent.parent / "keys" / f"{point['key']}.pem").read_bytes())
        public.verify(signature, rfc8785.dumps(point))  # type: ignore[union-attr, call-arg]
    return len(hashes)
