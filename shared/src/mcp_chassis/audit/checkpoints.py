"""Checkpoints: signed statements of how far a chain goes and what the root over all of it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from mcp_chassis.audit.canonical import canonical
from mcp_chassis.audit.files import LineFile, last_line
from mcp_chassis.audit.keys import Signer
from mcp_chassis.audit.merkle import Tree
from mcp_chassis.audit.records import VERSION

__all__ = ["CLOSING", "FILE_NAME", "Checkpoints", "Cut", "Reason", "last_checkpoint"]

Reason = Literal["count", "time", "rotation", "stop", "recovery"]
CLOSING = ("stop", "recovery")
FILE_NAME = "checkpoints.jsonl"
_NO_LINE = "0" * 64


@dataclass(slots=True)
class Cut:
    """Where a checkpoint is to be: behind record `size`, whose hash is `head`.

    `entries` are the hashes since the cut before; `retired` is the segment that ends here.
    """

    reason: Reason
    size: int
    head: str
    segment: str
    entries: list[str] = field(repr=False)
    retired: LineFile | None = None


class Checkpoints:
    """The file of a chain's checkpoints, with the tree that they speak of."""

    def __init__(self, folder: Path, server: str, signer: Signer) -> None:
        """Open the file, and go on from its last line.

        Raises:
            OSError: it cannot be opened.
            ValueError: its last line is none of ours.
        """
        self._server = server
        self._instance = folder.name
        self._signer = signer
        self._file = LineFile(folder / FILE_NAME)
        self.torn_bytes = self._file.cut_torn()
        line = last_line(self._file.path)
        self.last: dict[str, Any] | None = None if line is None else _read(line)
        self._prev = _NO_LINE if line is None else sha256(line).hexdigest()
        known = self.last or {"size": 0, "subtrees": []}
        self.tree = Tree(known["size"], map(bytes.fromhex, known["subtrees"]))

    def write(self, cut: Cut, ts: str) -> None:
        """Sign and store a checkpoint; the records that it covers are on the disk.

        It may be called again with the same cut after it failed.

        Raises:
            OSError: it could not be stored.
        """
        entries, cut.entries = cut.entries, []
        self.tree.extend(map(bytes.fromhex, entries))
        content = {
            "v": VERSION,
            "server": self._server,
            "instance": self._instance,
            "ts": ts,
            "size": cut.size,
            "head": cut.head,
            "root": self.tree.root.hex(),
            "subtrees": [subtree.hex() for subtree in self.tree.subtrees],
            "segment": cut.segment,
            "reason": cut.reason,
            "prev": self._prev,
            "key": self._signer.key_id,
        }
        signature = self._signer.sign(canonical(content).encode()).hex()
        line = canonical({**content, "signature": signature}).encode()
        if self._file.dirty:  # the same line could not be synced before
            self._file.sync()
        self._file.append(line + b"\n")
        self._prev = sha256(line).hexdigest()
        self._file.sync()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def last_checkpoint(folder: Path) -> dict[str, Any] | None:
    """The last whole checkpoint of a chain; None where there is none that can be read."""
    try:
        line = last_line(folder / FILE_NAME)
        return None if line is None else _read(line)
    except (OSError, ValueError, RecursionError):
        return None


def _read(line: bytes) -> dict[str, Any]:
    found = json.loads(line)
    if not isinstance(found, dict) or found.get("v") != VERSION:
        raise ValueError("no checkpoint of this version")
    size, subtrees = found.get("size"), found.get("subtrees")
    if not isinstance(size, int) or not isinstance(subtrees, list) or len(subtrees) != size.bit_count():
        raise ValueError("no checkpoint")
    for name in ("head", "segment", "reason", "instance"):
        if not isinstance(found.get(name), str):
            raise ValueError("no checkpoint")
    return found
