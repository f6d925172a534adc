"""Rows of the tables, made from lines of the log.

A line is copied and hardly judged: what somebody changed in it is there for a verifier to find. Only what has no number
is left out, since it cannot have the place of a record. Nothing in a line may keep those after it from being sent:
PostgreSQL takes no NUL, and no long text into an index.
"""

from __future__ import annotations

import json
import math
from datetime import datetime
from typing import Any, NamedTuple

__all__ = ["CheckpointRow", "RecordRow", "checkpoint_row", "record_row"]

_LONGEST = 500
"""Characters; at four bytes each they fit into an index."""
_MOST = 2**63 - 1


class RecordRow(NamedTuple):
    """A row of `mcp_audit.records`, in the order in which the statement takes its columns."""

    seq: int
    file: str
    ts: datetime | None
    event: str | None
    principal: str | None
    tenant: str | None
    action: str | None
    decision: str | None
    outcome: str | None
    duration_ms: float | None
    hash: str | None
    record: str
    content: str | None


class CheckpointRow(NamedTuple):
    """A row of `mcp_audit.checkpoints`."""

    number: int
    size: int | None
    checkpoint: str


def record_row(line: bytes, file: str) -> RecordRow | None:
    """The row of a line of a segment; None where it is no record."""
    text = _storable(line)
    found = _object(text)
    seq = _whole(found.get("seq"))
    if seq is None:
        return None
    return RecordRow(
        seq=seq,
        file=file,
        ts=_time(found.get("ts")),
        event=_word(found.get("event")),
        principal=_word(found.get("principal")),
        tenant=_word(found.get("tenant")),
        action=_word(found.get("action")),
        decision=_word(found.get("decision")),
        outcome=_word(found.get("outcome")),
        duration_ms=_number(found.get("duration_ms")),
        hash=_word(found.get("hash")),
        record=text,
        # An escaped NUL is text of a client like any other, but jsonb refuses it.
        content=text.replace("\\u0000", "\\ufffd"),
    )


def checkpoint_row(line: bytes, number: int) -> CheckpointRow:
    """The row of a line of `checkpoints.jsonl`; `number` is that of the line, from 1."""
    text = _storable(line)
    return CheckpointRow(number, _whole(_object(text).get("size")), text)


def _storable(line: bytes) -> str:
    return line.decode("utf-8", "replace").replace("\0", "\ufffd")


def _object(text: str) -> dict[str, Any]:
    """What a line says; nothing where it is no object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _word(value: object) -> str | None:
    return _storable(value[:_LONGEST].encode("utf-8", "replace")) if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def _time(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None and 1 < found.year < 9999 else None
