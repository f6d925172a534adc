"""`read_text_file`: the text of a file, or some lines of it."""

from __future__ import annotations

from typing import Annotated

from mcp_chassis.call import Context
from mcp_chassis.rendering import WithContent
from pydantic import Field

from mcp_fs_server.lines import Range
from mcp_fs_server.reading import Wanted, read_body
from mcp_fs_server.resources import Resources
from mcp_fs_server.results import FileText

__all__ = ["read_text_file"]


async def read_text_file(
    ctx: Context[Resources],
    path: Annotated[str, Field(description="the file: root/path as answers show it, relative to a root, or absolute")],
    head: Annotated[int | None, Field(ge=1, description="only the first lines")] = None,
    tail: Annotated[int | None, Field(ge=1, description="only the last lines")] = None,
    start_line: Annotated[int | None, Field(ge=1, description="the first line to read, from 1")] = None,
    end_line: Annotated[int | None, Field(ge=1, description="the last line to read")] = None,
    encoding: Annotated[
        str | None, Field(description="such as utf-16 or gb18030; found by itself when missing")
    ] = None,
) -> WithContent[FileText]:
    """Read a text file, or the text of a PDF, DOCX, XLSX or PPTX: all of it, its head, its tail or some lines.

    Files of any size: ask for the lines you need. What is left out is told with the line to go on at. Documents have
    headings such as `--- page 3 of 10 ---`. Use read_media_file for images and audio.
    """
    asked = Range(head, tail, start_line, end_line)
    body = await read_body(ctx, path, Wanted(asked, encoding, ctx.resources.body_bytes))
    return WithContent(body.data, body.content)
