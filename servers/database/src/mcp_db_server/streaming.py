"""Let a long `FROM generate_series(...)` stream.

PostgreSQL writes a function in FROM out in full before its first row is read: a billion rows take minutes and
gigabytes of temporary files, of which a bounded answer needs a thousand. The same call in a select list yields row by
row, so

    FROM generate_series(1, 1000000000) AS n    becomes    FROM LATERAL (SELECT generate_series(1, 1000000000)) AS n(n)

which has the same rows, names and types. Only calls whose arguments are numbers that stand in the query, and are far
apart, are rewritten: elsewhere there is nothing to win.
"""

from __future__ import annotations

from typing import Any

from mcp_db_server.filters import quote

__all__ = ["streamed"]

_NAME = "generate_series"
_MANY = 1_000_000


def streamed(sql: str) -> str | None:
    """The statement with its long series as streams; None where there are none."""
    if _NAME not in sql.lower():
        return None
    from pglast import parse_sql, scan
    from pglast.visitors import Visitor

    calls: list[tuple[Any, Any]] = []

    class Finder(Visitor):
        def visit_RangeFunction(self, ancestors: Any, node: Any) -> None:  # noqa: N802 - the library's naming
            call = node.functions[0][0]
            if _is_long_series(call) and not (node.ordinality or node.is_rowsfrom or node.coldeflist):
                calls.append((call, node.alias))

    Finder()(parse_sql(sql))
    if not calls:
        return None
    tokens = scan(sql)
    rewritten = sql
    for call, alias in sorted(calls, key=lambda found: -int(found[0].location)):
        rewritten = _rewritten(rewritten, tokens, call.location, alias)
    return rewritten


def _is_long_series(call: Any) -> bool:
    from pglast import ast

    if not isinstance(call, ast.FuncCall):
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
    """A number that stands in the query, with a sign or a cast."""
    from pglast import ast

    if isinstance(node, ast.TypeCast):
        return _number(node.arg)
    if isinstance(node, ast.A_Expr) and node.lexpr is None and node.name and node.name[0].sval == "-":
        inner = _number(node.rexpr)
        return None if inner is None else -inner
    if isinstance(node, ast.A_Const) and isinstance(node.val, ast.Integer | ast.Float):
        value = node.val.ival if isinstance(node.val, ast.Integer) else node.val.fval
        return None if value is None else float(value)
    return None


def _rewritten(sql: str, tokens: Any, start: int, alias: Any) -> str:
    """One call rewritten; tokens behind it may have moved, those before and within it have not."""
    end = _closing(tokens, start)
    head, call, tail = sql[:start], sql[start : end + 1], sql[end + 1 :]
    if alias is None:
        return f"{head}LATERAL (SELECT {call}) AS {_NAME}({_NAME}){tail}"
    if alias.colnames:
        return f"{head}LATERAL (SELECT {call}){tail}"
    words = [token for token in tokens if token.start > end][:2]
    name = words[1] if words[0].name == "AS" else words[0]
    stop = name.end - end  # within the tail
    return f"{head}LATERAL (SELECT {call}){tail[:stop]}({quote(alias.aliasname)}){tail[stop:]}"


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
