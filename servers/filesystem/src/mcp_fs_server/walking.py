"""A walk through directories: in the order of names, without what is ignored, and without entering what is denied."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mcp_chassis.call import Context
from mcp_chassis.confine import Kind, folders

from mcp_fs_server.ignoring import Ignored
from mcp_fs_server.own_names import is_own
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import Work

__all__ = ["DENIED", "Here", "LeftOut", "Position", "joined", "may_enter", "note_of", "walk"]

DENIED = "not readable"
"""What a list says of an entry that a rule of this server keeps from clients."""


@dataclass(slots=True)
class LeftOut:
    """What is not shown, and why."""

    ignored: int = 0
    unread: int = 0

    def sentences(self) -> Iterator[str]:
        """For people."""
        if self.ignored:
            yield f"{self.ignored:,} ignored by .gitignore left out; name one to see it."
        if self.unread:
            yield f"{self.unread:,} directories not entered: not permitted, or too deep."


class Here(NamedTuple):
    """One directory of a walk.

    Args:
        place: where it is.
        path: where it is below the top of the walk.
        fd: its descriptor, open until the walk goes on.
        names: what is in it, with kinds ("other" for links and special files), sorted.
    """

    place: Place
    path: str
    fd: int
    names: list[tuple[str, Kind]]


class Position(NamedTuple):
    """An entry of a walk: the names of the directory that it lies in, and its own."""

    above: list[str]
    name: str

    def before(self, names: list[str], name: str) -> bool:
        """Whether an entry of a directory lies behind this one."""
        if names == self.above:
            return name > self.name
        return names != self.above[: len(names)]

    def first(self, names: list[str]) -> str:
        """The first directory in this one in which something lies behind."""
        return self.above[len(names)] if len(self.above) > len(names) and self.above[: len(names)] == names else ""


def walk(
    ctx: Context[Resources], top: Place, out: LeftOut, work: Work, *, behind: Position | None = None
) -> Generator[Here, None, None]:
    """Every directory from `top` on, each before those in it.

    Args:
        out: is filled with what is left out.
        behind: leave out what comes before this entry, and itself.
    """
    directory = top.open_directory()
    try:
        ignored = Ignored(top)
        for folder in folders(directory, unseen=lambda _: _count_unread(out)):
            here = top.under(folder.path)
            where = joined(top.relative, folder.path)  # not below a nested root, as `here` may be
            if folder.path:
                ignored.enter(where, folder.fd)
            names: list[tuple[str, Kind]] = [(name, "directory") for name in folder.directories]
            names += [(name, "file") for name in folder.files]
            names += [(name, "other") for name in folder.others]
            kept = sorted(_kept(where, names, ignored, out, work))
            way = folder.path.split("/") if folder.path else []
            shown = kept if behind is None else [item for item in kept if behind.before(way, item[0])]
            yield Here(here, folder.path, folder.fd, shown)
            first = behind.first(way) if behind else ""
            folder.directories[:] = [
                name for name, kind in kept if kind == "directory" and name >= first and may_enter(ctx, here, name)
            ]
    finally:
        os.close(directory)


def note_of(above: Place, name: str, kind: Kind) -> str | None:
    """Why an entry of a directory that can be read cannot be, where a rule of this server says so."""
    if above.root.nested and (above / name).root is not above.root:
        return None  # the top of another root
    return DENIED if above.root.deny.entry(above.relative, name, directory=kind == "directory") else None


def joined(above: str, name: str) -> str:
    """A path below a directory, which may be ""."""
    return f"{above}/{name}" if above and name else above or name


def _kept(
    where: str, names: list[tuple[str, Kind]], ignored: Ignored, out: LeftOut, work: Work
) -> Iterator[tuple[str, Kind]]:
    for number, (name, kind) in enumerate(names):
        if number % 1_000 == 0:
            work.check()
        if is_own(name):
            continue
        if ignored(where, name, directory=kind == "directory"):
            out.ignored += name != ".git"
            continue
        yield name, kind


def may_enter(ctx: Context[Resources], above: Place, name: str) -> bool:
    """Whether a walk goes on into a directory: no rule of this server denies it, nor does the policy."""
    return note_of(above, name, "directory") is None and ctx.resources.roots.sees(ctx, above / name)


def _count_unread(out: LeftOut) -> None:
    out.unread += 1
