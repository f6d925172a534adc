"""What all tools that change something go by: room, the trash, and what is noted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from mcp_chassis.call import Context, Principal
from mcp_chassis.confine.errors import Refused
from mcp_chassis.errors import ChassisError

from mcp_fs_server.atomic import sweep
from mcp_fs_server.quotas import Allowance, Quota
from mcp_fs_server.roots import NamedRoot, Place, Roots
from mcp_fs_server.settings import FilesystemSettings
from mcp_fs_server.trash import Trash
from mcp_fs_server.workers import Work, Workers

__all__ = ["Changes", "entry_of", "note_hash"]

logger = logging.getLogger(__name__)

_TENDED_SECONDS = 3600.0


class Changes:
    """The trash and the quota of each root that may be changed, and what each principal may write."""

    def __init__(self, settings: FilesystemSettings, roots: Roots) -> None:
        """Make it; nothing is written or measured yet."""
        self.make_parents = settings.make_parents
        self.roots = [root for root in roots.all if root.writable]
        self._allowance = Allowance(settings.principal_quota)
        self._quotas: dict[str, list[Quota]] = {root.name: [] for root in roots.all}
        for root in roots.all:
            quota = Quota(root.confine.fd, root.quota)
            for below in _with_nested(root):
                self._quotas[below.name].append(quota)
        self._trash = {
            root.name: Trash(root.confine.fd, settings.trash_expiry, settings.trash_size) for root in self.roots
        }

    def trash(self, root: NamedRoot) -> Trash:
        """The trash of a root."""
        return self._trash[root.name]

    @contextmanager
    def room(
        self, root: NamedRoot, more: int, *, out_of: NamedRoot | None = None, by: Principal | None = None,
        written: int = 0,
    ) -> Iterator[None]:  # fmt: skip
        """Room for so many bytes more in a root, and in those that it lies in, while they are written.

        Args:
            more: what the root grows by; negative where it shrinks.
            out_of: the root that shrinks by as much.
            by: who writes `written` bytes.

        Raises:
            QuotaExhausted: one of the roots or the principal has not so much left.
        """
        growing = self._quotas[root.name]
        shrinking = [] if out_of is None else self._quotas[out_of.name]
        with ExitStack() as taken:
            for quota in (quota for quota in growing if quota not in shrinking):
                taken.enter_context(quota.room(more))
            for quota in (quota for quota in shrinking if quota not in growing):
                taken.enter_context(quota.room(-more))
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


def _with_nested(root: NamedRoot) -> Iterator[NamedRoot]:
    yield root
    for inner in root.nested.values():
        yield from _with_nested(inner)


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


def note_hash(ctx: Context[Any], when: str, sha256: str | None, most: int) -> None:
    """Put a file's hash `before` or `after` a change into the audit record, or why there is none."""
    ctx.note(**{f"sha256_{when}": sha256 or f"not hashed: over {most:,} bytes"})
