"""Which records are meant, and these in the order of their time over all chains."""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from mcp_chassis.audit.reading.lines import Line, lines
from mcp_chassis.audit.reading.places import ChainFolder, Log, readable
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.settings.units import parse_duration

__all__ = ["Entry", "Selection", "decode", "moment"]

_RANGE = re.compile(r"(?:([^:]+):)?([0-9]{1,18})-([0-9]{1,18})")


class Entry(NamedTuple):
    """A record as it stands in the log: its line without the line feed, and what that says."""

    chain: ChainFolder
    raw: bytes
    record: dict[str, Any]


def decode(raw: bytes) -> dict[str, Any] | None:
    """What a line says; None when it is no record. Whether it is a true one is a matter for `audit verify`."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("ts"), str) or not isinstance(found.get("event"), str):
        return None
    return found if type(found.get("seq")) is int else None


@dataclass(slots=True)
class Selection:
    """Records by time, tenant and number; `unreadable` grows by what was met that is no record."""

    since: str = ""
    until: str = "~"
    tenant: str | None = None
    instance: str | None = None
    first: int = 0
    last: int | None = None
    unreadable: list[str] = field(default_factory=list)

    @classmethod
    def parse(
        cls,
        *,
        since: str | None = None,
        until: str | None = None,
        tenant: str | None = None,
        numbers: str | None = None,
    ) -> Selection:
        """What the flags of a command say.

        Raises:
            ConfigurationError: one of them cannot be understood.
        """
        selection = cls(tenant=tenant)
        now = datetime.now(UTC)
        if since is not None:
            selection.since = moment("--since", since, now)
        if until is not None:
            selection.until = moment("--until", until, now, end=True)
        if numbers is not None:
            match = _RANGE.fullmatch(numbers)
            if match is None or int(match[2]) > int(match[3]):
                raise ConfigurationError("--range must be numbers of records such as 1-100, or INSTANCE:1-100.")
            selection.instance, selection.first, selection.last = match[1], int(match[2]), int(match[3])
        return selection

    def chains(self, log: Log) -> list[ChainFolder]:
        """The chains that are meant.

        Raises:
            ConfigurationError: numbers are given, and it is not clear of which chain.
        """
        chains = log.chains()
        if self.last is None:
            return chains
        if self.instance is None:
            if len(chains) > 1:
                raise ConfigurationError("--range: there are several chains, so name one, as in INSTANCE:1-100.")
            return chains
        named = [chain for chain in chains if chain.instance == self.instance]
        if not named:
            raise ConfigurationError(f"--range: there is no chain {self.instance} in this log.")
        return named

    def entries(self, log: Log) -> Iterator[Entry]:
        """The records that are meant, in the order of their time.

        Raises:
            ConfigurationError: something cannot be read.
        """
        with readable(log.directory):
            yield from _merged([_Reader(chain, self) for chain in self.chains(log)])

    def of_chain(self, chain: ChainFolder) -> Iterator[Entry]:
        """The records of one chain that are meant, in their order.

        Raises:
            OSError: a file cannot be read.
        """
        for segment in chain.segments():
            for line in self._lines(segment.path):
                record = decode(line.raw)
                if record is None:
                    if line.whole:  # else it is being written, or cut
                        self.unreadable.append(f"{segment.path}:{line.number} is no record.")
                    continue
                if self.last is not None and record["seq"] > self.last:
                    return
                if self._means(record):
                    yield Entry(chain, line.raw, record)

    def _lines(self, path: Path) -> Iterator[Line]:
        try:
            yield from lines(path)
        except FileNotFoundError:  # by retention, just now
            self.unreadable.append(f"{path} was removed meanwhile.")

    def _means(self, record: dict[str, Any]) -> bool:
        if self.tenant is not None and record.get("tenant") != self.tenant:
            return False
        return bool(record["seq"] >= self.first and self.since <= record["ts"] < self.until)


class _Reader:
    """A chain that is opened when its time has come: thousands of them cannot all be open at once."""

    def __init__(self, chain: ChainFolder, selection: Selection) -> None:
        self._chain = chain
        self._selection = selection
        self._entries: Iterator[Entry] | None = None
        self.current: Entry | None = None

    def begins(self) -> str:
        """The time of its first record."""
        for segment in self._chain.segments():
            for line in lines(segment.path):
                record = decode(line.raw)
                if record is not None:
                    return str(record["ts"])
        return "~"

    def advance(self) -> bool:
        """Go to the next entry; False at the end."""
        if self._entries is None:
            self._entries = self._selection.of_chain(self._chain)
        self.current = next(self._entries, None)
        return self.current is not None


def _merged(readers: Iterable[_Reader]) -> Iterator[Entry]:
    heap = [(reader.begins(), number, reader) for number, reader in enumerate(readers)]
    heapq.heapify(heap)
    while heap:
        ts, number, reader = heap[0]
        if reader.current is not None:
            yield reader.current
        if not reader.advance() or reader.current is None:
            heapq.heappop(heap)
            continue
        # A clock that was set back does not change the order within a chain.
        heapq.heapreplace(heap, (max(ts, reader.current.record["ts"]), number, reader))


def moment(flag: str, text: str, now: datetime, *, end: bool = False) -> str:
    """A moment as `ts` has it, from a date, a time or an age.

    Args:
        end: whether a date means its end, which is the beginning of the day after.

    Raises:
        ConfigurationError: the text is none of them.
    """
    rule = f"{flag} must be a date (2026-11-20), a time (2026-11-20T08:00:00Z) or an age (7d, 12h)."
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            day = date.fromisoformat(text) + timedelta(days=1 if end else 0)
            found = datetime(day.year, day.month, day.day, tzinfo=UTC)
        elif re.fullmatch(r"[0-9]{4}-.*", text):
            found = datetime.fromisoformat(text)
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        else:
            if text.isdecimal():
                raise ValueError("a number of what?")
            found = now - timedelta(seconds=parse_duration(text))
    except (ValueError, OverflowError):
        raise ConfigurationError(rule) from None
    return f"{found:%Y-%m-%dT%H:%M:%S.%f}Z"
