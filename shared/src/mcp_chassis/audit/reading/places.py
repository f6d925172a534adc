"""Where the chains of a log are: the audit folder, the folder of one server in it, or one chain."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mcp_chassis.audit.reading.lines import digest
from mcp_chassis.errors import ConfigurationError

__all__ = ["CHECKPOINTS", "ChainFolder", "Log", "Segment", "readable"]

CHECKPOINTS = "checkpoints.jsonl"
KEYS = "keys"
_SEGMENT = re.compile(r"([0-9]{6,12})\.jsonl")
_INSTANCE = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9]+-[0-9a-f]+")
_OURS = re.compile(r"[0-9]{6,12}\.jsonl|checkpoints\.jsonl")
_BESIDE = re.compile(r"lock|sent\.json(\.[0-9]+)?")
"""What the writer and the sink keep there for themselves."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of records; `number` is that of its name."""

    path: Path
    number: int


@dataclass(frozen=True, slots=True)
class ChainFolder:
    """What one process wrote."""

    path: Path

    @property
    def instance(self) -> str:
        """The name of its folder."""
        return self.path.name

    @property
    def server(self) -> str:
        """The name of the folder that it is in."""
        return self.path.parent.name

    @property
    def name(self) -> str:
        """How it is called in reports."""
        return f"{self.server}/{self.instance}"

    @property
    def checkpoints(self) -> Path:
        """The file of its checkpoints."""
        return self.path / CHECKPOINTS

    @property
    def genesis(self) -> str:
        """`prev` of its first record."""
        return digest(f"mcp-audit/1\n{self.server}\n{self.instance}\n".encode())

    @property
    def ended(self) -> bool:
        """Whether nothing will be written to it any more."""
        return not (self.path / "lock").exists()

    def segments(self) -> list[Segment]:
        """Its segments, the oldest first."""
        found = ((_SEGMENT.fullmatch(name), name) for name in os.listdir(self.path))
        return sorted((Segment(self.path / name, int(m[1])) for m, name in found if m), key=lambda item: item.number)

    def strangers(self) -> list[str]:
        """Names of files that mean nothing to the log, and of cut lines that a recovery set aside."""
        return sorted(name for name in os.listdir(self.path) if not (_OURS.fullmatch(name) or _BESIDE.fullmatch(name)))

    def held(self) -> bool:
        """Whether a process writes it now.

        The lock is asked for, shared, and given back at once: the kernel has no other answer that is right in
        containers too.
        """
        try:
            lock = os.open(self.path / "lock", os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(lock)
        return False

    def extent(self) -> tuple[bool, dict[str, int]]:
        """Whether it is being written, and the sizes of its files: what changes when anything does.

        Raises:
            FileNotFoundError: a file went away just now.
        """
        with os.scandir(self.path) as entries:
            sizes = {entry.name: entry.stat().st_size for entry in entries}
        return self.held(), sizes

    def has_changed(self, extent: tuple[bool, dict[str, int]]) -> bool:
        """Whether anything is another than it was then."""
        try:
            return self.extent() != extent
        except FileNotFoundError:
            return True


class Log:
    """The chains below a folder."""

    def __init__(self, directory: Path) -> None:
        """Find them.

        Raises:
            ConfigurationError: there is no such folder, it cannot be read, or it holds no chain.
        """
        self.directory = Path(os.path.realpath(directory))
        with readable(directory):
            self._depth = self._measure()
            if self._depth is None:
                raise ConfigurationError(f"There is no audit log in {directory}; name the folder of MCP_AUDIT_DIR.")

    @property
    def keys(self) -> Path:
        """The folder of public keys that the writers left."""
        return self.directory.joinpath(*[".."] * (2 - (self._depth or 0)), KEYS).resolve()

    @property
    def has_all_chains_of_servers(self) -> bool:
        """Whether it is more than one chain, so that a chain which is not there is missing."""
        return self._depth != 0

    def chains(self) -> list[ChainFolder]:
        """All chains that are there now, by server and then in the order of their start."""
        with readable(self.directory):
            found = sorted(self.folders())
            return [ChainFolder(path) for path in found if _INSTANCE.fullmatch(path.name) or _is_chain(path)]

    def folders(self) -> list[Path]:
        """The folders that chains are in, found without looking into each of them.

        Raises:
            OSError: a folder cannot be read.
        """
        return [self.directory] if not self._depth else list(_below(self.directory, self._depth))

    def _measure(self) -> int | None:
        """How many folders below the directory its chains are."""
        if _is_chain(self.directory):
            return 0
        for depth in (1, 2):
            if any(_is_chain(path) for path in _below(self.directory, depth)):
                return depth
        return None


def _below(directory: Path, depth: int) -> Iterator[Path]:
    with os.scandir(directory) as entries:
        found = [
            entry.name
            for entry in entries
            if entry.is_dir(follow_symlinks=False) and entry.name != KEYS and not entry.name.startswith(".")
        ]
    for name in found:
        if depth == 1:
            yield directory / name
        else:
            yield from _below(directory / name, depth - 1)


def _is_chain(path: Path) -> bool:
    return any(_OURS.fullmatch(name) for name in os.listdir(path))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Say in a sentence what cannot be read.

    Raises:
        ConfigurationError: in place of an OSError.
    """
    try:
        yield
    except BrokenPipeError:  # of whoever reads the answer
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        if path.is_dir():
            raise ConfigurationError(f"{error.filename} went away while it was read; try again.") from error
        raise ConfigurationError(f"There is no folder {path}; name the folder of MCP_AUDIT_DIR.") from error
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise ConfigurationError(f"{error.filename or path} cannot be read: {reason}.") from error
