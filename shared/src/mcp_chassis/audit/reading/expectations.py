"""What others say of a chain: heads kept elsewhere, `previous` of the chains that came later, records of retention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mcp_chassis.audit.reading.lines import Line, NotCanonical, canonical_object, is_hash, lines
from mcp_chassis.audit.reading.places import ChainFolder

__all__ = ["Expectations", "Previous"]


@dataclass(frozen=True, slots=True)
class Previous:
    """What the `start` record of the chain `by` says of another one's end."""

    server: str
    instance: str
    seq: int
    hash: str
    by: str


class Expectations:
    """They are crossed off as records, and checkpoints over records that are no longer there, are met."""

    def __init__(self, heads: Iterable[str], chains: Iterable[ChainFolder]) -> None:
        """Read the first record of each chain.

        Raises:
            OSError: a file cannot be read.
        """
        self.heads = set(heads)
        self.removals: set[tuple[str, str, int, str]] = set()
        """What records of retention say was removed: server, instance, last record and its hash."""
        self._previous: dict[tuple[str, str], dict[int, list[Previous]]] = {}
        for previous in filter(None, map(_previous, chains)):
            of_chain = self._previous.setdefault((previous.server, previous.instance), {})
            of_chain.setdefault(previous.seq, []).append(previous)

    def of(self, chain: ChainFolder) -> dict[int, list[Previous]]:
        """What others say of a chain's records, by number; what is met is taken out of it."""
        return self._previous.get((chain.server, chain.instance), {})

    def note_retention(self, server: str, record: dict[str, Any]) -> None:
        """Keep what a record of retention says."""
        removed = record.get("removed")
        for segment in removed if isinstance(removed, list) else ():
            match segment:
                case {"instance": str(instance), "seq": int(seq), "hash": str(hash_)}:
                    self.removals.add((server, instance, seq, hash_))

    def of_the_vanished(self, chains: Iterable[ChainFolder]) -> Iterator[Previous]:
        """What others say of chains that are not among these: for each of those the farthest record."""
        there = {(chain.server, chain.instance) for chain in chains}
        for key, of_chain in sorted(self._previous.items()):
            if key not in there:
                yield of_chain[max(of_chain)][0]


def _previous(chain: ChainFolder) -> Previous | None:
    segments = chain.segments()
    if not segments or segments[0].number != 1:
        return None
    try:
        record = canonical_object(next(lines(segments[0].path), Line(0, b"", False)).raw)
    except (NotCanonical, FileNotFoundError):
        return None
    match record:
        case {"event": "start", "previous": {"instance": str(instance), "seq": int(seq), "hash": hash_}} if is_hash(
            hash_
        ):
            return Previous(chain.server, instance, seq, hash_, chain.name)
    return None
