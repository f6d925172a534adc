"""Deleted files, kept at the top of their root until they expire.

    .mcp-trash/                                    mode 0700
        .gitignore                                 "*", so that nothing of it is committed
        6a1f2b3c-1f4-0123456789abcdef/             the trash id: when (Unix time, hex), size (hex), random
            item                                   what was deleted, as it was
            info.json                              {"v": 1, "path", "kind", "size", "deleted", "tenant", "subject"}
        .gone-0123456789abcdef/                    is being deleted for good

Time and size are in the name, so that looking for what has expired and adding up sizes reads one directory. An entry
is made before the file is moved into it, and is away before its item is deleted: a killed server leaves entries without
an item, and `.gone-*`, which the next sweep takes away.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from mcp_chassis.call import Principal
from mcp_chassis.confine.errors import CrossDevice, Missing, told
from mcp_chassis.confine.renaming import rename_noreplace
from mcp_chassis.confine.trees import entries, remove_tree
from mcp_chassis.errors import ChassisError, NotFound, TooLarge

from mcp_fs_server.atomic import sync_directory
from mcp_fs_server.own_names import TRASH

__all__ = ["Deleted", "Trash"]

_ITEM, _INFO = "item", "info.json"
_ID = re.compile(r"([0-9a-f]{1,12})-([0-9a-f]{1,15})-[0-9a-f]{16}")
_GONE = ".gone-"
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_SWEPT_SECONDS = 3600.0
_LONGEST_INFO = 1 << 20  # a path of many long names


@dataclass(frozen=True, slots=True)
class Deleted:
    """What is known of something in the trash: where it was below its root, and whose it is to restore."""

    path: str
    kind: str
    size: int
    deleted: str
    tenant: str
    subject: str


class Trash:
    """The trash of one root. Its methods may be called from any thread, and by several servers at once."""

    def __init__(self, top: int, keep_s: float, most: int, clock: Callable[[], float] = time.time) -> None:
        """Make it; nothing is written before something is deleted.

        Args:
            top: descriptor of the root.
            keep_s: seconds after which what was deleted is gone for good.
            most: bytes that it may hold; the oldest makes room.
        """
        self._top = top
        self._keep_s = keep_s
        self._most = most
        self._clock = clock
        self._swept = 0.0
        self._sweeping = threading.Lock()

    def put(self, directory: int, name: str, path: str, kind: str, size: int, by: Principal) -> str:
        """Move an entry of an open directory into the trash, and make room for it there.

        Args:
            path: where it is below the root, without links.
            size: bytes in it.

        Returns:
            The trash id.

        Raises:
            TooLarge: the trash does not hold so much.
            CrossDevice: it is on another file system than the root's top.
        """
        if size > self._most:
            raise TooLarge(
                f"This has {size:,} bytes and the trash holds {self._most:,}; delete parts, or ask the operator."
            )
        now = self._clock()
        info = Deleted(path, kind, size, _written(now), by.tenant, by.subject)
        trash_id = f"{int(now):x}-{size:x}-{secrets.token_hex(8)}"
        with self._open(make=True) as top:
            self._make_room(top, size)
            try:
                entry = _new_entry(top, trash_id, info)
            except OSError as error:
                raise told(error) from error
            try:
                rename_noreplace(directory, name, entry, _ITEM)
                sync_directory(entry)
                sync_directory(directory)
            except CrossDevice:
                _drop(top, trash_id)
                raise CrossDevice(
                    "This is on another file system than the trash of its directory, so it cannot be deleted here; "
                    "ask the operator."
                ) from None
            except ChassisError:
                if _is_empty(entry):
                    _drop(top, trash_id)
                raise
            finally:
                os.close(entry)
        if now - self._swept > _SWEPT_SECONDS:
            self.sweep()
        return trash_id

    def expiry(self, trash_id: str) -> float:
        """When what is in the trash under this id is gone for good, as Unix time."""
        return int(trash_id.partition("-")[0], 16) + self._keep_s

    def find(self, trash_id: str, by: Principal) -> Deleted | None:
        """What is in the trash under this id; None if there is nothing, or it is not this principal's tenant's."""
        try:
            with self._open() as top, _opened(top, trash_id) as entry:
                info = _read_info(entry)
        except (NotFound, OSError):
            return None
        return info if info is not None and info.tenant == by.tenant else None

    def restore(self, trash_id: str, directory: int, name: str) -> None:
        """Move it out of the trash, to a name in an open directory at which there is nothing.

        Raises:
            Exists: there is something.
            NotFound: it is not in the trash any more.
        """
        with self._open() as top:
            try:
                with _opened(top, trash_id) as entry:
                    rename_noreplace(entry, _ITEM, directory, name)
                    sync_directory(directory)
            except OSError as error:
                raise told(error) from error
            _drop(top, trash_id)

    def sweep(self) -> int:
        """Delete for good what has expired, and what killed servers have left; how many entries that were."""
        if not self._sweeping.acquire(blocking=False):
            return 0
        try:
            self._swept = now = self._clock()
            number = 0
            with suppress(NotFound), self._open() as top:
                for name, _ in list(entries(top)):
                    known = _ID.fullmatch(name)
                    expired = known is not None and int(known[1], 16) + self._keep_s <= now
                    if expired or name.startswith(_GONE) or (known and self._is_left(top, name, now)):
                        number += _drop(top, name)
            return number
        finally:
            self._sweeping.release()

    def _make_room(self, top: int, size: int) -> None:
        kept = [
            (int(known[1], 16), name, int(known[2], 16)) for name, _ in entries(top) if (known := _ID.fullmatch(name))
        ]
        total = size + sum(of_entry for *_, of_entry in kept)
        for _, name, of_entry in sorted(kept):
            if total <= self._most:
                return
            _drop(top, name)
            total -= of_entry

    def _is_left(self, top: int, name: str, now: float) -> bool:
        """Whether an entry has no item, and that not only because it is being made."""
        try:
            with _opened(top, name) as entry:
                return _is_empty(entry) and now - os.fstat(entry).st_mtime > _SWEPT_SECONDS
        except OSError:
            return False

    @contextmanager
    def _open(self, *, make: bool = False) -> Iterator[int]:
        try:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(TRASH, 0o700, dir_fd=self._top)
                    _keep_from_git(self._top)
            fd = os.open(TRASH, _DIRECTORY, dir_fd=self._top)
        except FileNotFoundError:
            raise Missing("There is nothing in the trash under this id; it may have expired.") from None
        except OSError as error:
            raise told(error) from error
        try:
            yield fd
        finally:
            os.close(fd)


def _keep_from_git(top: int) -> None:
    folder = os.open(TRASH, _DIRECTORY, dir_fd=top)
    try:
        with os.fdopen(os.open(".gitignore", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder), "wb") as file:
            file.write(b"*\n")
    finally:
        os.close(folder)


@contextmanager
def _opened(top: int, name: str) -> Iterator[int]:
    if not _ID.fullmatch(name):
        raise Missing("There is nothing in the trash under this id; delete_file tells it as trash_id.")
    fd = os.open(name, _DIRECTORY, dir_fd=top)
    try:
        yield fd
    finally:
        os.close(fd)


def _new_entry(top: int, name: str, info: Deleted) -> int:
    """Make an entry with what is known of its item; its descriptor."""
    os.mkdir(name, 0o700, dir_fd=top)
    entry = os.open(name, _DIRECTORY, dir_fd=top)
    try:
        fd = os.open(_INFO, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=entry)
        with os.fdopen(fd, "wb") as file:
            file.write(json.dumps({"v": 1, **asdict(info)}).encode())  # ASCII, with names that are no text as \udcXX
            file.flush()
            os.fsync(fd)
        os.fsync(top)
    except BaseException:
        os.close(entry)
        _drop(top, name)
        raise
    return entry


def _read_info(entry: int) -> Deleted | None:
    fd = os.open(_INFO, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=entry)
    with os.fdopen(fd, "rb") as file:
        try:
            found = json.loads(file.read(_LONGEST_INFO))
            if found.pop("v") != 1:
                return None
            return Deleted(**found)
        except (ValueError, TypeError, AttributeError, KeyError):
            return None


def _is_empty(entry: int) -> bool:
    try:
        os.stat(_ITEM, dir_fd=entry, follow_symlinks=False)
    except FileNotFoundError:
        return True
    return False


def _drop(top: int, name: str) -> bool:
    """Delete an entry for good; first it is renamed, so that nobody restores half of it."""
    gone = name if name.startswith(_GONE) else f"{_GONE}{secrets.token_hex(8)}"
    try:
        if gone != name:
            os.rename(name, gone, src_dir_fd=top, dst_dir_fd=top)
        remove_tree(top, gone)
    except (OSError, ChassisError):
        return False  # another server was quicker, or it will be tried again
    return True


def _written(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
