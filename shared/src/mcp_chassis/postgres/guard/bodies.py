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

from mcp_chassis.postgres.guard.text import is_too_deep
from mcp_chassis.postgres.guard.words import words

Nodes = list[Any]
LooksLikeCall = tuple[str | None, str, int | None]


class Unreadable(Exception):
    """The body cannot be judged; the text says why, as the end of "because ..."."""


@dataclass(slots=True)
class Body:
    """Trees of a body, and what its text tells besides.

    Args:
        words: identifiers that stand where types are declared.
        calls: what looks like a call, as (schema, name, number of arguments); attributes (`x.f`) have None for it.
        variables: names of what is declared.
        rows: variables hold rows of no named type.
    """

    nodes: Nodes = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    calls: set[LooksLikeCall] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    rows: bool = False


def sql_body(source: str, sqlbody: str | None) -> Body:
    """The body of a function in SQL, as a string or in the standard's form."""
    try:
        _check_depth(sqlbody or source)
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
        _check_depth(source)
        declarations = _declarations(source)
        body = Body(words={word for declaration in declarations for word in declaration.words})
        body.nodes = [_expression(text) for declaration in declarations if (text := declaration.default)]
        body.calls = _calls(source)
        _collect(_parse(source, header, declarations), body)
    except ParseError as error:
        raise Unreadable("its body cannot be read") from error
    return body


def _check_depth(source: str) -> None:
    if is_too_deep(source):
        raise Unreadable("its body is nested too deeply")


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


def _collect(tree: Any, body: Body) -> None:
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
                if key == "PLpgSQL_rec":
                    body.rows = True
                if key == "refname":
                    body.variables.add(value)
                if key == "PLpgSQL_expr":
                    body.nodes += _statements(value["query"], value.get("parseMode", 0))
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
_STATEMENT_ENDS = frozenset({"ASCII_59", "BEGIN_P", "THEN", "ELSE", "LOOP"})
_TYPE_TOKENS = words("ASCII_46 ASCII_37 ASCII_40 ASCII_41 ASCII_44 ASCII_45 ASCII_91 ASCII_93 ICONST PARAM")  # .%(),-[]
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
    tokens = _tokens(source)
    found: list[_Declaration] = []
    current: list[Token] = []
    inside = False
    depth = 0
    for at, token in enumerate(tokens):
        depth += _DEPTH.get(token.name, 0)
        starts = depth == 0 and token.name == "DECLARE" and _begins_statement(source, tokens[:at])
        if not inside or starts or (depth == 0 and token.name == "BEGIN_P"):
            inside = starts
            current = []
        elif depth == 0 and token.name == "ASCII_59":
            if len(current) > 1:
                found.append(_declaration(source, current))
            current = []
        else:
            current.append(token)
    return found


def _begins_statement(source: str, before: list[Token]) -> bool:
    """Whether a statement can begin after these tokens; `declare` is a name elsewhere."""
    while len(before) > 2 and _word(source, before[-1]) == ">>" and _word(source, before[-3]) == "<<":
        before = before[:-3]
    ended = not before or before[-1].name in _STATEMENT_ENDS
    return ended or not any(token.name in {"ASCII_59", "BEGIN_P"} for token in before)  # options stand first


def _tokens(source: str) -> list[Token]:
    return [token for token in scan(source) if token.name not in {"SQL_COMMENT", "C_COMMENT"}]


def _calls(source: str) -> set[LooksLikeCall]:
    """Whatever looks like a call or an attribute in a source, also where a declaration is read as something else."""
    found: set[LooksLikeCall] = set()
    tokens = _tokens(source)
    names = [_word(source, token) if _is_word(token) else "" for token in tokens]
    for at, name in enumerate(names):
        dotted = at >= 1 and tokens[at - 1].name == "ASCII_46"
        schema = names[at - 2] or None if dotted and at >= 2 else None
        if name and at + 1 < len(tokens) and tokens[at + 1].name == "ASCII_40":
            found.add((schema, name, _arguments(tokens[at + 1 :])))
        elif name and dotted:
            found.add((schema, name, None))
    return found


def _is_word(token: Token) -> bool:
    return token.name in {"IDENT", "UIDENT"} or token.kind != "NO_KEYWORD"


def _arguments(tokens: list[Token]) -> int:
    """How many arguments stand in the brackets that come first."""
    depth = commas = 0
    for token in tokens:
        depth += _DEPTH.get(token.name, 0)
        commas += depth == 1 and token.name == "ASCII_44"
        if depth == 0:
            break
    return 0 if len(tokens) > 1 and tokens[1].name == "ASCII_41" else commas + 1


def _declaration(source: str, tokens: list[Token]) -> _Declaration:
    made = _Declaration(words={_word(source, token) for token in tokens})
    name = source[tokens[0].start : tokens[0].end + 1]
    made.has_fields = re.search(rf"{re.escape(name)}\s*\.\s*\w", source, re.IGNORECASE) is not None
    names = [token.name for token in tokens]
    if _is_cursor(names) or names[2:3] == ["FOR"]:  # name ALIAS FOR other
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
        if not _is_type(tokens[index:stop]):
            raise ParseError("not a type")
    return made


def _is_type(tokens: list[Token]) -> bool:
    names = {token.name for token in tokens}
    return all(_is_word(token) or token.name in _TYPE_TOKENS for token in tokens) and not names >= {
        "ASCII_37",
        "ASCII_40",
    }


def _is_cursor(names: list[str]) -> bool:
    rest = names[1:]
    if rest[:1] == ["NO"]:
        rest = rest[1:]
    if rest[:1] == ["SCROLL"]:
        rest = rest[1:]
    return rest[:1] == ["CURSOR"] and rest[1:2] != ["ASCII_46"]


def _word(source: str, token: Token) -> str:
    text = source[token.start : token.end + 1]
    return text[1:-1].replace('""', '"') if text.startswith('"') else text.lower()
