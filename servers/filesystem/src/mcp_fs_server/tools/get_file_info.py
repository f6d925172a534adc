"""`get_file_info`: what is known of a file or directory without reading it out."""

from __future__ import annotations

import os
import stat
from typing import NotRequired

from mcp_chassis.call import Context
from mcp_chassis.confine import kind
from typing_extensions import TypedDict

from mcp_fs_server import texts
from mcp_fs_server.descriptors import Descriptor
from mcp_fs_server.lines import count_lines
from mcp_fs_server.listing import stamp
from mcp_fs_server.media import SNIFFED_BYTES, mime_of, sniffed
from mcp_fs_server.reading import etag_of, read_all
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import Work

__all__ = ["get_file_info"]


class FileInfo(TypedDict):
    """Facts about one file, directory or special file; etag, encoding and lines of files that are read whole."""

    path: str
    kind: str
    size: NotRequired[int]
    modified: NotRequired[str]
    mode: str
    mime: NotRequired[str]
    encoding: NotRequired[str]
    guessed: NotRequired[bool]
    lines: NotRequired[int]
    etag: NotRequired[str]


async def get_file_info(
    ctx: Context[Resources],
    path: str,
) -> FileInfo:
    """See what a file is: kind, size, time, mode, type by content, encoding, lines, and the etag for if_match."""
    return await ctx.resources.workers.run(lambda work: _info(ctx.resources.roots.readable(ctx, path), work), ctx)


def _info(place: Place, work: Work) -> FileInfo:
    status = place.stat()
    data: FileInfo = {"path": place.shown, "kind": kind(status.st_mode), "mode": stat.filemode(status.st_mode)}
    if (modified := stamp(status.st_mtime)) is not None:
        data["modified"] = modified
    if not stat.S_ISREG(status.st_mode):
        return data
    data["size"] = status.st_size
    with Descriptor(place.open_file()) as file:
        beginning = os.pread(file.fd, texts.SAMPLE_BYTES, 0)
        mime = sniffed(beginning[:SNIFFED_BYTES], name=place.relative)
        binary = mime is not None or texts.looks_binary(beginning)
        data["mime"] = mime_of(beginning[:SNIFFED_BYTES], place.relative, binary=binary)
        most = place.root.max_file_size
        content = read_all(file.fd, most, work) if status.st_size <= most else None
    if content is not None:
        data["etag"] = etag_of(content)
        if not binary:
            text = texts.decode(content)
            data["encoding"] = text.encoding
            data["lines"] = count_lines(text.content)
            if text.guessed:
                data["guessed"] = True
    return data
