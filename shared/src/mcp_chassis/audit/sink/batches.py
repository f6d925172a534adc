"""Reads from the files of a chain what has not been sent, a batch at a time.

Only whole lines that are on the disk: what a loss of power can take away and a recovery writes anew, otherwise, must
not be in a database that keeps what came first. Nothing here needs the chain's lock, since files only grow.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from mcp_chassis.audit.chain import LOCK
from mcp_chassis.audit.checkpoints import FILE_NAME as CHECKPOINTS
from mcp_chassis.audit.sink.position import Position
from mcp_chassis.audit.sink.rows import CheckpointRow, RecordRow, checkpoint_row, record_row

__all__ = ["Batch", "read_batch"]

_AT_ONCE = 64 * 2**10
"""Bytes, some hundred records: enough for a round trip, and little for the calls that share the processor."""
_LONGEST = 2 * 2**20
"""Bytes of a line; those of the log are shorter, and what is longer is cut into lines."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent at once, and the position behind it.

    Args:
        last: whether nothing more was there when it was read.
    """

    records: list[RecordRow]
    checkpoints: list[CheckpointRow]
    end: Position
    last: bool

    def __bool__(self) -> bool:
        return bool(self.records or self.checkpoints)


def read_batch(folder: Path, start: Position) -> Batch:
    """The next records of a chain, and the checkpoints that cover no more than what is sent with them.

    Raises:
        OSError: a file cannot be read, or is not known to be on the disk.
    """
    closed = not (folder / LOCK).exists()  # looked at before reading, as segments are
    records, end, more = _records(folder, start)
    # Of a closed chain all go: one that covers more than there is shows that records are gone.
    checkpoints, size = _checkpoints(folder, end, None if closed and not more else end.seq)
    end = replace(end, checkpoints=end.checkpoints + len(checkpoints), checkpoints_offset=size)
    if end == start:
        end = replace(end, complete=closed)
    return Batch(records, checkpoints, end, last=not more)


def _records(folder: Path, start: Position) -> tuple[list[RecordRow], Position, bool]:
    """Records of one segment, the position behind them, and whether there may be more."""
    # Looked at before reading: a segment that another one follows grows no more.
    names = sorted(path.name for path in folder.glob("[0-9]*.jsonl") if path.name >= start.segment)
    for number, name in enumerate(names):
        offset = start.offset if name == start.segment else 0
        lines, offset = _whole_lines(folder / name, offset, _AT_ONCE)
        if lines:
            rows = [row for line in lines if (row := record_row(line, name)) is not None]
            more = number + 1 < len(names) or offset < os.stat(folder / name).st_size
            return rows, replace(start, segment=name, offset=offset, seq=rows[-1].seq if rows else start.seq), more
    return [], start, False


def _checkpoints(folder: Path, start: Position, upto: int | None) -> tuple[list[CheckpointRow], int]:
    """The next checkpoints that cover no more than `upto` records, and where they end."""
    try:
        lines, _ = _whole_lines(folder / CHECKPOINTS, start.checkpoints_offset, _AT_ONCE)
    except FileNotFoundError:
        return [], start.checkpoints_offset
    rows, offset = [], start.checkpoints_offset
    for number, line in enumerate(lines, start.checkpoints + 1):
        row = checkpoint_row(line, number)
        if upto is not None and row.size is not None and row.size > upto:
            break
        rows.append(row)
        offset += len(line) + 1
    return rows, offset


def _whole_lines(path: Path, offset: int, size: int) -> tuple[list[bytes], int]:
    """Lines of a file from an offset on, about as many bytes, and where they end."""
    with path.open("rb", buffering=0) as file:
        found = os.pread(file.fileno(), size, offset)
        if len(found) == size and b"\n" not in found:
            found = os.pread(file.fileno(), _LONGEST, offset)
        end = found.rfind(b"\n") + 1
        if end == 0 and len(found) < _LONGEST:
            return [], offset
        os.fdatasync(file.fileno())
    if end == 0:
        return [found], offset + len(found)
    return found[:end].split(b"\n")[:-1], offset + end
