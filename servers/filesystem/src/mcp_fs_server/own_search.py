"""Searching in this process, by google-re2, where there is no ripgrep: slower, with the same answers.

Nearly the same: here `\\d`, `\\s`, `\\w` and `\\b` know ASCII only.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Generator, Iterator
from typing import Any

from mcp_chassis.call import Context
from mcp_chassis.errors import ChassisError, InvalidArguments, TooLarge

from mcp_fs_server.descriptors import Descriptor
from mcp_fs_server.hits import Hit, Question, hit_of, place_of
from mcp_fs_server.reading import read_all
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.walking import LeftOut, joined, walk
from mcp_fs_server.workers import Work

__all__ = ["MOST_FILES", "searched_directory", "searched_file"]

MOST_FILES = 200_000
_BOMS = ((codecs.BOM_UTF8, None), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WHOLE = re.compile(r"\\[AzZ]")


def searched_directory(
    ctx: Context[Resources], top: Place, question: Question, work: Work, *, behind: str = ""
) -> Generator[Hit, None, None]:
    """The lines that are found below a directory, in their order.

    Args:
        behind: a path; what comes before it is not searched.

    Raises:
        InvalidArguments: the pattern is no expression.
        TooLarge: there are more files than are searched this way.
    """
    expression = _Expression(question)
    paths = [path for path in _paths(ctx, top, question, work) if place_of(path, 0) >= place_of(behind, 0)]
    for number, path in enumerate(sorted(paths, key=lambda path: place_of(path, 0))):
        work.progress(number, len(paths), "files searched")
        try:
            with Descriptor(top.under(path).open_file()) as file:
                yield from _in_file(file.fd, path, question.largest, expression, work)
        except ChassisError:
            work.check()  # it is gone, or none that may be read


def searched_file(opened: int, question: Question, work: Work) -> Generator[Hit, None, None]:
    """The lines that are found in one file.

    Raises:
        InvalidArguments: the pattern is no expression.
        TooLarge: the file is larger than what is searched.
    """
    os.lseek(opened, 0, os.SEEK_SET)
    if os.fstat(opened).st_size > question.largest:
        raise TooLarge(f"The file is larger than the {question.largest:,} bytes that are searched; read parts of it.")
    yield from _in_file(opened, "", question.largest, _Expression(question), work)


def _paths(ctx: Context[Resources], top: Place, question: Question, work: Work) -> Iterator[str]:
    number, glob = 0, question.glob
    for here in walk(ctx, top, LeftOut(), work):
        files = [name for name, kind in here.names if kind == "file"]
        for name in glob.among(files) if glob else files:
            path = joined(here.path, name)
            if glob is None or glob.fits(path):
                number += 1
                yield path
        if number > MOST_FILES:
            raise TooLarge(f"There are more than {MOST_FILES:,} files to search; search a part of them.")


def _in_file(opened: int, path: str, largest: int, expression: _Expression, work: Work) -> Iterator[Hit]:
    data = read_all(opened, largest, work)
    if data is None:
        return
    for bom, wide in _BOMS:
        if data.startswith(bom):
            data = data[len(bom) :]
            data = data if wide is None else data.decode(wide, "replace").encode()
            break
    if b"\0" in data[:_SNIFFED]:
        return  # no text
    yield from expression.hits(data, path, work)


_SNIFFED = 1 << 16


class _Expression:
    """A pattern, ready to be searched for."""

    def __init__(self, question: Question) -> None:
        import re2

        options = re2.Options()
        options.log_errors = False
        pattern = question.pattern
        text = re2.escape(pattern) if question.literal else f"(?m:{pattern})"
        try:
            if not question.literal:
                re2.compile(pattern.encode(), options)  # on its own, so that its parentheses match
            self._found: Any = re2.compile(text.encode(), options)
        except re2.error as error:
            raise InvalidArguments(_fault(error)) from error
        self._context = question.context
        self._whole = not question.literal and _WHOLE.search(pattern) is not None

    def hits(self, data: bytes, path: str, work: Work) -> Iterator[Hit]:
        """The lines of a file that match, and those round them."""
        if b"\r\n" not in data and not self._whole and self._found.search(data) is None:
            return
        lines = data.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        found: dict[int, int] = {}
        for number, line in enumerate(lines):
            if number % 1_000 == 0:
                work.check()
            if (match := self._found.search(line.removesuffix(b"\r"))) is not None:
                found[number] = match.start()
        near = {n for number in found for n in range(number - self._context, number + self._context + 1)}
        offset = 0
        for number, line in enumerate(lines):
            if number in near:
                yield hit_of(path, number + 1, offset, line, found.get(number))
            offset += len(line) + 1


def _fault(error: Exception) -> str:
    """What is wrong, without the part of the pattern that it is about."""
    said = error.args[0] if error.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if "too large" in text:
        return "The pattern is too large an expression; use fewer and smaller repetitions."
    why = text.partition(":")[0][:200]
    return f"The pattern is no regular expression ({why}); mend it, or set literal to search for it."
