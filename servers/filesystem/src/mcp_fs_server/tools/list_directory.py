"""`list_directory`: what is in a directory."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from mcp_chassis.call import Context
from mcp_chassis.confine import shown
from mcp_chassis.rendering import JsonList, WithContent
from pydantic import Field
from typing_extensions import TypedDict

from mcp_fs_server.listing import COLUMNS, Entry, Page, SortBy, list_page
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.sizes import readable_size
from mcp_fs_server.workers import Work

__all__ = ["list_directory"]

_NAME = "list_directory"
_MOST = 1_000
_LABELS = {"directory": "[DIR]", "file": "[FILE]", "link": "[LINK]"}


class Listing(TypedDict):
    """A page of a directory; `rows` are as `columns` say."""

    path: str
    columns: list[Any]
    rows: list[Any]
    total: NotRequired[int]
    ignored: NotRequired[int]
    not_entered: NotRequired[int]
    next_cursor: NotRequired[str]


async def list_directory(
    ctx: Context[Resources],
    path: str,
    recursive: Annotated[bool, Field(description="all below, too")] = False,
    sortBy: Annotated[SortBy, Field(description="the greatest first, but names")] = "name",  # noqa: N803
    cursor: str | None = None,
) -> WithContent[Listing]:
    """List a directory: [DIR], [FILE] or [LINK], name and size. What .gitignore says is left out and counted."""
    resources = ctx.resources

    def work(token: Work) -> tuple[Place, Page]:
        top = resources.roots.readable(ctx, path)
        behind = resources.cursors.open(ctx.principal, _NAME, [top.shown, recursive, sortBy], cursor)
        return top, list_page(ctx, top, sortBy, recursive=recursive, behind=behind, most=_MOST, work=token)

    top, page = await resources.workers.run(work, ctx)
    request = [top.shown, recursive, sortBy]
    data: Listing = {"path": top.shown, "columns": COLUMNS, "rows": JsonList(entry.row for entry in page.entries)}
    if page.total is not None:
        data["total"] = page.total
    if page.left_out.ignored:
        data["ignored"] = page.left_out.ignored
    if page.left_out.unread:
        data["not_entered"] = page.left_out.unread
    if page.following is not None:
        data["next_cursor"] = resources.cursors.seal(ctx.principal, _NAME, request, page.following)
    return WithContent(data, [_text(page, data)])


def _text(page: Page, data: Listing) -> str:
    lines = [_line(entry) for entry in page.entries]
    files = [entry for entry in page.entries if entry.kind == "file"]
    directories = sum(entry.kind == "directory" for entry in page.entries)
    sums = [
        f"{len(files):,} files ({readable_size(sum(entry.size or 0 for entry in files))})",
        f"{directories:,} directories",
    ]
    if "next_cursor" in data:
        of = f" of {page.total:,}" if page.total is not None else ""
        sums.append(f"{len(lines):,} entries{of} shown; for the following ones cursor={data['next_cursor']}")
    return "\n".join([*lines, f"({'; '.join([*sums, *page.left_out.sentences()])})"])


def _line(entry: Entry) -> str:
    """A tab, which no shown name has, stands before what is told of the entry."""
    facts = [readable_size(entry.size)] if entry.kind == "file" and entry.size is not None else []
    label = _LABELS.get(entry.kind)
    if label is None:
        label = "[OTHER]"
        facts.append(f"a {entry.kind}, which cannot be read")
    if entry.note:
        facts.append(entry.note)
    return f"{label} {shown(entry.name)}" + (f"\t{', '.join(facts)}" if facts else "")
