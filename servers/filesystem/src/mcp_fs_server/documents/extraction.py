"""The text of documents, each taken out by a process of its own that ends with the call."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field

from mcp_chassis.errors import InvalidArguments, TooLarge

from mcp_fs_server.documents.worker import FORMATS, MOST_CHARACTERS

__all__ = ["Document", "Documents"]

_AT_A_TIME = 2
_KEPT = 8
_LINE_BYTES = MOST_CHARACTERS * 6 + 10_000  # a character is up to six bytes in JSON


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document.

    Args:
        format: pdf, docx, xlsx or pptx.
        text: with a heading line before each of its parts, if it has several.
        parts: their headings, with the numbers of those lines.
        cut: there is more text than is read.
    """

    format: str
    text: str
    parts: list[tuple[str, int]] = field(default_factory=list)
    cut: bool = False


class Documents:
    """Takes out texts, a few at a time, and keeps the last ones for who reads on in them."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_A_TIME)
        self._kept: OrderedDict[tuple[int, ...], Document] = OrderedDict()

    async def text_of(self, fd: int, mime: str) -> Document:
        """The text of an open file.

        Raises:
            InvalidArguments: it is damaged, encrypted, or the library for it is not installed.
            TooLarge: it takes more memory or time than a document gets.
        """
        status = os.fstat(fd)
        key = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        if key not in self._kept:
            async with self._turns:
                self._kept[key] = await _extracted(fd, FORMATS[mime])
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT or sum(len(document.text) for document in self._kept.values()) > MOST_CHARACTERS:
            if len(self._kept) == 1:
                break
            self._kept.popitem(last=False)
        return self._kept[key]


async def _extracted(fd: int, format_: str) -> Document:
    os.lseek(fd, 0, os.SEEK_SET)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "mcp_fs_server.documents.worker", format_,
        stdin=fd, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, limit=_LINE_BYTES,
    )  # fmt: skip
    try:
        return await _collected(process, format_)
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await asyncio.shield(process.wait())


async def _collected(process: asyncio.subprocess.Process, format_: str) -> Document:
    pieces: list[str] = []
    parts: list[tuple[str, int]] = []
    line = 1
    assert process.stdout is not None
    async for raw in process.stdout:
        said = json.loads(raw)
        if "heading" in said:
            text = said["text"].replace("\r\n", "\n").replace("\r", "\n")
            if said["heading"]:
                parts.append((said["heading"], line))
                text = f"--- {said['heading']} ---\n{text}"
            pieces.append(f"{text}\n")
            line += text.count("\n") + 1
        elif "fault" in said:
            raise InvalidArguments(f"This {format_.upper()} file {said['fault']}.")
        elif "missing" in said:
            raise InvalidArguments(
                f"This server cannot read {format_.upper()} files as it is installed; ask the operator to install it "
                "with the extra `documents`."
            )
        else:
            return Document(format_, "".join(pieces), parts, cut="cut" in said)
    raise TooLarge(f"This {format_.upper()} file takes more time or memory than a document gets; it cannot be read.")
