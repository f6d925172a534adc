"""What `audit verify` tells: for people, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mcp_chassis.audit.reading.faults import Fault
from mcp_chassis.audit.reading.findings import ChainReport, LogReport

__all__ = ["as_json", "as_text"]

_MANY = 20
"""So many closed chains without a fault and without a note are told one by one."""


def as_text(report: LogReport, keys: Path, *, verbose: bool = False) -> str:
    """A few lines for each chain, then the sum; of many that are closed and in order one line, unless `verbose`."""
    return "".join(f"{line}\n" for line in _lines(report, keys, verbose=verbose))


def _lines(report: LogReport, keys: Path, *, verbose: bool) -> Iterator[str]:
    plain = [chain for chain in report.chains if chain.state == "closed" and not (chain.faults or chain.notes)]
    if verbose or len(plain) <= _MANY:
        plain = []
    else:
        records = sum(chain.records for chain in plain)
        yield f"{_count(len(plain), 'closed chain')}: intact, {_count(records, 'record')}, all proven (--verbose: each)"
    left_out = {chain.name for chain in plain}
    for chain in report.chains:
        if chain.name not in left_out:
            yield from _chain(chain)
    for head in report.lost_heads:
        yield f"truncated: no record has the expected head {head}; what led to it was cut off or replaced."
    broken = sum(bool(chain.faults) for chain in report.chains)
    records = sum(chain.records for chain in report.chains)
    unsigned = sum(chain.unsigned for chain in report.chains)
    verdict = "intact" if report.intact else "BROKEN"
    chains = f"{_count(len(report.chains), 'chain')} ({broken:,} broken)"
    yield f"{verdict}: {chains}, {_count(records, 'record')}, {unsigned:,} of them not yet signed"
    if report.keys_from_log:
        yield (
            f"The public keys are those in {keys}: who can change the log can change these too. Give the key that you "
            "keep with --public-key."
        )


def _chain(chain: ChainReport) -> Iterator[str]:
    held = f"records {chain.first:,}-{chain.last:,}" if chain.last else "no records"
    yield f"{chain.name}: {'BROKEN' if chain.faults else 'intact'}, {held}, {chain.state}"
    for fault in chain.faults:
        yield f"  {fault.word}: {fault.records}{_at(chain, fault)}. {fault.says}"
    if chain.proven is not None:
        proven = chain.proven
        yield f"  proven up to record {proven.size:,} by the checkpoint of {proven.ts}, key {proven.key}"
    if chain.unsigned:
        yield f"  chained but not yet signed: {_count(chain.unsigned, 'record')}"
    if chain.head:
        yield f"  head {chain.head}"
    for note in chain.notes:
        yield f"  note: {note}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _at(chain: ChainReport, fault: Fault) -> str:
    return f" at {chain.name}/{fault.place}" if fault.place else ""


def as_json(report: LogReport) -> str:
    """The same as an object; `heads` is what is kept elsewhere."""
    content = {
        "intact": report.intact,
        "records": sum(chain.records for chain in report.chains),
        "heads": {chain.name: chain.head for chain in report.chains if chain.head},
        "lost_heads": report.lost_heads,
        "keys_from_log": report.keys_from_log,
        "chains": [_chain_object(chain) for chain in report.chains],
    }
    return json.dumps(content, indent=2) + "\n"


def _chain_object(chain: ChainReport) -> dict[str, Any]:
    proven = chain.proven
    return {
        "server": chain.server,
        "instance": chain.instance,
        "state": chain.state,
        "first": chain.first,
        "last": chain.last,
        "head": chain.head or None,
        "proven": None if proven is None else {"size": proven.size, "ts": proven.ts, "key": proven.key},
        "unsigned": chain.unsigned,
        "faults": [
            {
                "word": fault.word,
                "seq": fault.seq,
                "through": fault.through,
                "file": fault.file or None,
                "line": fault.line or None,
                "says": fault.says,
            }
            for fault in chain.faults
        ],
        "notes": chain.notes,
    }
