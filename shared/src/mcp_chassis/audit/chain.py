"""A chain: the segments that one process writes, each record holding the hash of the one before.

Everything here is quick and is done under `Chain.lock`. Whatever waits for a disk or signs something is the
committer's.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mcp_chassis.audit.checkpoints import Cut, Reason
from mcp_chassis.audit.files import LineFile, make_lock
from mcp_chassis.audit.records import Draft, first_link, seal

__all__ = ["LOCK", "Chain", "Clock", "Rotation", "new_instance", "segment_name", "timestamp"]

Clock = Callable[[], float]
"""Seconds since 1970."""

LOCK = "lock"
_SECOND = "%Y%m%dT%H%M%SZ"
_INSTANCE = re.compile(r"\d{8}T\d{6}Z-")


@dataclass(frozen=True, slots=True)
class Rotation:
    """When a segment ends and when a checkpoint is due: by bytes, seconds and records."""

    bytes: int = 64 * 2**20
    age_s: float = 86_400.0
    checkpoint_s: float = 60.0
    checkpoint_records: int = 1_000


class Chain:
    """The open chain of this process."""

    def __init__(self, server_folder: Path, instance: str, rotation: Rotation, clock: Clock = time.time) -> None:
        """Begin a chain. It appears at once with its lock held, so that nobody takes it for a dead one.

        Raises:
            OSError: it cannot be written.
        """
        self.folder = server_folder / instance
        self.lock = threading.Lock()
        self.cuts: list[Cut] = []
        """What the committer has to make checkpoints of, the oldest first."""
        self.sequence = 0
        self.head = first_link(server_folder.name, instance)
        self.entries: list[str] = []
        """Hashes of the records since the last cut."""
        self.entries_since = 0.0
        """When the first of these was written (`time.monotonic`)."""
        self.oldest_unsynced: float | None = None
        self.new_names: list[Path] = []
        """Folders in which something was made whose name may not be on the disk yet."""
        self._rotation = rotation
        self._clock = clock
        self._second, self._prefix = -1, ""
        self._number = 1
        draft = server_folder / f".{instance}"
        if server_folder.is_symlink():  # `audit verify` follows none either
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        first = not server_folder.exists()
        server_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.mkdir(mode=0o700)
        self._lock_file = make_lock(draft / LOCK)
        try:
            self.segment = LineFile(draft / segment_name(1), new=True)
            self._born = clock()
            os.rename(draft, self.folder)
            self.segment.path = self.folder / segment_name(1)
            self.new_names += [self.folder, server_folder, *[server_folder.parent] * first]
        except OSError:
            os.close(self._lock_file)
            raise

    def append(self, draft: Draft) -> int:
        """Write a record.

        Returns:
            Its number.

        Raises:
            OSError: it could not be written, and nothing of it is there.
        """
        now = self._clock()
        sequence = self.sequence + 1
        line, digest = seal(draft, prev=self.head, seq=sequence, ts=self._timestamp(now))
        segment = self.segment
        full = segment.size + len(line) > self._rotation.bytes or now - self._born >= self._rotation.age_s
        if full and segment.size:
            segment = self._rotate(now)
        segment.append(line)
        self.sequence = sequence
        self.head = digest
        self.entries.append(digest)
        if len(self.entries) == 1:
            self.entries_since = time.monotonic()
        if self.oldest_unsynced is None:
            self.oldest_unsynced = time.monotonic()
        if len(self.entries) >= self._rotation.checkpoint_records:
            self.cut("count")
        return sequence

    def cut(self, reason: Reason, retired: LineFile | None = None) -> None:
        """Ask for a checkpoint behind the last record."""
        entries, self.entries = self.entries, []
        self.cuts.append(Cut(reason, self.sequence, self.head, self.segment.path.name, entries, retired))

    def timestamp(self) -> str:
        """The time now, as records tell it."""
        return timestamp(self._clock())

    def release(self, *, closed: bool) -> None:
        """Close segment and lock; a closed chain has no lock file, so that nobody needs to look into it again."""
        self.segment.close()
        if closed:
            (self.folder / LOCK).unlink(missing_ok=True)
        os.close(self._lock_file)

    def _rotate(self, now: float) -> LineFile:
        """Go on in a new segment."""
        following = LineFile(self.folder / segment_name(self._number + 1), new=True)
        self.cut("rotation", self.segment)
        self.segment = following
        self._number += 1
        self._born = now
        self.new_names.append(self.folder)
        return following

    def _timestamp(self, now: float) -> str:
        """As `timestamp`, with the text of a second made once."""
        second = int(now)
        if second != self._second:
            self._second, self._prefix = second, timestamp(second)[:-7]
        return f"{self._prefix}{int((now - second) * 1e6):06d}Z"


def timestamp(seconds: float) -> str:
    """`YYYY-MM-DDTHH:MM:SS.ffffffZ`."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def new_instance(server_folder: Path, clock: Clock) -> str:
    """A name for a chain, whose order is that of the starts, also when the clock was set back meanwhile."""
    start = datetime.fromtimestamp(clock(), UTC)
    with suppress(OSError, ValueError, OverflowError):  # no chain is there yet, or its name is none of ours
        newest = max(name for name in os.listdir(server_folder) if _INSTANCE.match(name)).partition("-")[0]
        start = max(start, datetime.strptime(newest, _SECOND).replace(tzinfo=UTC) + timedelta(seconds=1))
    return f"{start:{_SECOND}}-{os.getpid()}-{secrets.token_hex(3)}"


def segment_name(number: int) -> str:
    return f"{number:06d}.jsonl"
