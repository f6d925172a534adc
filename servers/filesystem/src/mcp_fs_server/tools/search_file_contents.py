"""`search_file_contents`: lines of files by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any, NotRequired

from mcp_chassis.call import Context
from mcp_chassis.rendering import JsonList, WithContent
from pydantic import Field
from typing_extensions import TypedDict

from mcp_fs_server import globs, hits
from mcp_fs_server.globs import Glob
from mcp_fs_server.grepping import Line, Page, search_page
from mcp_fs_server.hits import Question
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import Work

__all__ = ["search_file_contents"]

_NAME = "search_file_contents"
_COLUMNS = ["path", "line", "text", "match"]


class LinesFound(TypedDict):
    """A page of what was found; `rows` are as `columns` say: `match` is false for lines that only stand near one."""

    path: str
    columns: list[Any]
    rows: list[Any]
    matches: int
    next_cursor: NotRequired[str]


async def search_file_contents(
    ctx: Context[Resources],
    path: str,
    pattern: Annotated[str, Field(max_length=hits.LONGEST)],
    literal: bool = False,
    glob: Annotated[str | None, Field(max_length=globs.LONGEST, description="as of search_files")] = None,
    context: Annotated[int, Field(ge=0, le=20, description="lines round each match")] = 0,
    max_matches: Annotated[int, Field(ge=1, le=1_000)] = 100,
    cursor: str | None = None,
) -> WithContent[LinesFound]:
    """Find lines by a regular expression (RE2 syntax; (?i) ignores case) in a file or all text files below path.

    What .gitignore says is left out.
    """
    resources = ctx.resources
    request = [pattern, literal, glob, context]
    named = Glob(glob) if glob is not None else None

    def work(token: Work) -> tuple[Place, Page, str | None]:
        top = resources.roots.readable(ctx, path)
        behind = resources.cursors.open(ctx.principal, _NAME, [top.shown, *request], cursor)
        question = Question(pattern, literal, named, context, top.root.max_file_size)
        page = Page(max_matches, resources.settings.text_bytes)
        search_page(ctx, top, question, page, token, behind=None if behind is None else (behind[0], behind[1]))
        if page.following is None:
            return top, page, None
        return top, page, resources.cursors.seal(ctx.principal, _NAME, [top.shown, *request], page.following)

    top, page, following = await resources.workers.run(work, ctx)
    rows = JsonList([line.place.shown, line.number, line.text, line.match] for line in page.lines)
    data: LinesFound = {"path": top.shown, "columns": _COLUMNS, "rows": rows, "matches": page.matches}
    if following is not None:
        data["next_cursor"] = following
    return WithContent(data, ["\n".join([*_text(page.lines), _sum(page, following)])])


def _text(lines: list[Line]) -> Iterator[str]:
    """Under each path its lines, with `:` behind the numbers of matches and `-` behind those of others."""
    for place, found in groupby(lines, attrgetter("place")):
        yield place.shown
        last = None
        for line in found:
            if last is not None and not line.match and line.number > last + 1:
                yield "--"
            last = line.number
            yield f"{line.number}{':' if line.match else '-'}{line.text}"


def _sum(page: Page, following: str | None) -> str:
    found = f"{page.matches:,} matching lines" if page.matches else "no line matches"
    return f"({found})" if following is None else f"({found}; there are more: cursor={following})"
