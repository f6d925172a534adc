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
from typing import Any

from mcp_chassis.audit.chain import LOCK
from mcp_chassis.audit.checkpoints import last_checkpoint
from mcp_chassis.audit.files import last_line

__all__ = ["Old", "Sent", "old_segments"]

Sent = Callable[[Path], int | None]
"""Up to which record a chain (its folder) has been sent elsewhere; None when it need not be."""


@dataclass(frozen=True, slots=True)
class Old:
    """A segment that may be removed, and the last record that is in it."""

    path: Path
    seq: int
    hash: str

    @property
    def facts(self) -> dict[str, Any]:
        """What is recorded of its removal."""
        return {
            "instance": self.path.parent.name,
            "segment": self.path.name,
            "seq": self.seq,
            "hash": self.hash,
        }


def old_segments(server_folder: Path, before: float, sent: Sent) -> Iterator[Old]:
    """The segments of a server's chains that ended before a time (Unix seconds).

    Args:
        sent: what the segment's records must have been sent to first.

    Raises:
        OSError: a folder cannot be read.
    """
    for folder in sorted(server_folder.iterdir()):
        if folder.name.startswith(".") or folder.is_symlink() or not folder.is_dir():
            continue
        segments = sorted(folder.glob("[0-9]*.jsonl"))
        if (folder / LOCK).exists():
            segments = segments[:-1]
        for path in segments:
            if (old := _ended(path, before)) is None or not _kept_elsewhere(old, sent(folder)):
                break
            yield old


def _kept_elsewhere(old: Old, sent: int | None) -> bool:
    """Whether a checkpoint covers all of a segment, and a sink has it where there is one."""
    covered = last_checkpoint(old.path.parent)
    return covered is not None and covered["size"] >= old.seq and (sent is None or sent >= old.seq)


def _ended(path: Path, before: float) -> Old | None:
    """A segment whose last record is older."""
    if os.stat(path).st_mtime >= before or (line := last_line(path)) is None:
        return None
    try:
        record = json.loads(line)
        ended = datetime.fromisoformat(record["ts"]).timestamp()
        return Old(path, int(record["seq"]), str(record["hash"])) if ended < before else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None  # not a record of ours: nothing that may be removed
