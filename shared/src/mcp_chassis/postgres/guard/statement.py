"""The one statement of a call: its kind, its text, its tree. Pure: no catalog here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pglast import ast

from mcp_chassis.errors import Denied, InvalidArguments
from mcp_chassis.postgres.guard.settings import is_secret_setting
from mcp_chassis.postgres.guard.text import parse, trimmed
from mcp_chassis.postgres.guard.verdict import Kind

ONLY = "Only one SELECT, VALUES, TABLE, WITH, EXPLAIN or SHOW statement that reads is allowed"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of an allowed kind; whether it only reads is not said yet.

    Args:
        node: the SELECT to judge, the explained one for EXPLAIN; None for SHOW.
    """

    kind: Kind
    sql: str
    node: ast.SelectStmt | None
    analyze: bool = False


def read(sql: str) -> Statement:
    """Parse a caller's text.

    Raises:
        InvalidArguments: a syntax error, nothing at all, or several statements.
        Denied: a statement of another kind.
    """
    statements = parse(sql)
    if not statements:
        raise InvalidArguments("The query is empty; send one SELECT statement.")
    if len(statements) > 1:
        raise InvalidArguments(f"The query holds {len(statements)} statements; send them one at a time.")
    raw = statements[0]
    text = trimmed(sql, raw.stmt_location, raw.stmt_len)
    node = raw.stmt
    if isinstance(node, ast.SelectStmt):
        return Statement("select", text, node)
    if isinstance(node, ast.VariableShowStmt):
        _check_show(node)
        return Statement("show", text, None)
    if isinstance(node, ast.ExplainStmt):
        if not isinstance(node.query, ast.SelectStmt):
            raise Denied(f"EXPLAIN of {kind_of(node.query)} is refused. {ONLY}.")
        return Statement("explain", text, node.query, _analyzes(node))
    raise Denied(f"{kind_of(node)} is refused. {ONLY}.")


def kind_of(node: Any) -> str:
    """How SQL calls a statement: `InsertStmt` is INSERT, `CreateTableAsStmt` is CREATE TABLE AS."""
    name = type(node).__name__.removesuffix("Stmt")
    known = {
        "Transaction": "Transaction control",
        "VariableSet": "SET or RESET",
        "CreateTableAs": "CREATE TABLE AS or SELECT INTO",
        "Create": "CREATE TABLE",
        "Do": "DO",
        "DeclareCursor": "DECLARE CURSOR",
        "Rename": "ALTER ... RENAME",
        "Grant": "GRANT or REVOKE",
        "Vacuum": "VACUUM or ANALYZE",
        "Index": "CREATE INDEX",
        "View": "CREATE VIEW",
        "Rule": "CREATE RULE",
    }
    if name in known:
        return known[name]
    words = "".join(f" {letter}" if letter.isupper() else letter for letter in name)
    return words.strip().upper()


def _check_show(node: ast.VariableShowStmt) -> None:
    name = node.name or ""
    if name.lower() == "all":
        raise Denied("SHOW ALL is refused because some settings are secret; use SHOW with the name of one setting.")
    if is_secret_setting(name):
        raise Denied(f"SHOW {name} is refused because the value of this setting is secret; ask an operator.")


def _analyzes(node: ast.ExplainStmt) -> bool:
    """Whether ANALYZE is on; the last of several such options counts."""
    on = False
    for option in node.options or ():
        if str(option.defname).lower() == "analyze":
            value = option.arg
            word = "true" if value is None else str(getattr(value, "sval", getattr(value, "ival", ""))).lower()
            on = word not in {"false", "off", "0"} and not (isinstance(value, ast.Boolean) and not value.boolval)
    return on
