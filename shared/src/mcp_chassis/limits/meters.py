"""What a store counts: one `Meter` for each limit that a call meets, and the arithmetic that both stores share.

All times are integer microseconds, which a Lua number (a double) holds exactly. The arithmetic here is that of
`take.lua`, and a test holds them to the same answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

__all__ = ["DAY_US", "Meter", "Store", "StoreDown", "Verdict", "advance_count", "advance_day", "advance_tat"]

DAY_US = 86_400_000_000


class Meter(NamedTuple):
    """One thing that a call counts against.

    Args:
        kind: `rate` (GCRA), `day` (calls of one UTC day) or `repeat` (calls of a window that begins with its first).
        key: whose count it is, of this kind.
        pace: microseconds between two calls of a rate, or of the window of repeats; 0 for a day.
        size: the burst of a rate, the quota of a day, the repeats that are let through (0: all of them).
    """

    kind: Literal["rate", "day", "repeat"]
    key: str
    pace: int
    size: int


class Verdict(NamedTuple):
    """What a store says: the number of the meter that refused, if one did, and for how long; how often it was repeated.

    Of several meters that refuse it names the one that refuses longest.
    """

    refused: int | None = None
    wait_us: int = 0
    repeats: int = 0


class StoreDown(Exception):
    """The store did not answer, or not with a verdict."""


class Store(Protocol):
    """Where counts are kept."""

    async def take(self, meters: Sequence[Meter]) -> Verdict:
        """Count one call against all of the meters, or against none when one of them refuses.

        Raises:
            StoreDown: the store cannot say.
        """
        ...


def advance_tat(tat: int | None, now: int, pace: int, burst: int) -> tuple[int, int]:
    """GCRA: the theoretical arrival time after one more call, and how long that call would have to wait (0: it may).

    A time further ahead than a full burst was not counted under this rate (the rate was changed, or the clock went
    back), and counting begins anew.
    """
    full = burst * pace
    ahead = (tat if tat is not None and now < tat <= now + full else now) + pace
    return ahead, max(0, ahead - full - now)


def advance_day(counted: tuple[int, int] | None, now: int, quota: int) -> tuple[tuple[int, int], int]:
    """`(day, calls)` after one more call at `now` (since the epoch), and how long that call would have to wait."""
    day = now // DAY_US
    calls = counted[1] if counted is not None and counted[0] == day else 0
    return (day, calls + 1), (day + 1) * DAY_US - now if calls >= quota else 0


def advance_count(counted: tuple[int, int] | None, now: int, window: int, most: int) -> tuple[tuple[int, int], int]:
    """`(end of the window, calls)` after one more call, and how long it would have to wait; `most` 0 waits never."""
    ends, calls = counted if counted is not None and now < counted[0] <= now + window else (now + window, 0)
    return (ends, calls + 1), ends - now if 0 < most <= calls else 0
