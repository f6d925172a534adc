"""`search_files`: files and directories by their names."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from mcp_chassis.call import Context
from mcp_chassis.confine import shown
from mcp_chassis.rendering import JsonList, WithContent
from pydantic import Field
from typing_extensions import TypedDict

from mcp_fs_server.finding import Found, Page, Search, find_page
from mcp_fs_server.globs import LONGEST, Glob
from mcp_fs_server.ignoring import Excluded
from mcp_fs_server.listing import told
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import Work

__all__ = ["search_files"]

_NAME = "search_files"
_MOST = 1_000
_COLUMNS = ["path", "kind", "note"]


class FilesFound(TypedDict):
    """A page of what was found; `rows` are as `columns` say, with paths below `path`."""

    path: str
    columns: list[Any]
    rows: list[Any]
    ignored: NotRequired[int]
    not_entered: NotRequired[int]
    next_cursor: NotRequired[str]


async def search_files(
    ctx: Context[Resources],
    path: str,
    pattern: Annotated[str, Field(max_length=LONGEST)],
    excludePatterns: list[str] | None = None,  # noqa: N803
    cursor: str | None = None,
) -> WithContent[FilesFound]:
    """Find files and directories by name: `*.py` at any depth, `src/**/test_*.{ts,js}` below path.

    What .gitignore says is left out.
    """
    resources, excluded, glob = ctx.resources, Excluded(excludePatterns), Glob(pattern)

    def work(token: Work) -> tuple[Place, Page, str | None]:
        top = resources.roots.readable(ctx, path)
        request = [top.shown, pattern, excludePatterns]
        behind = resources.cursors.open(ctx.principal, _NAME, request, cursor)
        page = find_page(ctx, Search(top, glob, excluded), behind, _MOST, token)
        if page.following is None:
            return top, page, None
        return top, page, resources.cursors.seal(ctx.principal, _NAME, request, page.following)

    top, page, following = await resources.workers.run(work, ctx)
    rows = JsonList([told(found.path), found.kind, found.note] for found in page.found)
    data: FilesFound = {"path": top.shown, "columns": _COLUMNS, "rows": rows}
    if page.left_out.ignored:
        data["ignored"] = page.left_out.ignored
    if page.left_out.unread:
        data["not_entered"] = page.left_out.unread
    if following is not None:
        data["next_cursor"] = following
    return WithContent(data, [_text(page, following)])


def _text(page: Page, following: str | None) -> str:
    sums = [f"{len(page.found):,} found" if page.found else "nothing found"]
    if following is not None:
        sums.append(f"there are more; for the following ones cursor={following}")
    return "\n".join([*map(_line, page.found), f"({'; '.join([*sums, *page.left_out.sentences()])})"])


def _line(found: Found) -> str:
    """A tab, which no shown name has, stands before what is told of the entry."""
    place = found.place.shown
    if found.kind == "directory":
        place = shown(f"{found.place.root.name}/{found.place.relative}".rstrip("/") + "/")
    return place + (f"\t{found.note}" if found.note else "")
