"""Paths as texts: what a caller means by one, before anything is looked up."""

from __future__ import annotations

import posixpath
import re

from mcp_chassis.confine import shown

__all__ = ["below", "stays_below", "tidy", "unquoted"]

_ESCAPED = re.compile(r'\\(x[0-9a-f]{2}|u[0-9a-f]{4}|[nrt"\\])')


def unquoted(path: str) -> str:
    """A path as it is, of one that was shown in quotes; any other is what it says."""
    if not (path.startswith('"') and path.endswith('"')):
        return path
    plain = _ESCAPED.sub(_unescaped, path[1:-1])
    return plain if shown(plain) == path else path


def tidy(path: str) -> str:
    """A relative path without `.` and empty names, but with `..` and a slash at its end, which mean something."""
    names = [name for name in path.split("/") if name not in ("", ".")]
    return "/".join(names) + "/" * (bool(names) and path.endswith(("/", "/.")))


def stays_below(names: list[str]) -> bool:
    """Whether a relative path does not lead above where it begins; `..data` is a name like any other."""
    return posixpath.normpath("/".join(names) or ".").partition("/")[0] != ".."


def below(path: str, above: str) -> str | None:
    """The path from a directory to one within it."""
    prefix = above.rstrip("/") + "/"
    return path[len(prefix) :] if path.startswith(prefix) else None


def _unescaped(match: re.Match[str]) -> str:
    text = match[1]
    if text[0] == "x":
        return chr(0xDC00 + int(text[1:], 16))  # a byte that is no text (PEP 383)
    return chr(int(text[1:], 16)) if text[0] == "u" else {"n": "\n", "r": "\r", "t": "\t"}.get(text, text)
