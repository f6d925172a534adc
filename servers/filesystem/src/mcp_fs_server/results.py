"""What the reading tools answer."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

__all__ = ["FileBody", "FileText"]


class FileText(TypedDict):
    """What stands beside the text of a file; `lines` is such as "1-20 of 340", without "of" where nobody counted."""

    path: str
    size: int
    encoding: str
    guessed: NotRequired[bool]
    etag: NotRequired[str]
    lines: str
    next_line: NotRequired[int]
    document: NotRequired[str]


class FileBody(FileText):
    """The same with the text."""

    content: str
