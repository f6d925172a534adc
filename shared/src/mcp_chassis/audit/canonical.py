"""Canonical JSON (RFC 8785): one way only to write a value, so that its hash says what it is.

Integers beyond ±(2^53-1), which a reader with doubles would change, are written as strings.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring
from typing import Any

__all__ = ["canonical", "clean", "ordered", "text"]

_SAFE = 2**53 - 1
_EXPONENT_FROM, _EXPONENT_BELOW = 21, -7


def canonical(value: Any) -> str:
    """The canonical JSON of a value.

    What JSON has no word for is written as a string: NaN, the infinities, and whatever is no JSON value. Lone
    surrogates, which UTF-8 cannot carry, are left in it for `clean`.
    """
    kind = type(value)
    if kind is str:
        return text(value)
    if kind is dict:
        return "{" + ",".join([f"{text(name)}:{canonical(value[name])}" for name in ordered(value)]) + "}"
    if kind is list or kind is tuple:
        return "[" + ",".join([canonical(item) for item in value]) + "]"
    if value is None:
        return "null"
    if kind is int:
        return str(value) if -_SAFE <= value <= _SAFE else f'"{value}"'
    if kind is bool:
        return "true" if value else "false"
    if kind is float:
        return _number(value)
    return _other(value)


text: Callable[[str], str] = encode_basestring
"""A JSON string."""


def clean(content: str) -> bytes:
    """Canonical JSON as UTF-8; a lone surrogate becomes a question mark, by which `ordered` has sorted it too."""
    try:
        return content.encode()
    except UnicodeEncodeError:
        return content.encode("utf-8", "replace")


def ordered(names: Iterable[str]) -> list[str]:
    """Names in the order of their UTF-16 code units (RFC 8785, section 3.2.3)."""
    found = list(names)
    if "".join(found).isascii():
        return sorted(found)
    return sorted(found, key=lambda name: name.encode("utf-16-be", "replace"))


def _number(value: float) -> str:
    """A double as ECMAScript prints it (ECMA-262, Number::toString), from the shortest digits, as Python finds them."""
    if not math.isfinite(value):
        return '"NaN"' if math.isnan(value) else '"Infinity"' if value > 0 else '"-Infinity"'
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).rstrip("0")
    point -= len(digits) - len(digits := digits.lstrip("0"))
    return ("-" if value < 0 else "") + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """The digits with their decimal point after the first `point` of them."""
    if not _EXPONENT_BELOW < point - 1 < _EXPONENT_FROM:
        fraction = f".{digits[1:]}" if len(digits) > 1 else ""
        return f"{digits[0]}{fraction}e{point - 1:+d}"
    if point <= 0:
        return f"0.{'0' * -point}{digits}"
    if point >= len(digits):
        return digits + "0" * (point - len(digits))
    return f"{digits[:point]}.{digits[point:]}"


def _other(value: Any) -> str:
    """What is a subclass of a JSON type or none."""
    if isinstance(value, Mapping):
        return canonical({str(name): item for name, item in value.items()})
    if isinstance(value, set | frozenset):
        return canonical(ordered(map(str, value)))
    for base in (int, float, str):
        if isinstance(value, base):
            return canonical(base(value))
    if isinstance(value, list | tuple):
        return canonical(list(value))
    return text(str(value))
