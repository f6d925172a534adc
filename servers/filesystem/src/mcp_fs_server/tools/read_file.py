"""`read_file`: a whole text file, also as structured content."""

from __future__ import annotations

from typing import Annotated

from mcp_chassis.call import Context
from mcp_chassis.rendering import WithContent
from pydantic import Field

from mcp_fs_server.lines import Range
from mcp_fs_server.reading import Wanted, read_body
from mcp_fs_server.resources import Resources
from mcp_fs_server.results import FileBody

__all__ = ["read_file"]


async def read_file(
    ctx: Context[Resources],
    path: Annotated[str, Field(description="the file: root/path as answers show it, relative to a root, or absolute")],
    encoding: Annotated[
        str | None, Field(description="such as utf-16 or gb18030; found by itself when missing")
    ] = None,
) -> WithContent[FileBody]:
    """Read a whole text file, with its content as structured data too and an etag for safe changes.

    For programs that read structuredContent. Use read_text_file to read parts, long files, or PDF and Office documents.
    """
    budget = ctx.resources.body_bytes // 2  # the text is in the answer twice
    body = await read_body(ctx, path, Wanted(Range(), encoding, budget, entire=True))
    return WithContent({**body.data, "content": body.text}, body.content)
