"""Counts in the memory of this process, bounded whatever comes."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from mcp_chassis.limits.meters import DAY_US, Meter, Verdict, advance_count, advance_day, advance_tat

__all__ = ["MemoryStore"]

MOST_KEYS = 50_000


class Table:
    """Values that expire, at most `most` of them: the ones that were not touched for longest make room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: OrderedDict[str, tuple[Any, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: str, now: int) -> Any:
        """The value, or None when there is none or it has expired; who is refused and asks on is not forgotten."""
        found = self._items.get(key)
        if found is None or found[1] <= now:
            return None
        self._items.move_to_end(key)
        return found[0]

    def put(self, key: str, value: Any, expires: int, now: int) -> None:
        """Store a value; expired ones that lie at the old end go, so that a quiet server's table shrinks again."""
        self._items[key] = (value, expires)
        self._items.move_to_end(key)
        for _ in range(2):
            oldest = next(iter(self._items))
            if len(self._items) <= self._most and self._items[oldest][1] > now:
                break
            del self._items[oldest]


class MemoryStore:
    """A store for one process: GCRA and windows by the monotonic clock, days by that of the wall.

    Each kind has a table of its own, so that many different calls cannot push out what was counted for a day.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        most_keys: int = MOST_KEYS,
    ) -> None:
        self._clock = clock
        self._wall = wall
        self.tables = {kind: Table(most_keys) for kind in ("rate", "day", "repeat")}

    async def take(self, meters: Sequence[Meter]) -> Verdict:
        """Count one call against all of the meters, or against none when one of them refuses."""
        now = int(self._clock() * 1_000_000)
        refused: int | None = None
        longest = repeats = 0
        writes: list[tuple[Meter, Any, int]] = []
        for number, meter in enumerate(meters):
            value, expires, wait = self._advance(meter, now)
            if meter.kind == "repeat":
                repeats = value[1]
            if wait > longest:
                refused, longest = number, wait
            writes.append((meter, value, expires))
        if refused is not None:
            return Verdict(refused, longest, repeats)
        for meter, value, expires in writes:
            self.tables[meter.kind].put(meter.key, value, expires, now)
        return Verdict(repeats=repeats)

    def _advance(self, meter: Meter, now: int) -> tuple[Any, int, int]:
        """The value after one more call, when it expires, and how long the call would have to wait."""
        counted = self.tables[meter.kind].get(meter.key, now)
        if meter.kind == "rate":
            tat, wait = advance_tat(counted, now, meter.pace, meter.size)
            return tat, tat, wait
        if meter.kind == "repeat":
            window, wait = advance_count(counted, now, meter.pace, meter.size)
            return window, window[0], wait
        wall = int(self._wall() * 1_000_000)
        day, wait = advance_day(counted, wall, meter.size)
        return day, now + (day[0] + 1) * DAY_US - wall, wait
