"""Names that stand in literals: settings and types. Pure: no catalog here."""

from __future__ import annotations

from typing import Any

from pglast import ast, parse_sql
from pglast.parser import ParseError

from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard.settings import is_secret_setting

_TEXTS = frozenset({("text",), ("name",), ("pg_catalog", "text"), ("pg_catalog", "name")})


def is_column(node: Any) -> bool:
    return isinstance(node, ast.ColumnRef)


def is_untyped(node: Any) -> bool:
    """Whether an expression may take the type that its place wants; a list, whether one of its items may."""
    if isinstance(node, (tuple, list)):
        return any(map(is_untyped, node))
    if isinstance(node, (ast.CollateClause, ast.NamedArgExpr)):
        return is_untyped(node.arg)
    if isinstance(node, ast.TypeCast):
        names: Any = node.typeName.names if node.typeName else ()
        return bool(names) and names[-1].sval == "unknown"
    if node is None or isinstance(node, ast.ParamRef):
        return True
    return isinstance(node, ast.A_Const) and (bool(node.isnull) or isinstance(node.val, ast.String))


def literal(node: Any) -> str | None:
    """The string that a literal is, also one cast to a type that keeps it as it is (varchar(3) does not)."""
    if isinstance(node, ast.TypeCast):
        kind: Any = node.typeName
        if kind.arrayBounds or kind.typmods or tuple(part.sval for part in kind.names) not in _TEXTS:
            return None
        node = node.arg
    if isinstance(node, ast.A_Const) and isinstance(node.val, ast.String):
        return str(node.val.sval)
    return None


def check_setting(args: list[Any]) -> None:
    name = literal(args[0]) if args else ""
    if name is None:
        raise Denied(
            "current_setting is refused here because the setting is not named by a plain string; "
            "write the name as a literal."
        )
    if is_secret_setting(name):
        raise Denied(
            f"current_setting('{name}') is refused because the value of this setting is secret; ask an operator."
        )


def named_type(args: list[Any], function: str) -> Any:
    """The tree of a cast to the type that a string names, as the server will parse it."""
    name = literal(args[1]) if len(args) > 1 else "int"
    if name is None:
        raise Denied(f"{function} is refused here because the type is no plain string; write it as a literal.")
    try:
        return tuple(raw.stmt for raw in parse_sql(f"SELECT NULL::{name}"))
    except ParseError as error:
        raise Denied(f"{function} is refused here because its text names no type.") from error
