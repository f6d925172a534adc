"""Retention: segments whose last record is older than what is kept are removed whole; their checkpoints stay.

Of a chain that goes on the newest segment stays. A closed chain may lose all of them, and is then what its checkpoints
say of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mcp_chassis.audit.chain import LOCK
from mcp_chassis.audit.checkpoints import last_checkpoint
from mcp_chassis.audit.files import last_line

__all__ = ["Dropped", "Sent", "drop_old_segments"]

Sent = Callable[[Path], int | None]
"""Up to which record a chain (its folder) has been sent elsewhere; None when it need not be."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A segment that is gone: its chain, its name, and the last record that was in it."""

    instance: str
    segment: str
    seq: int
    hash: str


def drop_old_segments(server_folder: Path, before: float, sent: Sent = lambda _: None) -> Iterator[Dropped]:
    """Remove the segments of a server's chains that ended before a time (Unix seconds).

    Args:
        sent: what the segment's records must have been sent to first.

    Raises:
        OSError: a folder cannot be read, or a segment not be removed.
    """
    for folder in sorted(server_folder.iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        segments = sorted(folder.glob("[0-9]*.jsonl"))
        covered = last_checkpoint(folder)
        if covered is None:
            continue
        if (folder / LOCK).exists():
            segments = segments[:-1]
        for path in segments:
            if (ended := _ended(path, before)) is None:
                break
            number, head = ended
            known = sent(folder)
            if number > covered["size"] or (known is not None and known < number):
                break
            path.unlink()
            yield Dropped(folder.name, path.name, number, head)


def _ended(path: Path, before: float) -> tuple[int, str] | None:
    """Number and hash of a segment's last record, if that is older."""
    if os.stat(path).st_mtime >= before:
        return None
    line = last_line(path)
    if line is None:
        return None
    try:
        record = json.loads(line)
        old = datetime.fromisoformat(record["ts"]).timestamp() < before
        return (int(record["seq"]), str(record["hash"])) if old else None
    except (ValueError, KeyError, TypeError):
        return None  # not a record of ours: nothing that may be removed
