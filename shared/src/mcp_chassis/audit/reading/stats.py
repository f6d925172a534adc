"""`audit stats`: what calls cost, added up by who and what."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mcp_chassis.audit.reading.places import ChainFolder, Log, readable
from mcp_chassis.audit.reading.selection import Selection
from mcp_chassis.audit.reading.text import cell, shown
from mcp_chassis.errors import ConfigurationError
from mcp_chassis.words import nearest

__all__ = ["Sums", "stats"]

BYTES_PER_TOKEN = 4
_GOOD = ("ok", "input_required")
_KEYS: dict[str, Callable[[ChainFolder, dict[str, Any]], Any]] = {
    "tenant": lambda _, record: record.get("tenant"),
    "principal": lambda _, record: record.get("principal"),
    "action": lambda _, record: record.get("action"),
    "day": lambda _, record: record["ts"][:10],
    "server": lambda chain, _: chain.server,
    "outcome": lambda _, record: record.get("outcome"),
}
_SUMS = ("calls", "errors", "milliseconds", "bytes", "rows", "tokens_estimated")


@dataclass(slots=True)
class Sums:
    """What is added up of calls; `tokens_estimated` is a quarter of the bytes."""

    calls: int = 0
    errors: int = 0
    milliseconds: float = 0.0
    bytes: int = 0
    rows: int = 0

    def add(self, record: dict[str, Any]) -> None:
        """Count one call."""
        summary = record.get("result_summary")
        self.calls += 1
        self.errors += record.get("outcome") not in _GOOD
        self.milliseconds += _number(record.get("duration_ms"))
        if isinstance(summary, dict):
            self.bytes += int(_number(summary.get("bytes")))
            self.rows += int(_number(summary.get("rows")))

    def values(self) -> dict[str, int | float]:
        """By the names of the columns."""
        tokens = self.bytes // BYTES_PER_TOKEN
        values = (self.calls, self.errors, round(self.milliseconds, 3), self.bytes, self.rows, tokens)
        return dict(zip(_SUMS, values, strict=True))


def stats(log: Log, selection: Selection, by: str, form: str) -> int:
    """Print the sums.

    Returns:
        The exit code: 1 when there are lines that are no records.

    Raises:
        ConfigurationError: a group is not known, or something cannot be read.
    """
    names = [name.strip() for name in by.split(",") if name.strip()]
    for name in names:
        if name not in _KEYS:
            raise ConfigurationError(f"--by: {name} is nothing that can be added up by{nearest(name, _KEYS)}")
    groups: dict[tuple[str, ...], Sums] = {}
    with readable(log.directory):
        for chain in selection.chains(log):
            for entry in selection.of_chain(chain):
                if entry.record["event"] == "call":
                    key = tuple(_text(_KEYS[name](chain, entry.record)) for name in names)
                    groups.setdefault(key, Sums()).add(entry.record)
    {"table": _table, "csv": _csv, "json": _json}[form](names, groups)
    for line in selection.unreadable:
        sys.stderr.write(f"{line}\n")
    return 1 if selection.unreadable else 0


def _number(value: Any) -> float:
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)  # beyond 2^53
    return value if isinstance(value, int | float) else 0


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _json(names: Sequence[str], groups: dict[tuple[str, ...], Sums]) -> None:
    rows = [{**dict(zip(names, key, strict=True)), **sums.values()} for key, sums in sorted(groups.items())]
    sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")


def _csv(names: Sequence[str], groups: dict[tuple[str, ...], Sums]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow([*names, *_SUMS])
    for key, sums in sorted(groups.items()):
        writer.writerow([*map(cell, key), *sums.values().values()])


def _table(names: Sequence[str], groups: dict[tuple[str, ...], Sums]) -> None:
    total = Sums()
    rows = []
    for key, sums in sorted(groups.items()):
        rows.append([*map(shown, key), *_figures(sums)])
        for name in ("calls", "errors", "milliseconds", "bytes", "rows"):
            setattr(total, name, getattr(total, name) + getattr(sums, name))
    if names:
        rows.append(["total", *[""] * (len(names) - 1), *_figures(total)])
    head = [*names, *_SUMS] if names else list(_SUMS)
    if not names:
        rows = [_figures(total)]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = [
            text.ljust(width) if column < len(names) else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
    sys.stdout.write(f"\ntokens_estimated: bytes / {BYTES_PER_TOKEN}; no tokenizer has counted them. Days are UTC.\n")


def _figures(sums: Sums) -> list[str]:
    return [f"{value:,.0f}" for value in sums.values().values()]
