"""A directory that nothing gets out of: everything beneath it is reached from its open descriptor."""

from __future__ import annotations

import functools
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Self, TypeVar

from mcp_chassis.confine.errors import (
    HardLinked,
    Looping,
    NotDirectory,
    NotRegular,
    Outside,
    Refused,
    told,
)
from mcp_chassis.confine.names import check_new_name, check_path, parts
from mcp_chassis.confine.openat2 import available, openat2
from mcp_chassis.confine.trees import is_directory, kind
from mcp_chassis.confine.walk import Walk, opener, stat_entry, stat_followed
from mcp_chassis.errors import ConfigurationError

__all__ = ["Level", "Root", "probe"]

T = TypeVar("T")
Level = Literal["kernel", "walk"]

_O_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
_O_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_O_PATH = getattr(os, "O_PATH", 0)
# A FIFO or a device must not make the server wait, and a terminal must not become its own.
_ALWAYS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


@functools.cache
def probe() -> Level:
    """The strongest level that works in this process: "kernel" with openat2(2), otherwise "walk"."""
    return "kernel" if available() else "walk"


class Root:
    """One directory, held open, and the way to everything beneath it.

    It goes on meaning the same directory when its path is renamed or replaced. Paths are relative to it; "" and "."
    are the root itself. Links are followed while they stay beneath, absolute ones too if their text begins with a
    path of the root. What is mounted beneath belongs to it. The methods may be called from any thread.

    Where a caller first asks where a path really is (`resolve`) and then opens that, `exact=True` sees to it that no
    link has come between: it raises `Changed` for any link.
    """

    def __init__(self, fd: int, path: Path, level: Level, *, hard_links: bool = True) -> None:
        """Take over the open directory `fd`; see `open`."""
        self.fd = fd
        self.path = path
        self.level = level
        self.hard_links = hard_links
        # What an absolute link to a place beneath may begin with.
        aliases = dict.fromkeys((os.path.abspath(path), os.path.realpath(path)))
        self._aliases = [Path(alias).parts[1:] for alias in aliases if _leads_to(alias, fd)]

    @classmethod
    def open(cls, path: Path, *, level: Level | None = None, hard_links: bool = True) -> Self:
        """Open the directory `path`; if it is a link, where it leads now.

        Args:
            path: of an existing directory.
            level: how paths are confined; the strongest that works here when None.
            hard_links: whether `open_file` opens files that have several names.

        Raises:
            ConfigurationError: there is no such directory, or this system cannot confine.
        """
        if sys.platform == "win32":
            raise ConfigurationError(
                "Directories cannot be confined safely on Windows; run this server in WSL or in a container."
            )
        try:
            fd = os.open(path, os.O_RDONLY | _O_DIRECTORY | _ALWAYS)
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            raise ConfigurationError(f"The directory {path} cannot be opened: {reason}.") from error
        return cls(fd, path, level or probe(), hard_links=hard_links)

    def close(self) -> None:
        """Let go of the directory; no method may be called any more."""
        os.close(self.fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open_fd(self, path: str, flags: int, mode: int = 0o666, *, exact: bool = False) -> int:
        """Open what is at `path`, with the flags of open(2) and those that keep the server from waiting.

        Args:
            path: relative to the root.
            flags: O_NOFOLLOW concerns the last name alone, as always.
            mode: of a file that O_CREAT makes, less the umask.
            exact: whether any link on the way raises `Changed`.

        Returns:
            A descriptor that the caller closes. It may be of a FIFO or a device: use `open_file` to read files.

        Raises:
            Outside: the path leads out of the root.
            ChassisError: another of `errors`.
        """
        if flags & os.O_CREAT and parts(path)[1]:
            raise NotRegular("A path that ends in a slash names a directory; name a file.")
        flags |= 0 if flags & _O_PATH else _ALWAYS
        return self._open(path, flags, mode, exact=exact)

    def open_file(self, path: str, *, exact: bool = False) -> int:
        """Open an existing regular file for reading.

        Raises:
            NotRegular: it is a directory, FIFO, socket or device; it was not opened and nobody waited.
            HardLinked: it has several names, and the root refuses that.
            ChassisError: another of `errors`.
        """
        self._check_file(self.stat(path, exact=exact))  # opening a device or a FIFO can already do something
        fd = self.open_fd(path, os.O_RDONLY, exact=exact)
        try:
            self._check_file(os.fstat(fd))
        except BaseException:
            os.close(fd)
            raise
        return fd

    def open_directory(self, path: str, *, exact: bool = False) -> int:
        """Open a directory for listing and as the `dir_fd` of other calls."""
        return self.open_fd(path, os.O_RDONLY | _O_DIRECTORY, exact=exact)

    @contextmanager
    def parent(self, path: str, *, make: bool = False, exact: bool = False) -> Iterator[tuple[int, str]]:
        """The directory that `path` is an entry of, and its name there, to create, rename and delete by `dir_fd`.

        The name may be missing or be a link: use it with O_NOFOLLOW or a call that does not follow. For writing
        through a link, give what `resolve` says. A path with a slash at its end must be an existing directory.

        Args:
            path: relative to the root, not the root itself.
            make: make the directories above that are missing (mode 0777 less the umask).
            exact: whether any link on the way to the directory raises `Changed`.

        Raises:
            Refused: the path names no entry (the root, or it ends in "..").
            ChassisError: another of `errors`.
        """
        names, slash = parts(path)
        if not names or names[-1] == "..":
            raise Refused("This path names a directory without saying its name; end it with a name.")
        self._check(path)
        fd = self._open("/".join(names[:-1]), os.O_RDONLY | _O_DIRECTORY | _ALWAYS, exact=exact, make=make)
        try:
            if slash and not is_directory(fd, names[-1]):
                raise NotDirectory()
            yield fd, names[-1]
        finally:
            os.close(fd)

    def make_directory(self, path: str, *, parents: bool = True, exact: bool = False) -> bool:
        """Make a directory, and those above it that are missing.

        Returns:
            Whether it is new; False when it was there.

        Raises:
            Exists: there is something else of that name.
            Refused: the name must not be used.
            ChassisError: another of `errors`.
        """
        with self.parent(path.rstrip("/"), make=parents, exact=exact) as (fd, name):
            check_new_name(name)
            try:
                os.mkdir(name, dir_fd=fd)
            except OSError as error:
                if isinstance(error, FileExistsError) and is_directory(fd, name):
                    return False
                raise told(error) from error
        return True

    def resolve(self, path: str) -> str:
        """Where a path really is, relative to the root, without links and ".."; the root is "".

        From the first name on that does not exist the path is what it says. It is true for the moment; open it with
        `exact=True`.

        Raises:
            Outside, Looping, Missing (".." after what does not exist) and others of `errors`.
        """
        if self.level == "kernel" and self._has_no_link(path):
            return "/".join(_without_dots(path))
        self._check(path)
        walk = Walk(self.fd, self._aliases, path)
        try:
            walk.end(stat_followed)
        except FileNotFoundError as error:
            if ".." in walk.pending:
                raise told(error) from error
            return "/".join((*walk.trail, *walk.pending))
        except OSError as error:
            raise told(error) from error
        return "/".join(walk.trail)

    def target(self, path: str) -> str | None:
        """Where the link at `path` leads, relative to the root; None if it leads out, or to itself."""
        try:
            return self.resolve(path)
        except (Outside, Looping):
            return None

    def stat(self, path: str, *, follow: bool = True, exact: bool = False) -> os.stat_result:
        """What the system knows of what is at `path`, without opening it.

        Args:
            path: relative to the root.
            follow: whether a link at the end is followed; otherwise it is the link's own.
            exact: whether any link on the way raises `Changed`.
        """
        if not _O_PATH:
            return self._walk(path, stat_followed if follow else stat_entry, follow=follow, exact=exact)
        fd = self._open(path, _O_PATH if follow else _O_PATH | _O_NOFOLLOW, exact=exact)
        try:
            return os.fstat(fd)
        finally:
            os.close(fd)

    def _open(self, path: str, flags: int, mode: int = 0, *, exact: bool, make: bool = False) -> int:
        """Open by the level of this root. What the kernel will not open, the walk opens or explains.

        That is absolute links to a place beneath, ".." while something is renamed, and paths of more than 4,096
        bytes; and so errors are the same on both levels.
        """
        name = self._check(path)
        if self.level == "kernel":
            try:
                return openat2(self.fd, name or b".", flags, mode, links=not exact)
            except OSError:
                pass
        follow = not flags & _O_NOFOLLOW
        return self._walk(path, opener(flags, mode, follow), follow=follow, exact=exact, make=make)

    def _walk(self, path: str, reach: Callable[[int, str], T], *, follow: bool, exact: bool, make: bool = False) -> T:
        self._check(path)
        try:
            return Walk(self.fd, self._aliases, path, follow=follow, links=not exact, make=make).end(reach)
        except OSError as error:
            raise told(error) from error

    def _has_no_link(self, path: str) -> bool:
        try:
            os.close(openat2(self.fd, self._check(path) or b".", _O_PATH, links=False))
        except OSError:
            return False
        return True

    def _check(self, path: str) -> bytes:
        if path.startswith("/"):
            raise Outside()
        return check_path(path)

    def _check_file(self, found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            what = kind(found.st_mode)
            raise NotRegular(f"This is no regular file but a {what}; name a regular file.")
        if found.st_nlink > 1 and not self.hard_links:
            raise HardLinked()


def _leads_to(path: str, directory: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(directory))
    except OSError:
        return False


def _without_dots(path: str) -> list[str]:
    """The names of a path without links that does not leave its root."""
    names: list[str] = []
    for name in parts(path)[0]:
        if name == "..":
            names.pop()
        else:
            names.append(name)
    return names
