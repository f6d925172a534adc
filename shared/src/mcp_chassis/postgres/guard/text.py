"""SQL text before it is parsed: its length, its depth, and the one statement in it.

The parser recurses in C over what it has read, so that a chain of some ten thousand operators ends the process; the
tokens tell beforehand. PostgreSQL's own limit (max_stack_depth) is lower than `MAX_DEPTH`.
"""

from __future__ import annotations

import re
from typing import Any

from pglast import parse_sql
from pglast.parser import ParseError, scan

from mcp_chassis.errors import InvalidArguments
from mcp_chassis.postgres.guard.words import words

MAX_CHARACTERS = 200_000
MAX_DEPTH = 6_000
LONG_RUN = re.compile(r"[-+*/<>=~!@#%^&|`?]{1000}")  # the scanner needs quadratic time for such a run
SHALLOW = 4_000  # characters in which no dangerous depth fits

_COMMENTS = frozenset({"SQL_COMMENT", "C_COMMENT"})
_OPENING = frozenset({"ASCII_40", "ASCII_91"})
_CLOSING = frozenset({"ASCII_41", "ASCII_93"})
_FLAT = frozenset({"ASCII_44", "AND", "OR", "WHEN", "THEN", "ELSE", "ASCII_59"})
_CHAINS = frozenset({"UNION", "INTERSECT", "EXCEPT", "JOIN"})
_LEAVES = words("IDENT ICONST FCONST SCONST BCONST XCONST USCONST UIDENT PARAM ASCII_46")


def parse(sql: str) -> tuple[Any, ...]:
    """The raw statements of a text.

    Raises:
        InvalidArguments: not SQL, too long or nested too deeply.
    """
    if len(sql) > MAX_CHARACTERS:
        raise InvalidArguments(f"The query is longer than {MAX_CHARACTERS} characters; send a shorter one.")
    if "\x00" in sql:
        raise InvalidArguments("The query contains a NUL character; remove it.")
    if LONG_RUN.search(sql):
        raise InvalidArguments("The query holds more than 1000 operator characters in a row; shorten them.")
    try:
        sql.encode()
    except UnicodeEncodeError as error:
        raise InvalidArguments("The query contains half of a surrogate pair; send valid Unicode.") from error
    try:
        if is_too_deep(sql):
            raise InvalidArguments("The query is nested too deeply; split it into smaller expressions.")
        return tuple(parse_sql(sql))
    except ParseError as error:
        raise InvalidArguments(_complaint(sql, error)) from error
    except (RecursionError, MemoryError) as error:
        raise InvalidArguments("The query is nested too deeply; split it into smaller expressions.") from error


def is_too_deep(sql: str) -> bool:
    """Whether parsing a text could end the process.

    Raises:
        ParseError: it has no tokens.
    """
    return len(sql) > SHALLOW and (LONG_RUN.search(sql) is not None or _depth(sql) > MAX_DEPTH)


def trimmed(sql: str, start: int, length: int) -> str:
    """One statement of a text without the comments and blanks around it."""
    end = start + length if length else len(sql)
    inner = [token for token in scan(sql) if token.name not in _COMMENTS and start <= token.start < end]
    while inner and inner[-1].name == "ASCII_59":
        inner.pop()
    return sql[inner[0].start : inner[-1].end + 1] if inner else ""


def _complaint(sql: str, error: ParseError) -> str:
    text = str(error.args[0]) if error.args else "syntax error"
    position = error.args[1] if len(error.args) > 1 else None
    if not isinstance(position, int) or position < 0:
        return f"The query is not valid PostgreSQL: {text}."
    before = sql[:position]
    line = before.count("\n") + 1
    column = position - (before.rfind("\n") + 1) + 1
    return f"The query is not valid PostgreSQL: {text} at line {line}, column {column}."


def _depth(sql: str) -> int:
    """How deep the tree of a text can become: open brackets, and the operators chained inside each of them."""
    deepest = total = 0
    levels: list[tuple[int, int]] = []
    chain = links = 0
    for token in scan(sql):
        name = token.name
        if name in _LEAVES or name in _COMMENTS:
            continue
        if name in _OPENING:
            levels.append((chain, links))
            total += chain + links + 1
            chain = links = 0
        elif name in _CLOSING:
            if levels:
                chain, links = levels.pop()
                total -= chain + links + 1
            chain += 1
        elif name in _FLAT:
            chain = 0
        elif name in _CHAINS:
            links += 1
            chain = 0
        else:
            chain += 1
        deepest = max(deepest, total + chain + links)
    return deepest
