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
    path: str,
    head: Annotated[int | None, Field(ge=1, description="first lines")] = None,
    tail: Annotated[int | None, Field(ge=1, description="last lines")] = None,
    start_line: Annotated[int | None, Field(ge=1)] = None,
    end_line: Annotated[int | None, Field(ge=1)] = None,
    encoding: Annotated[str | None, Field(description="found by itself when missing")] = None,
) -> WithContent[FileText]:
    """Read a text file, or the text of a PDF, DOCX, XLSX or PPTX: all, head, tail, or from start_line to end_line.

    Of a long file ask for what you need. Pages, sheets and slides begin with `--- page 3 of 10 ---`.
    """
    asked = Range(head, tail, start_line, end_line)
    body = await read_body(ctx, path, Wanted(asked, encoding, ctx.resources.body_bytes))
    return WithContent(body.data, body.content)
