"""Globs that callers look for files by.

`*` and `?` stand within one name, `**` for any number of directories, `[a-z]` and `[!a-z]` for one character of a set,
`{a,b}` for one of several; a backslash takes the meaning from what follows. Without a slash a glob fits the name of
what lies at any depth, with one the path from where the search begins. Case matters, and names that begin with a dot
are names like all others. However many stars there are, matching is linear (RE2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from mcp_chassis.errors import InvalidArguments

__all__ = ["LONGEST", "Glob"]

LONGEST = 1_000
"""Characters of a glob."""

_MOST_ALTERNATIVES = 200
_PIECE = re.compile(r"\*+|\?|\[[!^]?\]?[^\]/]*\]|\\.|.", re.DOTALL)
_SPECIAL = re.compile(r"[*?\[\]\\]")
_LITERAL = re.compile(r"[*?]|\[[!^]?\]?[^\]/]*\]")


class Glob:
    """One glob. Most names are sorted out by how they end, before anything is matched."""

    def __init__(self, glob: str) -> None:
        """Read it.

        Raises:
            InvalidArguments: it is empty, or has more alternatives than anybody means.
        """
        self._alternatives = [_Alternative(text) for text in _without_braces(glob)]
        self._ends = tuple({alternative.end for alternative in self._alternatives})
        self._starts = tuple({alternative.start for alternative in self._alternatives})
        held = {alternative.held for alternative in self._alternatives}
        self._held = held.pop() if len(held) == 1 else ""
        self._begins = [alternative.begin for alternative in self._alternatives]
        self._plain = all(alternative.plain for alternative in self._alternatives)

    @property
    def names(self) -> list[str]:
        """Globs of which one fits the name of whatever fits."""
        return [alternative.text.rpartition("/")[2] for alternative in self._alternatives]

    def among(self, names: Iterable[str]) -> list[str]:
        """Those of the entries of a directory that may fit."""
        if any(self._ends):
            names = [name for name in names if name.endswith(self._ends)]
        if any(self._starts):
            names = [name for name in names if name.startswith(self._starts)]
        return [name for name in names if self._held in name]

    def fits(self, path: str, *, directory: bool = False) -> bool:
        """Whether it fits a path below where the search begins, of which `among` says that it may."""
        if self._plain:
            return True
        return any(alternative.fits(path, directory) for alternative in self._alternatives)

    def covers(self, path: str) -> bool:
        """Whether it fits the path of a file, of which nothing is known yet."""
        return bool(self.among([path.rpartition("/")[2]])) and self.fits(path)

    def may_lie_below(self, path: str) -> bool:
        """Whether something that fits may lie below a directory."""
        names = path.split("/")
        return any(all(map(str.__eq__, begin, names)) for begin in self._begins)


class _Alternative:
    """A glob without braces.

    `start`, `end` and `held` are texts that a fitting name begins with, ends with and has in it, `begin` are the
    directories that a fitting path begins with; `plain` says that every name with this end fits.
    """

    def __init__(self, glob: str) -> None:
        self.directories = glob.endswith("/")
        anchored = "/" in glob.rstrip("/")
        self.text = "/".join(name for name in glob.split("/") if name not in ("", "."))
        if not self.text:
            raise InvalidArguments("The glob says no name; write one such as *.py or src/**/*.py.")
        self._by_path = anchored
        last = self.text.rpartition("/")[2]
        literals = [""] if "\\" in last else _LITERAL.split(last)
        self.start, self.end, self.held = literals[0], literals[-1], max(literals, key=len)
        self.begin: list[str] = []
        for name in self.text.split("/")[:-1] if anchored else []:
            if _SPECIAL.search(name):
                break
            self.begin.append(name)
        self.plain = not anchored and not self.directories and last == f"*{self.end}"

    def fits(self, path: str, directory: bool) -> bool:
        if self.directories and not directory:
            return False
        text = path if self._by_path else path.rpartition("/")[2]
        if self._simple is not None:
            return self._simple.fullmatch(text) is not None
        # A name that is no text has bytes that no character stands for; each passes for some one character.
        return self._pattern.fullmatch(text.encode("utf-8", "replace")) is not None

    @cached_property
    def _simple(self) -> re.Pattern[str] | None:
        """The expression of Python, which is quicker, of a glob that it cannot be slow with."""
        if self.text.count("*") > 1 or "[" in self.text:
            return None
        return re.compile("".join(_translated(self.text)), re.DOTALL)

    @cached_property
    def _pattern(self) -> Any:
        import re2

        try:
            return re2.compile(b"(?s)" + "".join(_translated(self.text)).encode("utf-8", "replace"), _quiet())
        except re2.error as error:
            raise InvalidArguments("The glob cannot be read; write one such as *.py or src/**/*.py.") from error


def _quiet() -> Any:
    """Options of an expression that is not written to stderr where it is faulty."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return options


def _translated(glob: str) -> Iterator[str]:
    """The pieces of the expression for a glob."""
    names = glob.split("/")
    for number, name in enumerate(names):
        last = number == len(names) - 1
        if name == "**":
            yield ".+" if last else "(?:[^/]+/)*"
        else:
            yield "".join(map(_piece, _PIECE.findall(name))) + ("" if last else "/")


def _piece(piece: str) -> str:
    if piece[0] == "*":
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if piece[0] == "[" and len(piece) > 2:
        negated = piece[1] in "!^"
        members = re.sub(r"([\\\[\]^&~|])", r"\\\1", piece[2 if negated else 1 : -1])
        return f"[^/{members}]" if negated else f"[{members}]"
    return re.escape(piece[1] if piece[0] == "\\" and len(piece) == 2 else piece)


def _without_braces(glob: str) -> list[str]:
    """The globs that one with braces stands for."""
    done: list[str] = []
    left = [glob]
    while left:
        text = left.pop()
        found = _innermost(text)
        if found is None:
            done.append(text)
        else:
            begin, end, choices = found
            left += [f"{text[:begin]}{choice}{text[end:]}" for choice in reversed(choices)]
        if len(left) + len(done) > _MOST_ALTERNATIVES:
            raise InvalidArguments(f"The glob stands for more than {_MOST_ALTERNATIVES} others; use fewer braces.")
    return done


def _innermost(text: str) -> tuple[int, int, list[str]] | None:
    """The first pair of braces with a comma and no braces in it: where it begins and ends, and its choices."""
    for found in re.finditer(r"(?<!\\)\{([^{}]*)\}", text):
        choices = re.split(r"(?<!\\),", found[1])
        if len(choices) > 1:
            return found.start(), found.end(), choices
    return None
