"""What the reading tools answer."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

__all__ = ["FileBody", "FileText"]


class FileText(TypedDict):
    """What stands beside the text of a file; `lines` is such as "1-20 of 340", without "of" where nobody counted.

    Of documents `document` is the format, and `parts` are the first lines of pages, sheets or slides: [heading, line].
    """

    path: str
    size: int
    encoding: NotRequired[str]
    guessed: NotRequired[bool]
    etag: NotRequired[str]
    lines: str
    next_line: NotRequired[int]
    document: NotRequired[str]
    parts: NotRequired[list[list[Any]]]


class FileBody(TypedDict):
    """A whole file with its text; a document has no encoding, and a long one no etag."""

    path: str
    content: str
    size: int
    encoding: NotRequired[str]
    etag: NotRequired[str]
