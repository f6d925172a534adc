"""Exact replacements in a text: all of them or none, and nothing else is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from mcp_chassis.errors import InvalidArguments
from pydantic import BaseModel, ConfigDict, Field

from mcp_fs_server.endings import Lines
from mcp_fs_server.nearness import nearest_lines

__all__ = ["LONGEST_TEXT", "Edit", "apply"]

LONGEST_TEXT = 16 * 1024 * 1024
"""Characters of an argument that is file content; what a file may have is the root's to say."""

_MOST_COUNTED = 1_000
_LINES_NAMED = 10


class Edit(BaseModel):
    """One replacement."""

    model_config = ConfigDict(extra="forbid", strict=True)

    oldText: Annotated[str, Field(max_length=LONGEST_TEXT)]  # noqa: N815
    newText: Annotated[str, Field(max_length=LONGEST_TEXT)]  # noqa: N815
    replaceAll: bool = False  # noqa: N815


def apply(content: str, edits: Sequence[Edit], pause: Callable[[], None] = lambda: None) -> tuple[str, int]:
    """Make the edits one after the other, each on the result of those before.

    Args:
        pause: called between the edits; raises when they shall be given up.

    Returns:
        The new content and how many places were replaced.

    Raises:
        InvalidArguments: one of them does not fit; none is made.
    """
    if not edits:
        raise InvalidArguments("edits is empty; give at least one {oldText, newText}.")
    lines = Lines(content)
    replaced = 0
    for index, edit in enumerate(edits):
        pause()
        replaced += _apply(lines, edit, f"edits[{index}]", " after the edits before it" if index else "")
    return lines.content(), replaced


def _apply(lines: Lines, edit: Edit, name: str, when: str) -> int:
    old = lines.flattened(edit.oldText)
    if not old:
        raise InvalidArguments(f"{name}.oldText is empty; give the text that the new one replaces or follows.")
    if edit.oldText == edit.newText:
        raise InvalidArguments(f"{name} changes nothing: oldText and newText are the same.")
    if old == lines.flattened(edit.newText):
        raise InvalidArguments(f"{name} changes only line endings, which edit_file keeps; use write_file for that.")
    starts = _occurrences(lines.flat, old, whole=edit.replaceAll)
    if not starts:
        raise InvalidArguments(f"{name}.oldText is not in the file{when}; {nearest_lines(lines.flat, old)}")
    if len(starts) > 1 and not edit.replaceAll:
        raise InvalidArguments(_ambiguous(lines.flat, starts, name, when))
    lines.replace(starts, len(old), edit.newText)
    return len(starts)


def _occurrences(text: str, old: str, *, whole: bool) -> list[int]:
    """Where the text stands: all places that can be replaced together, or (to judge it) a bounded number of any."""
    starts: list[int] = []
    at = text.find(old)
    while at >= 0 and (whole or len(starts) <= _MOST_COUNTED):
        starts.append(at)
        at = text.find(old, at + (len(old) if whole else 1))
    return starts


def _ambiguous(text: str, starts: list[int], name: str, when: str) -> str:
    numbers: list[int] = []
    line, done = 1, 0
    for start in starts[:_LINES_NAMED]:
        line += text.count("\n", done, start)
        done = start
        numbers.append(line)
    times = f"{len(starts)} times" if len(starts) <= _MOST_COUNTED else f"more than {_MOST_COUNTED:,} times"
    shown = ", ".join(map(str, dict.fromkeys(numbers))) + (", ..." if len(starts) > len(numbers) else "")
    return (
        f"{name}.oldText is in the file {times}{when}, at lines {shown}; "
        "add lines around it to say which one, or set replaceAll."
    )
