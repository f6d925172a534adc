"""What a WHERE on a relation with hidden columns leaves of it: rows whose values are no secret. Pure: no catalog here.

Only a filter with literals counts, and only where it tests no hidden column: such a test could tell a value through its
error before the rest of the filter is tested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from pglast import ast, enums

from mcp_chassis.postgres.guard.literals import is_column, literal
from mcp_chassis.postgres.guard.secrets import (
    CATALOGS_WITH_SECRETS,
    SETTINGS_FILTERS,
    SETTINGS_VALUES,
    STATISTICS_VALUES,
)
from mcp_chassis.postgres.guard.settings import is_secret_setting

Narrowing = Literal["", "matched", "named"]
"""What a filter keeps: nothing is known, what matches a pattern, what it names."""

_KIND = enums.A_Expr_Kind


@dataclass(frozen=True, slots=True)
class Rule:
    """Columns by which a relation can be filtered, with what its secret rows have there.

    Args:
        hidden: the columns that a filter must not test.
        columns: names of the columns with the values of secret rows.
        complete: the values are all that secret rows can have, so that a filter may also leave those out.
        settings: the rows are settings, whose names tell which are secret.
    """

    hidden: frozenset[str]
    columns: dict[str, frozenset[str]]
    complete: bool = False
    settings: bool = False


_STATISTICS = Rule(
    STATISTICS_VALUES, {"schemaname": frozenset({"pg_catalog"}), "tablename": CATALOGS_WITH_SECRETS}, complete=True
)
_RULES = {
    "pg_settings": Rule(SETTINGS_VALUES, SETTINGS_FILTERS, settings=True),
    "pg_stats": _STATISTICS,
    "pg_stats_ext": _STATISTICS,
    "pg_stats_ext_exprs": _STATISTICS,
}


def narrowing(relation: Any, select: Any, items: list[Any]) -> Narrowing:
    """What the WHERE of a SELECT leaves of one relation in its FROM.

    Args:
        relation: the RangeVar.
        select: the SELECT.
        items: everything in its FROM; beside the relation only `unnest(...)` may stand there.
    """
    rule = _RULES.get(relation.relname)
    if rule is None or (relation.alias and relation.alias.colnames):
        return ""
    if not all(item is relation or _is_unnest(item) for item in items):
        return ""
    alias = relation.alias.aliasname if relation.alias else relation.relname
    if _column_names(select.whereClause) & (rule.hidden | {alias, "*"}):
        return ""
    return _kept(select.whereClause, {(), (alias,), ("pg_catalog", alias)}, rule)


def _is_unnest(item: Any) -> bool:
    if not isinstance(item, ast.RangeFunction):
        return False
    calls: list[Any] = [call[0] for call in item.functions or ()]
    return all(getattr(call, "funcname", None) and call.funcname[-1].sval == "unnest" for call in calls)


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


def _kept(where: Any, qualifiers: set[tuple[str, ...]], rule: Rule) -> Narrowing:
    if isinstance(where, ast.BoolExpr):
        kept = [_kept(item, qualifiers, rule) for item in where.args or ()]
        if where.boolop == enums.BoolExprType.AND_EXPR:
            return max(kept, key=_STRENGTH.index)
        return min(kept, key=_STRENGTH.index) if where.boolop == enums.BoolExprType.OR_EXPR else ""
    if not isinstance(where, ast.A_Expr) or not is_column(where.lexpr):
        return ""
    left: Any = where.lexpr
    name: Any = where.name
    *qualifier, column = [str(getattr(part, "sval", "*")) for part in left.fields]
    secret = rule.columns.get(column)
    *schema, operator = [part.sval for part in name]
    if secret is None or tuple(qualifier) not in qualifiers or schema not in ([], ["pg_catalog"]):
        return ""
    return _compared(where.kind, operator, where.rexpr, secret, rule)


_STRENGTH: list[Narrowing] = ["", "matched", "named"]


def _compared(kind: Any, operator: str, right: Any, secret: frozenset[str], rule: Rule) -> Narrowing:
    """What a comparison of a column with literals keeps."""
    values = _values(kind, right)
    if operator == "=" and kind in {_KIND.AEXPR_OP, _KIND.AEXPR_IN, _KIND.AEXPR_OP_ANY}:
        return "named" if all(_is_open(value, secret, rule) for value in values) else ""
    if operator == "<>" and kind in {_KIND.AEXPR_OP, _KIND.AEXPR_IN, _KIND.AEXPR_OP_ALL}:
        return "matched" if rule.complete and secret.issubset(values) else ""
    pattern = literal(right)
    if pattern is None or operator not in _PATTERNS or kind not in {_KIND.AEXPR_OP, *_LIKES}:
        return ""
    excludes = operator.startswith("!")
    cases = 0 if excludes and not operator.endswith("*") else re.IGNORECASE
    matches = _like(pattern, cases) if "~~" in operator else _expression(pattern, cases)
    if matches is None or (excludes and not rule.complete):
        return ""
    found = [bool(matches(value)) for value in secret]
    return "matched" if (all(found) if excludes else not any(found)) else ""


_LIKES = (_KIND.AEXPR_LIKE, _KIND.AEXPR_ILIKE)
_PATTERNS = frozenset({"~~", "~~*", "!~~", "!~~*", "~", "~*", "!~", "!~*"})


def _values(kind: Any, right: Any) -> list[str | None]:
    if kind == _KIND.AEXPR_IN:
        return [literal(item) for item in right]
    if kind in {_KIND.AEXPR_OP_ANY, _KIND.AEXPR_OP_ALL}:
        return [literal(item) for item in getattr(right, "elements", None) or [None]]
    return [literal(right)]


def _is_open(value: str | None, secret: frozenset[str], rule: Rule) -> bool:
    return value is not None and value not in secret and not (rule.settings and is_secret_setting(value))


def _like(pattern: str, cases: int) -> Any:
    """A test for a LIKE pattern; None for one with escapes."""
    if "\\" in pattern:
        return None
    letters = "".join({"%": ".*", "_": "."}.get(letter, re.escape(letter)) for letter in pattern)
    return re.compile(letters, cases | re.DOTALL).fullmatch


def _expression(pattern: str, cases: int) -> Any:
    """A test for a plain regular expression, the same here as in PostgreSQL; None for any other."""
    return re.compile(pattern, cases).search if re.fullmatch(r"[a-zA-Z_ /^$|.]+", pattern) else None
