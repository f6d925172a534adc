"""Paragraphs of WordprocessingML and DrawingML (ECMA-376, parts 1, 17 and 21), which name them alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mcp_fs_server.documents.package import Event

__all__ = ["paragraphs"]

_HEADING = re.compile(r"heading\s?([1-6])$", re.IGNORECASE)
# What repeats a text for programs that cannot show its first form, and text that is no part of the document any more.
_PASSED_OVER = frozenset({"Fallback", "del", "moveFrom", "instrText"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def paragraphs(events: Iterable[Event]) -> Iterator[str]:
    """Each paragraph outside of tables, and each row of a table with tabs between its cells."""
    text: list[str] = []
    rows: list[list[str]] = []
    skipped, level, inside = 0, 0, False
    for kind, name, attributes in events:
        if name in _PASSED_OVER and kind != "text":
            skipped += 1 if kind == "start" else -1
        elif skipped:
            continue
        elif kind == "text":
            text += [name] if inside else []
        elif kind == "start":
            inside = name == "t"
            if name == "pStyle" and (found := _HEADING.match(attributes.get("val", ""))):
                level = int(found[1])
            elif name == "tr":
                rows.append([])
            elif name == "tc" and rows:
                rows[-1].append("")
            elif name in _BREAKS and (name != "tab" or "pos" not in attributes):
                text.append(_BREAKS[name])
        else:
            inside = False
            if name == "p":
                whole = "".join(text).rstrip()
                text.clear()
                if rows and rows[-1]:
                    rows[-1][-1] = f"{rows[-1][-1]} {' '.join(whole.split())}".strip()
                else:
                    yield f"{'#' * level} {whole}" if level and whole else whole
                level = 0
            elif name == "tr" and rows:
                row = "\t".join(rows.pop())
                if rows and rows[-1]:
                    rows[-1][-1] = f"{rows[-1][-1]} {row}".strip()
                else:
                    yield row
