"""`audit tail`: the newest records of all chains, and those that come."""

from __future__ import annotations

import heapq
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mcp_chassis.audit.reading.places import ChainFolder, Log, readable
from mcp_chassis.audit.reading.selection import decode
from mcp_chassis.audit.reading.text import shown

__all__ = ["follow", "line_of", "newest"]

POLL_SECONDS = 0.5
_BLOCK = 64 * 1024
Found = tuple[str, int, int, dict[str, Any]]
"""A record with what it is sorted by: its time, the number of its chain and its own."""


def newest(log: Log, count: int) -> int:
    """Print the newest records.

    Raises:
        ConfigurationError: something cannot be read.
    """
    with readable(log.directory):
        for record in _newest(log.chains(), count):
            sys.stdout.write(f"{line_of(record)}\n")
    return 0


def follow(log: Log, count: int) -> int:
    """Print the newest records, then what is written, until it is interrupted.

    Raises:
        ConfigurationError: something cannot be read.
    """
    with readable(log.directory):
        follower = Follower(log)
        newest(log, count)
        sys.stdout.flush()
        while True:
            time.sleep(POLL_SECONDS)
            for record in follower.news():
                sys.stdout.write(f"{line_of(record)}\n")
            sys.stdout.flush()


def line_of(record: dict[str, Any]) -> str:
    """A record for people: time, who, what, decision, outcome, milliseconds."""
    when = f"{str(record['ts'])[:10]} {str(record['ts'])[11:23]}"
    who = shown(record.get("principal"))
    if record.get("tenant") not in (None, "default"):
        who += f" ({shown(record['tenant'])})"
    if record["event"] != "call":
        who = f"  {who}" if who != "-" else ""
        return f"{when}  [{shown(record['event'])}] {shown(record.get('instance'))} #{record['seq']}{who}"
    told = [shown(record.get(name)) for name in ("action", "decision", "outcome")]
    parts = [when, who, *told, f"{shown(record.get('duration_ms'))} ms"]
    if record.get("error_id") is not None:
        parts.append(shown(record["error_id"]))
    return "  ".join(parts)


class Follower:
    """Finds what is appended to a log from when this is made.

    Chains that have ended are not looked into again: there may be thousands of them.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known = set(log.folders())
        self._open = {ChainFolder(path) for path in self._known}
        self._read: dict[Path, int] = {}
        for chain in list(self._open):
            if chain.ended:
                self._open.remove(chain)
            for segment in chain.segments()[-1:]:
                self._read[segment.path] = _end_of_lines(segment.path)

    def news(self) -> list[dict[str, Any]]:
        """The records since the last time, in the order of their time."""
        folders = set(self._log.folders())
        self._open |= {ChainFolder(path) for path in folders - self._known}
        self._known = folders
        found: list[dict[str, Any]] = []
        for chain in list(self._open):
            ended = chain.ended
            for path in self._unread(chain):
                found += self._appended(path)
            if ended:
                self._open.remove(chain)
        return sorted(found, key=lambda record: str(record["ts"]))

    def _unread(self, chain: ChainFolder) -> list[Path]:
        """The newest segment that has been read from, and those that followed it."""
        segments = [segment.path for segment in chain.segments()]
        read = [number for number, path in enumerate(segments) if path in self._read]
        return segments[read[-1] if read else 0 :]

    def _appended(self, path: Path) -> Iterator[dict[str, Any]]:
        start = self._read.get(path, 0)
        try:
            with path.open("rb") as file:
                file.seek(start)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    start += len(line)
                    if (record := decode(line)) is not None:
                        yield record
        except FileNotFoundError:  # retention
            return
        self._read[path] = start


def _newest(chains: list[ChainFolder], count: int) -> list[dict[str, Any]]:
    """The newest records, the oldest of them first; chains that ended before these are not looked into."""
    ends = sorted(((_last_ts(chain), number, chain) for number, chain in enumerate(chains)), reverse=True)
    found: list[Found] = []
    for ts, number, chain in ends:
        if len(found) >= count and (not count or found[0][0] >= ts):
            break
        for record in _backwards(chain, count):
            item = (str(record["ts"]), number, record["seq"], record)
            if len(found) < count:
                heapq.heappush(found, item)
            elif item[:3] > found[0][:3]:
                heapq.heapreplace(found, item)
    return [item[3] for item in sorted(found, key=lambda item: item[:3])]


def _last_ts(chain: ChainFolder) -> str:
    return next((str(record["ts"]) for record in _backwards(chain, 1)), "")


def _backwards(chain: ChainFolder, count: int) -> Iterator[dict[str, Any]]:
    """The last records of a chain, the newest first."""
    left = count
    for segment in reversed(chain.segments()):
        for line in _lines_backwards(segment.path):
            if left <= 0:
                return
            if (record := decode(line)) is not None:
                left -= 1
                yield record


def _lines_backwards(path: Path) -> Iterator[bytes]:
    """The whole lines of a file from its end, read block by block."""
    with path.open("rb") as file:
        position = _end_of_lines(path)
        rest = b""
        while position > 0:
            step = min(_BLOCK, position)
            position -= step
            file.seek(position)
            rest, *found = (file.read(step) + rest).split(b"\n")
            yield from filter(None, reversed(found))
        if rest:
            yield rest


def _end_of_lines(path: Path) -> int:
    """Where the last whole line of a file ends."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        while end > 0:
            start = max(0, end - _BLOCK)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end = start
    return 0
