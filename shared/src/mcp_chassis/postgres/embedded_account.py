"""Under which operating system account PostgreSQL runs.

PostgreSQL refuses to run as root. An ordinary user runs it as themselves; root runs it as `nobody`, the one
unprivileged account that every POSIX system has: nothing is created, and no permission of a folder that is not ours
is widened.
"""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcp_chassis.errors import ConfigurationError

__all__ = ["Account"]

UNPRIVILEGED = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """The user and group id that PostgreSQL's processes get; `switches` says whether they are not our own."""

    uid: int
    gid: int
    switches: bool

    @classmethod
    def for_this_process(cls) -> Account:
        """Our own account, or `nobody` where we are root.

        Raises:
            ConfigurationError: we are root and the system has no `nobody`.
        """
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), switches=False)
        try:
            entry = pwd.getpwnam(UNPRIVILEGED)
        except KeyError:
            fault = f"PostgreSQL does not run as root, and this system has no user `{UNPRIVILEGED}` to run it as."
            raise ConfigurationError(fault) from None
        return cls(entry.pw_uid, entry.pw_gid, switches=True)

    def process_options(self) -> dict[str, Any]:
        """What `subprocess` needs to start a process under this account, in a neutral place and environment."""
        options: dict[str, Any] = {"cwd": "/", "umask": 0o077, "env": {"PATH": os.defpath, "LC_ALL": "C"}}
        if self.switches:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": ()}
        return options

    def reaches(self, path: Path) -> bool:
        """Whether the account may pass every folder on the way to `path`, which exists, and `path` itself."""
        if not self.switches:
            return os.access(path, os.X_OK)
        return all(self._passes(step.stat()) for step in (path, *path.parents))

    def _passes(self, status: os.stat_result) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)

    def make_private_folder(self, folder: Path) -> None:
        """Make `folder` (and its parents) if it is missing, and sure that it is this account's alone.

        Raises:
            ConfigurationError: it cannot be made, is somebody else's, or lies where the account cannot reach it.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.switches and folder.lstat().st_uid == os.geteuid() and not any(folder.iterdir()):
                os.chown(folder, self.uid, self.gid, follow_symlinks=False)
            status = folder.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid != self.uid:
                raise PermissionError(f"it is not a folder of user id {self.uid}")
            folder.chmod(0o700)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigurationError(f"The folder {folder} cannot hold PostgreSQL's data: {reason}.") from error
        if not self.reaches(folder):
            fault = (
                f"The folder {folder} cannot hold PostgreSQL's data: as root it runs as user `{UNPRIVILEGED}`,"
                " who may not pass one of the folders above it."
            )
            raise ConfigurationError(fault)
