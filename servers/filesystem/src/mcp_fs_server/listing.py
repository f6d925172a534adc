"""What is in directories: entries in a fixed order, page by page.

A page goes on behind the last entry by the order, so that entries which come or go meanwhile neither repeat nor skip
others. Names are sorted as text; sizes and times the greatest first, then by name.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, Literal, NamedTuple, TypeVar

from mcp_chassis.call import Context
from mcp_chassis.confine import Kind, entries, kind, shown
from mcp_chassis.errors import TooLarge

from mcp_fs_server.ignoring import Ignored
from mcp_fs_server.own_names import is_own
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.walking import LeftOut, Position, joined, note_of, walk
from mcp_fs_server.workers import Work

__all__ = ["COLUMNS", "Entry", "Key", "Page", "SortBy", "list_page", "stamp", "told"]

T = TypeVar("T", str, tuple[list[Any], "Entry"])
SortBy = Literal["name", "size", "modified"]
Key = list[Any]
COLUMNS = ["name", "kind", "size", "modified", "note"]
MOST_SORTED = 200_000
"""Entries that are kept in mind at a time, where all must be known to sort them."""


class Entry(NamedTuple):
    """One entry; `note` says why it cannot be read."""

    name: str
    kind: Kind
    size: int | None
    modified: float | None
    note: str | None

    @property
    def row(self) -> list[Any]:
        """As `COLUMNS` say."""
        return [told(self.name), self.kind, self.size, stamp(self.modified), self.note]


@dataclass(slots=True)
class Page:
    """Some entries in their order.

    Args:
        total: of all entries, where they were all looked at.
        following: where the next page begins; None at the end.
    """

    entries: list[Entry] = field(default_factory=list)
    total: int | None = None
    following: Key | None = None
    left_out: LeftOut = field(default_factory=LeftOut)


def list_page(
    ctx: Context[Resources], top: Place, sort_by: SortBy, *, recursive: bool, behind: Key | None, most: int, work: Work
) -> Page:
    """The entries of a directory, or of all directories below it, behind a position.

    Args:
        behind: `following` of the page before.
        most: entries of the page.

    Raises:
        TooLarge: more entries would have to be sorted than this server keeps in mind.
    """
    page = Page()
    if recursive and sort_by == "name":
        _walk_page(ctx, top, page, behind, most, work)
    elif recursive:
        found = [(_key(entry, sort_by), entry) for entry in _bounded(_below(ctx, top, page.left_out, work, None))]
        page.entries = [entry for _, entry in _chosen(page, found, behind, most)]
    elif sort_by == "name":
        kinds = _within(top, page.left_out, work)
        names = _chosen(page, list(kinds), None if behind is None else behind[0], most, key=str)
        page.entries = _with_stats(top, [(name, kinds[name]) for name in names])
        page.following = None if page.following is None else [page.following]
    else:
        everything = _with_stats(top, _within(top, page.left_out, work).items())
        keyed = [(_key(entry, sort_by), entry) for entry in _bounded(iter(everything))]
        page.entries = [entry for _, entry in _chosen(page, keyed, behind, most)]
    return page


def stamp(seconds: float | None) -> str | None:
    """A time as ISO 8601 in UTC, to the second."""
    with suppress(ValueError, OverflowError, OSError):
        return None if seconds is None else _stamp(int(seconds))
    return None


@lru_cache(1_000)
def _stamp(seconds: int) -> str:
    """Files of one directory often come from one moment."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()[:19] + "Z"


def told(name: str) -> str:
    """A name as data: itself, where it is text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return shown(name)
    return name


def _walk_page(ctx: Context[Resources], top: Place, page: Page, behind: Key | None, most: int, work: Work) -> None:
    """Fill a page of a walk, which ends where the page does."""
    position = None if behind is None else Position(behind[:-1], behind[-1])
    with closing(_below(ctx, top, page.left_out, work, position)) as found:
        for entry in found:
            if len(page.entries) == most:
                page.following = page.entries[-1].name.split("/")
                return
            page.entries.append(entry)
    page.total = len(page.entries) if behind is None else None


def _below(
    ctx: Context[Resources], top: Place, out: LeftOut, work: Work, behind: Position | None
) -> Generator[Entry, None, None]:
    """All entries below a directory: those of each directory by name, then its directories'."""
    seen = 0
    with closing(walk(ctx, top, out, work, behind=behind)) as walked:
        for here in walked:
            work.progress(seen, None, "entries")
            for name, found in here.names:
                entry = _entry(here.fd, name, found, note_of(here.place, name, found))
                if entry is not None:
                    seen += 1
                    yield entry._replace(name=joined(here.path, name))


def _chosen(page: Page, found: list[T], behind: Any, most: int, key: Callable[[T], Any] = itemgetter(0)) -> list[T]:
    """The entries of a page by their keys; the page learns how many there are and where the next one begins."""
    page.total = len(found)
    rest = found if behind is None else [item for item in found if key(item) > behind]
    chosen = heapq.nsmallest(most, rest) if len(rest) > most else sorted(rest)
    page.following = key(chosen[-1]) if len(rest) > most else None
    return chosen


def _within(top: Place, out: LeftOut, work: Work) -> dict[str, Kind]:
    """The entries of one directory, in no order. There may be many, and nearly none of them needs a closer look."""
    directory = top.open_directory()
    try:
        found = dict(entries(directory))
    finally:
        os.close(directory)
    for name in [name for name in found if name[0] == "." and is_own(name)]:
        del found[name]
    work.check()
    if ignored := Ignored(top):
        kept = {
            name: what
            for name, what in found.items()
            if name == ".git" or not ignored(top.relative, name, directory=what == "directory")
        }
        out.ignored += len(found) - len(kept)
        return kept
    return found


def _with_stats(top: Place, chosen: Iterable[tuple[str, Kind]]) -> list[Entry]:
    """Entries with sizes, times and notes; what is gone meanwhile is left out."""
    directory = top.open_directory()
    try:
        found = (_entry(directory, name, what, note_of(top, name, what)) for name, what in chosen)
        return [entry for entry in found if entry is not None]
    finally:
        os.close(directory)


def _entry(directory: int, name: str, found: Kind, note: str | None) -> Entry | None:
    """An entry with its size and time; None where it is gone."""
    try:
        status = os.stat(name, dir_fd=directory, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError:
        return Entry(name, found, None, None, note)
    found = kind(status.st_mode)
    return Entry(name, found, status.st_size if found == "file" else None, status.st_mtime, note)


def _key(entry: Entry, sort_by: SortBy) -> Key:
    if sort_by == "size":
        return [-(entry.size if entry.size is not None else -1), entry.name]
    return [-(entry.modified or 0.0), entry.name]


def _bounded(found: Iterator[Entry]) -> Iterator[Entry]:
    for number, entry in enumerate(found):
        if number >= MOST_SORTED:
            raise TooLarge(f"There are more than {MOST_SORTED:,} entries to sort; use sortBy=name, or list a part.")
        yield entry
