"""The text of a PPTX file, slide by slide, with the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from mcp_fs_server.documents.package import Package
from mcp_fs_server.documents.paragraphs import paragraphs
from mcp_fs_server.documents.parts import Part, joined

__all__ = ["parts"]

_MAIN = "ppt/presentation.xml"


def parts(file: IO[bytes]) -> Iterator[Part]:
    """One part for each slide, in their order."""
    package = Package(file)
    related = package.related(_MAIN)
    ids = [
        event.attributes.get("r:id", "")
        for event in package.events(_MAIN)
        if event.kind == "start" and event.name == "sldId"
    ]
    slides = [related[id_][1] for id_ in ids if id_ in related]
    for number, slide in enumerate(slides, 1):
        lines = [joined(line for line in paragraphs(package.events(slide)) if line.strip())]
        for kind, notes in package.related(slide).values():
            if kind == "notesSlide" and package.has(notes):
                said = joined(line for line in paragraphs(package.events(notes)) if line.strip() and not line.isdigit())
                lines += ["Notes:", said] if said else []
        yield Part(f"slide {number} of {len(slides)}", "\n".join(filter(None, lines)))
