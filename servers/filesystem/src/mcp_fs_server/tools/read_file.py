"""`read_file`: a whole text file, also as structured content."""

from __future__ import annotations

from mcp_chassis.call import Context
from mcp_chassis.rendering import WithContent

from mcp_fs_server.lines import Range
from mcp_fs_server.reading import Wanted, read_body
from mcp_fs_server.resources import Resources
from mcp_fs_server.results import FileBody

__all__ = ["read_file"]


async def read_file(
    ctx: Context[Resources],
    path: str,
    encoding: str | None = None,
) -> WithContent[FileBody]:
    """Read a whole text file, with its content in structuredContent too, for programs.

    Use read_text_file for parts and long files.
    """
    budget = ctx.resources.body_bytes // 2  # the text is in the answer twice
    body = await read_body(ctx, path, Wanted(Range(), encoding, budget, entire=True))
    data: FileBody = {"path": body.data["path"], "content": body.text, "size": body.data["size"]}
    if "encoding" in body.data:
        data["encoding"] = body.data["encoding"]
    if "etag" in body.data:
        data["etag"] = body.data["etag"]
    return WithContent(data, body.content)
