"""`edit_file`: exact replacements in a text file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NotRequired

from mcp_chassis.call import Context
from mcp_chassis.confine.errors import Missing
from mcp_chassis.errors import InvalidArguments, TooLarge
from mcp_chassis.rendering import WithContent
from pydantic import Field
from typing_extensions import TypedDict

from mcp_fs_server import texts
from mcp_fs_server.atomic import put
from mcp_fs_server.changes import entry_of
from mcp_fs_server.diffs import unified_diff
from mcp_fs_server.editing import Edit, apply
from mcp_fs_server.holding import held
from mcp_fs_server.reading import etag_of
from mcp_fs_server.resources import Resources
from mcp_fs_server.tools.write_file import match_etag, wanted_etag
from mcp_fs_server.workers import Work

__all__ = ["edit_file"]


class Edited(TypedDict):
    """The file as it is now, with the size that a dry run would give it; the diff is the text of the answer."""

    path: str
    size: int
    encoding: str
    etag: str
    replaced: int
    dry_run: NotRequired[bool]


@dataclass(frozen=True, slots=True)
class _Wanted:
    path: str
    edits: list[Edit]
    dry_run: bool
    etag: str | None


async def edit_file(
    ctx: Context[Resources],
    path: str,
    edits: Annotated[list[Edit], Field(description="in this order, all or none")],
    dryRun: Annotated[bool, Field(description="only show the diff")] = False,  # noqa: N803
    if_match: Annotated[str | None, Field(description="etag that the file must have")] = None,
) -> WithContent[Edited]:
    """Replace exact pieces of a text file and see the diff. oldText must be there once, or set replaceAll.

    Copy oldText from the file, with enough around it to be the only place. Line endings, encoding and all else stay.
    """
    wanted = _Wanted(path, edits, dryRun, wanted_etag(if_match))
    return await ctx.resources.workers.finish(lambda work: _edit(ctx, wanted, work), ctx)


def _edit(ctx: Context[Resources], wanted: _Wanted, work: Work) -> WithContent[Edited]:
    resources = ctx.resources
    place = resources.roots.writable(ctx, wanted.path)
    most = place.root.max_file_size
    with (
        entry_of(place) as (directory, name),
        held(directory, name, hard_links=resources.settings.hard_links) as old,
    ):
        if old is None:
            raise Missing
        before = old.read(most)
        etag = etag_of(before)
        ctx.note(sha256_before=etag)
        match_etag(etag, wanted.etag, most)
        text = _text(before)
        content, replaced = apply(text.content, wanted.edits, work.check, most=most)
        after = text.encode(content)
        if len(after) > most:
            raise TooLarge(f"The file would have {len(after):,} bytes and may have {most:,}; put less into it.")
        work.check()
        diff = texts.sendable(unified_diff(text.content, content, place.shown))
        if not wanted.dry_run:
            with resources.changes.room(place.root, len(after) - len(before), by=ctx.principal, written=len(after)):
                put(directory, name, after, old, work.check)
            ctx.note(sha256_after=etag_of(after))
    answer: Edited = {
        "path": place.shown,
        "size": len(after),
        "encoding": text.encoding,
        "etag": etag if wanted.dry_run else etag_of(after),
        "replaced": replaced,
    }
    if wanted.dry_run:
        answer["dry_run"] = True
    return WithContent(answer, [diff, _summary(answer)])


def _text(data: bytes) -> texts.Text:
    if texts.looks_binary(data):
        raise InvalidArguments("This is a binary file, in which no text can be edited; write_file replaces it whole.")
    return texts.decode(data)


def _summary(answer: Edited) -> str:
    places = f"{answer['replaced']} place{'s' * (answer['replaced'] != 1)}"
    if answer.get("dry_run"):
        return f"[dry run: {places} would be replaced in {answer['path']}, nothing was changed; etag {answer['etag']}]"
    return f"[{places} replaced in {answer['path']}; etag {answer['etag']}]"
