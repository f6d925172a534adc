"""What all tools that change something go by: room, the trash, what must not be moved or deleted, and what is noted."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from mcp_chassis.call import Context, Principal
from mcp_chassis.confine import Folder, Kind, folders, kind
from mcp_chassis.confine.errors import Missing, Refused, told
from mcp_chassis.errors import ChassisError, Denied

from mcp_fs_server.atomic import sweep
from mcp_fs_server.holding import Held, held, sha256_of
from mcp_fs_server.quotas import Allowance, Quota
from mcp_fs_server.roots import NamedRoot, Place, Roots
from mcp_fs_server.settings import FilesystemSettings
from mcp_fs_server.trash import Trash
from mcp_fs_server.workers import Work, Workers

__all__ = ["Changes", "Found", "entry_of", "looked_at", "note_hash"]

logger = logging.getLogger(__name__)

_TENDED_SECONDS = 3600.0
_PROTECTED = (
    "Something in this directory is kept from clients by a rule of this server; move or delete the rest one by one."
)
_NESTED = "Another directory that is served lies in this one; name what is in it one by one."


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at a place that is to be moved or deleted.

    Args:
        size: bytes of the regular files in it.
        files: how many those are.
        entries: how many of anything are directly in a directory.
        sha256: of a regular file; None of anything else and of what is too large.
        file: a regular file, held.
    """

    kind: Kind
    size: int
    files: int = 1
    entries: int = 0
    sha256: str | None = None
    file: Held | None = None


class Changes:
    """The trash and the quota of each root that may be changed, and what each principal may write."""

    def __init__(self, settings: FilesystemSettings, roots: Roots) -> None:
        """Make it; nothing is written or measured yet."""
        self.make_parents = settings.make_parents
        self.roots = [root for root in roots.all if root.writable]
        self._allowance = Allowance(settings.principal_quota)
        self._quotas = {root.name: Quota(root.confine.fd, root.quota) for root in self.roots}
        self._trash = {
            root.name: Trash(root.confine.fd, settings.trash_expiry, settings.trash_size) for root in self.roots
        }

    def trash(self, root: NamedRoot) -> Trash:
        """The trash of a root."""
        return self._trash[root.name]

    @contextmanager
    def room(self, root: NamedRoot, more: int, *, by: Principal | None = None, written: int = 0) -> Iterator[None]:
        """Room for so many bytes more in a root while they are written.

        Args:
            more: what the root grows by; negative where it shrinks.
            by: who writes `written` bytes.

        Raises:
            QuotaExhausted: the root or the principal has not so much left.
        """
        with self._quotas[root.name].room(more):
            if by is not None:
                self._allowance.take(by, written)
            yield

    async def tend(self, workers: Workers) -> None:
        """Take away what killed servers have left, once, and what has expired in the trash, every hour, for ever."""
        await workers.run(self._take_away_unfinished)
        while True:
            await workers.run(self._empty_trash)
            await asyncio.sleep(_TENDED_SECONDS)

    def _take_away_unfinished(self, work: Work) -> None:
        for root in self.roots:
            try:
                if number := sweep(root.confine.fd, work.check):
                    logger.info("%s: took away %d unfinished files of a server that was killed", root.name, number)
            except (OSError, ChassisError) as error:
                work.check()
                logger.warning("%s: cannot look for unfinished files: %s", root.name, error)

    def _empty_trash(self, work: Work) -> None:
        for root in self.roots:
            try:
                if number := self.trash(root).sweep():
                    logger.info("%s: %d entries of the trash are gone for good", root.name, number)
            except (OSError, ChassisError) as error:
                logger.warning("%s: cannot look into the trash: %s", root.name, error)
            work.check()


@contextmanager
def entry_of(place: Place, *, make: bool = False, exact: bool = True) -> Iterator[tuple[int, str]]:
    """The open directory that a place is an entry of, and its name there.

    Raises:
        Refused: it is a root.
        ChassisError: the directory cannot be reached; see `Root.parent`.
    """
    if not place.relative:
        raise Refused("This is one of the allowed directories itself; name something in it.")
    with place.root.confine.parent(place.relative, make=make, exact=exact) as (directory, name):
        yield directory, name


@contextmanager
def looked_at(
    directory: int, name: str, source: Place, target: Place | None, work: Work, *, most: int
) -> Iterator[Found]:
    """Look at what is to be moved (or deleted, without a target), see that all of it may be, and hold a file.

    Args:
        most: bytes of a regular file that is hashed.

    Raises:
        Missing: there is nothing.
        HardLinked: it has other names, and those are refused.
        Denied: something in it is protected, or another root lies in it.
    """
    try:
        what = kind(os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode)
    except OSError as error:
        raise told(error) from error
    if what == "directory":
        yield _surveyed(directory, name, source, target, work)
    elif what != "file":
        yield Found(what, 0)
    else:
        with held(directory, name, hard_links=source.root.confine.hard_links) as file:
            if file is None:
                raise Missing
            yield Found(what, file.stat.st_size, sha256=sha256_of(file.fd, most), file=file)


def note_hash(ctx: Context[Any], when: str, sha256: str | None, most: int) -> None:
    """Put a file's hash `before` or `after` a change into the audit record, or why there is none."""
    ctx.note(**{f"sha256_{when}": sha256 or f"not hashed: over {most:,} bytes"})


def _surveyed(directory: int, name: str, source: Place, target: Place | None, work: Work) -> Found:
    """Walk through a directory; what is denied where it is must not get a place where it is not, nor the reverse."""
    below = f"{source.relative}/"
    if any(f"{path}/".startswith(below) for path in source.root.nested):
        raise Denied(_NESTED)
    places = [source] if target is None else [source, target]
    if any(place.root.deny(place.relative, directory=True) for place in places):
        raise Denied(_PROTECTED)
    size = files = entries = 0
    try:
        top = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=directory)
    except OSError as error:
        raise told(error) from error
    try:
        for folder in folders(top, unseen=_refuse_unseen):
            work.check()
            _check_allowed(folder, places)
            for file in folder.files:
                with suppress(OSError):
                    size += os.stat(file, dir_fd=folder.fd, follow_symlinks=False).st_size
            files += len(folder.files)
            if not folder.path:
                entries = len(folder.directories) + len(folder.files) + len(folder.others)
    finally:
        os.close(top)
    return Found("directory", size, files, entries)


def _check_allowed(folder: Folder, places: list[Place]) -> None:
    for place in places:
        above = f"{place.relative}/{folder.path}" if folder.path else place.relative
        deny = place.root.deny
        denied = any(deny.entry(above, name, directory=True) for name in folder.directories)
        if denied or any(deny.entry(above, name) for name in (*folder.files, *folder.others)):
            raise Denied(_PROTECTED)


def _refuse_unseen(_: str) -> None:
    raise Denied("This directory holds one that cannot be looked into; move or delete the rest one by one.")
