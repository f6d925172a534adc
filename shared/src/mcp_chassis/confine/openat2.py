"""openat2(2) of Linux 5.6 and later, which neither Python nor the C library of most systems offers.

Structure, flags and errors: openat2(2) and `linux/openat2.h`.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import sys

__all__ = ["available", "openat2"]

NO_MAGICLINKS, NO_SYMLINKS, BENEATH = 0x02, 0x04, 0x08
# The architectures share the number of every call since 5.1; those that count otherwise get the portable walk.
_NUMBER = 437 if platform.machine() in ("x86_64", "aarch64", "riscv64", "ppc64le", "s390x") else None
_O_PATH = getattr(os, "O_PATH", 0)
# All that goes with O_PATH; openat2 refuses the rest, which open() ignored.
_WITH_O_PATH = _O_PATH | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_CREATING = os.O_CREAT | (getattr(os, "O_TMPFILE", 0) & ~getattr(os, "O_DIRECTORY", 0))
_TRIES = 8  # EAGAIN means that something was renamed while ".." was looked up, or that a signal came


class _OpenHow(ctypes.Structure):
    _fields_ = (("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64))


@functools.cache
def _syscall() -> ctypes._NamedFuncPointer:
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    call.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_char_p, ctypes.POINTER(_OpenHow), ctypes.c_size_t]
    return call


def openat2(root: int, path: bytes, flags: int, mode: int = 0, *, links: bool = True) -> int:
    """Open `path` beneath the directory `root`, whatever links, "..", renames and mounts are on its way.

    Args:
        root: descriptor of a directory.
        path: not empty, without NUL.
        flags: as of open(2); O_CLOEXEC is added.
        mode: of a file that is created.
        links: whether links are followed, those that stay beneath.

    Raises:
        OSError: EXDEV for what would leave `root`, absolute links to a place beneath it among them.
    """
    flags |= os.O_CLOEXEC
    resolve = BENEATH | NO_MAGICLINKS | (0 if links else NO_SYMLINKS)
    how = _OpenHow(
        flags & _WITH_O_PATH if flags & _O_PATH else flags, mode & 0o7777 if flags & _CREATING else 0, resolve
    )
    for _ in range(_TRIES):
        opened: int = _syscall()(_NUMBER, root, path, ctypes.byref(how), ctypes.sizeof(how))
        if opened >= 0:
            return opened
        failed = ctypes.get_errno()
        if failed not in (errno.EAGAIN, errno.EINTR):
            break
    raise OSError(failed, os.strerror(failed))


def available() -> bool:
    """Whether this kernel, and what filters its calls, has openat2 and means by it what we do."""
    if sys.platform != "linux" or _NUMBER is None:
        return False
    root = os.open("/", os.O_PATH | os.O_DIRECTORY)
    try:
        os.close(openat2(root, b".", os.O_PATH | os.O_DIRECTORY))
        os.close(openat2(root, b"..", os.O_PATH | os.O_DIRECTORY))
    except OSError as error:
        return error.errno == errno.EXDEV
    else:
        return False  # it let us out
    finally:
        os.close(root)
