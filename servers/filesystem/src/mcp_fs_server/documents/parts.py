"""The parts that a document's text comes in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["MOST_CHARACTERS", "Part", "joined", "plain"]

MOST_CHARACTERS = 8 << 20
"""As much text is taken out of one document."""


class Part(NamedTuple):
    """A page, sheet or slide, or all of a document.

    Args:
        heading: such as "page 3 of 10"; "" where a document has one part alone.
    """

    heading: str
    text: str


def joined(lines: Iterable[str]) -> str:
    """Lines as one text, no more of them than are taken: a small file can unpack to more than fits into memory."""
    taken: list[str] = []
    left = MOST_CHARACTERS
    for line in lines:
        taken.append(line)
        left -= len(line) + 1
        if left < 0:
            break
    return "\n".join(taken)


def plain(text: str) -> str:
    """A text on one line, without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
