"""The records of a chain, each held against the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from mcp_chassis.audit.reading.checkpoints import Checkpoint
from mcp_chassis.audit.reading.faults import Broken, Fault, Word
from mcp_chassis.audit.reading.lines import MAX_LINE, Line, NotCanonical, canonical_object, is_hash, is_overwritten
from mcp_chassis.audit.reading.lines import lines as lines_of
from mcp_chassis.audit.reading.places import ChainFolder, Segment

__all__ = ["Place", "RecordFiles", "Verified"]


class Place(NamedTuple):
    """A line of a segment."""

    file: str
    line: Line


class Verified(NamedTuple):
    """A record that follows the one before it."""

    seq: int
    hash: str
    event: str
    place: Place
    says: dict[str, Any]


@dataclass(slots=True)
class _Last:
    """The record that the next one must follow."""

    seq: int
    hash: str
    place: Place | None = None


class RecordFiles:
    """The segments of a chain as they are when this is made."""

    def __init__(self, chain: ChainFolder, segments: list[Segment], base: Checkpoint | None) -> None:
        """Begin behind `base`, the checkpoint at the end of what retention removed, or at the first record."""
        self._chain = chain
        self._segments = segments
        self._last = _Last(0, chain.genesis) if base is None else _Last(base.size, base.head)
        self._from = self._last.seq
        self.proven = self._from
        """The last record that a checkpoint was found to be right for; kept by whoever reads both."""
        self.cut: Place | None = None
        """The last line, when it is not whole."""

    def verified(self) -> Iterator[Verified]:
        """The records, one after the other, each when it has been found to be right.

        Raises:
            Broken: the next one is not.
        """
        places = self._places()
        for place in places:
            if not place.line.whole and self._is_last(place):
                self._keep(place)
                return
            record = self._read(place)
            if record["instance"] != self._chain.instance:
                says = f"This is record {record['seq']:,} of the chain {record['instance'][:100]!r}."
                self._fail(place, "foreign", says)
            if record["seq"] != self._last.seq + 1:
                self._misplaced(place, record["seq"], places)
            if record["prev"] != self._last.hash:
                self._unlinked(place, record, next(places, None))
            self._last = _Last(record["seq"], record["hash"], place)
            yield Verified(record["seq"], record["hash"], record["event"], place, record)

    def find(self, seq: int) -> Place | None:
        """Where the record of this number stands."""
        mark = b'"seq":%d,' % seq
        return next((place for place in self._places() if mark in place.line.raw), None)

    def _places(self) -> Iterator[Place]:
        for segment in self._segments:
            for line in lines_of(segment.path):
                yield Place(segment.path.name, line)

    def _is_last(self, place: Place) -> bool:
        """Whether a line without a line feed ends the newest segment, where a crash may leave such."""
        return place.file == self._segments[-1].path.name and len(place.line.raw) < MAX_LINE

    def _keep(self, place: Place) -> None:
        if is_overwritten(place.line.raw):
            self._fail(place, "changed", "What ends this line is not the line feed that was written.")
        self.cut = place

    def _read(self, place: Place) -> dict[str, Any]:
        """The record of a line, whose hash is right."""
        raw = place.line.raw
        try:
            if not place.line.whole:
                raise NotCanonical("has no line feed at its end, or is longer than any record")
            record = canonical_object(raw)
            if not _is_record(record):
                raise NotCanonical("is no record of format version 1")
        except NotCanonical as error:
            self._fail(place, "changed", f"This line {error}, so it is not what was written.")
        own = record["hash"]
        if hashlib.sha256(raw.replace(b'"hash":"%b",' % own.encode(), b"", 1)).hexdigest() != own:
            self._fail(place, "changed", "The hash of this record is not that of what it says.")
        return record

    def _misplaced(self, place: Place, seq: int, rest: Iterator[Place]) -> NoReturn:
        """Say why a good record of this chain does not have the next number."""
        expected = self._last.seq + 1
        if seq < expected:
            self._fail(place, "reordered", f"Record {seq:,} stands here, behind record {self._last.seq:,}.", seq)
        mark = b'"seq":%d,' % expected
        for other in rest:
            if mark in other.line.raw and self._is(other, expected):
                where = f"{other.file}:{other.line.number}"
                self._fail(place, "reordered", f"Record {seq:,} stands here, and record {expected:,} in {where}.")
        if expected == 1 and self._segments[0].number != 1:
            says = (
                f"The log begins with record {seq:,}, and no checkpoint at the end of a removed segment covers those."
            )
        else:
            says = f"Record {seq:,} stands here, and those before it are nowhere."
        self._fail(place, "missing", says, through=seq - 1)

    def _is(self, place: Place, seq: int) -> bool:
        try:
            record = self._read(place)
        except Broken:
            return False
        return bool(record["seq"] == seq and record["instance"] == self._chain.instance)

    def _unlinked(self, place: Place, record: dict[str, Any], following: Place | None) -> NoReturn:
        """Say which of two records is wrong, of which the second does not follow the first."""
        last = self._last
        if last.seq == 0:
            says = f"This record does not begin the chain {self._chain.name}: its `prev` is not that of a first one."
            self._fail(place, "foreign", says)
        if last.seq > self.proven and last.place is not None and not self._contradicts(record, following):
            says = f"Its hash fits what it says, but record {record['seq']:,} follows one with another hash."
            self._fail(last.place, "changed", says, last.seq)
        says = f"It follows another record {last.seq:,} than the one that stands before it."
        self._fail(place, "changed", says)

    def _contradicts(self, record: dict[str, Any], following: Place | None) -> bool:
        """Whether the record behind a doubtful one follows another, so that it is that one which was changed."""
        try:
            after = self._read(following) if following is not None else None
        except Broken:
            return False
        return after is not None and after["seq"] == record["seq"] + 1 and after["prev"] != record["hash"]

    def _fail(
        self, place: Place, word: Word, says: str, seq: int | None = None, through: int | None = None
    ) -> NoReturn:
        number = self._last.seq + 1 if seq is None else seq
        raise Broken(Fault(word, number, place.file, place.line.number, says, through))


def _is_record(found: dict[str, Any]) -> bool:
    return (
        all(type(found.get(name)) is int for name in ("v", "seq"))
        and found["v"] == 1
        and found["seq"] > 0
        and all(isinstance(found.get(name), str) for name in ("instance", "event", "ts"))
        and is_hash(found.get("prev"))
        and is_hash(found.get("hash"))
    )
