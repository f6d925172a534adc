"""What a limit is, as the settings and the policy file's `limits:` say it.

    limits:
      - id: everyone             # names the limit in logs
        rate: 60/m               # or `10/s burst 20`; the burst is the count where it is not said
        per_day: 5000            # calls per day, from midnight to midnight UTC
        per: [principal]         # whose calls are counted together: principal, tenant, action, or several of them
        actions: ["tool:*"]      # all when missing
        roles: [analyst]         # callers with one of these roles; all when missing
        tenants: [acme]          # callers of these tenants; all when missing

Every limit that fits a call holds, the strictest decides, and a call that one of them refuses spends nothing of the
others.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

__all__ = ["Dimension", "Limit", "Rate", "parse_optional_rate", "parse_rate"]

Dimension = Literal["principal", "tenant", "action"]

_RULE = "must be a rate such as 60/m, 10/s burst 20 or 500/h"
_UNITS = r"s|sec|seconds?|m|min|minutes?|h|hours?|d|days?"
_RATE = re.compile(rf"\s*(\d{{1,9}})\s*/\s*(\d{{0,6}})\s*({_UNITS})(?:\s+burst\s+(\d{{1,9}}))?\s*", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_FASTEST_PER_SECOND = 1_000_000
_LONGEST_REFILL_SECONDS = 366 * 86400


@dataclass(frozen=True)
class Rate:
    """`count` calls in `period_s` seconds on the long run, `burst` of them at once."""

    count: int
    period_s: int
    burst: int

    @cached_property
    def emission_us(self) -> int:
        """Microseconds between two calls; rounded up, so that an uneven rate errs on the strict side."""
        return math.ceil(self.period_s * 1_000_000 / self.count)

    def __str__(self) -> str:
        size, unit = next((s, u) for u, s in reversed(_SECONDS.items()) if not self.period_s % s)
        several = "" if self.period_s == size else str(self.period_s // size)
        return f"{self.count}/{several}{unit}" + (f" burst {self.burst}" if self.burst != self.count else "")


@dataclass(frozen=True, slots=True)
class Limit:
    """One entry of `limits:`; an empty tuple of actions, roles or tenants means all of them."""

    id: str
    rate: Rate | None = None
    per_day: int | None = None
    per: tuple[Dimension, ...] = ("principal",)
    actions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()


def parse_optional_rate(value: object) -> Rate | None:
    """The rate, or None for `off`.

    Raises:
        ValueError: as `parse_rate`.
    """
    return None if value is None or (isinstance(value, str) and value.strip().lower() == "off") else parse_rate(value)


def parse_rate(value: object) -> Rate:
    """The rate of `60/m`, `10/s burst 20`, `100/15min`; a unit is s, m, h, d or its whole word.

    Raises:
        ValueError: with the end of a sentence that begins with the setting's name.
    """
    if isinstance(value, Rate):
        return value
    match = _RATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(_RULE)
    count, period = int(match[1]), int(match[2] or 1) * _SECONDS[match[3][0].lower()]
    burst = int(match[4]) if match[4] else count
    if not count or not period or not burst:
        raise ValueError(f"{_RULE}, with no zero in it")
    if count > period * _FASTEST_PER_SECOND:
        raise ValueError(f"must be at most {_FASTEST_PER_SECOND:,} calls per second")
    rate = Rate(count, period, burst)
    if burst * rate.emission_us > _LONGEST_REFILL_SECONDS * 1_000_000:
        raise ValueError("must have a burst that is refilled within a year")
    return rate
