"""The text of a DOCX file, as one part: its pages are made only by the program that prints it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from mcp_fs_server.documents.package import Package
from mcp_fs_server.documents.paragraphs import paragraphs
from mcp_fs_server.documents.parts import Part, joined

__all__ = ["parts"]


def parts(file: IO[bytes]) -> Iterator[Part]:
    """Its one part: headings are marked with `#`, cells of tables stand between tabs."""
    package = Package(file)
    main = next((part for kind, part in package.related("").values() if kind == "officeDocument"), "word/document.xml")
    yield Part("", joined(paragraphs(package.events(main))))
