"""A text with one kind of line break, which remembers what each of them was.

Clients send "\\n" where a file has "\\r\\n", and some files have both. Here text is searched and changed with "\\n"
alone; written again, every line break that was not changed is what it was, and a new one is what stands next to it. A
lone "\\r" is a line break only in a file that has no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["Lines"]

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
            self._one, self._each = None, _BREAK.findall(content)
        elif "\n" not in content:
            self._one = None  # no line break is there that a new one could be like
        self.flat = self.flattened(content)

    def flattened(self, text: str) -> str:
        """A text that is to be found in this one or put into it, with "\\n" for each of its line breaks."""
        text = text.replace("\r\n", "\n")
        return text.replace("\r", "\n") if self._classic else text

    def replace(self, starts: Sequence[int], length: int, text: str) -> None:
        """Put a text where others stand; what both begin and end with stays as it is.

        Args:
            starts: where in `flat`, ascending and not overlapping.
            length: of each of them, where all are the same text.
            text: what comes there.
        """
        new = self.flattened(text)
        old = self.flat[starts[0] : starts[0] + length]
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        new = new[head : len(new) - tail]
        spans = [(start + head, start + length - tail) for start in starts]
        if self._one is None:
            self._replace_breaks(spans, new.count("\n"), "\r\n" if "\r\n" in text else "\n")
        pieces: list[str] = []
        done = 0
        for start, end in spans:
            pieces += (self.flat[done:start], new)
            done = end
        pieces.append(self.flat[done:])
        self.flat = "".join(pieces)

    def content(self) -> str:
        """The text with its own line breaks."""
        if self._one is not None:
            return self.flat if self._one == "\n" else self.flat.replace("\n", self._one)
        pieces = self.flat.split("\n")
        return "".join([piece for pair in zip(pieces, [*self._each, ""], strict=True) for piece in pair])

    def _replace_breaks(self, spans: Sequence[tuple[int, int]], number: int, first_ever: str) -> None:
        """Let the breaks within each span become `number`; further ones are as their neighbour before them."""
        breaks: list[str] = []
        done = line = 0
        for start, end in spans:
            here = line + self.flat.count("\n", done, start)
            after = here + self.flat.count("\n", start, end)
            breaks += self._each[line:here]
            kept = self._each[here : min(after, here + number)]
            near = self._each[max(min(after, len(self._each)) - 1, 0)] if self._each else first_ever
            breaks += [*kept, *[near] * (number - len(kept))]
            done, line = end, after
        self._each = breaks + self._each[line:]


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
