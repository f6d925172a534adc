"""Finding lines in files: what is searched, who may see what was found, and one page of it.

The search is quick and by path; what it found is not trusted. Each file is judged by the rules and the policy, opened
anew beneath its root without following links, and each line is shown only if it stands there. So whatever is renamed
and linked during a search, no text from outside or of a denied file can be in the answer.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, NamedTuple

from mcp_chassis.call import Context
from mcp_chassis.errors import ChassisError, InvalidArguments

from mcp_fs_server import texts
from mcp_fs_server.beginnings import beginning_of
from mcp_fs_server.descriptors import Descriptor
from mcp_fs_server.hits import WINDOW, Hit, Question, place_of
from mcp_fs_server.ignoring import Ignored
from mcp_fs_server.own_names import is_own
from mcp_fs_server.own_search import searched_directory, searched_file
from mcp_fs_server.reading import read_all
from mcp_fs_server.resources import Resources
from mcp_fs_server.ripgrep import find_ripgrep, searched
from mcp_fs_server.roots import Place
from mcp_fs_server.walking import joined, may_enter
from mcp_fs_server.workers import Work

__all__ = ["Line", "Page", "Position", "search_page"]

Position = tuple[str, int]
"""A path and the number of a line: the last match of a page."""

_MOST_UNSORTED = 5_000  # lines; more are searched for in their order from the beginning
_LONGEST = 500  # characters of a line that are shown


class Line(NamedTuple):
    """One line of the answer; `match` tells it from those that only stand near one."""

    place: Place
    number: int
    text: str
    match: bool


@dataclass(slots=True)
class Page:
    """Lines in their order; `following` is where the next page begins, None at the end."""

    most: int
    budget: int
    lines: list[Line] = field(default_factory=list)
    following: Position | None = None
    matches: int = 0
    _size: int = 0
    _last: Position | None = None

    def take(self, hit: Hit, line: Line, context: int) -> bool:
        """Put a line on the page; False where there is no room for a match."""
        if line.match and self.matches and (self.matches == self.most or self._size > self.budget):
            self.following = self._last
            assert self._last is not None
            path, number = self._last
            while not self.lines[-1].match and (hit.path != path or self.lines[-1].number > number + context):
                self.lines.pop()  # it stands before the match that is not here
            return False
        if line.match:
            self.matches += 1
            self._last = (hit.path, hit.number)
        self.lines.append(line)
        self._size += len(line.text) + 10
        return True


def search_page(
    ctx: Context[Resources], top: Place, question: Question, page: Page, work: Work, *, behind: Position | None
) -> None:
    """Search a file, or all files below a directory, and fill a page with what is found behind a position.

    Raises:
        InvalidArguments: the pattern is no expression, or the file is no text.
        ChassisError: the place cannot be searched.
    """
    with ExitStack() as stack:
        search = _search(ctx, top, question, work, stack, behind)
        found = stack.enter_context(closing(_in_order(search, behind)))
        judge = _Judge(ctx, top, question)
        for path, hits in groupby(found, attrgetter("path")):
            place = judge.place(path)
            if place is None:
                continue
            with _Witness.of(place, question.largest) as witness:
                lines = ((hit, witness.text(hit, work)) for hit in hits)
                if not all(
                    page.take(hit, Line(place, hit.number, text, hit.at is not None), question.context)
                    for hit, text in lines
                    if text is not None
                ):
                    return


Hits = Generator[Hit, None, None]
Search = Callable[[bool], Hits]


def _search(
    ctx: Context[Resources], top: Place, question: Question, work: Work, stack: ExitStack, behind: Position | None
) -> Search:
    """What searches; its argument says whether the hits must come in their order."""
    program, directory = find_ripgrep(), _is_directory(top)
    opened = stack.enter_context(Descriptor(top.open_directory() if directory else top.open_file())).fd
    if not directory and texts.looks_binary(os.pread(opened, texts.SAMPLE_BYTES, 0)):
        raise InvalidArguments("This is not text, so there are no lines to search; get_file_info tells what it is.")
    if program is not None:
        return lambda ordered: searched(program, question, opened, work, file=not directory, ordered=ordered)
    if directory:
        return lambda _: searched_directory(ctx, top, question, work, behind=behind[0] if behind else "")
    return lambda _: searched_file(opened, question, work)


def _in_order(search: Search, behind: Position | None) -> Generator[Hit, None, None]:
    """The hits behind a position in their order."""
    start = None if behind is None else place_of(*behind)
    with closing(search(False)) as found:
        hits = list(islice(found, _MOST_UNSORTED))
    with closing(search(True)) if len(hits) == _MOST_UNSORTED else nullcontext(sorted(hits, key=_place)) as ordered:
        for hit in ordered:
            if start is None or _place(hit) > start:
                yield hit


def _place(hit: Hit) -> Any:
    return place_of(hit.path, hit.number)


def _is_directory(place: Place) -> bool:
    return stat.S_ISDIR(place.stat().st_mode)


class _Judge:
    """Which files' lines the caller may see."""

    def __init__(self, ctx: Context[Resources], top: Place, question: Question) -> None:
        self._ctx, self._top, self._glob = ctx, top, question.glob
        # What ripgrep does not know: the .gitignore files above.
        self._ignored = Ignored(top) if top.relative else None
        self._entered: dict[str, bool] = {"": True}

    def place(self, path: str) -> Place | None:
        """The place of a file below the top, if its lines may be shown; "" is the top itself, judged before."""
        if not path:
            return self._top
        above, _, name = path.rpartition("/")
        if is_own(name) or not self._enters(above) or (self._glob is not None and not self._glob.covers(path)):
            return None
        here = self._top.under(above)
        place = here / name
        if place.root.deny(place.relative) or self._ignores(above, name, directory=False):
            return None
        return place if self._ctx.resources.roots.sees(self._ctx, place) else None

    def _enters(self, path: str) -> bool:
        known = self._entered.get(path)
        if known is None:
            above, _, name = path.rpartition("/")
            here = self._top.under(above)
            known = self._entered[path] = (
                self._enters(above)
                and not is_own(name)
                and may_enter(self._ctx, here, name)
                and not self._ignores(above, name, directory=True)
            )
            if known and self._ignored:
                self._read_ignored(path)
        return known

    def _read_ignored(self, path: str) -> None:
        """A deeper .gitignore may say that something is not ignored after all."""
        assert self._ignored is not None
        with suppress(ChassisError), Descriptor(self._top.under(path).open_directory()) as directory:
            self._ignored.enter(joined(self._top.relative, path), directory.fd)

    def _ignores(self, above: str, name: str, *, directory: bool) -> bool:
        where = joined(self._top.relative, above)
        return self._ignored is not None and self._ignored(where, name, directory=directory)


class _Witness:
    """Whether lines stand in a file as it is beneath its root, and what they say."""

    def __init__(self, file: Descriptor | None, largest: int) -> None:
        self._file, self._largest = file, largest
        self._beginning = b"" if file is None else os.pread(file.fd, texts.SAMPLE_BYTES, 0)
        self._binary = texts.looks_binary(self._beginning)
        self._wide: bytes | None = None

    @classmethod
    @contextmanager
    def of(cls, place: Place, largest: int) -> Iterator[_Witness]:
        """That of a file; where it cannot be opened no line stands there."""
        try:
            opened = place.open_file()
        except ChassisError:
            yield cls(None, largest)
            return
        with Descriptor(opened) as file:
            yield cls(file, largest)

    def text(self, hit: Hit, work: Work) -> str | None:
        """The line, or the part of a long one round what was found; None if it does not stand there."""
        if self._file is None or self._binary or self._bytes(self._file.fd, hit, work) != hit.data:
            return None
        return _cut(self._decoded(hit.data), len(hit.data[: hit.at or 0].decode("utf-8", "ignore")))

    def _bytes(self, opened: int, hit: Hit, work: Work) -> bytes:
        if self._beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            if self._wide is None:
                os.lseek(opened, 0, os.SEEK_SET)
                data = read_all(opened, self._largest, work) or b""
                self._wide = data.decode("utf-16", "replace").encode()
            return self._wide[hit.offset : hit.offset + len(hit.data)]
        mark = len(codecs.BOM_UTF8) if self._beginning.startswith(codecs.BOM_UTF8) else 0
        return os.pread(opened, len(hit.data), hit.offset + mark)

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:
            if len(data) >= WINDOW:  # it was cut within a character
                return data.decode("utf-8", "ignore")
            return beginning_of(self._beginning, None).decode(data)[0]


def _cut(text: str, at: int) -> str:
    """The text, or the part of it round a place."""
    if len(text) <= _LONGEST:
        return text
    begin = max(min(at - _LONGEST // 4, len(text) - _LONGEST), 0)
    end = begin + _LONGEST
    return "\u2026" * (begin > 0) + text[begin:end] + "\u2026" * (end < len(text))
