"""From a path to the text of a file: one thread hop for what is read whole, blocks for what is not."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field, replace

import aiofiles
from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments, TooLarge
from mcp_chassis.rendering import JsonList

from mcp_fs_server import texts
from mcp_fs_server.beginnings import BLOCK_BYTES, Beginning, beginning_of, lines_from, tail_of
from mcp_fs_server.descriptors import Descriptor
from mcp_fs_server.lines import Part, Range, part_of
from mcp_fs_server.media import SNIFFED_BYTES, is_document, sniffed
from mcp_fs_server.resources import Resources
from mcp_fs_server.results import FileText
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import PROGRESS_S, Work

__all__ = ["Body", "Wanted", "etag_of", "read_all", "read_body"]


_MOST_PARTS = 1_000
"""Headings of a document that are told with the lines they stand on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a file is asked for.

    Args:
        encoding: what the caller says it is in.
        budget: bytes of the text as JSON.
        entire: nothing less than all of it will do.
    """

    lines: Range
    encoding: str | None
    budget: int
    entire: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a file and what is to be told beside it."""

    text: str
    data: FileText
    notes: list[str] = field(default_factory=list)

    @property
    def content(self) -> list[str]:
        """The text, then one block of notes where there are some."""
        return [self.text, f"[{' '.join(self.notes)}]"] if self.notes else [self.text]


@dataclass(frozen=True, slots=True)
class _Open:
    """A file whose text is not read in one go."""

    place: Place
    file: Descriptor
    size: int
    beginning: bytes
    mime: str | None


async def read_body(ctx: Context[Resources], path: str, wanted: Wanted, *, argument: str = "path") -> Body:
    """The text at a path, or as much of it as is asked for.

    Raises:
        ChassisError: it cannot be read, is binary, or is too large to be read entirely.
    """
    found = await ctx.resources.workers.run(lambda work: _read(ctx, path, wanted, argument, work))
    if isinstance(found, Body):
        return found
    with found.file:
        return await (_from_document if is_document(found.mime) else _from_blocks)(ctx, found, wanted)


def etag_of(data: bytes) -> str:
    """What `if_match` takes: the SHA-256 of a file's bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def read_all(fd: int, most: int, work: Work) -> bytes | None:
    """The bytes of an open file; None if there are more than `most`."""
    blocks: list[bytes] = []
    room = most
    while block := os.read(fd, min(BLOCK_BYTES, room + 1)):
        work.check()
        blocks.append(block)
        room -= len(block)
        if room < 0:
            return None
    return blocks[0] if len(blocks) == 1 else b"".join(blocks)


def _read(ctx: Context[Resources], path: str, wanted: Wanted, argument: str, work: Work) -> Body | _Open:
    place = ctx.resources.roots.readable(ctx, path, argument=argument)
    file = Descriptor(place.open_file())
    size = os.fstat(file.fd).st_size
    beginning = os.pread(file.fd, texts.SAMPLE_BYTES, 0)
    mime = sniffed(beginning[:SNIFFED_BYTES], name=place.relative)
    found = _Open(place, file, size, beginning, mime)
    if is_document(mime) and wanted.encoding is None:
        return found
    if wanted.encoding is None and (mime is not None or texts.looks_binary(beginning)):
        file.close()
        raise InvalidArguments(_binary(mime))
    most = place.root.max_file_size
    data = read_all(file.fd, most, work) if size <= most else None
    if data is not None:
        file.close()
        return _from_bytes(place, data, wanted)
    if wanted.entire:
        file.close()
        raise TooLarge(_too_large(size, most))
    if wanted.lines.tail is None:
        return found
    with file:
        known = beginning_of(beginning, wanted.encoding)
        return _body(found, tail_of(file.fd, size, known, wanted.lines.tail, wanted.budget, work), known)


def _from_bytes(place: Place, data: bytes, wanted: Wanted) -> Body:
    text = texts.decode(data, wanted.encoding)
    content = text.content
    replaced = text.guessed and text.encoding == "utf-8"  # it is as UTF-8 as it can be
    if replaced:
        content = content.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    part = part_of(content, wanted.lines, wanted.budget)
    if wanted.entire and not part.complete:
        raise TooLarge(_too_large(len(data), wanted.budget))
    known = Beginning(text.encoding, len(text.bom), text.guessed)
    part = replace(part, replaced=replaced)
    return _body(_Open(place, Descriptor(-1), len(data), b"", None), part, known, etag=etag_of(data))


async def _from_document(ctx: Context[Resources], found: _Open, wanted: Wanted) -> Body:
    resources, fd = ctx.resources, found.file.fd
    document = await resources.documents.text_of(fd, str(found.mime))
    part = part_of(document.text, wanted.lines, wanted.budget)
    if wanted.entire and not part.complete:
        raise TooLarge("The text of this document is too long for one answer; read parts of it with read_text_file.")
    data: FileText = {
        "path": found.place.shown, "size": found.size, "document": document.format, "lines": part.numbers,
    }  # fmt: skip
    if document.parts:
        data["parts"] = JsonList([heading, line] for heading, line in document.parts[:_MOST_PARTS])
    if found.size <= found.place.root.max_file_size:
        data["etag"] = await resources.workers.run(lambda work: _etag_of_file(fd, found.size, work))
    body = _finished(part, data)
    if document.cut:
        body.notes.append("The document has more text than this server takes out of one.")
    return body


def _etag_of_file(fd: int, most: int, work: Work) -> str:
    os.lseek(fd, 0, os.SEEK_SET)
    return etag_of(read_all(fd, most, work) or b"")


async def _from_blocks(ctx: Context[Resources], found: _Open, wanted: Wanted) -> Body:
    known = beginning_of(found.beginning, wanted.encoding)
    blocks = _blocks(ctx, found, known.bom)
    part = await lines_from(blocks, known, wanted.lines, wanted.budget)
    await blocks.aclose()
    return _body(found, part, known)


async def _blocks(ctx: Context[Resources], found: _Open, start: int) -> AsyncGenerator[bytes, None]:
    """The file from some byte on. A block is waited for even by who was cancelled, since the file is closed then."""
    workers = ctx.resources.workers
    async with aiofiles.open(found.file.fd, "rb", buffering=0, closefd=False, executor=workers.pool) as file:
        await file.seek(start)
        done, told = start, asyncio.get_running_loop().time()
        while True:
            reading = asyncio.ensure_future(file.read(BLOCK_BYTES))
            try:
                block = await asyncio.shield(reading)
            except asyncio.CancelledError:
                await asyncio.wait([reading])
                raise
            if not block:
                return
            yield block
            done += len(block)
            if (now := asyncio.get_running_loop().time()) - told > PROGRESS_S:
                told = now
                await ctx.progress(done, found.size, "bytes read")


def _body(found: _Open, part: Part, known: Beginning, etag: str | None = None) -> Body:
    data: FileText = {
        "path": found.place.shown,
        "size": found.size,
        "encoding": known.encoding + ("-sig" if known.bom and known.encoding == "utf-8" else ""),
        "lines": part.numbers,
    }
    if known.guessed:
        data["guessed"] = True
    if etag is not None:
        data["etag"] = etag
    return _finished(part, data)


def _finished(part: Part, data: FileText) -> Body:
    if part.missing == "following" and part.last is not None:
        data["next_line"] = part.last + 1
    return Body(part.text, data, list(_notes(part, data)))


def _notes(part: Part, data: FileText) -> Iterator[str]:
    if not part.complete:
        yield (
            f"lines {part.numbers}"
            + {
                "following": f"; go on with start_line={data.get('next_line')}.",
                "earlier": "; earlier ones that were asked for did not fit: ask for them by start_line and end_line.",
                "line": "; this line is too long for an answer and is cut; search_file_contents finds what is in it.",
                "": ".",
            }[part.missing]
        )
    if part.replaced:
        yield f"Some bytes are not {data.get('encoding')} and are shown as \ufffd."
    elif data.get("guessed"):
        yield f"The encoding is guessed as {data.get('encoding')}; if this reads wrong, say another by encoding."


def _binary(mime: str | None) -> str:
    if mime is None:
        return "This is not text but binary data of no known type; get_file_info tells more."
    if mime.startswith(("image/", "audio/")):
        return f"This is not text but {mime}; use read_media_file."
    return f"This is not text but {mime}; there is no text to read in it."


def _too_large(size: int, most: int) -> str:
    return (
        f"The file has {size:,} bytes, more than the {most:,} that are read whole; "
        "read parts of it with read_text_file: head, tail, or start_line and end_line."
    )
