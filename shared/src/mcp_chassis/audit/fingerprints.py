"""Fingerprints of tools: what a model is told of them, so that nobody changes that unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from mcp_chassis.audit.canonical import canonical, clean
from mcp_chassis.errors import ConfigurationError

__all__ = ["Fingerprints"]


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The SHA-256 of each tool by its name, and of all of them."""

    tools: Mapping[str, str]

    @classmethod
    def of(cls, tools: Mapping[str, tuple[str, Mapping[str, Any], Mapping[str, Any] | None]]) -> Fingerprints:
        """Of tools by name, each with its description, input schema and output schema as tools/list tells them."""
        return cls(
            {
                name: _hash({"name": name, "description": description, "inputSchema": takes, "outputSchema": gives})
                for name, (description, takes, gives) in tools.items()
            }
        )

    @property
    def sha256(self) -> str:
        """Of all tools, in whatever order they were registered."""
        return _hash(self.tools)

    def expect(self, wanted: str, label: str, server_folder: Path | None) -> None:
        """Hold the tools to a fingerprint, or to its beginning.

        Args:
            label: what a fault calls the setting.
            server_folder: where earlier starts are recorded, which may know the tools that were expected.

        Raises:
            ConfigurationError: they are others, which it names as far as the audit log knows.
        """
        if self.sha256.startswith(wanted.lower()):
            return
        known = None if server_folder is None else _recorded(server_folder, wanted.lower())
        told = "what they were is not in the audit log" if known is None else self._changes(known)
        raise ConfigurationError(
            f"{label}: the tools are not those that were expected ({told}); look at them, then set {self.sha256}."
        )

    def _changes(self, known: Mapping[str, str]) -> str:
        mine = self.tools
        changes = {
            "added": mine.keys() - known.keys(),
            "removed": known.keys() - mine.keys(),
            "changed": {name for name in mine.keys() & known.keys() if mine[name] != known[name]},
        }
        return "; ".join(f"{how} {', '.join(sorted(names))}" for how, names in changes.items() if names)


def _recorded(server_folder: Path, wanted: str) -> dict[str, str] | None:
    """The tools of the newest start that is recorded with this fingerprint."""
    for first in sorted(server_folder.glob("[!.]*/000001.jsonl"), reverse=True):
        try:
            with first.open("rb") as file:
                record = json.loads(file.readline(2**20))
            if record["event"] == "start" and record["tools_sha256"].startswith(wanted):
                return dict(record["tools"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # not a start of ours
    return None


def _hash(value: Any) -> str:
    return sha256(clean(canonical(value))).hexdigest()
