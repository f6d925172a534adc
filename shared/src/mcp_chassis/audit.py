"""The audit log: one JSON line per call and per event that matters, written before the reply is sent.

Each process writes its own file `<dir>/<server>/<instance>/000001.jsonl` (0600, append only), format version 1.
Arguments are never in it as text, only as a keyed HMAC of their canonical JSON and as a summary of names, kinds and
sizes.
"""

from __future__ import annotations

import errno
import hmac
import json
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from mcp_chassis.call import Call
from mcp_chassis.errors import ConfigurationError, UpstreamUnavailable
from mcp_chassis.key_files import make_key_file

_MAX_NAME = 512


@dataclass(frozen=True, slots=True)
class AuditState:
    """What metrics ask: whether records can be written, how many were, and the age of the oldest not yet on disk."""

    writable: bool
    records: int
    unsynced_s: float


class AuditLog:
    """The log of one process."""

    def __init__(self, directory: Path, server: str, hmac_key: bytes, label: str = "MCP_AUDIT_DIR") -> None:
        """Open a new log; `label` is what a fault calls the setting of its folder.

        Raises:
            ConfigurationError: the folder cannot be written.
        """
        self.instance = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}-{secrets.token_hex(3)}"
        self.path = directory / server / self.instance / "000001.jsonl"
        self._key = hmac_key
        self._label = label
        self._sequence = 0
        self.writable = True
        try:
            self.path.parent.mkdir(parents=True, exist_ok=False, mode=0o700)
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _unwritable(label, directory, error) from None

    def call(self, call: Call, outcome: str, started: float, summary: Mapping[str, Any] | None) -> None:
        """Record a call that ended.

        Args:
            outcome: `ok`, `input_required` or the code of its error.
            started: `time.monotonic()` at its beginning.
            summary: what may be told of the result (bytes, rows, what its function noted).

        Raises:
            UpstreamUnavailable: the log cannot be written, so the call must not be answered.
        """
        principal = call.principal
        self._write(
            {
                "event": "call",
                "request_id": call.request_id[:_MAX_NAME] if isinstance(call.request_id, str) else call.request_id,
                "trace_id": call.trace_id,
                "principal": principal.subject,
                "issuer": principal.issuer,
                "client_id": principal.client_id,
                "actor": principal.actor,
                "credential": principal.credential,
                "tenant": principal.tenant,
                "client": call.client,
                "action": call.action[:_MAX_NAME],
                "data_classes": sorted(call.data_classes),
                "args_hmac": self._digest(call.arguments),
                "args_summary": {name[:64]: _shape(value) for name, value in list(call.arguments.items())[:100]},
                "decision": call.decision,
                "rule_ids": call.rule_ids,
                "policy_sha256": call.policy_sha256,
                "outcome": outcome,
                "result_summary": summary,
                "error_id": None if outcome in ("ok", "input_required") else call.error_id,
                "duration_ms": round((time.monotonic() - started) * 1000, 3),
                **({} if call.shadow is None else {"shadow": call.shadow}),
            },
            durable=call.durable,
        )

    def event(self, event: str, **details: Any) -> None:
        """Record something that matters and is not a call, such as `start` and `stop`."""
        self._write({"event": event, **details})

    def opened(self, **details: Any) -> None:
        """Record the start, which shows whether anything can be recorded at all.

        Raises:
            ConfigurationError: it cannot, as on a full disk.
        """
        try:
            self.event("start", **details)
        except UpstreamUnavailable as error:
            raise _unwritable(self._label, self.path.parent, error.__cause__) from error

    def usable(self) -> bool:
        """Whether records can be written now.

        After a failure this tries again, since a server that is not ready gets no call that would.
        """
        if not self.writable:
            with suppress(UpstreamUnavailable):
                self.event("resume")
        return self.writable

    def state(self) -> AuditState:
        """The log as metrics see it."""
        return AuditState(self.writable, self._sequence, 0.0)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _write(self, record: dict[str, Any], *, durable: bool = False) -> None:
        self._sequence += 1
        timestamp = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        line = _canonical({"v": 1, "seq": self._sequence, "ts": timestamp, **record})
        try:
            self._append(line + b"\n")
        except OSError as error:
            self._sequence -= 1
            self._fail(error)
        try:
            if durable:
                os.fdatasync(self._file)
        except OSError as error:
            self._fail(error)
        self.writable = True

    def _fail(self, error: OSError) -> NoReturn:
        self.writable = False
        raise UpstreamUnavailable("The audit log cannot be written, so no call is answered.") from error

    def _append(self, line: bytes) -> None:
        """Write a whole line or nothing: half a record would spoil the next one too."""
        written = os.write(self._file, line)
        if written < len(line):
            os.ftruncate(self._file, os.fstat(self._file).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _digest(self, arguments: dict[str, Any]) -> str:
        return hmac.digest(self._key, _canonical(arguments), "sha256").hex()


def load_hmac_key(path: Path, *, make: bool, label: str) -> bytes:
    """The key of the arguments' HMAC: 32 bytes as hex.

    Args:
        make: make the file with a new key where there is none.
        label: what a fault calls the setting.

    Raises:
        ConfigurationError: the file is missing, cannot be read, or holds something else.
    """
    if make:
        try:
            make_key_file(path)
        except OSError as error:
            raise _unwritable(label, path.parent, error) from None
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != 32:
        raise ConfigurationError(f"{label}: {path} must be a readable file with a key of 64 hexadecimal digits.")
    return key


def _unwritable(label: str, directory: Path, error: BaseException | None) -> ConfigurationError:
    reason = (error.strerror if isinstance(error, OSError) else None) or "no reason given"
    return ConfigurationError(f"{label}: {directory} cannot be written ({reason}); name a folder that can.")


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _canonical(value: Any) -> bytes:
    return _ENCODER.encode(value).encode("utf-8", "replace")


def _shape(value: Any) -> str:
    """What an argument is, without what it says: `string(57)`, `list(3)`, `integer`."""
    if isinstance(value, str | list | dict):
        kind = {str: "string", list: "list", dict: "object"}[type(value)]
        return f"{kind}({len(value)})"
    return {bool: "boolean", int: "integer", float: "number"}.get(type(value), "null")
