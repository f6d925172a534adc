"""A YAML file as plain JSON values, with the line of each of them.

It is YAML as people write it for configuration, and no more: one document of mappings, lists and scalars. Anchors,
aliases, merge keys and tags are refused (a file of a few lines can be gigabytes by them), and so is a key that stands
twice, of which other readers silently keep the last. Scalars are read as in YAML 1.2: `no`, `on` and `22:00` are text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

__all__ = ["Document", "Unreadable", "parse", "shown"]

Path = tuple[str | int, ...]

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 100_000
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,300}|[0-9]{1,300}(\.[0-9]{0,300})?)([eE][-+]?[0-9]{1,3})?")
_WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "~": None, "": None}


class Unreadable(Exception):
    """The text is not such YAML; the message is one sentence with the line."""


@dataclass(slots=True)
class Document:
    """What a file says.

    Args:
        value: the whole of it.
        lines: the line (from 1) of each value by its path; of a mapping's entry that of its key.
    """

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest that it would stand in."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: bytes) -> Document:
    """Read a file's bytes.

    Raises:
        Unreadable: it is too large, not UTF-8, not YAML, or uses what is not supported.
    """
    if len(text) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 1024} KiB")
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = text.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"line {at}: is not UTF-8 text") from None
    builder = _Builder()
    try:
        for event in yaml.parse(decoded, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark is not None else ""
        raise Unreadable(f"{line}is not YAML ({error.problem or 'it ends too early'})") from None
    except yaml.YAMLError:
        raise Unreadable("is not YAML (it holds a character that YAML does not allow)") from None
    return Document(builder.value, builder.lines)


def shown(path: Path) -> str:
    """`rules[2].when.arguments`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = "".join(mark if mark.isprintable() else "?" for mark in part[:64])
            text += f".{name}" if text else name
    return text or "the file"


class _Builder:
    """Builds values from the parser's events, without recursion."""

    def __init__(self) -> None:
        self.value: Any = None
        self.lines: dict[Path, int] = {}
        self._open: list[tuple[Any, Path]] = []
        self._keys: list[str | None] = []
        self._documents = 0
        self._nodes = 0

    def take(self, event: yaml.Event) -> None:
        assert event.start_mark is not None
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise Unreadable(f"line {line}: holds a second document; keep one")
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._check(event, line)
            self._node(event, line)

    def _check(self, event: yaml.NodeEvent, line: int) -> None:
        self._nodes += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise Unreadable(
                f"line {line}: anchors (&) and aliases (*) are not supported; quote the text or write it out"
            )
        if self._nodes > MAX_NODES:
            raise Unreadable(f"line {line}: holds more than {MAX_NODES:,} values")
        if len(self._open) > MAX_DEPTH:
            raise Unreadable(f"line {line}: is nested deeper than {MAX_DEPTH} levels")
        if getattr(event, "tag", None) not in (None, "!"):
            raise Unreadable(f"line {line}: tags (!) are not supported; quote the text")

    def _node(self, event: yaml.NodeEvent, line: int) -> None:
        if self._open and isinstance(self._open[-1][0], dict) and self._keys[-1] is None:
            self._key(event, line)
            return
        value: Any = _scalar(event, line) if isinstance(event, yaml.ScalarEvent) else None
        if isinstance(event, yaml.CollectionStartEvent):
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._put(value, line)
        if isinstance(event, yaml.CollectionStartEvent):
            self._open.append((value, path))
            self._keys.append(None)

    def _key(self, event: yaml.NodeEvent, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise Unreadable(f"line {line}: a key must be a word")
        mapping, path = self._open[-1]
        if event.value in mapping:
            raise Unreadable(f"line {line}: {shown((*path, event.value))} stands there twice")
        if event.value == "<<":
            raise Unreadable(f"line {line}: merge keys (<<) are not supported; write it out")
        self._keys[-1] = event.value
        self.lines[(*path, event.value)] = line

    def _put(self, value: Any, line: int) -> Path:
        if not self._open:
            self.value = value
            self.lines[()] = line
            return ()
        container, path = self._open[-1]
        if isinstance(container, list):
            path = (*path, len(container))
            container.append(value)
            self.lines[path] = line
            return path
        key = self._keys[-1]
        assert key is not None
        container[key] = value
        self._keys[-1] = None
        return (*path, key)


def _scalar(event: yaml.ScalarEvent, line: int) -> Any:
    text: str = event.value
    if event.style:  # quoted or a block: text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise Unreadable(f"line {line}: the number is too large")
        return number
    return text
