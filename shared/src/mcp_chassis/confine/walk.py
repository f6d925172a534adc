"""The portable way to a place beneath a directory: name by name, with the links expanded here.

Each name is opened relative to a descriptor that is already beneath the root, and never follows a link (O_NOFOLLOW).
A link's text is read and put in front of what is still to be walked; "..", also of links, takes a name off the trail
and begins anew from the root. So whatever is swapped between two steps, the next step starts at a directory that was
reached from the root through directories alone. An absolute link is expanded when its text begins with a path of the
root.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

from mcp_chassis.confine.errors import Changed, Looping, NotRegular, Outside, Refused
from mcp_chassis.confine.names import check_new_name, parts

__all__ = ["DIRECTORY", "Walk", "opener", "stat_entry", "stat_followed"]

T = TypeVar("T")

_O_PATH = getattr(os, "O_PATH", 0)  # macOS has none: there a directory on the way must be readable
_O_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
DIRECTORY = getattr(os, "O_DIRECTORY", 0) | _O_NOFOLLOW | getattr(os, "O_CLOEXEC", 0)
# What opening a link says where none is followed; ENOTDIR with O_DIRECTORY.
_PERHAPS_A_LINK = (errno.ELOOP, errno.ENOTDIR, errno.EMLINK)
_MOST_LINKS = 40  # as the kernel's MAXSYMLINKS
_MOST_STEPS = 20_000  # a path has at most 4,096 names, but every ".." begins anew


class Walk:
    """One way from a root. `trail` is the names of directories behind, `pending` what is still to be walked."""

    def __init__(
        self,
        root: int,
        aliases: Sequence[Sequence[str]],
        path: str,
        *,
        follow: bool = True,
        links: bool = True,
        make: bool = False,
    ) -> None:
        """Prepare a way.

        Args:
            root: descriptor of the directory it begins at and never leaves.
            aliases: the names of the root's absolute paths, for absolute links that point inside.
            path: relative to the root.
            follow: whether a link at the end is followed.
            links: whether links are followed at all; where not, one on the way raises `Changed`.
            make: make what is missing, all of it directories.
        """
        names, slash = parts(path)
        self.trail: list[str] = []
        self.pending = deque(names)
        self._root, self._here, self._aliases = root, root, aliases
        self._follow, self._links, self._make, self._directory = follow, links, make, slash or make
        self._expanded = 0

    def end(self, reach: Callable[[int, str], T]) -> T:
        """Walk to the end and do there what `reach(directory, name)` does; it must not follow a link.

        At the end of a path that names a directory, the name is ".". Where `reach` meets a link that should be
        followed, it raises ELOOP and is called again where the link leads.

        Raises:
            Outside, Looping, Changed, Refused: see there.
            OSError: as the operating system says; `pending` then begins with the name that failed.
        """
        try:
            for _ in range(_MOST_STEPS):
                if not self.pending:
                    return reach(self._here, ".")
                name = self.pending.popleft()
                if name == "..":
                    self._back()
                    continue
                last = not self.pending and not self._directory
                try:
                    if last:
                        done = reach(self._here, name)
                        self.trail.append(name)
                        return done
                    self._enter(name)
                except OSError as error:
                    self.pending.appendleft(name)
                    self._recover(name, error, last)
            raise Refused("This path goes up and down too often; name the place itself.")
        finally:
            self._go(self._root)

    def _go(self, directory: int) -> None:
        if self._here != self._root:
            os.close(self._here)
        self._here = directory

    def _enter(self, name: str) -> None:
        self._go(os.open(name, DIRECTORY | _O_PATH, dir_fd=self._here))
        self.trail.append(name)

    def _back(self) -> None:
        """Go up by what the trail says. The kernel's ".." would ask where the directory lies now."""
        up = 1
        while self.pending and self.pending[0] == "..":
            self.pending.popleft()
            up += 1
        if up > len(self.trail):
            raise Outside()
        if not self.pending:
            self._directory = True
        self.pending.extendleft(reversed(self.trail[:-up]))
        self.trail.clear()
        self._go(self._root)

    def _recover(self, name: str, error: OSError, last: bool) -> None:
        """See whether the walk can go on after a step failed: through a link, or into a new directory."""
        if error.errno == errno.ENOENT and self._make and ".." not in self.pending:
            check_new_name(name)
            with contextlib.suppress(FileExistsError):
                os.mkdir(name, dir_fd=self._here)
        elif error.errno not in _PERHAPS_A_LINK:
            raise error
        elif last and not self._follow:
            raise (NotRegular("This is a link; name what it leads to.") if error.errno != errno.ENOTDIR else error)
        else:
            self._expand(name, error)

    def _expand(self, name: str, error: OSError) -> None:
        try:
            target = os.readlink(name, dir_fd=self._here)
        except OSError as unread:
            if unread.errno == errno.ENOENT or (unread.errno == errno.EINVAL and self._was_a_link(name, error)):
                return
            raise error from None
        if not self._links:
            raise Changed()
        self._expanded += 1
        if self._expanded > _MOST_LINKS:
            raise Looping()
        self.pending.popleft()
        names, slash = parts(target)
        if target.startswith("/"):
            names = self._beneath(names)
            self.trail.clear()
            self._go(self._root)
        if not self.pending:
            self._directory = self._directory or slash
        self.pending.extendleft(reversed(names))

    def _was_a_link(self, name: str, error: OSError) -> bool:
        """Whether what failed as a link does is none any more; a file that is no directory fails the same way."""
        return error.errno != errno.ENOTDIR or stat.S_ISDIR(stat_entry(self._here, name).st_mode)

    def _beneath(self, names: list[str]) -> list[str]:
        for alias in self._aliases:
            if names[: len(alias)] == list(alias):
                return names[len(alias) :]
        raise Outside()


def opener(flags: int, mode: int, follow: bool) -> Callable[[int, str], int]:
    """What opens a walk's end with the flags of open(2)."""

    def reach(directory: int, name: str) -> int:
        opened = os.open(name, flags | _O_NOFOLLOW, mode, dir_fd=directory)
        # O_PATH opens the link itself.
        if flags & _O_PATH and follow and stat.S_ISLNK(os.fstat(opened).st_mode):
            os.close(opened)
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        return opened

    return reach


def stat_entry(directory: int, name: str) -> os.stat_result:
    """What a walk's end is, if it is a link that link."""
    return os.stat(name, dir_fd=directory, follow_symlinks=False)


def stat_followed(directory: int, name: str) -> os.stat_result:
    """What a walk's end is, behind links."""
    found = stat_entry(directory, name)
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return found
