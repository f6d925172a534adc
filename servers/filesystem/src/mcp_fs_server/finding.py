"""Finding files and directories by their names, page by page, in the order of a walk.

Names are matched before anything else is asked about an entry: nearly none fits, and a search goes through all.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from mcp_chassis.call import Context
from mcp_chassis.confine import Folder, Kind, folders

from mcp_fs_server.globs import Glob
from mcp_fs_server.ignoring import Excluded, Ignored
from mcp_fs_server.own_names import is_own
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.walking import LeftOut, Position, joined, may_enter, note_of
from mcp_fs_server.workers import Work

__all__ = ["Found", "Search", "find_page"]


class Found(NamedTuple):
    """One entry; `path` is below where the search began, `note` says why it cannot be read."""

    path: str
    place: Place
    kind: Kind
    note: str | None


@dataclass(slots=True)
class Page:
    """What was found; `following` is where the next page begins, None at the end."""

    found: list[Found] = field(default_factory=list)
    following: str | None = None
    left_out: LeftOut = field(default_factory=LeftOut)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for below a directory."""

    top: Place
    glob: Glob
    excluded: Excluded


def find_page(ctx: Context[Resources], search: Search, behind: str | None, most: int, work: Work) -> Page:
    """What fits, behind a position.

    Args:
        behind: `following` of the page before.
        most: entries of the page.
    """
    page = Page()
    with closing(_found(ctx, search, page, behind, work)) as found:
        for entry in found:
            if len(page.found) == most:
                page.following = page.found[-1].path
                break
            page.found.append(entry)
    return page


def _found(
    ctx: Context[Resources], search: Search, page: Page, behind: str | None, work: Work
) -> Generator[Found, None, None]:
    position = None if behind is None else Position(behind.split("/")[:-1], behind.rpartition("/")[2])
    directory = search.top.open_directory()
    seen = 0
    try:
        looking = _Looking(ctx, search, position, page.left_out)
        for folder in folders(directory, unseen=looking.count_unread):
            seen += len(folder.files) + len(folder.directories)
            work.progress(seen, None, "entries")
            yield from looking.at(folder)
    finally:
        os.close(directory)


class _Looking:
    """The search in one directory after the other."""

    def __init__(self, ctx: Context[Resources], search: Search, position: Position | None, out: LeftOut) -> None:
        self._ctx, self._search, self._position, self._out = ctx, search, position, out
        self._ignored = Ignored(search.top)

    def count_unread(self, _: str) -> None:
        self._out.unread += 1

    def at(self, folder: Folder) -> list[Found]:
        """What fits in a directory; it keeps those of its directories that are to be entered, in their order."""
        here = self._search.top.under(folder.path)
        where = joined(self._search.top.relative, folder.path)  # not below a nested root, as `here` may be
        if folder.path:
            self._ignored.enter(where, folder.fd)
        glob, way = self._search.glob, folder.path.split("/") if folder.path else []
        kinds: list[tuple[Kind, list[str]]] = [
            ("directory", folder.directories), ("file", folder.files), ("other", folder.others),
        ]  # fmt: skip
        found = [
            Found(path, here / name, kind, note_of(here, name, kind))
            for kind, names in kinds
            for name in glob.among(names)
            if (self._position is None or self._position.before(way, name))
            and glob.fits(path := joined(folder.path, name), directory=kind == "directory")
            and self._kept(where, path, name, kind)
        ]
        first = self._position.first(way) if self._position else ""
        folder.directories[:] = sorted(
            name
            for name in folder.directories
            if name >= first and self._enters(here, where, joined(folder.path, name), name)
        )
        return sorted(found)

    def _kept(self, where: str, path: str, name: str, kind: Kind) -> bool:
        """Whether an entry is neither ours, nor ignored, nor excluded by the caller."""
        directory = kind == "directory"
        if is_own(name) or self._search.excluded(path, directory=directory):
            return False
        if self._ignored(where, name, directory=directory):
            self._out.ignored += name != ".git"
            return False
        return True

    def _enters(self, here: Place, where: str, path: str, name: str) -> bool:
        return (
            self._search.glob.may_lie_below(path)
            and not is_own(name)
            and not self._ignored(where, name, directory=True)
            and not self._search.excluded(path, directory=True)
            and may_enter(self._ctx, here, name)
        )
