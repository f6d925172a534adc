"""Recovery: chains whose process was killed are closed by the next process of the same server.

A chain that is open has a lock file, which an orderly end removes. So a start looks into no folder of the thousands
that are closed; and a lock file that nobody holds is a process that died.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from mcp_chassis.audit.canonical import canonical
from mcp_chassis.audit.chain import LOCK, Clock, timestamp
from mcp_chassis.audit.checkpoints import CLOSING, Checkpoints, Cut, Reason, last_checkpoint
from mcp_chassis.audit.files import LineFile, held, sync_folder
from mcp_chassis.audit.keys import Signer
from mcp_chassis.audit.records import VERSION, draft, first_link, seal

__all__ = ["newest_closed", "recover"]

logger = logging.getLogger(__name__)


class _BrokenError(Exception):
    """The records of a dead chain are not those that were written; no checkpoint may say they are."""


def recover(server_folder: Path, signer: Signer, by: str, clock: Clock) -> list[str]:
    """Close the dead chains of a server.

    Args:
        by: the instance that does it.

    Returns:
        The instances that were closed.
    """
    closed = []
    for folder in _chains(server_folder):
        if not (folder / LOCK).exists():
            continue
        try:
            with held(folder / LOCK) as mine:
                if mine:
                    _close(folder, signer, by, clock)
                    (folder / LOCK).unlink()
                    closed.append(folder.name)
        except (OSError, ValueError, RecursionError, _BrokenError) as error:
            logger.warning(
                "an audit chain of a killed process cannot be closed; `audit verify` tells more",
                extra={"chain": str(folder), "cause": str(error)},
            )
    return closed


def newest_closed(server_folder: Path) -> dict[str, Any] | None:
    """The last record of the newest chain of a server that is closed: `{instance, seq, hash}`."""
    for folder in sorted(_chains(server_folder), reverse=True):
        if (folder / LOCK).exists():
            continue
        if (last := last_checkpoint(folder)) is not None:
            return {"instance": folder.name, "seq": last["size"], "hash": last["head"]}
    return None


def _chains(server_folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(server_folder) as found:
            names = [item.name for item in found if item.name[0] != "." and item.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return
    for name in names:
        yield server_folder / name


def _close(folder: Path, signer: Signer, by: str, clock: Clock) -> None:
    """Set a cut line aside, chain a `recovery` record to the rest and sign it."""
    checkpoints = Checkpoints(folder, folder.parent.name, signer)
    try:
        if segments := sorted(folder.glob("[0-9]*.jsonl")):
            _Dead(folder, checkpoints, segments, clock).close(by)
    finally:
        checkpoints.close()


class _Dead:
    """A chain whose process is gone."""

    def __init__(self, folder: Path, checkpoints: Checkpoints, segments: list[Path], clock: Clock) -> None:
        self._instance = folder.name
        self._checkpoints = checkpoints
        self._segments = segments
        self._clock = clock
        last = checkpoints.last
        self._sequence = 0 if last is None else int(last["size"])
        self._head = first_link(folder.parent.name, folder.name) if last is None else str(last["head"])
        self._reason = None if last is None else last["reason"]
        self._signed = self._sequence
        self._segment = "" if last is None else str(last["segment"])

    def close(self, by: str) -> None:
        """Go on from its last checkpoint to its end.

        Raises:
            _BrokenError: a record on the way is not what was written.
        """
        *full, newest = self._segments
        with closing(LineFile(newest)) as last:
            torn = last.cut_torn()
            for path in full:
                if path.name < self._segment:
                    continue
                entries = list(self._following(path))
                ended = path.name == self._segment and self._reason == "rotation"
                if entries or not ended:  # it was killed before the checkpoint at the segment's end
                    with closing(LineFile(path)) as segment:
                        self._checkpoint("rotation", segment, entries)
            self._end(last, torn, by)

    def _end(self, last: LineFile, torn: int, by: str) -> None:
        entries = list(self._following(last.path))
        if not entries and not torn and self._reason in CLOSING:
            return  # it was closed, and killed just before it removed its lock
        told = {"torn_bytes": torn, "by": by, "signed": self._signed}
        fields = {"v": VERSION, "instance": self._instance, "event": "recovery", **told}
        line, digest = seal(draft(fields), prev=self._head, seq=self._sequence + 1, ts=timestamp(self._clock()))
        last.append(line)
        self._sequence, self._head = self._sequence + 1, digest
        self._checkpoint("recovery", last, [*entries, digest])

    def _checkpoint(self, reason: Reason, segment: LineFile, entries: list[str]) -> None:
        segment.sync()  # also what others wrote before they were killed
        sync_folder(segment.path.parent)
        cut = Cut(reason, self._sequence, self._head, segment.path.name, entries)
        self._checkpoints.write(cut, timestamp(self._clock()))

    def _following(self, segment: Path) -> Iterator[str]:
        """The hashes of a segment's records behind those that are covered already."""
        covered = self._sequence
        with segment.open("rb") as file:
            first = 0
            for number, line in enumerate(file):
                if number == 0:
                    first = _record(line)["seq"]
                if first + number > covered:
                    yield self._link(line)

    def _link(self, line: bytes) -> str:
        record = _record(line)
        told = str(record.pop("hash", None))
        expected = {"seq": self._sequence + 1, "prev": self._head, "instance": self._instance}
        kept = {name: record.get(name) for name in expected} == expected
        if not kept or told != sha256(canonical(record).encode()).hexdigest():
            raise _BrokenError(f"record {self._sequence + 1} is not what was written")
        self._sequence, self._head = self._sequence + 1, told
        return told


def _record(line: bytes) -> dict[str, Any]:
    """A line as an object.

    Raises:
        _BrokenError: it is none, or not written as the log writes.
    """
    try:
        record = json.loads(line)
        written = f"{canonical(record)}\n"
    except (ValueError, RecursionError):
        raise _BrokenError("a line is no record") from None
    if not isinstance(record, dict) or not isinstance(record.get("seq"), int):
        raise _BrokenError("a line is no record")
    if written.encode("utf-8", "replace") != line:
        raise _BrokenError("a line is not written as the log writes")
    return record
