"""Durations and sizes as people write them in flags, variables and config files.

`Duration` is seconds as a float, from `"500ms"`, `"2s"`, `"5m"`, `"8h"`, `"90d"` or a plain number of seconds.
`Size` is bytes as an int, from `"4MiB"`, `"64 KiB"`, `"1GB"` (powers of ten) or a plain number of bytes.
"""

from __future__ import annotations

import math
import re
from typing import Annotated

from pydantic import BeforeValidator

__all__ = ["Duration", "Size", "parse_duration", "parse_size"]

_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_QUANTITY = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([A-Za-z]*)\s*")


def parse_duration(value: object) -> float:
    """Seconds of `value`.

    Raises:
        ValueError: with the end of a sentence that begins with the setting's name.
    """
    return _quantity(value, _SECONDS, "must be a duration such as 500ms, 2s, 5m, 8h or 90d")


def parse_size(value: object) -> int:
    """Bytes of `value`; a fraction of a byte is refused.

    Raises:
        ValueError: with the end of a sentence that begins with the setting's name.
    """
    rule = "must be a size such as 65536, 64KiB, 4MiB or 1GB"
    size = _quantity(value, _BYTES, rule)
    if not size.is_integer():
        raise ValueError(rule)
    return int(size)


def _quantity(value: object, units: dict[str, float] | dict[str, int], rule: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    else:
        match = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
        # Case is free: there is no unit here whose capital means something else.
        if match is None or match[2].lower() not in units:
            raise ValueError(rule)
        number = float(match[1]) * units[match[2].lower()]
    if not math.isfinite(number) or number < 0:
        raise ValueError(rule)
    return number


Duration = Annotated[float, BeforeValidator(parse_duration)]
"""Seconds, from `"2s"`, `"500ms"`, `"5m"`, `"90d"` or a number."""

Size = Annotated[int, BeforeValidator(parse_size)]
"""Bytes, from `"4MiB"`, `"64 KiB"` or a number."""
