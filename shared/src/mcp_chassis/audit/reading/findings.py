"""What verify finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mcp_chassis.audit.reading.checkpoints import Checkpoint
from mcp_chassis.audit.reading.faults import Fault

__all__ = ["ChainReport", "LogReport"]


@dataclass(slots=True)
class ChainReport:
    """What was found of one chain.

    `first` and `last` are the numbers of the records that are there, 0 where there are none.
    """

    server: str
    instance: str
    first: int = 0
    last: int = 0
    head: str = ""
    proven: Checkpoint | None = None
    """The last checkpoint that the records lead to."""
    removed: Checkpoint | None = None
    """That at the end of what was removed with whole segments."""
    state: Literal["closed", "open", "being written", "not there"] = "open"
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How it is called."""
        return f"{self.server}/{self.instance}"

    @property
    def records(self) -> int:
        """How many were found to be right."""
        return self.last - self.first + 1 if self.last else 0

    @property
    def unsigned(self) -> int:
        """How many of them no checkpoint covers."""
        proven = 0 if self.proven is None else self.proven.size
        return max(0, self.last - max(proven, self.first - 1)) if self.last else 0


@dataclass(frozen=True, slots=True)
class LogReport:
    """What was found of a log; `lost_heads` are those that were expected and are not there."""

    chains: list[ChainReport]
    lost_heads: list[str]
    keys_from_log: bool

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.lost_heads and not any(chain.faults for chain in self.chains)
