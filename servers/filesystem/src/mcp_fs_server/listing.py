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
from mcp_chassis.confine import Kind, entries, kind, names, shown
from mcp_chassis.confine.trees import is_directory
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
        chosen = _chosen(page, _within(top, page.left_out, work), None if behind is None else behind[0], most, key=str)
        page.entries = list(_with_stats(top, chosen))
        page.following = None if page.following is None else [page.following]
    else:
        everything = _bounded(_with_stats(top, _within(top, page.left_out, work)))
        keyed = [(_key(entry, sort_by), entry) for entry in everything]
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
                entry = _entry(here.place, here.fd, name, found)
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


def _within(top: Place, out: LeftOut, work: Work) -> list[str]:
    """The names in one directory. There may be very many, so no more is done for each than must be."""
    directory = top.open_directory()
    try:
        if not (ignored := Ignored(top)):
            found = names(directory)
        else:
            kinds = {name: what for name, what in entries(directory) if not is_own(name)}
            found = [
                name
                for name in kinds
                if name == ".git" or not ignored(top.relative, name, directory=kinds[name] == "directory")
            ]
            out.ignored += len(kinds) - len(found)
    finally:
        os.close(directory)
    work.check()
    own = set(filter(is_own, [name for name in found if name[0] == "."]))
    return [name for name in found if name not in own] if own else found


def _with_stats(top: Place, chosen: Iterable[str]) -> Iterator[Entry]:
    """Entries with kinds, sizes, times and notes; what is gone meanwhile is left out."""
    directory = top.open_directory()
    try:
        searchable = is_directory(directory, ".")
        kinds = {} if searchable else dict(entries(directory))  # all that can be had where only names may be read
        for name in chosen:
            entry = _entry(top, directory, name, kinds.get(name, "other"))
            if entry is not None:
                yield entry
    finally:
        os.close(directory)


def _entry(above: Place, directory: int, name: str, known: Kind) -> Entry | None:
    """An entry with its size and time, or of the kind that is known where they cannot be had; None where it is gone."""
    size = modified = None
    try:
        status = os.stat(name, dir_fd=directory, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError:
        pass
    else:
        known, modified = kind(status.st_mode), status.st_mtime
        size = status.st_size if known == "file" else None
    return Entry(name, known, size, modified, note_of(above, name, known))


def _key(entry: Entry, sort_by: SortBy) -> Key:
    if sort_by == "size":
        return [-(entry.size if entry.size is not None else -1), entry.name]
    return [-(entry.modified or 0.0), entry.name]


def _bounded(found: Iterator[Entry]) -> Iterator[Entry]:
    for number, entry in enumerate(found):
        if number >= MOST_SORTED:
            raise TooLarge(f"There are more than {MOST_SORTED:,} entries to sort; use sortBy=name, or list a part.")
        yield entry
