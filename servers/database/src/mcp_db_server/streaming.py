"""Let a long `FROM generate_series(...)` stream.

PostgreSQL writes a function in FROM out in full before its first row is read: a billion rows take minutes and
gigabytes of temporary files, of which a bounded answer needs a thousand. The same call in a select list yields row by
row, so

    FROM generate_series(1, 1000000000) AS n    becomes    FROM (SELECT generate_series(1, 1000000000)) AS n("n")

which has the same rows, names and types. Only calls whose arguments are numbers that stand in the query, and are far
apart, are rewritten: elsewhere there is nothing to win. What is rewritten is decided on the parse tree, and a new text
that does not parse to exactly the tree that was meant is dropped: the statement then runs as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mcp_db_server.filters import quote

__all__ = ["streamed"]

_NAME = "generate_series"
_NUMBERS = frozenset({"int2", "int4", "int8", "numeric"})
_COMMENTS = frozenset({"C_COMMENT", "SQL_COMMENT"})
_MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class _Series:
    """One call in FROM: where it starts, and what the statement calls it and its column, as far as it does."""

    start: int
    alias: str | None
    column: str | None


def streamed(sql: str) -> str | None:
    """The statement with its long series as streams; None where there are none."""
    if _NAME not in sql.lower():
        return None
    from pglast import parse_sql
    from pglast.parser import ParseError

    meant = parse_sql(sql)
    found = _replace(meant)
    if not found:
        return None
    rewritten = _rewritten(sql, found)
    try:
        return rewritten if parse_sql(rewritten) == meant else None
    except ParseError:
        return None


def _replace(statements: Any) -> list[_Series]:
    """Put a sub-select in the place of every long series of a tree; returns what was replaced."""
    from pglast.visitors import Visitor

    found: list[_Series] = []
    plain, rows = _whole(statements)

    class Replacer(Visitor):
        def visit_RangeFunction(self, ancestors: Any, node: Any) -> Any:  # noqa: N802 - the library's naming
            call = node.functions[0][0]
            if node.ordinality or node.is_rowsfrom or node.coldeflist or not _is_long_series(call):
                return None
            alias = node.alias.aliasname if node.alias else None
            columns = [name.sval for name in (node.alias and node.alias.colnames) or ()]
            renamed = bool(columns) and columns != [alias]
            if len(columns) > 1 or (alias or _NAME) in rows or (renamed and alias in plain):
                return None
            found.append(_Series(call.location, alias, columns[0] if columns else None))
            return _subselect(node, call)

    Replacer()(statements)
    return found


def _whole(statements: Any) -> tuple[set[str], set[str]]:
    """Names that may mean all of something in FROM: every `n` alone, and every `n.*` that is not a select list's.

    All of a function is its value, where all of a sub-select is a row; a column of that name would come first.
    """
    from pglast import ast
    from pglast.visitors import Visitor

    names: list[Any] = []
    listed: set[int] = set()

    class Finder(Visitor):
        def visit_ResTarget(self, ancestors: Any, node: Any) -> None:  # noqa: N802 - the library's naming
            listed.add(id(node.val))

        def visit_ColumnRef(self, ancestors: Any, node: Any) -> None:  # noqa: N802 - the library's naming
            names.append(node)

    Finder()(statements)
    plain = {str(node.fields[0].sval) for node in names if len(node.fields) == 1 and type(node.fields[0]) is ast.String}
    starred = [node for node in names if type(node.fields[-1]) is ast.A_Star and id(node) not in listed]
    return plain, {node.fields[-2].sval for node in starred if len(node.fields) > 1}


def _subselect(node: Any, call: Any) -> Any:
    from pglast import ast, parse_sql

    alias = node.alias.aliasname if node.alias else _NAME
    columns = (node.alias and node.alias.colnames) or (ast.String(sval=alias),)
    select: Any = parse_sql("SELECT 1")[0].stmt
    select.targetList[0].val = call
    return ast.RangeSubselect(lateral=node.lateral, subquery=select, alias=ast.Alias(aliasname=alias, colnames=columns))


def _is_long_series(call: Any) -> bool:
    from pglast import ast

    if not isinstance(call, ast.FuncCall) or call.func_variadic:
        return False
    names: list[str] = [part.sval for part in call.funcname or ()]
    if names not in ([_NAME], ["pg_catalog", _NAME]):
        return False
    numbers = [number for argument in call.args or () if (number := _number(argument)) is not None]
    if len(numbers) != len(call.args or ()) or len(numbers) not in (2, 3):
        return False
    first, last, step = (*numbers, 1.0)[:3]
    return step != 0 and abs(last - first) / abs(step) > _MANY


def _number(node: Any) -> float | None:
    """A number that stands in the query, with a sign or a cast to another type of numbers."""
    from pglast import ast

    kind = type(node)
    if kind is ast.TypeCast:
        return _number(node.arg) if _is_numeric(node.typeName) else None
    if kind is ast.A_Expr and node.lexpr is None and [part.sval for part in node.name] == ["-"]:
        inner = _number(node.rexpr)
        return None if inner is None else -inner
    if kind is ast.A_Const and isinstance(node.val, ast.Integer | ast.Float):
        value = node.val.ival if isinstance(node.val, ast.Integer) else node.val.fval
        return None if value is None else float(value)
    return None


def _is_numeric(type_name: Any) -> bool:
    names = [part.sval for part in type_name.names]
    return names[-1] in _NUMBERS and names[:-1] in ([], ["pg_catalog"]) and not type_name.arrayBounds


def _rewritten(sql: str, found: list[_Series]) -> str:
    """The text with all of them rewritten, from the last to the first: what stands before keeps its place."""
    from pglast import scan

    tokens = [token for token in scan(sql) if token.name not in _COMMENTS]
    for series in sorted(found, key=lambda item: -item.start):
        end = _closing(tokens, series.start)
        head, call, tail = sql[: series.start], sql[series.start : end + 1], sql[end + 1 :]
        if series.alias is None:
            tail = f" AS {_NAME}({_NAME}){tail}"
        elif series.column is None:
            words = [token for token in tokens if token.start > end][:2]
            name = words[1] if words[0].name == "AS" else words[0]
            stop = name.end - end  # within the tail
            tail = f"{tail[:stop]}({quote(series.alias)}){tail[stop:]}"
        sql = f"{head}(SELECT {call}){tail}"
    return sql


def _closing(tokens: Any, start: int) -> int:
    """Where the parenthesis of the call that begins at `start` closes."""
    depth = 0
    for token in tokens:
        if token.start < start:
            continue
        if token.name == "ASCII_40":
            depth += 1
        elif token.name == "ASCII_41":
            depth -= 1
            if depth == 0:
                return int(token.start)
    raise ValueError("a call without its closing parenthesis")
