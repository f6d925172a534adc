"""How far a chain has been sent: a small file in its folder.

It is written after the database has committed. Where it is behind, lost or unreadable, records are sent once more, and
the database leaves out what it has.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["Position"]

FILE_NAME = "sent.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Position:
    """How far a chain is in one database.

    Args:
        database: the id that the tables there have; another one has nothing yet.
        segment: the name of the segment that is being sent, and `offset` how many of its bytes have been.
        seq: the last record that was sent.
        checkpoints: how many lines of the checkpoints have been sent, and `checkpoints_offset` their bytes.
        complete: whether nothing more will come.
    """

    database: str
    segment: str = ""
    offset: int = 0
    seq: int = 0
    checkpoints: int = 0
    checkpoints_offset: int = 0
    complete: bool = False

    @classmethod
    def load(cls, folder: Path, database: str) -> Position:
        """That of a chain; the beginning where none is known.

        Raises:
            OSError: the file is there and cannot be read.
        """
        try:
            found = json.loads((folder / FILE_NAME).read_bytes())
            if found.pop("v") == _VERSION and found["database"] == database:
                position = cls(**found)
                if all(type(value) is type(getattr(_BEGINNING, name)) for name, value in found.items()):
                    return position
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return cls(database)

    def save(self, folder: Path) -> None:
        """Keep it, in place of the one before.

        Raises:
            OSError: it cannot be written.
        """
        draft = folder / f"{FILE_NAME}.{os.getpid()}"
        fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        with open(fd, "w", encoding="utf-8") as file:
            json.dump({"v": _VERSION, **asdict(self)}, file)
        os.replace(draft, folder / FILE_NAME)


_BEGINNING = Position("")
