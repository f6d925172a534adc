"""Where a text that is not in a file almost is."""

from __future__ import annotations

import heapq
import re
from difflib import SequenceMatcher

__all__ = ["nearest_lines"]

_WORD = re.compile(r"\w+")
_MOST_WORDS = 12
_MOST_LINES = 500_000
_CANDIDATES = 30
_BLINDLY = 300
_SHOWN_LINES = 8
_SHOWN_CHARACTERS = 200
_COMPARED_CHARACTERS = 250  # comparing takes up to the third power of it
_NEAR = 0.5
_AS_NEAR = 0.9


def nearest_lines(text: str, wanted: str) -> str:
    """The end of a sentence: the lines that are most like `wanted`, with their numbers, or that there are none.

    Both have "\\n" as line breaks. What is compared is bounded, however long they are: the lines that share most words
    with the longest one that is wanted are looked at closely.
    """
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    block = wanted.strip("\n").split("\n")
    offset, longest = max(enumerate(block), key=lambda item: len(item[1].strip()))
    words = list(dict.fromkeys(_WORD.findall(longest)))[:_MOST_WORDS] or [longest.strip()]
    if not words[0]:
        return "and it is only white space; read the file again and copy some of its text."
    shared = ((sum(word in line for word in words), -number) for number, line in enumerate(lines))
    likely = [-number for count, number in heapq.nlargest(_CANDIDATES, shared) if count]
    likely = likely or list(range(min(len(lines), _BLINDLY)))  # every word may be misspelt
    sought = "\n".join(block)[:_COMPARED_CHARACTERS]
    scored = [(_likeness(_block(lines, number - offset, len(block)), sought), -number) for number in likely]
    near = sorted((pair for pair in scored if pair[0] >= _NEAR), reverse=True)[:3]
    if not near:
        return "nothing in it is near to that; read the file again and copy the text from it."
    best = near[0][0]
    starts = [max(-number - offset, 0) for score, number in near if score > best * _AS_NEAR]
    return _sentence(lines, starts, block)


def _sentence(lines: list[str], starts: list[int], block: list[str]) -> str:
    best, *others = dict.fromkeys(starts)
    found = lines[best : best + len(block)]
    same = [line.split() for line in found] == [line.split() for line in block]
    shown = found[:_SHOWN_LINES]
    body = "\n".join(f"{best + 1 + index}: {line[:_SHOWN_CHARACTERS]}" for index, line in enumerate(shown))
    also = f" (or line {' or '.join(str(start + 1) for start in sorted(others))})" if others else ""
    place = f"line {best + 1}" if len(found) == 1 else f"lines {best + 1}-{best + len(found)}"
    return f"only white space differs at {place}:\n{body}\n" if same else f"the nearest is at {place}{also}:\n{body}\n"


def _block(lines: list[str], start: int, number: int) -> str:
    start = max(start, 0)
    return "\n".join(lines[start : start + min(number, _COMPARED_CHARACTERS)])[:_COMPARED_CHARACTERS]


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _NEAR else 0.0
