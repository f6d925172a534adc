"""Some lines of a text, within a budget."""

from __future__ import annotations

from dataclasses import dataclass

from mcp_chassis.errors import InvalidArguments
from pydantic_core import to_json

__all__ = ["Part", "Range", "cut_back", "cut_front", "part_of"]


@dataclass(frozen=True, slots=True)
class Range:
    """Which lines are asked for: the first `head`, the last `tail`, or from `start` to `end` (from 1, inclusive)."""

    head: int | None = None
    tail: int | None = None
    start: int | None = None
    end: int | None = None

    def __post_init__(self) -> None:
        """Refuse two answers to one question.

        Raises:
            InvalidArguments: they contradict each other.
        """
        given = [self.head is not None, self.tail is not None, self.start is not None or self.end is not None]
        if sum(given) > 1:
            raise InvalidArguments("Give one of head, tail, or start_line with end_line.")
        if self.end is not None and self.end < self.first:
            raise InvalidArguments("end_line is before start_line; swap them.")

    @property
    def first(self) -> int:
        """The first line that is asked for, unless it is `tail`."""
        return self.start or 1

    @property
    def last(self) -> int | None:
        """The last line that is asked for; None for the last there is."""
        return self.head if self.head is not None else self.end

    @property
    def whole(self) -> bool:
        """Whether everything is asked for."""
        return self == Range()


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a text.

    Args:
        first: number of the first line, 0 for none; None where nobody counted.
        last: number of the last one.
        total: how many lines there are; None where nobody counted.
        missing: what was asked for and is not there: following lines, earlier ones, or the rest of one line.
        replaced: some bytes did not fit the encoding.
    """

    text: str
    first: int | None
    last: int | None
    total: int | None
    missing: str = ""
    replaced: bool = False

    @property
    def numbers(self) -> str:
        """`1-20 of 340`, or what is known of it."""
        if self.first is None:
            return f"last {count_lines(self.text)}"
        return f"{self.first}-{self.last}" + ("" if self.total is None else f" of {self.total}")

    @property
    def complete(self) -> bool:
        """Whether it is all of the text."""
        return not self.missing and self.total is not None and self.first in (0, 1) and self.last == self.total


def count_lines(text: str, end: str = "\n") -> int:
    """How many lines a text has; one without a line end at its end counts too."""
    return text.count(end) + (not text.endswith(end) and text != "")


def part_of(text: str, asked: Range, budget: int) -> Part:
    """The lines of a text that are asked for, as many as fit.

    Args:
        budget: bytes of the part as JSON.

    Raises:
        InvalidArguments: it begins behind the end.
    """
    end = "\r" if "\n" not in text and "\r" in text else "\n"
    total = count_lines(text, end)
    if asked.tail is not None:
        chosen = _joined(text, total, max(total - asked.tail, 0), total, end)
        return cut_front(chosen, total, total, budget, end)
    first, last = asked.first, min(asked.last if asked.last is not None else total, total)
    if first > max(total, 1):
        raise InvalidArguments(f"start_line is {first:,}, and there are {total:,} lines.")
    chosen = text if (first, last) == (1, total) else _joined(text, total, first - 1, last, end)
    return cut_back(chosen, min(first, total), total, budget, end)


def _joined(text: str, total: int, begin: int, stop: int, end: str) -> str:
    """Lines `begin` to `stop` (from 0, exclusive) with their line ends."""
    lines = text.split(end)
    return end.join(lines[begin:stop]) + (end if begin < stop and (stop < total or text.endswith(end)) else "")


def cut_back(text: str, first: int, total: int | None, budget: int, end: str = "\n", *, more: bool = False) -> Part:
    """The beginning of lines that fits, whole lines if one of them does.

    Args:
        first: the number of the first line.
        more: whether there are following lines that were asked for too.
    """
    room = _room(text, budget)
    if room is None:
        last = first + max(count_lines(text, end) - 1, 0)
        return Part(text, first, last, total, "following" if more else "")
    shown = text.encode()[:room].decode(errors="ignore")
    whole = shown.rfind(end) + len(end)
    if whole >= len(end) and shown.rfind(end) >= 0:
        shown = shown[:whole]
        return Part(shown, first, first + shown.count(end) - 1, total, "following")
    return Part(shown, first, first, total, "line")


def cut_front(text: str, last: int | None, total: int | None, budget: int, end: str = "\n") -> Part:
    """The end of lines that fits, whole lines if one of them does."""
    room, missing = _room(text, budget), ""
    if room is not None:
        text = text.encode()[-room:].decode(errors="ignore")
        at = text.find(end, 0, len(text) - len(end))
        missing = "earlier" if at >= 0 else "line"
        text = text[at + len(end) :] if at >= 0 else text
    number = count_lines(text, end)
    first = None if last is None else min(last - number + 1, last) if number else last
    return Part(text, first, last, total, missing)


def _room(text: str, budget: int) -> int | None:
    """How many bytes of a text fit a budget, which is of JSON; None if all."""
    if len(text) * 6 <= budget:
        return None
    size = len(to_json(text))
    if size <= budget:
        return None
    return max(len(text.encode()) * budget // size, 1)
