"""What the filesystem server can be told, beside what every server of the suite can be told."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp_chassis.policy.decision import DATA_CLASSES
from mcp_chassis.settings import ChassisSettings, CommaList, Setting, UserPath
from mcp_chassis.settings.units import Duration, Size
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

__all__ = ["FilesystemSettings", "RootSettings"]

_MODES = ("ro", "rw")
_NO_NAME = re.compile(r"[/\x00-\x1f\x7f-\x9f]")


def _check_name(name: str) -> str:
    if not name or name in {".", ".."} or _NO_NAME.search(name):
        raise ValueError("must be a word without a slash")
    return name


def _check_class(label: str) -> str:
    if label not in DATA_CLASSES:
        raise ValueError(f"must be one of {', '.join(sorted(DATA_CLASSES))}")
    return label


def _check_path(path: object) -> object:
    if path == "":  # a variable that is not set, and not the directory that the server happens to run in
        raise ValueError("must name a directory, or be . for this one")
    return path


class RootSettings(BaseModel):
    """One directory that is served, with what holds below it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Annotated[UserPath, BeforeValidator(_check_path)]
    name: Annotated[str, AfterValidator(_check_name)] | None = None
    mode: Literal["ro", "rw"] = "ro"
    deny: CommaList = ()
    quota: Size | None = None
    max_file_size: Size | None = None
    data_class: Annotated[str, AfterValidator(_check_class)] | None = None


def _spoken(text: str) -> dict[str, Any]:
    """`DIR`, `DIR:ro` or `DIR:rw`; only the last suffix is one, so `odd:rw:ro` is the directory `odd:rw`."""
    path, colon, mode = text.rpartition(":")
    return {"path": path, "mode": mode} if colon and path and mode in _MODES else {"path": text}


def _named(name: object, value: object) -> object:
    entry = _spoken(value) if isinstance(value, str) else value
    return {"name": str(name), **entry} if isinstance(entry, Mapping) else entry


def read_roots(value: object) -> object:
    """The directories as words (`"a:rw,b"` or a list), as a mapping by name (or JSON of one), or as mappings."""
    if isinstance(value, str) and value.startswith("{"):
        value = _read_json(value)
    if isinstance(value, str):
        value = [word for word in map(str.strip, value.split(",")) if word]
    if isinstance(value, Mapping):
        return [_named(name, entry) for name, entry in value.items()]
    if isinstance(value, list | tuple):
        return [_spoken(entry) if isinstance(entry, str) else entry for entry in value]
    raise ValueError("must be a list of directories, or a mapping of names to directories")


def _read_json(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise ValueError("must be JSON where it begins with a brace") from None


class FilesystemSettings(ChassisSettings):
    """Settings of `mcp-fs-server`."""

    roots: Annotated[tuple[RootSettings, ...], BeforeValidator(read_roots), Setting(target="DIR", path=True)] = Field(
        default=(),
        description="Directories to serve: DIR or DIR:ro to read, DIR:rw to change too; in the file a mapping by name.",
    )
    deny: CommaList = Field(
        default=(), description="Globs of what is not read, such as *.bak or private/; !GLOB makes an exception."
    )
    deny_secrets: bool = Field(
        default=True, description="Do not read what usually holds secrets: .env files, keys, credentials."
    )
    hard_links: bool = Field(default=True, description="Read and change files that have more than one name.")
    max_file_size: Annotated[Size, Setting(default="10MiB")] = Field(
        default=10 * 2**20, ge=1, description="Largest file that is read or written whole; parts of any file are read."
    )

    make_parents: bool = Field(
        default=False, description="Let write_file and move_file make the directories above a new file."
    )
    principal_quota: Size | None = Field(
        default=None, description="Bytes that one principal may write in a day (UTC), counted in this process."
    )
    trash_expiry: Annotated[Duration, Setting(default="30d")] = Field(
        default=30 * 86400.0, description="How long deleted files can be restored."
    )
    trash_size: Annotated[Size, Setting(default="10GiB")] = Field(
        default=10 * 2**30, description="Most bytes in the trash of one directory; the oldest makes room."
    )
    max_watches: int = Field(default=256, ge=1, description="Most files and directories that clients watch at a time.")
    logs_dir: UserPath | None = Field(
        default=None,
        description="Directory of an application's logs by day (app-YYYY-MM-DD.log), for logs://app/{date}.",
    )

    def faults(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is wrong between the fields, and with the directories."""
        yield from super().faults()
        if not self.roots:
            yield ("roots",), "There is no directory to serve: name one, as in mcp-fs-server DIR or DIR:rw."
        for root in self.roots:
            if fault := _fault(root.path):
                yield ("roots",), f"{{roots}}: {_braced(root.path)} {fault}."
        if self.logs_dir is not None and (fault := _fault(self.logs_dir)):
            yield ("logs_dir",), f"{{logs_dir}}: {_braced(self.logs_dir)} {fault}."
        names = [root.name for root in self.roots if root.name is not None]
        for name in {name for name in names if names.count(name) > 1}:
            yield ("roots",), f"{{roots}}: two directories have the name {_braced(name)}; give each its own."
        places = [os.path.realpath(root.path) for root in self.roots]
        for place in {place for place in places if places.count(place) > 1}:
            yield ("roots",), f"{{roots}}: {_braced(place)} is named twice; keep one of them."

    @property
    def writable(self) -> bool:
        """Whether something may be changed at all."""
        return not self.read_only and any(root.mode == "rw" for root in self.roots)


def _fault(path: Path) -> str | None:
    if not path.is_dir():
        literal = Path(f"{path}:rw")
        if literal.is_dir():
            return f"does not exist; write {literal}:ro or {literal}:rw for the directory whose name ends so"
        return "is not a directory" if path.exists() else "does not exist"
    return None if os.access(path, os.R_OK | os.X_OK) else "cannot be read by this user"


def _braced(text: object) -> str:
    """A text that stands in a format string."""
    return str(text).replace("{", "{{").replace("}", "}}")
