"""What is searched for in files, and the lines that were found, whoever finds them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from mcp_chassis.errors import InvalidArguments

from mcp_fs_server.globs import Glob

__all__ = ["LONGEST", "WINDOW", "Hit", "Question", "hit_of", "place_of"]

LONGEST = 1_000
"""Characters of a pattern."""

WINDOW = 8_192
"""Bytes of a long line that are kept, round what was found in it."""

_MOST_TIMES = 1_000  # of a repetition, as RE2 has it
_TIMES = re.compile(r"(?<!\\)\{(\d+)(?:,(\d*))?\}")
_LINE_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\n")


class Hit(NamedTuple):
    """A line of a file.

    Args:
        path: below the directory that is searched; "" for the file that is.
        number: of the line, from 1.
        offset: of `data` in the text of the file, in bytes behind a byte order mark; of UTF-16 as if it were UTF-8.
        data: the line without its end, or what is kept of it.
        at: where in `data` the first match begins; None for a line that only stands near one.
    """

    path: str
    number: int
    offset: int
    data: bytes
    at: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for.

    Args:
        literal: the pattern is text and no expression.
        context: lines before and after each match.
        largest: bytes of files that are read whole. Ripgrep reads by blocks, and a look at each size costs.
    """

    pattern: str
    literal: bool
    glob: Glob | None
    context: int
    largest: int

    def __post_init__(self) -> None:
        """Refuse what no line can match.

        Raises:
            InvalidArguments: there is a line break or a NUL in the pattern, or a repetition that costs too much.
        """
        if "\0" in self.pattern or "\n" in self.pattern or (not self.literal and _LINE_BREAK.search(self.pattern)):
            raise InvalidArguments("Lines are searched one by one; leave line breaks and NUL out of the pattern.")
        times = () if self.literal else (int(number or 0) for match in _TIMES.findall(self.pattern) for number in match)
        if any(number > _MOST_TIMES for number in times):
            raise InvalidArguments(
                f"Nothing in a pattern may be repeated more than {_MOST_TIMES:,} times by a number; use * or +."
            )


def hit_of(path: str, number: int, offset: int, line: bytes, at: int | None) -> Hit:
    """A hit, of a long line only the part round its match."""
    data = line.removesuffix(b"\n").removesuffix(b"\r")
    if len(data) > WINDOW:
        begin = max((at or 0) - WINDOW // 2, 0)
        data, offset, at = data[begin : begin + WINDOW], offset + begin, None if at is None else at - begin
    return Hit(path, number, offset, data, at)


def place_of(path: str, number: int) -> Any:
    """By this hits are in order: directories and files by the bytes of their names, lines by number."""
    return os.fsencode(path).split(b"/"), number
