"""The checkpoints of a chain, each held against its signature and the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from mcp_chassis.audit.merkle import Tree
from mcp_chassis.audit.reading.faults import Broken, Fault, Word
from mcp_chassis.audit.reading.lines import (
    Line,
    NotCanonical,
    canonical_object,
    digest,
    is_hash,
    is_overwritten,
    lines,
    without,
)
from mcp_chassis.audit.reading.places import CHECKPOINTS, ChainFolder
from mcp_chassis.audit.reading.signers import Signers

__all__ = ["Checkpoint", "CheckpointFile"]

_FIRST = "0" * 64
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a line of `checkpoints.jsonl` says; `raw` is that line."""

    line: int
    raw: bytes
    server: str
    instance: str
    ts: str
    size: int
    head: str
    root: str
    subtrees: tuple[str, ...]
    segment: str
    reason: str
    prev: str
    key: str
    signature: str

    @classmethod
    def read(cls, line: Line) -> Checkpoint:
        """What a line says.

        Raises:
            NotCanonical: it is no checkpoint, or one that contradicts itself.
        """
        found = canonical_object(line.raw)
        if found.get("v") != 1 or found["v"] is True:
            raise NotCanonical("is not of format version 1, which is the one that is known here")
        try:
            checkpoint = cls(line.number, line.raw, **{name: found[name] for name in _FIELDS})
        except KeyError as error:
            raise NotCanonical(f"has no {error.args[0]}") from None
        if not checkpoint._is_well_formed():
            raise NotCanonical("is no checkpoint")
        if checkpoint.tree.root.hex() != checkpoint.root:
            raise NotCanonical("has a root that its subtrees do not lead to")
        return checkpoint

    @property
    def tree(self) -> Tree:
        """The tree that it signs, as its subtrees."""
        return Tree(self.size, map(bytes.fromhex, self.subtrees))

    def _is_well_formed(self) -> bool:
        texts = (self.server, self.instance, self.ts, self.segment, self.reason, self.key, self.signature)
        return (
            all(isinstance(text, str) for text in texts)
            and all(map(is_hash, (self.head, self.root, self.prev)))
            and _SIGNATURE.fullmatch(self.signature) is not None
            and type(self.size) is int
            and self.size > 0
            and isinstance(self.subtrees, list)
            and len(self.subtrees) == self.size.bit_count()
            and all(map(is_hash, self.subtrees))
        )


_FIELDS = (
    "server", "instance", "ts", "size", "head", "root", "subtrees", "segment", "reason", "prev", "key", "signature",
)  # fmt: skip


class CheckpointFile:
    """The file as it is when this is made: what is appended later may speak of records that are not read yet."""

    def __init__(self, chain: ChainFolder, signers: Signers) -> None:
        self._chain = chain
        self._signers = signers
        try:
            self._length = chain.checkpoints.stat().st_size
        except FileNotFoundError:
            self._length = 0
        self.cut: Line | None = None
        """Its last line, when that is not whole."""

    def ends_segment(self, number: int) -> Checkpoint | None:
        """The checkpoint at the end of the segment of this number, not held against anything yet."""
        for line in self._lines():
            if b'"reason":"rotation"' in line.raw:
                try:
                    checkpoint = Checkpoint.read(line)
                except NotCanonical:
                    continue
                if checkpoint.reason == "rotation" and checkpoint.segment == f"{number:06}.jsonl":
                    return checkpoint
        return None

    def verified(self) -> Iterator[Checkpoint]:
        """The checkpoints, one after the other, each when it has been found to be right.

        Raises:
            Broken: the next one is not.
        """
        prev, size = _FIRST, 0
        for line in self._lines():
            if not line.whole:
                self._keep(line, size)
                return
            checkpoint = self._verify(line, prev, size)
            yield checkpoint
            prev, size = digest(line.raw), checkpoint.size

    def _lines(self) -> Iterator[Line]:
        return lines(self._chain.checkpoints, self._length) if self._length else iter(())

    def _keep(self, line: Line, size: int) -> None:
        """Keep a last line that is not whole, unless no crash can have left it so."""
        if is_overwritten(line.raw):
            _fail(line, size, "changed", "What ends this line is not the line feed that was written.")
        self.cut = line

    def _verify(self, line: Line, prev: str, size: int) -> Checkpoint:
        """One line, which must follow `prev` and cover no less than `size` records."""
        try:
            checkpoint = Checkpoint.read(line)
        except NotCanonical as error:
            _fail(line, size, "changed", f"This line {error}, so it is not what was written.")
        self._verify_signature(line, checkpoint)
        if (checkpoint.server, checkpoint.instance) != (self._chain.server, self._chain.instance):
            says = f"This checkpoint is of {checkpoint.server}/{checkpoint.instance}."
            _fail(line, checkpoint.size, "foreign", says)
        if checkpoint.prev != prev:
            self._misplaced(line, checkpoint, prev, size)
        if checkpoint.size < size:
            _fail(line, checkpoint.size, "changed", "This checkpoint covers fewer records than the one before.")
        return checkpoint

    def _verify_signature(self, line: Line, checkpoint: Checkpoint) -> None:
        key, signature = checkpoint.key, checkpoint.signature
        if not self._signers.knows(key):
            where = "in the log's folder keys/" if self._signers.from_log else "among those given with --public-key"
            _fail(line, checkpoint.size, "foreign", f"This checkpoint names the key {key!r}, which is not {where}.")
        if not self._signers.verify(key, signature, without(line.raw, "signature", signature)):
            says = f"The signature of this checkpoint is not that of the key {key} over what it says."
            _fail(line, checkpoint.size, "changed", says)

    def _misplaced(self, line: Line, checkpoint: Checkpoint, prev: str, size: int) -> NoReturn:
        """Say why a good checkpoint does not follow the one before."""
        follower = f'"prev":"{prev}"'.encode()
        for other in self._lines():
            if other.number < line.number and other.raw == line.raw:
                says = f"This checkpoint stands in line {other.number} too."
                _fail(line, checkpoint.size, "reordered", says)
            if other.number > line.number and follower in other.raw:
                says = f"The checkpoint that was written here stands in line {other.number}."
                _fail(line, checkpoint.size, "reordered", says)
        says = f"Between this checkpoint and the one before it (records up to {size:,}) at least one is not there."
        _fail(line, checkpoint.size, "missing", says)


def _fail(line: Line, size: int, word: Word, says: str) -> NoReturn:
    raise Broken(Fault(word, size, CHECKPOINTS, line.number, says))
