"""The text of an XLSX file, sheet by sheet: a line per row, tabs between its cells, values as they are stored.

Cells and their types: ECMA-376, part 1, 18.3.1.4 and 18.18.11; formats of dates: 18.8.30; days: 18.17.4.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import IO, NamedTuple

from mcp_fs_server.documents.package import Event, Package
from mcp_fs_server.documents.parts import Part, joined, plain

__all__ = ["parts"]

_MAIN = "xl/workbook.xml"
_MOST_COLUMNS = 1_000
_LONGEST_NAME = 100  # of a sheet; the program itself takes 31 characters
_DATES = frozenset({*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 45, 46, 47})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.')
_ERRORS = {"1": "TRUE", "0": "FALSE"}


class _Book(NamedTuple):
    strings: list[str]
    dates: list[bool]
    epoch: datetime


def parts(file: IO[bytes]) -> Iterator[Part]:
    """One part for each sheet, in their order."""
    package = Package(file)
    related = package.related(_MAIN)
    sheets: list[tuple[str, str]] = []
    epoch = datetime(1899, 12, 30)
    for event in package.events(_MAIN):
        if event.kind != "start":
            continue
        if event.name == "workbookPr" and event.attributes.get("date1904") in {"1", "true"}:
            epoch = datetime(1904, 1, 1)
        elif event.name == "sheet" and (found := related.get(event.attributes.get("r:id", ""))):
            sheets.append((event.attributes.get("name", ""), found[1]))
    by_kind = dict(related.values())
    strings = list(_strings(package.events(by_kind["sharedStrings"]))) if "sharedStrings" in by_kind else []
    dates = _date_styles(package.events(by_kind["styles"])) if "styles" in by_kind else []
    book = _Book(strings, dates, epoch)
    for number, (name, part) in enumerate(sheets, 1):
        text = joined(_rows(package.events(part), book)) if package.has(part) else ""
        yield Part(f"sheet {number} of {len(sheets)}: {plain(name[:_LONGEST_NAME])}", text)


def _strings(events: Iterable[Event]) -> Iterator[str]:
    text: list[str] = []
    inside, phonetic = False, 0
    for kind, name, _ in events:
        if kind == "text":
            text += [name] if inside and not phonetic else []
        elif name == "rPh":
            phonetic += 1 if kind == "start" else -1
        elif name == "t":
            inside = kind == "start"
        elif name == "si" and kind == "end":
            yield "".join(text)
            text.clear()


def _date_styles(events: Iterable[Event]) -> list[bool]:
    """For each cell style whether it shows a number as a date or time."""
    formats: dict[str, str] = {}
    styles: list[bool] = []
    inside = False
    for kind, name, attributes in events:
        if name == "cellXfs":
            inside = kind == "start"
        elif kind == "start" and name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif kind == "start" and name == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            code = _QUOTED.sub("", formats.get(number, "")).lower()
            known = number.isdigit() and int(number) in _DATES | _TIMES
            styles.append(bool(re.search("[ymdhs]", code)) if number in formats else known)
    return styles


def _rows(events: Iterable[Event], book: _Book) -> Iterator[str]:
    cells: dict[int, str] = {}
    value: list[str] = []
    kind_of = style = ""
    column, inside, phonetic = 0, False, 0
    for kind, name, attributes in events:
        if kind == "text":
            value += [name] if inside and not phonetic else []
        elif name == "rPh":
            phonetic += 1 if kind == "start" else -1
        elif name in {"v", "t"}:
            inside = kind == "start"
        elif name == "c" and kind == "start":
            kind_of, style = attributes.get("t", "n"), attributes.get("s", "")
            column = _column(attributes.get("r", ""), column)
            value.clear()
        elif name == "c":
            if value and column <= _MOST_COLUMNS:
                cells[column] = plain(_shown("".join(value), kind_of, style, book))
        elif name == "row" and kind == "start":
            cells, column = {}, 0
        elif name == "row" and cells:
            yield "\t".join(cells.get(number, "") for number in range(1, max(cells) + 1))


def _column(reference: str, before: int) -> int:
    """The number of the column of `AB12`; the next one where a cell does not say."""
    number = 0
    for letter in reference[:4]:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number or before + 1


def _shown(value: str, kind: str, style: str, book: _Book) -> str:
    if kind == "s":
        return book.strings[int(value)] if value.isdigit() and int(value) < len(book.strings) else ""
    if kind == "b":
        return _ERRORS.get(value, value)
    if kind != "n":
        return value
    try:
        number = float(value)
        if style.isdigit() and int(style) < len(book.dates) and book.dates[int(style)]:
            return _date(number, book.epoch)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else format(number, ".15g")
    except (ValueError, OverflowError):
        return value


def _date(days: float, epoch: datetime) -> str:
    """ISO 8601, to the second; days before 1 March 1900 are as the program's calendar has them."""
    if 0 <= days < 1:
        return str(timedelta(seconds=round(days * 86_400)))
    if epoch.year == 1899 and days < 60:  # its calendar has a 29 February 1900
        days += 1
    moment = epoch + timedelta(seconds=round(days * 86_400))
    return moment.isoformat(" ") if moment.time() != datetime.min.time() else moment.date().isoformat()
