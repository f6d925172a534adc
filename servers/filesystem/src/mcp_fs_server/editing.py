"""Exact replacements in a text: all of them or none, and nothing else is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from mcp_chassis.errors import InvalidArguments, TooLarge
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


def apply(
    content: str, edits: Sequence[Edit], pause: Callable[[], None] = lambda: None, *, most: int = LONGEST_TEXT
) -> tuple[str, int]:
    """Make the edits one after the other, each on the result of those before.

    Args:
        pause: called between the edits; raises when they shall be given up.
        most: characters that the result may have.

    Returns:
        The new content and how many places were replaced.

    Raises:
        InvalidArguments, TooLarge: one of them does not fit; none is made.
    """
    if not edits:
        raise InvalidArguments("edits is empty; give at least one {oldText, newText}.")
    lines = Lines(content)
    replaced = 0
    for index, edit in enumerate(edits):
        pause()
        replaced += _apply(lines, edit, f"edits[{index}]", " after the edits before it" if index else "", most)
    return lines.content(), replaced


def _apply(lines: Lines, edit: Edit, name: str, when: str, most: int) -> int:
    old, new = lines.flattened(edit.oldText), lines.flattened(edit.newText)
    if not old:
        raise InvalidArguments(f"{name}.oldText is empty; give the text that the new one replaces or follows.")
    if edit.oldText == edit.newText:
        raise InvalidArguments(f"{name} changes nothing: oldText and newText are the same.")
    if old == new:
        raise InvalidArguments(f"{name} changes only line endings, which edit_file keeps; use write_file for that.")
    first = lines.flat.find(old)
    if first < 0:
        raise InvalidArguments(f"{name}.oldText is not in the file{when}; {nearest_lines(lines.flat, old)}")
    if not edit.replaceAll and lines.flat.find(old, first + 1) >= 0:
        raise InvalidArguments(_ambiguous(lines.flat, old, name, when))
    number = lines.flat.count(old)
    size = len(lines.flat) + number * (len(new) - len(old))
    if size > most:
        raise TooLarge(f"{name} would make the file {size:,} characters long and it may have {most:,} bytes.")
    lines.replace(old, edit.newText)
    return number


def _ambiguous(text: str, old: str, name: str, when: str) -> str:
    starts: list[int] = []
    at = text.find(old)
    while at >= 0 and len(starts) <= _MOST_COUNTED:
        starts.append(at)
        at = text.find(old, at + 1)  # places that overlap are ambiguous too
    numbers: list[int] = []
    line, done = 1, 0
    for start in starts:
        line += text.count("\n", done, start)
        done = start
        numbers.append(line)
    counted, named = len(starts) <= _MOST_COUNTED, list(dict.fromkeys(numbers))
    times = f"{len(starts)} times" if counted else f"more than {_MOST_COUNTED:,} times"
    if len(named) == 1:
        where = f"all in line {line}" if counted else f"from line {line} on"
    else:
        where = f"at lines {', '.join(map(str, named[:_LINES_NAMED]))}" + ", ..." * (len(named) > _LINES_NAMED)
    return (
        f"{name}.oldText is in the file {times}{when}, {where}; "
        "add lines around it to say which one, or set replaceAll."
    )
