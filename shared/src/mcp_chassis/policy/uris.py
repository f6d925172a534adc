"""What a URI may be read as: rules and limits that name one hold for every way of writing it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

__all__ = ["MOST_READINGS", "readings"]

MOST_READINGS = 4


def readings(action: str) -> Iterator[str]:
    """What a server might take a URI for: percent-decoded, and with `.` and `..` resolved."""
    if not ("%" in action or "/." in action or "\\" in action or "//" in action.partition("://")[2]):
        return
    seen = action
    for _ in range(MOST_READINGS):
        yield _resolved(seen)
        decoded = unquote(seen)
        if decoded == seen:
            return
        seen = decoded
        yield seen


def _resolved(action: str) -> str:
    scheme, separator, rest = action.replace("\\", "/").partition("://")
    parts: list[str] = []
    for part in rest.split("/"):
        if part == "..":
            if parts and parts != [""]:
                parts.pop()
        elif part != "." and (part or not parts):
            parts.append(part)
    if rest.endswith(("/", "/.", "/..")) and parts and parts[-1]:
        parts.append("")
    return f"{scheme}{separator}{'/'.join(parts)}"
