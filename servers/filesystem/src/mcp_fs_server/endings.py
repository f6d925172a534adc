"""A text with one kind of line break, which remembers what each of them was.

Clients send "\\n" where a file has "\\r\\n", and some files have both. Here text is searched and changed with "\\n"
alone; written again, every line break that was not changed is what it was, and a new one is what stands next to it. A
lone "\\r" is a line break only in a file that has no other.
"""

from __future__ import annotations

import re

from mcp_chassis.errors import TooLarge

__all__ = ["Lines", "common"]

MOST_AT_ONCE = 100_000

_BREAK = re.compile(r"\r\n|\n")


class Lines:
    """The text of a file with its line breaks; `flat` has "\\n" for each."""

    def __init__(self, content: str) -> None:
        self._classic = "\n" not in content and "\r" in content
        self._one: str | None = "\n"
        self._each: list[str] = []
        crlf = content.count("\r\n")
        if self._classic:
            self._one = "\r"
        elif crlf and crlf == content.count("\n"):
            self._one = "\r\n"
        elif crlf:
            self._one = None
            self._each = ["\r\n" if found.end() - found.start() == 2 else "\n" for found in _BREAK.finditer(content)]
        elif "\n" not in content:
            self._one = None  # no line break is there that a new one could be like
        self.flat = self.flattened(content)

    def flattened(self, text: str) -> str:
        """A text that is to be found in this one or put into it, with "\\n" for each of its line breaks."""
        text = text.replace("\r\n", "\n")
        return text.replace("\r", "\n") if self._classic else text

    def replace(self, old: str, text: str, *, most: int = MOST_AT_ONCE) -> None:
        """Put a text everywhere where another stands in `flat`; what both begin and end with stays as it is.

        Args:
            most: places where line breaks of several kinds may have to be sorted out.

        Raises:
            TooLarge: there are more.
        """
        new = self.flattened(text)
        if self._one is None and not self._each:
            self._one = "\r\n" if "\r\n" in text else "\n"
        if self._one is not None or ("\n" not in old and "\n" not in new):
            self.flat = self.flat.replace(old, new)
            return
        head = common(old, new)
        tail = common(old[head:][::-1], new[head:][::-1])
        spans: list[tuple[int, int]] = []
        start = self.flat.find(old)
        while start >= 0:
            spans.append((start + head, start + len(old) - tail))
            if len(spans) > most:
                raise TooLarge(
                    f"The file has line endings of several kinds and this would change more than {most:,} lines."
                )
            start = self.flat.find(old, start + len(old))
        self._splice(spans, new[head : len(new) - tail])

    def content(self) -> str:
        """The text with its own line breaks."""
        if self._one is not None:
            return self.flat if self._one == "\n" else self.flat.replace("\n", self._one)
        pieces = self.flat.split("\n")
        return "".join([piece for pair in zip(pieces, [*self._each, ""], strict=True) for piece in pair])

    def _splice(self, spans: list[tuple[int, int]], new: str) -> None:
        """Put a text into every span; of its line breaks those beyond the span's own are as their neighbour."""
        number = new.count("\n")
        pieces: list[str] = []
        breaks: list[str] = []
        done = line = 0
        for start, end in spans:
            here = line + self.flat.count("\n", done, start)
            after = here + self.flat.count("\n", start, end)
            kept = self._each[here : min(after, here + number)]
            near = self._each[max(min(after, len(self._each)) - 1, 0)]
            breaks += [*self._each[line:here], *kept, *[near] * (number - len(kept))]
            pieces += (self.flat[done:start], new)
            done, line = end, after
        self.flat = "".join((*pieces, self.flat[done:]))
        self._each = breaks + self._each[line:]


def common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
