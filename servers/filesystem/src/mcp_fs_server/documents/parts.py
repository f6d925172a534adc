"""The parts that a document's text comes in."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Part", "plain"]


class Part(NamedTuple):
    """A page, sheet or slide, or all of a document.

    Args:
        heading: such as "page 3 of 10"; "" where a document has one part alone.
    """

    heading: str
    text: str


def plain(text: str) -> str:
    """A text on one line, without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
