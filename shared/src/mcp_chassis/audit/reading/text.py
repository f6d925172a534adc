"""Values of the log as text that cannot do anything to a terminal or a spreadsheet."""

from __future__ import annotations

from typing import Any

__all__ = ["cell", "shown"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def shown(value: Any) -> str:
    """A value on one line of a terminal; what is no printable character is escaped."""
    text = "-" if value is None else str(value)
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def cell(value: Any) -> str:
    """A value in CSV; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
