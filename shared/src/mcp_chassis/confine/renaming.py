"""Moving without overwriting, in one step."""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import stat
import sys
from typing import Any, Literal

from mcp_chassis.confine.errors import Refused, told

__all__ = ["rename_noreplace"]

_NOREPLACE = 1  # RENAME_NOREPLACE of linux/fs.h
# The kernel or the file system (some of network and FUSE) has no such rename, or a filter refuses the call.
_NOT_OFFERED = (errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.ENOTSUP)


@functools.cache
def _renameat2() -> Any:
    """The function of glibc 2.28, musl 1.2.5 and later; None where there is none."""
    if sys.platform != "linux":
        return None
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is not None:
        call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    return call


def rename_noreplace(source_dir: int, source: str, target_dir: int, target: str) -> Literal["renamed", "linked"]:
    """Move an entry of one open directory to another, unless there is something of that name.

    Args:
        source_dir, target_dir: descriptors of directories.
        source, target: names in them, which hold no "/"; a link is moved itself.

    Returns:
        "renamed" where the system did it in one step. "linked" where it cannot: a file then had both names for a
        moment (link, then unlink), a directory took the place of an empty one that was made for it. Neither can
        overwrite anything; a crash in between leaves both names, or an empty directory.

    Raises:
        Exists, CrossDevice, Missing, ...: see `errors`.
    """
    for name in (source, target):
        if "/" in name or name in ("", ".", "..") or "\0" in name:
            raise Refused()
    try:
        call = _renameat2()
        if call and call(source_dir, os.fsencode(source), target_dir, os.fsencode(target), _NOREPLACE) == 0:
            return "renamed"
        failed = ctypes.get_errno() if call else errno.ENOSYS
        if failed not in _NOT_OFFERED:
            raise OSError(failed, os.strerror(failed))
        _link_over(source_dir, source, target_dir, target)
    except OSError as error:
        raise told(error) from error
    return "linked"


def _link_over(source_dir: int, source: str, target_dir: int, target: str) -> None:
    moved = os.stat(source, dir_fd=source_dir, follow_symlinks=False)
    if stat.S_ISDIR(moved.st_mode):
        # rename() replaces an empty directory and nothing else by a directory, so what anyone puts there stays.
        os.mkdir(target, 0o700, dir_fd=target_dir)
        try:
            os.rename(source, target, src_dir_fd=source_dir, dst_dir_fd=target_dir)
        except OSError:
            os.rmdir(target, dir_fd=target_dir)
            raise
        return
    os.link(source, target, src_dir_fd=source_dir, dst_dir_fd=target_dir, follow_symlinks=False)
    os.unlink(source, dir_fd=source_dir)
