"""What `.gitignore` files say may be left out of lists and searches.

The file of each directory counts for what lies below it, the deepest that says something decides, and `.git` itself is
left out. A directory that somebody asks for by its name is shown, ignored or not.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from mcp_chassis.errors import ChassisError, InvalidArguments

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from mcp_fs_server.roots import Place

__all__ = ["Excluded", "Ignored"]

IGNORE_FILE = ".gitignore"
_MOST_BYTES = 256 * 1024


class Ignored:
    """The `.gitignore` files on the way to and below one directory."""

    def __init__(self, top: Place) -> None:
        """Read those on the way from the root to a directory, and its own."""
        self._specs: dict[str, GitIgnoreSpec] = {}
        names = top.relative.split("/") if top.relative else []
        for number in range(len(names) + 1):
            path = "/".join(names[:number])
            if number and self("/".join(names[: number - 1]), names[number - 1], directory=True):
                self._specs.clear()  # who names what is ignored, wants to see it
            with suppress(ChassisError, OSError):
                directory = top.root.confine.open_directory(path, exact=True)
                try:
                    self.enter(path, directory)
                finally:
                    os.close(directory)

    def enter(self, path: str, directory: int) -> None:
        """Read the file of one directory.

        Args:
            path: of the directory, relative to the root.
            directory: its descriptor.
        """
        with suppress(OSError):
            fd = os.open(IGNORE_FILE, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=directory)
            try:
                if not stat.S_ISREG(os.fstat(fd).st_mode):
                    return
                text = os.read(fd, _MOST_BYTES).decode("utf-8", "replace")
            finally:
                os.close(fd)
            if (spec := _spec(text.splitlines())) is not None:
                self._specs[path] = spec

    def __bool__(self) -> bool:
        """Whether there is anything but `.git` that could be ignored."""
        return bool(self._specs)

    def __call__(self, above: str, name: str, *, directory: bool) -> bool:
        """Whether an entry of a directory is ignored.

        Args:
            above: the directory, relative to the root; not ignored itself.
        """
        if name == ".git":
            return True
        if not self._specs:
            return False
        path = f"{above}/{name}" if above else name
        end = "/" if directory else ""
        while True:
            spec = self._specs.get(above)
            if spec is not None:
                said = spec.check_file((path[len(above) + 1 :] if above else path) + end).include
                if said is not None:
                    return said
            if not above:
                return False
            above = above.rpartition("/")[0]


class Excluded:
    """What a caller's own patterns leave out; they are written as in .gitignore."""

    def __init__(self, patterns: list[str] | None) -> None:
        """Read the patterns.

        Raises:
            InvalidArguments: one of them is no pattern.
        """
        self._spec = _spec(patterns, strict=True) if patterns else None

    def __call__(self, path: str, *, directory: bool) -> bool:
        """Whether a path below the place that the caller named is left out."""
        if self._spec is None:
            return False
        return self._spec.check_file(f"{path}/" if directory else path).include is True


def _spec(lines: list[str], *, strict: bool = False) -> GitIgnoreSpec | None:
    if not any(line.strip() and not line.startswith("#") for line in lines):
        return None
    import re2  # pathspec uses it, and lets its errors through
    from pathspec import GitIgnoreSpec

    with suppress(ValueError, re.error, re2.error):
        return GitIgnoreSpec.from_lines(lines)
    if strict:
        raise InvalidArguments("excludePatterns has something that is no pattern; write them as in .gitignore.")
    return GitIgnoreSpec.from_lines(filter(_readable, lines))  # git passes over what it cannot read, too


def _readable(line: str) -> bool:
    import re2
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error, re2.error):
        return False
    return True
