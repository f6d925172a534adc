"""A unified diff of two texts, bounded in what it costs and in what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from mcp_fs_server.endings import common

__all__ = ["unified_diff"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CONTEXT = 3
_MOST_SPLIT = 200_000
_MOST_COMPARED = 2_000
_LONGEST_LINE = 500

Opcode = tuple[str, int, int, int, int]


def unified_diff(before: str, after: str, name: str, *, most: int = 20_000) -> str:
    """The difference as `diff -u` shows it; empty where there is none.

    Args:
        name: of the file, as it is shown.
        most: characters; a longer diff ends at the end of a line and says how many are left out.
    """
    if before == after:
        return ""
    start, end = _changed(before, after)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if max(old.count("\n"), new.count("\n")) > _MOST_SPLIT:
        return f"[the diff is left out: it goes over more than {_MOST_SPLIT:,} lines]"
    shown: list[str] = []
    room, left_out = most, 0
    for line in _lines(_LINE.findall(old), _LINE.findall(new), name, before.count("\n", 0, start)):
        line = line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}... [{len(line):,} characters]"
        room -= len(line) + 1
        if room >= 0 and not left_out:
            shown.append(line)
        else:
            left_out += 1
    if left_out:
        shown.append(f"[{left_out:,} more lines of the diff are left out]")
    return "\n".join(shown)


def _changed(before: str, after: str) -> tuple[int, int]:
    """How much both texts begin and end with alike, in whole lines, but for a few that are to be shown."""
    start = before.rfind("\n", 0, common(before, after)) + 1
    end = common(before[start:][::-1], after[start:][::-1])
    newline = before.find("\n", len(before) - end)
    end = 0 if newline < 0 else len(before) - newline - 1
    for _ in range(_CONTEXT):
        start = before.rfind("\n", 0, max(start - 1, 0)) + 1
        newline = before.find("\n", len(before) - end)
        end = 0 if newline < 0 else len(before) - newline - 1
    return start, end


def _lines(old: list[str], new: list[str], name: str, above: int) -> Iterator[str]:
    yield from (f"--- a/{name}", f"+++ b/{name}")
    for group in _Opcodes(old, new).get_grouped_opcodes(_CONTEXT):
        (_, old_from, _, new_from, _), (_, _, old_to, _, new_to) = group[0], group[-1]
        yield f"@@ -{_range(old_from + above, old_to + above)} +{_range(new_from + above, new_to + above)} @@"
        for tag, one, two, three, four in group:
            if tag == "equal":
                yield from _marked(" ", old[one:two])
            else:
                yield from _marked("-", old[one:two])
                yield from _marked("+", new[three:four])


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _range(start: int, end: int) -> str:
    """The first line, from 1 on, and how many; the line before it where there is none."""
    return f"{start + (end > start)},{end - start}"


class _Opcodes(SequenceMatcher[str]):
    """Which lines are equal and which are replaced; only what lies between the first and the last change is compared.

    Comparing is quadratic at worst. Of a long stretch it is done line by line where the number of lines is the same, as
    after a word was replaced everywhere, and otherwise the stretch is told as replaced.
    """

    def __init__(self, old: list[str], new: list[str]) -> None:
        super().__init__()
        head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        most = min(len(old), len(new)) - head
        tail = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
        end = len(old) - tail, len(new) - tail
        middle = _compared(old[head : end[0]], new[head : end[1]])
        moved = [(tag, one + head, two + head, three + head, four + head) for tag, one, two, three, four in middle]
        ends = ("equal", 0, head, 0, head), ("equal", end[0], len(old), end[1], len(new))
        self._found = [code for code in (ends[0], *moved, ends[1]) if code[1] < code[2] or code[3] < code[4]]

    def get_opcodes(self) -> list[Opcode]:  # type: ignore[override]
        return list(self._found)


def _compared(old: list[str], new: list[str]) -> list[Opcode]:
    if len(old) <= _MOST_COMPARED and len(new) <= _MOST_COMPARED:
        return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    if len(old) != len(new):
        return [("replace", 0, len(old), 0, len(new))]
    found: list[Opcode] = []
    start = 0
    for index in range(1, len(old) + 1):
        same = old[start] == new[start]
        if index == len(old) or (old[index] == new[index]) != same:
            found.append(("equal" if same else "replace", start, index, start, index))
            start = index
    return found
