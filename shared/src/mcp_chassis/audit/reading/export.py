"""`audit export`: records as they stand in the log, as CSV, or with proofs for somebody who does not have the log."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterable
from itertools import islice
from typing import IO, Any

from mcp_chassis.audit.canonical import canonical
from mcp_chassis.audit.reading.checkpoints import Checkpoint, CheckpointFile
from mcp_chassis.audit.reading.faults import Broken
from mcp_chassis.audit.reading.places import ChainFolder, Log, readable
from mcp_chassis.audit.reading.proofs import TreeFile
from mcp_chassis.audit.reading.records import RecordFiles
from mcp_chassis.audit.reading.selection import Entry, Selection
from mcp_chassis.audit.reading.signers import Signers
from mcp_chassis.audit.reading.text import cell
from mcp_chassis.errors import ConfigurationError

__all__ = ["COLUMNS", "export"]

_PLAIN = (
    "seq", "event", "principal", "issuer", "client_id", "actor", "tenant", "credential", "client", "action",
    "decision", "outcome", "error_id", "duration_ms", "request_id", "trace_id", "policy_sha256", "args_hmac", "hash",
)  # fmt: skip
_NESTED = ("data_classes", "rule_ids", "args_summary", "result_summary")
COLUMNS = ("ts", "server", "instance", *_PLAIN, "bytes", "rows", *_NESTED)


def export(log: Log, selection: Selection, *, proof: bool, as_csv: bool) -> int:
    """Write the records that are meant.

    Returns:
        The exit code: 1 when something was met that is no record, or that cannot be proven because it was changed.

    Raises:
        ConfigurationError: the flags do not go together, or something cannot be read.
    """
    if proof and as_csv:
        raise ConfigurationError("--proof needs --format jsonl: what a table says has no hash.")
    entries = selection.entries(log)
    complaints = selection.unreadable
    if as_csv:
        _write_csv(entries)
    elif proof:
        with tempfile.TemporaryFile() as file, readable(log.directory):
            complaints += _write_proven(entries, _Proofs(log, file))
    else:
        for entry in entries:
            sys.stdout.buffer.write(entry.raw + b"\n")
    sys.stdout.flush()
    for line in complaints:
        sys.stderr.write(f"{line}\n")
    return 1 if complaints else 0


def _write_csv(entries: Iterable[Entry]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for chain, _, record in entries:
        summary = record.get("result_summary")
        sizes = summary if isinstance(summary, dict) else {}
        writer.writerow(
            [
                cell(record["ts"]),
                cell(chain.server),
                cell(chain.instance),
                *(cell(record.get(name)) for name in _PLAIN),
                *(cell(sizes.get(name)) for name in ("bytes", "rows")),
                *(cell(_packed(record.get(name))) for name in _NESTED),
            ]
        )


def _packed(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _write_proven(entries: Iterable[Entry], proofs: _Proofs) -> list[str]:
    """Write checkpoints, records and proofs; what cannot be proven is told and left out."""
    unsigned = 0
    for entry in entries:
        tree = proofs.of(entry.chain)
        if tree is None:
            continue
        checkpoint, nodes, is_new = tree
        if entry.record["seq"] > checkpoint.size:
            unsigned += 1
            continue
        if is_new:
            sys.stdout.buffer.write(b'{"checkpoint":%b}\n' % checkpoint.raw)
        seq = entry.record["seq"]
        path = [node.hex() for node in nodes.path(seq - 1)]
        proof = {"instance": checkpoint.instance, "path": path, "seq": seq, "size": checkpoint.size}
        line = canonical({"proof": proof}).encode()
        sys.stdout.buffer.write(entry.raw + b"\n" + line + b"\n")
    if unsigned:
        sys.stderr.write(f"{unsigned:,} records are left out: no checkpoint covers them yet.\n")
    return proofs.complaints


class _Proofs:
    """The newest checkpoint of each chain with all nodes of its tree, made when the chain is first asked for."""

    def __init__(self, log: Log, file: IO[bytes]) -> None:
        self.complaints: list[str] = []
        self._signers = Signers([], log.keys)
        self._file = file
        self._end = 0
        self._known: dict[ChainFolder, tuple[Checkpoint, TreeFile] | None] = {}

    def of(self, chain: ChainFolder) -> tuple[Checkpoint, TreeFile, bool] | None:
        """Checkpoint, nodes, and whether they are new; None when the chain cannot be proven."""
        is_new = chain not in self._known
        if is_new:
            self._known[chain] = self._make(chain)
        known = self._known[chain]
        return None if known is None else (*known, is_new)

    def _make(self, chain: ChainFolder) -> tuple[Checkpoint, TreeFile] | None:
        file = CheckpointFile(chain, self._signers)
        segments = chain.segments()
        base = file.ends_segment(segments[0].number - 1) if segments and segments[0].number > 1 else None
        newest = None
        try:
            for checkpoint in file.verified():
                newest = checkpoint
            if newest is None:
                self.complaints.append(f"{chain.name} has no checkpoint, so its records cannot be proven yet.")
                return None
            nodes = TreeFile(self._file.fileno(), self._end, newest.size)
            self._end = nodes.end
            count = newest.size - (base.size if base is not None else 0)
            records = RecordFiles(chain, segments, base).verified()
            entries = (bytes.fromhex(record.hash) for record in islice(records, count))
            root = nodes.fill(entries, base.tree if base is not None else None)
        except Broken as broken:
            self.complaints.append(f"{chain.name} cannot be proven: {broken.fault.word}, see `audit verify`.")
            return None
        if root.hex() != newest.root:
            self.complaints.append(f"{chain.name} cannot be proven: its records are not those that were signed.")
            return None
        return newest, nodes
