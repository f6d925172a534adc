"""Names that stand in literals: settings, types, and filters on pg_settings. Pure: no catalog here."""

from __future__ import annotations

import re
from typing import Any

from pglast import ast, enums, parse_sql
from pglast.parser import ParseError

from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard.secrets import SETTINGS_FILTERS, SETTINGS_VALUES
from mcp_chassis.postgres.guard.settings import is_secret_setting

_KIND = enums.A_Expr_Kind


def is_column(node: Any) -> bool:
    return isinstance(node, ast.ColumnRef)


def is_untyped(node: Any) -> bool:
    if node is None or isinstance(node, ast.ParamRef):
        return True
    return isinstance(node, ast.A_Const) and (bool(node.isnull) or isinstance(node.val, ast.String))


def _literal(node: Any) -> str | None:
    if isinstance(node, ast.TypeCast):
        node = node.arg
    if isinstance(node, ast.A_Const) and isinstance(node.val, ast.String):
        return str(node.val.sval)
    return None


def check_setting(args: list[Any]) -> None:
    name = _literal(args[0]) if args else ""
    if name is None:
        raise Denied(
            "current_setting is refused here because the setting is not named by a plain string; "
            "write the name as a literal."
        )
    if is_secret_setting(name):
        raise Denied(f"current_setting('{name}') is refused because the value of this setting is secret.")


def named_type(args: list[Any], function: str) -> Any:
    """The tree of a cast to the type that a string names, as the server will parse it."""
    name = _literal(args[1]) if len(args) > 1 else "int"
    if name is None:
        raise Denied(f"{function} is refused here because the type is no plain string; write it as a literal.")
    try:
        return tuple(raw.stmt for raw in parse_sql(f"SELECT NULL::{name}"))
    except ParseError as error:
        raise Denied(f"{function} is refused here because its text names no type.") from error


def names_open_settings(where: Any, alias: str, relation: str) -> bool:
    """Whether a WHERE on pg_settings keeps only settings that are not secret, and tests no value.

    A test of the value could tell it through its error before the rest is tested.
    """
    return _keeps_open(where, {alias, relation}) and not _column_names(where) & (
        SETTINGS_VALUES | {alias, relation, "*"}
    )


def _column_names(node: Any) -> set[str]:
    found: set[str] = set()
    pending = [node]
    while pending:
        current = pending.pop()
        if is_column(current):
            found.add(getattr(current.fields[-1], "sval", "*"))
        elif isinstance(current, ast.Node):
            pending += [getattr(current, slot) for slot in current]
        elif isinstance(current, (tuple, list)):
            pending += current
    return found


def _keeps_open(where: Any, qualifiers: set[str]) -> bool:
    if isinstance(where, ast.BoolExpr):
        arguments = [_keeps_open(item, qualifiers) for item in where.args or ()]
        if where.boolop == enums.BoolExprType.AND_EXPR:
            return any(arguments)
        return where.boolop == enums.BoolExprType.OR_EXPR and all(arguments)
    return isinstance(where, ast.A_Expr) and is_column(where.lexpr) and _compares_open(where, qualifiers)


def _compares_open(clause: Any, qualifiers: set[str]) -> bool:
    """Whether a comparison of a column with literals keeps no secret setting."""
    fields = [str(getattr(part, "sval", "*")) for part in clause.lexpr.fields]
    secret = SETTINGS_FILTERS.get(fields[-1])
    if secret is None or not {*fields[:-1]} <= {*qualifiers, "pg_catalog"}:
        return False
    operator, right = clause.name[-1].sval, clause.rexpr
    if clause.kind == _KIND.AEXPR_IN and operator == "=":
        return all(_is_open(_literal(item), secret) for item in right)
    if clause.kind == _KIND.AEXPR_OP_ANY and operator == "=":
        items = getattr(right, "elements", None) or [None]
        return all(_is_open(_literal(item), secret) for item in items)
    if clause.kind in {_KIND.AEXPR_LIKE, _KIND.AEXPR_ILIKE} and operator in {"~~", "~~*"}:
        return _is_open_pattern(_literal(right), secret)
    if clause.kind == _KIND.AEXPR_OP and operator in {"~", "~*"}:
        return _is_open_expression(_literal(right), secret)
    return bool(clause.kind == _KIND.AEXPR_OP and operator == "=" and _is_open(_literal(right), secret))


def _is_open(value: str | None, secret: frozenset[str]) -> bool:
    return value is not None and value not in secret and not is_secret_setting(value)


def _is_open_pattern(pattern: str | None, secret: frozenset[str]) -> bool:
    """Whether a LIKE pattern matches nothing secret; pg_settings leaves out custom ones that no module defines."""
    if pattern is None or "\\" in pattern:
        return False
    matcher = re.compile("".join({"%": ".*", "_": "."}.get(letter, re.escape(letter)) for letter in pattern), re.I)
    return not any(matcher.fullmatch(name) for name in secret)


def _is_open_expression(pattern: str | None, secret: frozenset[str]) -> bool:
    """Whether a plain regular expression, the same here as in PostgreSQL, matches nothing secret."""
    if pattern is None or not re.fullmatch(r"[a-zA-Z_ /^$|.]+", pattern):
        return False
    return not any(re.search(pattern, name, re.IGNORECASE) for name in secret)
