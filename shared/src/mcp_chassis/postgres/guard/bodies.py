"""Bodies of functions as trees that the walk understands.

PL/pgSQL is parsed by PostgreSQL's own parser too, outside a server: it knows no types of users and keeps no default of
a variable whose type it takes for a record. So declarations are read from the tokens as well, and types that it cannot
know are replaced by `record` or `text` in the copy that it parses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pglast import ast, parse_plpgsql, parse_sql
from pglast.parser import ParseError, Token, scan

from mcp_chassis.postgres.guard.words import words

Nodes = list[Any]


class Unreadable(Exception):
    """The body cannot be judged; the text says why, as the end of "because ..."."""


@dataclass(slots=True)
class Body:
    """Trees of a body, and identifiers that stand where types are declared."""

    nodes: Nodes = field(default_factory=list)
    words: set[str] = field(default_factory=set)


def sql_body(source: str, sqlbody: str | None) -> Body:
    """The body of a function in SQL, as a string or in the standard's form."""
    try:
        if sqlbody is None:
            return Body([raw.stmt for raw in parse_sql(source)])
        raw: Any = parse_sql(f"CREATE FUNCTION f() RETURNS int LANGUAGE sql {sqlbody}")[0]
        return Body([raw.stmt.sql_body])
    except ParseError as error:
        raise Unreadable("its body cannot be read") from error


def plpgsql_body(source: str, header: str) -> Body:
    """The body of a function in PL/pgSQL.

    Args:
        source: the body.
        header: arguments and result as CREATE FUNCTION takes them, with types that PostgreSQL brings along.

    Raises:
        Unreadable: it cannot be parsed, or it builds SQL while it runs.
    """
    try:
        declarations = _declarations(source)
        body = Body(words={word for declaration in declarations for word in declaration.words})
        body.nodes = [_expression(text) for declaration in declarations if (text := declaration.default)]
        tree = _parse(source, header, declarations)
        _collect(tree, body.nodes)
    except ParseError as error:
        raise Unreadable("its body cannot be read") from error
    return body


def _parse(source: str, header: str, declarations: list[_Declaration]) -> Any:
    failure: ParseError | None = None
    for foreign in (None, "text"):
        text = source
        for declaration in reversed(declarations):
            if (known := declaration.known(foreign)) is not None:
                text = text[: declaration.start] + known + text[declaration.end :]
        quote = "$body$"
        while quote in text:
            quote = quote[:-1] + "y$"
        try:
            return parse_plpgsql(f"CREATE FUNCTION f{header} LANGUAGE plpgsql AS {quote}{text}{quote}")
        except ParseError as error:
            failure = failure or error
    raise failure or ParseError("unreadable")


def _collect(tree: Any, nodes: Nodes) -> None:
    pending = [tree]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending += item
        elif isinstance(item, dict):
            for key, value in item.items():
                if key in {"PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors", "dynquery"}:
                    raise Unreadable("it builds SQL while it runs (EXECUTE)")
                if key in {"PLpgSQL_stmt_call", "PLpgSQL_stmt_commit", "PLpgSQL_stmt_rollback"}:
                    raise Unreadable("it calls procedures or ends transactions")
                if key == "PLpgSQL_expr":
                    nodes += _statements(value["query"], value.get("parseMode", 0))
                else:
                    pending.append(value)


def _statements(query: str, mode: int) -> Nodes:
    """One expression of PL/pgSQL: 0 is a statement, 2 an expression, 3 and more an assignment."""
    if mode == 0:
        return [raw.stmt for raw in parse_sql(query)]
    if mode == 2:
        return [_expression(query)]
    depth = 0
    for token in scan(query):
        depth += _DEPTH.get(token.name, 0)
        if depth == 0 and token.name in {"COLON_EQUALS", "ASCII_61"}:
            return [_expression(query[: token.start]), _expression(query[token.end + 1 :])]
    raise ParseError("not an assignment")


def _expression(text: str) -> Any:
    statements = parse_sql(f"SELECT {text}")
    if len(statements) != 1 or not isinstance(statements[0].stmt, ast.SelectStmt):
        raise ParseError("not an expression")
    return statements[0].stmt


_DEPTH = {"ASCII_40": 1, "ASCII_91": 1, "ASCII_41": -1, "ASCII_93": -1}
_TYPE_ENDS = frozenset({"COLLATE", "NOT", "DEFAULT", "COLON_EQUALS", "ASCII_61"})
_KNOWN = words(
    """
    record refcursor text int integer int2 int4 int8 bigint smallint numeric decimal real double float float4 float8
    boolean bool date time timestamp timestamptz timetz interval json jsonb uuid varchar character char bytea name oid
    regclass xml inet cidr money bit point tsvector tsquery
    """
)


@dataclass(slots=True)
class _Declaration:
    """One variable of a DECLARE section; `start:end` is its type in the source."""

    start: int = 0
    end: int = 0
    type: str = ""
    has_fields: bool = False
    default: str = ""
    words: set[str] = field(default_factory=set)

    def known(self, foreign: str | None) -> str | None:
        """The type to write instead, where the parser cannot know the declared one."""
        folded = self.type.lower().replace(" ", "")
        if not folded:
            return None
        if folded.endswith("%rowtype"):
            return "record"
        if "%type" in folded:
            return "record" if self.has_fields else "text"
        first = self.type.lower().split("(")[0].split("[")[0].split()[0].removeprefix("pg_catalog.")
        if foreign is None or first in _KNOWN:
            return None
        return "record" if self.has_fields else foreign


def _declarations(source: str) -> list[_Declaration]:
    tokens = [token for token in scan(source) if token.name not in {"SQL_COMMENT", "C_COMMENT"}]
    found: list[_Declaration] = []
    current: list[Token] = []
    inside = False
    depth = 0
    for token in tokens:
        depth += _DEPTH.get(token.name, 0)
        if not inside or (depth == 0 and token.name in {"BEGIN_P", "DECLARE"}):
            inside = token.name == "DECLARE"
            current = []
        elif depth == 0 and token.name == "ASCII_59":
            if len(current) > 1:
                found.append(_declaration(source, current))
            current = []
        else:
            current.append(token)
    return found


def _declaration(source: str, tokens: list[Token]) -> _Declaration:
    made = _Declaration(words={_word(source, token) for token in tokens})
    name = source[tokens[0].start : tokens[0].end + 1]
    made.has_fields = re.search(rf"{re.escape(name)}\s*\.\s*\w", source, re.IGNORECASE) is not None
    names = [token.name for token in tokens]
    if "CURSOR" in names[1:4] or _word(source, tokens[1]) == "alias":
        return made
    index = 2 if _word(source, tokens[1]) == "constant" else 1
    depth = 0
    stop = len(tokens)
    for at in range(index, len(tokens)):
        depth += _DEPTH.get(names[at], 0)
        if depth == 0 and names[at] in _TYPE_ENDS:
            stop = min(stop, at)
        if depth == 0 and names[at] in {"DEFAULT", "COLON_EQUALS", "ASCII_61"} and at + 1 < len(tokens):
            made.default = source[tokens[at + 1].start : tokens[-1].end + 1]
            break
    if stop > index:
        made.start, made.end = tokens[index].start, tokens[stop - 1].end + 1
        made.type = source[made.start : made.end]
    return made


def _word(source: str, token: Token) -> str:
    text = source[token.start : token.end + 1]
    return text[1:-1].replace('""', '"') if text.startswith('"') else text.lower()
