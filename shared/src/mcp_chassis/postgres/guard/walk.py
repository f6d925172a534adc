"""The walk over the raw parse tree of one piece of SQL. Pure: no catalog here.

Every node is walked, whatever its kind; a nested statement that is not a SELECT is refused here. Names of common table
expressions are told from names of relations by scope, as PostgreSQL does it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pglast import ast, enums

from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard.filters import narrowing
from mcp_chassis.postgres.guard.literals import (
    check_setting,
    is_column,
    is_untyped,
    named_type,
)
from mcp_chassis.postgres.guard.reach import ANY_NUMBER, FunctionCall, Name, OperatorUse, Reach, RelationUse
from mcp_chassis.postgres.guard.statement import ONLY, kind_of

Scope = frozenset[str]


def reach_of(nodes: Iterable[Any]) -> Reach:
    """Walk trees that are one piece of SQL.

    Raises:
        Denied: a nested statement that does more than read, a locking clause, SELECT INTO, a secret setting.
    """
    walk = _Walk()
    for node in nodes:
        walk.run(node)
    return walk.reach


class _Walk:
    def __init__(self) -> None:
        self.reach = Reach()
        self.pending: list[tuple[Any, Scope]] = []
        self.of_literals: set[int] = set()
        self.expanded: set[int] = set()

    def run(self, node: Any) -> None:
        self.pending.append((node, frozenset()))
        while self.pending:
            current, scope = self.pending.pop()
            if isinstance(current, (tuple, list)):
                self.pending.extend((item, scope) for item in current if isinstance(item, (ast.Node, tuple, list)))
            elif isinstance(current, ast.Node):
                self._visit(current, scope)

    def _visit(self, node: ast.Node, scope: Scope) -> None:
        if isinstance(node, ast.SelectStmt):
            scope = self._select(node, scope)
        elif type(node).__name__.endswith("Stmt") and not isinstance(node, (ast.RawStmt, ast.ReturnStmt)):
            raise Denied(f"{kind_of(node)} is refused. {ONLY}.")
        elif isinstance(node, ast.LockingClause):
            raise Denied("FOR UPDATE and FOR SHARE are refused because they lock rows; leave the locking clause out.")
        elif isinstance(node, ast.IntoClause):
            raise Denied("SELECT INTO is refused because it makes a table; leave INTO out.")
        elif visit := _VISITORS.get(type(node)):
            visit(self, node, scope)
        for slot in node:
            if (isinstance(node, ast.SelectStmt) and slot == "withClause") or slot == "location":
                continue
            value = getattr(node, slot)
            if isinstance(value, (ast.Node, tuple, list)):
                self.pending.append((value, scope))

    # Statements and what stands in FROM

    def _select(self, node: Any, scope: Scope) -> Scope:
        if node.withClause is not None:
            scope = self._with(node.withClause, scope)
        self.expanded.update(id(target.val) for target in node.targetList or () if isinstance(target, ast.ResTarget))
        local = _from_items(node.fromClause)
        for item, enclosing in local:
            if isinstance(item, ast.RangeVar) and not _is_cte(item, scope):
                self._relation(item, node, enclosing, [other for other, _ in local])
            else:
                self._other_item(item, scope)
        return scope

    def _with(self, clause: Any, scope: Scope) -> Scope:
        names = frozenset(item.ctename for item in clause.ctes)
        seen = scope | names if clause.recursive else scope
        for item in clause.ctes:
            # SEARCH and CYCLE compare rows; everything below the item sees what PostgreSQL lets it see.
            self.pending.append((item, seen))
            if item.search_clause is not None or item.cycle_clause is not None:
                self.operator("=")
                self.operator("<>")
            seen = seen | {item.ctename}
        return scope | names

    def _relation(self, item: Any, select: Any, enclosing: list[str], items: list[Any]) -> None:
        alias = item.alias.aliasname if item.alias else item.relname
        renamed = bool(item.alias and item.alias.colnames)
        opened = renamed or bool(enclosing) or _has_star(select)
        use = RelationUse(Name(item.schemaname, item.relname), alias, opened)
        use.narrowed = narrowing(item, select, items)
        self.reach.relations.append(use)
        self.reach.aliases.setdefault(alias, set()).add("relation")

    def _other_item(self, item: Any, scope: Scope) -> None:
        del scope
        reach, alias = self.reach, getattr(item, "alias", None)
        calls = item.functions or () if isinstance(item, ast.RangeFunction) else ()
        is_value = len(calls) == 1 and not (item.ordinality or item.coldeflist or calls[0][1])
        names = [alias.aliasname] if alias else []
        if isinstance(item, ast.RangeVar) and not names:
            names = [item.relname]
        if not names:
            names = [name for call in calls if (name := _last_name(call[0]))]
            nameless = len(names) < max(len(calls), 1) and not isinstance(item, ast.RangeSubselect)
            reach.unnamed = reach.unnamed or nameless
        for name in names:
            reach.aliases.setdefault(name, set()).add("value" if is_value else "row")

    def stray_relation(self, node: Any, scope: Scope) -> None:
        """A relation is recorded by its SELECT; one that stands elsewhere must not slip by."""
        if not _is_cte(node, scope) and not any(
            use.name == Name(node.schemaname, node.relname) for use in self.reach.relations
        ):
            self.reach.relations.append(RelationUse(Name(node.schemaname, node.relname), node.relname, opened=True))

    # Names

    def operator(self, name: str, schema: str | None = None, untyped: tuple[bool, bool] = (True, True)) -> None:
        self.reach.operators.add(OperatorUse(Name(schema, name), untyped))
        if name == "||":  # 'a' || x casts x to text
            self.cast_target("text")

    def expression(self, node: Any, scope: Scope) -> None:
        del scope
        parts = [part.sval for part in node.name]
        schema = parts[-2] if len(parts) > 1 else None
        untyped = (is_untyped(node.lexpr), is_untyped(node.rexpr))
        names = _BETWEEN.get(node.kind, (parts[-1],))
        for name in names:
            self.operator(name, schema, untyped)
        if isinstance(node.lexpr, ast.RowExpr):
            for name in ("=", "<>", "<", "<=", ">", ">="):
                self.operator(name)

    def sublink(self, node: Any, scope: Scope) -> None:
        del scope
        if node.testexpr is not None:
            parts = [part.sval for part in node.operName or ()] or ["="]
            self.operator(parts[-1], parts[-2] if len(parts) > 1 else None)

    def sort(self, node: Any, scope: Scope) -> None:
        del scope
        if node.useOp:
            parts = [part.sval for part in node.useOp]
            self.operator(parts[-1], parts[-2] if len(parts) > 1 else None)

    def case(self, node: Any, scope: Scope) -> None:
        del scope
        if node.arg is not None:
            self.operator("=")

    def join(self, node: Any, scope: Scope) -> None:
        del scope
        if node.isNatural or node.usingClause:
            self.operator("=")
        for column in node.usingClause or ():
            self.reach.columns.add((None, column.sval))
        if node.isNatural:
            self.reach.starred.add("*natural")
        for alias in (node.alias, node.join_using_alias):
            if alias is not None:
                self.reach.aliases.setdefault(alias.aliasname, set()).add("row")

    def call(self, node: Any, scope: Scope) -> None:
        del scope
        parts = [part.sval for part in node.funcname]
        name = Name(parts[-2] if len(parts) > 1 else None, parts[-1])
        args = list(node.args or ())
        values = [*args, *(sort.node for sort in node.agg_order or () if node.agg_within_group)]
        count = len(values)
        untyped = frozenset(at for at, value in enumerate(values) if is_untyped(value))
        loose = bool(node.func_variadic) or any(isinstance(value, ast.NamedArgExpr) for value in values)
        number = ANY_NUMBER if node.func_variadic else count
        self.reach.functions.add(FunctionCall(name, number, untyped=untyped, loose=loose))
        if name.name in {"quote_literal", "quote_nullable"}:
            self.cast_target("text")
        if count == 1:
            self.reach.types.add(name)  # f(x) may be a cast to the type f
            self.cast_target(name.name)
        if name.name == "current_setting" and name.schema in {None, "pg_catalog"}:
            check_setting(args)
        if name.name in {"pg_input_is_valid", "pg_input_error_info"} and name.schema in {None, "pg_catalog"}:
            self.pending.append((named_type(args, name.name), frozenset()))

    def column(self, node: Any, scope: Scope) -> None:
        del scope
        fields = node.fields
        names: list[Any] = [getattr(part, "sval", None) for part in fields]
        if names[-1] is None:
            self.reach.starred.add(names[-2] or "" if len(names) > 1 else "*")
            if len(names) > 1 and id(node) not in self.expanded:
                self.reach.columns.add((None, names[-2]))  # f(t.*) takes the row
            return
        qualifier = names[-2] if len(names) > 1 else None
        self.reach.columns.add((qualifier, names[-1]))
        if qualifier is not None:
            self.reach.functions.add(FunctionCall(Name(None, names[-1]), 1, "row", qualifier))

    def indirection(self, node: Any, scope: Scope) -> None:
        del scope
        for item in node.indirection:
            if hasattr(item, "sval"):
                self.reach.columns.add(("", item.sval))
                self.reach.functions.add(FunctionCall(Name(None, item.sval), 1, "value"))

    def cast(self, node: Any, scope: Scope) -> None:
        """`type 'text'` reads the text by the type's input function; no cast between types is looked for."""
        del scope
        if is_untyped(node.arg) and not isinstance(node.arg, ast.ParamRef):  # a body's $1 has a type
            self.of_literals.add(id(node.typeName))

    def window(self, node: Any, scope: Scope) -> None:
        del scope
        self.reach.frames = self.reach.frames or node.startOffset is not None or node.endOffset is not None

    def cast_target(self, name: str, *, array: bool = False) -> None:
        """Something is cast to this type; one to an array (`text[]`, `_text`) may cast every element."""
        self.reach.cast_targets.add(name)
        if array or name.startswith("_"):
            bare = name if array else name.lstrip("_")
            self.reach.cast_targets |= {bare, f"{bare}[]"}

    def row(self, node: Any, scope: Scope) -> None:
        del node, scope
        self.reach.makes_rows = True

    def type_name(self, node: Any, scope: Scope) -> None:
        del scope
        parts = [part.sval for part in node.names or ()]
        if node.pct_type:
            parts = parts[:-1]
        if parts and id(node) not in self.of_literals:
            self.cast_target(parts[-1], array=bool(node.arrayBounds))
        if parts:
            self.reach.types.add(Name(parts[-2] if len(parts) > 1 else None, parts[-1]))

    def sample(self, node: Any, scope: Scope) -> None:
        del scope
        parts = [part.sval for part in node.method]
        self.reach.functions.add(FunctionCall(Name(parts[-2] if len(parts) > 1 else None, parts[-1]), 1))

    def role_name(self, node: Any, scope: Scope) -> None:
        """The words for the role are calls that stand for themselves."""
        del scope
        if node.op in _ROLE_WORDS:
            self.reach.functions.add(FunctionCall(Name("pg_catalog", "current_user"), 0))

    def json_call(self, node: ast.Node, scope: Scope) -> None:
        """Servers before 16 and 17 read these words as calls of functions."""
        del scope
        for name in _JSON_WORDS[type(node)]:
            self.reach.functions.add(FunctionCall(Name(None, name), ANY_NUMBER))


_KIND = enums.A_Expr_Kind
_BETWEEN: dict[Any, tuple[str, ...]] = dict.fromkeys(
    (_KIND.AEXPR_BETWEEN, _KIND.AEXPR_NOT_BETWEEN, _KIND.AEXPR_BETWEEN_SYM, _KIND.AEXPR_NOT_BETWEEN_SYM),
    (">=", "<=", "<", ">"),
)
_VALUE = enums.SQLValueFunctionOp
_ROLE_WORDS = frozenset({_VALUE.SVFOP_CURRENT_ROLE, _VALUE.SVFOP_CURRENT_USER, _VALUE.SVFOP_USER})
_JSON_WORDS: dict[type[ast.Node], tuple[str, ...]] = {
    ast.JsonFuncExpr: ("json_exists", "json_value", "json_query"),
    ast.JsonTable: ("json_table",),
    ast.JsonObjectConstructor: ("json_object",),
    ast.JsonArrayConstructor: ("json_array",),
    ast.JsonArrayQueryConstructor: ("json_array",),
    ast.JsonObjectAgg: ("json_objectagg",),
    ast.JsonArrayAgg: ("json_arrayagg",),
    ast.JsonParseExpr: ("json",),
    ast.JsonScalarExpr: ("json_scalar",),
    ast.JsonSerializeExpr: ("json_serialize",),
}
_VISITORS: dict[type[ast.Node], Any] = {
    ast.RangeVar: _Walk.stray_relation,
    ast.A_Expr: _Walk.expression,
    ast.SubLink: _Walk.sublink,
    ast.SortBy: _Walk.sort,
    ast.CaseExpr: _Walk.case,
    ast.JoinExpr: _Walk.join,
    ast.FuncCall: _Walk.call,
    ast.ColumnRef: _Walk.column,
    ast.A_Indirection: _Walk.indirection,
    ast.RowExpr: _Walk.row,
    ast.WindowDef: _Walk.window,
    ast.TypeCast: _Walk.cast,
    ast.TypeName: _Walk.type_name,
    ast.RangeTableSample: _Walk.sample,
    ast.SQLValueFunction: _Walk.role_name,
    **dict.fromkeys(_JSON_WORDS, _Walk.json_call),
}


def _is_cte(node: Any, scope: Scope) -> bool:
    return node.schemaname is None and node.catalogname is None and node.relname in scope


def _from_items(clause: Any) -> list[tuple[Any, list[str]]]:
    """The items of one FROM with the aliases of the joins around each; sub-selects are not entered."""
    found: list[tuple[Any, list[str]]] = []
    pending: list[tuple[Any, list[str]]] = [(item, []) for item in clause or ()]
    while pending:
        item, around = pending.pop()
        kind = type(item)
        if kind is ast.JoinExpr:
            inner = [*around, item.alias.aliasname] if item.alias else around
            if item.isNatural:
                inner = [*inner, ""]
            pending += [(item.larg, inner), (item.rarg, inner)]
        elif kind is ast.RangeTableSample:
            pending.append((item.relation, around))
        else:
            found.append((item, around))
    return found


def _has_star(select: Any) -> bool:
    """Whether a bare `*` stands anywhere in this SELECT's own target list."""
    for target in select.targetList or ():
        value: Any = getattr(target, "val", None)
        if is_column(value) and len(value.fields) == 1 and not isinstance(value.fields[0], ast.String):
            return True
    return False


def _last_name(node: Any) -> str:
    return str(node.funcname[-1].sval) if hasattr(node, "funcname") else ""
