"""Where settings come from: the command line, the environment and a config file.

A source drops what it cannot read and keeps a sentence for it in `faults`, so that one start tells every fault; `label`
says how the user wrote a setting there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcp_chassis.settings.options import Option, options
from mcp_chassis.words import nearest

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = ["ConfigFile", "Environment", "Flags", "Source"]


class Source:
    """Values by field name, the words the user wrote them with, and what could not be read.

    `broken` names the fields whose values are unknown for that reason, so that nobody complains that they are missing.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.labels: dict[str, str] = {}
        self.faults: list[str] = []
        self.broken: set[str] = set()

    def put(self, option: Option, value: Any, label: str) -> None:
        self.values[option.name] = value
        self.labels[option.name] = label

    def put_file(self, option: Option, path: str, label: str) -> None:
        """Take a secret from the file that a setting names, without the line end that editors leave."""
        try:
            text = Path(path).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
            self.fail(option, f"{label} names a file that cannot be read: {reason}.")
            return
        if text:
            self.put(option, text, label)
        else:
            self.fail(option, f"{label} names a file that is empty.")

    def fail(self, option: Option, fault: str) -> None:
        self.faults.append(fault)
        self.broken.add(option.name)


class Flags(Source):
    """What the command line gave: by field name, `None` for a flag that is not there.

    Args:
        values: strings, booleans and lists of strings; of a secret the path of its file.
        targets: values of the field that the positional arguments fill.
    """

    def __init__(self, settings: type[BaseModel], values: Mapping[str, Any], targets: Iterable[str] = ()) -> None:
        super().__init__()
        given = list(targets)
        for option in options(settings):
            value = values.get(option.name)
            if value == "":
                self.fail(option, f"{option.flag} needs a value.")
            elif value is not None and option.secret:
                self.put_file(option, value, option.flag)
            elif value is not None:
                self.put(option, value, option.flag)
            if option.target is not None and given:
                self.put(option, given if option.many else given[0], f"the {option.target} argument")


class Environment(Source):
    """What the environment gives; an empty variable is one that is not set, as compose files write it."""

    def __init__(self, settings: type[BaseModel], environ: Mapping[str, str]) -> None:
        super().__init__()
        for option in options(settings):
            for variable in option.variables:
                if self._read(option, variable, environ):
                    break

    @staticmethod
    def suspects(settings: type[BaseModel], environ: Mapping[str, str]) -> Iterator[str]:
        """A sentence for each `MCP_` variable that looks like a misspelt one; others may be meant for other servers."""
        known = [
            name
            for option in options(settings)
            for variable in option.variables
            for name in (variable, f"{variable}_FILE")[: 1 + option.secret]
        ]
        for name in sorted(environ):
            if name.startswith("MCP_") and name not in known:
                import difflib

                near = difflib.get_close_matches(name, known, n=1, cutoff=0.85)
                if near:
                    yield f"{name} is not a setting; did you mean {near[0]}?"

    def _read(self, option: Option, variable: str, environ: Mapping[str, str]) -> bool:
        value, path = environ.get(variable), environ.get(f"{variable}_FILE") if option.secret else None
        if value and path:
            self.fail(option, f"{variable} and {variable}_FILE are both set; keep one of them.")
        elif path:
            self.put_file(option, path, f"{variable}_FILE")
        elif value:
            self.put(option, value, variable)
        return bool(value or path)


class ConfigFile(Source):
    """What a YAML file gives, whose keys are the flag names.

    Args:
        path: the file; `None` for no file.
        label: how the user named it, `--config` or `MCP_CONFIG`.
    """

    def __init__(self, settings: type[BaseModel], path: Path | None, label: str) -> None:
        super().__init__()
        if path is None:
            return
        known = {option.key: option for option in options(settings) if option.name != "config"}
        files = {f"{option.key}-file": option for option in known.values() if option.secret}
        content = self._load(path, label)
        if self.faults:
            self.broken = {option.name for option in options(settings)}
        for key, value in content.items():
            written = f"{key} in {path.name}"
            if key in known and value is not None:
                self.put(known[key], value, written)
            elif key in files and value is not None:
                self.put_file(files[key], str(value), written)
            elif key not in known and key not in files:
                self.faults.append(f"{written} is not a setting{nearest(key, [*known, *files])}")

    def _load(self, path: Path, label: str) -> dict[str, Any]:
        from mcp_chassis.document import Unreadable, parse

        try:
            content = parse(path.expanduser().read_bytes()).value
        except OSError as error:
            self.faults.append(f"{label} names a file that cannot be read: {path}: {error.strerror}.")
        except Unreadable as error:
            self.faults.append(f"{label} names a file that cannot be used: {path} {error}.")
        else:
            if content is None:
                return {}
            if isinstance(content, dict):
                return content
            self.faults.append(f"{label} names a file that is not a mapping of settings: {path}.")
        return {}
