"""Office Open XML packages (ECMA-376, part 2): parts in a ZIP, related by XML; read within bounds.

Whoever made the file may have made it to exhaust whoever reads it: what is unpacked is counted as it comes, whatever
the ZIP says of its size, and XML with a document type (and so with entities of its own) is refused.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO, Literal, NamedTuple
from xml.parsers import expat

__all__ = ["Broken", "Event", "Package"]

_MOST_UNPACKED = 512 << 20
_CHUNK = 1 << 16
_DEEPEST = 256


class Broken(Exception):
    """The document cannot be read; the message is the end of a sentence."""


class Event(NamedTuple):
    """What an XML parser meets: names are without their namespaces."""

    kind: Literal["start", "end", "text"]
    name: str
    attributes: dict[str, str]


class Package:
    """An open package."""

    def __init__(self, file: IO[bytes]) -> None:
        """Open it.

        Raises:
            Broken: it is no ZIP.
        """
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, EOFError, OSError):
            raise Broken("is damaged: it is no ZIP archive") from None
        self._room = _MOST_UNPACKED

    def has(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return part in self._zip.NameToInfo

    def events(self, part: str) -> Iterator[Event]:
        """The XML of a part, as it is read.

        Raises:
            Broken: it is not there, too large, or no XML that an Office program writes.
        """
        found: list[Event] = []
        parser = _parser(found)
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    self._room -= len(chunk)
                    if self._room < 0:
                        raise Broken("unpacks to more than this server reads")
                    parser.Parse(chunk, False)
                    yield from found
                    found.clear()
            parser.Parse(b"", True)
            yield from found
        except KeyError:
            raise Broken(f"is damaged: it has no {part}") from None
        except (expat.ExpatError, zipfile.BadZipFile, EOFError, OSError, RuntimeError):
            raise Broken("is damaged or encrypted") from None

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to by id: the kind of the relation (its last word) and the part."""
        folder, name = posixpath.split(part)
        where = f"{folder}/_rels/{name}.rels".lstrip("/")
        found: dict[str, tuple[str, str]] = {}
        if self.has(where):
            for event in self.events(where):
                if event.kind == "start" and event.name == "Relationship" and "Target" in event.attributes:
                    target = event.attributes["Target"]
                    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                    kind = event.attributes.get("Type", "").rpartition("/")[2]
                    found[event.attributes.get("Id", "")] = (kind, posixpath.normpath(path))
        return found


def _plain(attribute: str) -> str:
    """An attribute without its namespace, but for the id of a relation, beside which an own id may stand."""
    _, space, name = attribute.rpartition(" ")
    return "r:id" if space and name == "id" else name


def _parser(found: list[Event]) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Broken("is nested deeper than documents are")
        found.append(Event("start", name.rpartition(" ")[2], {_plain(key): value for key, value in attributes.items()}))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append(Event("end", name.rpartition(" ")[2], {}))

    def refuse(*_: object) -> None:
        raise Broken("has a document type, which no Office program writes")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: found.append(Event("text", text, {}))
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser
