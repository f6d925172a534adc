"""What is wrong with a log, at its first bad record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Broken", "Fault", "Word"]

Word = Literal["changed", "missing", "reordered", "truncated", "foreign", "torn"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Args:
        word: which kind of it.
        seq: the record; of a checkpoint the last record that it covers.
        file: relative to the chain's folder; empty where it is about a chain that is not there.
        line: in that file, from 1; 0 where there is no line.
        says: what was found, as a sentence for an auditor.
        through: the last record, where it is about several, or about one of several.
    """

    word: Word
    seq: int
    file: str
    line: int
    says: str
    through: int | None = None

    @property
    def records(self) -> str:
        """`record 5` or `records 5-9`."""
        if self.through is None or self.through == self.seq:
            return f"record {self.seq:,}"
        return f"records {self.seq:,}-{self.through:,}"

    @property
    def is_of_a_crash(self) -> bool:
        """Whether it may be the trace of a process that was stopped hard."""
        return self.word == "torn" or (self.word == "missing" and not self.line)

    @property
    def place(self) -> str:
        """`000001.jsonl:17`, where there is one."""
        return f"{self.file}:{self.line}" if self.line else self.file


class Broken(Exception):
    """A fault that ends the reading of a file."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.says)
        self.fault = fault
