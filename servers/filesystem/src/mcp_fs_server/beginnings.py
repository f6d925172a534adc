"""The text of a file that is too large to be read whole: its first or last lines, and lines somewhere in it.

Line ends are looked for in bytes, wherever a line end is one byte that is no part of another character (all encodings
of texts but UTF-16 and UTF-32), and only what is answered is decoded.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from mcp_chassis.errors import InvalidArguments

from mcp_fs_server import texts
from mcp_fs_server.lines import Part, Range, cut_back, cut_front
from mcp_fs_server.workers import Work

__all__ = ["BLOCK_BYTES", "Beginning", "beginning_of", "lines_from", "tail_of"]

BLOCK_BYTES = 1 << 20
_TAIL_BYTES = 1 << 16
PieceT = TypeVar("PieceT", bytes, str)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the beginning of a file says of the rest.

    Args:
        encoding: the codec, without a mark of its own.
        bom: how many bytes the byte order mark has.
    """

    encoding: str
    bom: int
    guessed: bool

    @property
    def wide(self) -> bool:
        """Whether a line end has more than one byte."""
        return self.encoding.startswith(("utf-16", "utf-32"))

    def decode(self, data: bytes) -> tuple[str, bool]:
        """The text of bytes, and whether some of them did not fit the encoding."""
        try:
            return data.decode(self.encoding), False
        except UnicodeDecodeError:
            return data.decode(self.encoding, "replace"), True


def beginning_of(sample: bytes, encoding: str | None) -> Beginning:
    """The encoding of a file that begins so.

    Args:
        sample: its first bytes, which may end within a character.
        encoding: what the caller says it is.
    """
    whole_lines = sample[: sample.rfind(b"\n") + 1]
    cuts = [sample[: len(sample) - cut] for cut in range(5)]
    tries = cuts if b"\0" in sample or not whole_lines else [whole_lines, *cuts]
    found: texts.Text | None = None
    for tried in tries:
        try:
            text = texts.decode(tried, encoding)
        except InvalidArguments:
            continue
        if not text.guessed:
            found = text
            break
        found = found or text
    if found is None:  # the caller's word stands against what there is
        found = texts.decode(sample, encoding)
    return Beginning(found.encoding, len(found.bom), found.guessed)


async def lines_from(blocks: AsyncIterator[bytes], beginning: Beginning, asked: Range, budget: int) -> Part:
    """Lines of a file from its front: `head`, or those from `start` on.

    Args:
        blocks: the file behind its byte order mark.
        budget: bytes of the part as JSON.

    Raises:
        InvalidArguments: it begins behind the end.
    """
    if not beginning.wide:
        found = _Collected(b"\n", asked, budget)
        async for block in blocks:
            if found.take(block):
                break
        text, replaced = beginning.decode(b"".join(found.kept))
    else:
        found_wide = _Collected("\n", asked, budget)
        decoder = codecs.getincrementaldecoder(beginning.encoding)("replace")
        async for block in blocks:
            if found_wide.take(decoder.decode(block)):
                break
        text = "".join(found_wide.kept)
        replaced, found = "\ufffd" in text, found_wide  # type: ignore[assignment]
    if found.total is not None and asked.first > max(found.total, 1):
        raise InvalidArguments(f"start_line is {asked.first:,}, and there are {found.total:,} lines.")
    part = cut_back(text, asked.first, found.total, budget, more=found.full)
    return Part(part.text, part.first, part.last, part.total, part.missing, replaced)


class _Collected(Generic[PieceT]):
    """Lines as they come, up to what was asked for or what fits."""

    def __init__(self, end: PieceT, asked: Range, budget: int) -> None:
        self.kept: list[PieceT] = []
        self.skip = asked.first - 1
        self.full = False
        self.lines = 0
        self._end: PieceT = end
        self._left = None if asked.last is None else asked.last - self.skip
        self._room = budget + 1
        self._over = True
        self._whole_line = True

    @property
    def total(self) -> int | None:
        """How many lines there are, if the end was reached."""
        return self.lines + (not self._whole_line) if self._over else None

    def take(self, piece: PieceT) -> bool:
        """Take the next piece of the file; True once nothing more is needed."""
        if piece:
            self._whole_line = piece.endswith(self._end)
        number = piece.count(self._end)
        self.lines += number
        if self.skip > number or (self.skip == number and self.skip and self._whole_line):
            self.skip -= number
            return False
        if self.skip:
            piece = piece.split(self._end, self.skip)[self.skip]
            number -= self.skip
            self.skip = 0
        return self._keep(piece, number)

    def _keep(self, piece: PieceT, number: int) -> bool:
        if self._left is not None and number >= self._left:
            rest = piece.split(self._end, self._left)[self._left]
            piece = piece[: len(piece) - len(rest)]
            self.kept.append(piece)
            self._over = False
            return True
        self._left = None if self._left is None else self._left - number
        self.kept.append(piece)
        self._room -= len(piece)
        if self._room < 0:
            self.full, self._over = True, False
        return self.full


def tail_of(fd: int, size: int, beginning: Beginning, number: int, budget: int, work: Work) -> Part:
    """The last lines of a file, read from its end."""
    blocks: list[bytes] = []
    at, seen, read = size, 0, 0
    while at > beginning.bom and seen <= number and read <= budget:
        work.check()
        below = max(beginning.bom, (at - 1) // _TAIL_BYTES * _TAIL_BYTES)
        block = os.pread(fd, at - below, below)
        blocks.append(block)
        seen += _line_ends(block, beginning)
        read += len(block)
        at = below
    data = b"".join(reversed(blocks))
    if at > beginning.bom and seen <= number:
        data = _from_a_character(data, beginning)
    text, replaced = beginning.decode(data)
    lines = text.split("\n")
    kept = number + (text.endswith("\n"))
    shown = "\n".join(lines[-kept:]) if kept < len(lines) else text
    part = cut_front(shown, None, None, budget)
    short = at > beginning.bom and seen <= number and not part.missing
    missing = ("earlier" if "\n" in part.text.rstrip("\n") else "line") if short else part.missing
    if at <= beginning.bom and kept >= len(lines):  # the file has no more lines than were asked for
        return cut_front(shown, len(lines) - text.endswith("\n"), len(lines) - text.endswith("\n"), budget)
    return Part(part.text, None, None, None, missing, replaced)


def _line_ends(block: bytes, beginning: Beginning) -> int:
    if not beginning.wide:
        return block.count(b"\n")
    return block.decode(beginning.encoding, "ignore").count("\n")


def _from_a_character(data: bytes, beginning: Beginning) -> bytes:
    """Data that may begin within a character, from where one surely begins."""
    if beginning.encoding == "utf-8":
        return data.lstrip(bytes(range(0x80, 0xC0))) if data[:1] >= b"\x80" else data
    if beginning.wide:
        return data
    # No byte below "0" is a part of another character in any encoding of several bytes.
    sure = next((index for index, byte in enumerate(data[:4096]) if byte < 0x30), None)
    return data if sure is None else data[sure:]
