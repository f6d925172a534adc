"""Files as resources: `file:///name/path`, as text or as bytes, and directories as lists of links."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from urllib.parse import quote

from mcp_chassis.call import Context
from mcp_chassis.confine.errors import NotRegular, Outside
from mcp_chassis.errors import ChassisError, TooLarge
from mcp_chassis.registry import Listed, Watching
from mcp_chassis.rendering import Body
from pydantic_core import to_json

from mcp_fs_server import texts
from mcp_fs_server.descriptors import Descriptor
from mcp_fs_server.listing import list_page, told
from mcp_fs_server.media import SNIFFED_BYTES, mime_of, sniffed
from mcp_fs_server.reading import read_all
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import Work

__all__ = ["FILE", "complete_path", "file", "listed", "uri_of", "watch_file"]

FILE = "file:///{+path}"
_MOST_ENTRIES = 1_000
_MOST_CANDIDATES = 100
_SAFE = "/!$'()*+,;=:@~"


async def file(ctx: Context[Resources], path: str) -> Body:
    """A file below the directories that are served, by name/relative/path or absolute; a directory as links."""
    return await ctx.resources.workers.run(lambda work: _read(ctx, path, work), ctx)


async def watch_file(ctx: Context[Resources], path: str) -> Watching:
    """Admit who wants to be told of changes of a file, or of entries of a directory."""

    def look(_: Work) -> tuple[Place, bool]:
        place = ctx.resources.roots.readable(ctx, _meant(ctx, path))
        mode = place.stat().st_mode
        if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
            raise NotRegular()
        return place, stat.S_ISDIR(mode)

    place, directory = await ctx.resources.workers.run(look)
    return ctx.resources.watches.watching(place, directory=directory)


async def complete_path(ctx: Context[Resources], argument: str, value: str, resolved: dict[str, str]) -> list[str]:
    """The paths that go on from what is written so far."""
    return await ctx.resources.workers.run(lambda work: _candidates(ctx, value, work))


def listed(resources: Resources) -> Iterable[Listed]:
    """The directories that are served."""
    for root in resources.roots.all:
        yield Listed(uri=uri_of(Place(root, "")), name=told(root.name), mime_type="application/json")


def uri_of(place: Place) -> str:
    """The URI of a place; a name that is no text has one that cannot be read."""
    path = f"{place.root.name}/{place.relative}" if place.relative else place.root.name
    return f"file:///{quote(os.fsencode(path), safe=_SAFE)}"


def _meant(ctx: Context[Resources], path: str) -> str:
    """The path of a URI, which is absolute where that leads into a root."""
    try:
        ctx.resources.roots.find(f"/{path}")
    except Outside:
        return path
    return f"/{path}"


def _read(ctx: Context[Resources], path: str, work: Work) -> Body:
    resources = ctx.resources
    place = resources.roots.readable(ctx, _meant(ctx, path))
    if stat.S_ISDIR(place.stat().st_mode):
        return _links(ctx, place, work)
    most = min(place.root.max_file_size, resources.settings.max_result_bytes)
    with Descriptor(place.open_file()) as opened:
        data = read_all(opened.fd, most, work)
    if data is None:
        raise TooLarge(f"The file has more than the {most:,} bytes of one answer; read parts by read_text_file.")
    beginning = data[: texts.SAMPLE_BYTES]
    binary = sniffed(data[:SNIFFED_BYTES], name=place.relative) is not None or texts.looks_binary(beginning)
    mime = mime_of(data[:SNIFFED_BYTES], place.relative, binary=binary)
    if binary:
        return Body(data, mime)
    text = texts.decode(data)
    if text.guessed and text.encoding == "utf-8":
        return Body(data.decode("utf-8", "replace"), mime)
    return Body(text.content, mime)


def _links(ctx: Context[Resources], place: Place, work: Work) -> Body:
    page = list_page(ctx, place, "name", recursive=False, behind=None, most=_MOST_ENTRIES, work=work)
    entries = [
        {"name": told(entry.name), "kind": entry.kind, "uri": uri_of(place / entry.name)} for entry in page.entries
    ]
    data = {"path": told(place.shown), "entries": entries, "more": page.following is not None}
    return Body(to_json(data).decode(), "application/json")


def _candidates(ctx: Context[Resources], value: str, work: Work) -> list[str]:
    roots = ctx.resources.roots
    above, slash, begun = value.rpartition("/")
    if not slash:
        return sorted(f"{root.name}/" for root in roots.all if root.name.startswith(begun))
    try:
        place = roots.visible(ctx, _meant(ctx, above))
        page = list_page(ctx, place, "name", recursive=False, behind=None, most=10 * _MOST_ENTRIES, work=work)
    except ChassisError:
        return []  # what is not there, or not for this caller, has nothing to go on with
    names = [entry.name + "/" * (entry.kind == "directory") for entry in page.entries if entry.note is None]
    return [told(f"{above}/{name}") for name in names if name.startswith(begun)][:_MOST_CANDIDATES]
