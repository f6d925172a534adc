"""`read_multiple_files`: several text files in one call."""

from __future__ import annotations

from typing import Annotated, Any

from mcp_chassis.call import Context
from mcp_chassis.confine import shown
from mcp_chassis.errors import Cancelled, ChassisError, TooLarge
from mcp_chassis.rendering import WithContent
from pydantic import Field
from pydantic_core import to_json
from typing_extensions import TypedDict

from mcp_fs_server.lines import Range
from mcp_fs_server.reading import Wanted, read_body
from mcp_fs_server.resources import Resources

__all__ = ["read_multiple_files"]

_MOST = 100
_MOST_NOTED = 4_000


class FileOutcomes(TypedDict):
    """For each path either {path, size, encoding, etag?, lines} or {path, error: {code, message}}."""

    files: list[Any]
    failed: int


async def read_multiple_files(
    ctx: Context[Resources],
    paths: Annotated[list[str], Field(min_length=1, max_length=_MOST)],
) -> WithContent[FileOutcomes]:
    """Read several text files at once; one that fails does not keep the others from being read.

    Each text begins with `==> path <==`. Long ones are cut and say where to go on.
    """
    left = ctx.resources.body_bytes
    files: list[Any] = []
    content: list[str] = []
    for number, path in enumerate(paths):
        try:
            if left < 256:
                raise TooLarge("The answer is full; read this file in another call.")
            body = await read_body(ctx, path, Wanted(Range(), None, left), argument="paths")
        except Cancelled:
            raise
        except ChassisError as error:
            files.append({"path": shown(path[:500]), "error": {"code": error.code, "message": error.message}})
            content.append(f"==> {shown(path[:500])} <==\n[{error.message} ({error.code})]")
            continue
        files.append(body.data)
        content.append(f"==> {body.data['path']} <==\n" + "\n".join(body.content))
        left -= len(to_json(body.text)) + 200
        await ctx.progress(number + 1, len(paths))
    ctx.note(files=len(paths), paths=", ".join(file["path"] for file in files)[:_MOST_NOTED])
    return WithContent({"files": files, "failed": sum("error" in file for file in files)}, content)
