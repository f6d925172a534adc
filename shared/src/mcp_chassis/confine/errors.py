"""What can be wrong with a path, as errors that a caller may read.

    Denied            ├── Outside        leads out of the root
                      ├── HardLinked     has several names, and hard links are refused
                      └── NotPermitted   the operating system says no
    NotFound          └── Missing
    InvalidArguments  ├── Refused        cannot be a name, or must not be one
                      ├── NotRegular     a directory, FIFO, socket or device where a file was asked for
                      ├── NotDirectory
                      ├── Looping        too many links
                      └── CrossDevice    a move between two file systems
    Conflict          ├── Exists
                      ├── NotEmpty
                      └── Changed        something else stands there now
    QuotaExhausted    └── NoSpace

They name no path: what a link points to, where a root lies and what else there is must not be told, and the caller
knows what was asked for. What the operating system said is the `__cause__`, for the log.
"""

from __future__ import annotations

import errno

from mcp_chassis.errors import (
    ChassisError,
    Conflict,
    Denied,
    Internal,
    InvalidArguments,
    NotFound,
    QuotaExhausted,
    UpstreamUnavailable,
)

__all__ = [
    "Changed",
    "CrossDevice",
    "Exists",
    "HardLinked",
    "Looping",
    "Missing",
    "NoSpace",
    "NotDirectory",
    "NotEmpty",
    "NotPermitted",
    "NotRegular",
    "Outside",
    "Refused",
    "told",
]


class Outside(Denied):
    """This path leads out of the allowed directories; use a path that stays inside."""


class HardLinked(Denied):
    """This file has more than one name (hard links), which this server refuses; use a copy of it."""


class NotPermitted(Denied):
    """The operating system does not permit this server to do that here; ask the operator."""


class Missing(NotFound):
    """There is no such file or directory; list the directory above it and call again."""


class Refused(InvalidArguments):
    """This cannot be a name here; use another one."""


class NotRegular(InvalidArguments):
    """This is not a regular file; name a regular file."""


class NotDirectory(InvalidArguments):
    """This, or something on the way to it, is not a directory; name a directory."""


class Looping(InvalidArguments):
    """This path goes through too many links, or through links that lead back to themselves; name the file itself."""


class CrossDevice(InvalidArguments):
    """The two places are on different file systems, so this cannot be moved; copy it and delete the old one."""


class Exists(Conflict):
    """Something of that name is there already; use another name."""


class NotEmpty(Conflict):
    """The directory is not empty; empty it first."""


class Changed(Conflict):
    """What is at this path changed just now; look again and call again."""


class NoSpace(QuotaExhausted):
    """There is no space left on the disk; nothing was changed. Delete something or ask the operator."""


_BUSY = "The disk or the system is busy or failing; call again in a few seconds."
_TOLD: dict[int, type[ChassisError] | tuple[type[ChassisError], str]] = {
    errno.ENOENT: Missing,
    errno.ENOTDIR: NotDirectory,
    errno.EISDIR: (NotRegular, "This is a directory; name a file in it."),
    errno.ENXIO: (NotRegular, "This is no regular file but a FIFO, socket or device; name a regular file."),
    errno.ENODEV: (NotRegular, "This is a device, no regular file; name a regular file."),
    errno.ELOOP: Looping,
    errno.EACCES: NotPermitted,
    errno.EPERM: NotPermitted,
    errno.EROFS: (NotPermitted, "The file system is read-only; ask the operator."),
    errno.EEXIST: Exists,
    errno.ENOTEMPTY: NotEmpty,
    errno.EXDEV: CrossDevice,
    errno.ENAMETOOLONG: (Refused, "A name in this path, or the path itself, is too long; use a shorter one."),
    errno.EINVAL: (Refused, "The file system does not take this name or this change; use another name."),
    errno.EILSEQ: (Refused, "The file system does not take this name; use another name."),
    errno.EOPNOTSUPP: (NotPermitted, "The file system does not offer this; ask the operator."),
    errno.EMLINK: (NoSpace, "The directory takes no more entries; use another one."),
    errno.ENOSPC: NoSpace,
    errno.EDQUOT: NoSpace,
    errno.EFBIG: (NoSpace, "The file would be larger than the system allows; write less."),
    errno.EAGAIN: (Changed, "The file is being used or changed by another program; call again."),
    errno.EBUSY: (Changed, "The file is in use by the system; call again later."),
    errno.ETXTBSY: (Changed, "The file is a program that is running; call again later."),
    errno.ESTALE: Changed,
    errno.EMFILE: (UpstreamUnavailable, _BUSY),
    errno.ENFILE: (UpstreamUnavailable, _BUSY),
    errno.ENOMEM: (UpstreamUnavailable, _BUSY),
    errno.EIO: (UpstreamUnavailable, _BUSY),
    errno.ETIMEDOUT: (UpstreamUnavailable, _BUSY),
}


def told(error: OSError) -> ChassisError:
    """What a caller may read about an error of the operating system; raise it `from` that error."""
    found = _TOLD.get(error.errno or 0, Internal)
    return found() if isinstance(found, type) else found[0](found[1])
