"""Lines of the log: how they are cut out of a file, and the one way to write what they say."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mcp_chassis.audit.canonical import canonical

__all__ = [
    "MAX_LINE", "Line", "NotCanonical", "canonical_object", "digest", "is_hash", "is_overwritten", "lines", "without",
]  # fmt: skip

MAX_LINE = 1024 * 1024
_SAFE_INTEGER = 2**53 - 1
_HASH = re.compile(r"[0-9a-f]{64}")


class NotCanonical(Exception):
    """A line is not the canonical JSON of an object; the message is the end of a sentence about it."""


class Line(NamedTuple):
    """A line of a file: its number from 1, its bytes without the line feed, and whether there was one."""

    number: int
    raw: bytes
    whole: bool


def lines(path: Path, limit: int | None = None) -> Iterator[Line]:
    """The lines of a file, in little memory: what is longer than any line of ours comes in pieces.

    Args:
        limit: bytes that are read at most.

    Raises:
        OSError: the file cannot be read.
    """
    left = limit
    with path.open("rb", buffering=256 * 1024) as file:
        number = 0
        while raw := file.readline(MAX_LINE if left is None else min(MAX_LINE, left)):
            number += 1
            if left is not None:
                left -= len(raw)
            whole = raw.endswith(b"\n")
            yield Line(number, raw[:-1] if whole else raw, whole)


def _integer(text: str) -> int:
    if len(text) > 15 and (len(text) > 17 or abs(int(text)) > _SAFE_INTEGER):
        raise NotCanonical("has an integer beyond 2^53")
    return int(text)


def _double(text: str) -> float:
    value = float(text)
    if canonical(value) != text:
        raise NotCanonical("has a number that is not written as RFC 8785 says")
    return value


def _refused(_: str) -> float:
    raise NotCanonical("has a number that JSON does not know")


_decode = json.JSONDecoder(parse_int=_integer, parse_float=_double, parse_constant=_refused).decode
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical_object(raw: bytes) -> dict[str, Any]:
    """The object that a line says.

    Raises:
        NotCanonical: it says none, or not in the one way.
    """
    try:
        text = raw.decode("utf-8")
        found = _decode(text)
        # Python's own encoder is four times as fast; it differs in how it sorts names beyond ASCII and writes numbers.
        kept = (text.isascii() and _encode(found) == text) or canonical(found) == text
    except UnicodeDecodeError:
        raise NotCanonical("is not UTF-8") from None
    except (ValueError, RecursionError):
        raise NotCanonical("is not JSON") from None
    if not kept:
        raise NotCanonical("is not in the canonical form of what it says")
    if not isinstance(found, dict):
        raise NotCanonical("is not a JSON object")
    return found


def without(raw: bytes, name: str, value: str) -> bytes:
    """A canonical line without one of its text members, which is not the last; what remains is canonical too."""
    return raw.replace(f'"{name}":"{value}",'.encode(), b"", 1)


def digest(raw: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(raw).hexdigest()


def is_hash(value: Any) -> bool:
    """Whether a value is a SHA-256 in lower case hex."""
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def is_overwritten(raw: bytes) -> bool:
    """Whether the bytes behind the last line feed go on behind a whole record, which no crash leaves."""
    try:
        text = raw.decode("utf-8")
        end: int = json.JSONDecoder().raw_decode(text)[1]
    except (ValueError, RecursionError):
        return False
    return end < len(text)
