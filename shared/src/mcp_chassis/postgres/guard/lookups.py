"""Where SQL looks up relations by a name or number that is a value: `'orders'::regclass`, `pg_relation_size(...)`.

Only an allow-list asks for this: such values tell of tables outside it. A name passes as a literal, which can be
checked, and so does `tableoid`. A value of an object type (regclass, what pg_typeof gives) must be shown or compared as
it is: in a CASE, a UNION or an array it would turn numbers beside it into names. Pure: no catalog here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pglast import ast, enums

from mcp_chassis.postgres.guard.literals import is_column, literal, named_type
from mcp_chassis.postgres.guard.reach import Name
from mcp_chassis.postgres.guard.words import words

OBJECT_TYPES = words("regclass regtype regproc regprocedure regoper regoperator regnamespace")

ABOUT_TABLES = {
    **dict.fromkeys(
        words(
            """
            pg_relation_size pg_table_size pg_total_relation_size pg_indexes_size obj_description col_description
            pg_table_is_visible pg_relation_is_updatable pg_column_is_updatable row_security_active pg_get_partkeydef
            pg_get_serial_sequence pg_stat_get_live_tuples pg_stat_get_dead_tuples pg_stat_get_numscans
            pg_stat_get_tuples_inserted pg_stat_get_tuples_updated pg_stat_get_tuples_deleted
            pg_stat_get_last_analyze_time pg_stat_get_last_autoanalyze_time pg_stat_get_last_vacuum_time
            pg_stat_get_last_autovacuum_time
            """
        ),
        0,
    ),
    "has_table_privilege": -2,
    "has_any_column_privilege": -2,
    "has_column_privilege": -3,
}
"""Functions that may be asked about an allowed table, with the place of its name among the arguments."""

_NAMES_TYPES = frozenset({"pg_input_is_valid", "pg_input_error_info"})
_SHOWING = words(
    """
    format concat concat_ws count to_json to_jsonb json_build_array jsonb_build_array json_build_object
    jsonb_build_object json_object_agg jsonb_object_agg json_agg jsonb_agg pg_typeof
    """
)
_COMPARING = words("= <> < <= > >= ~ ~* !~ !~* ~~ ~~* !~~ !~~*")
_PLAIN_TYPES = words("text varchar name oid int8")
_KIND = enums.A_Expr_Kind
_COMPARISONS = frozenset(
    {
        _KIND.AEXPR_OP,
        _KIND.AEXPR_OP_ANY,
        _KIND.AEXPR_OP_ALL,
        _KIND.AEXPR_DISTINCT,
        _KIND.AEXPR_NOT_DISTINCT,
        _KIND.AEXPR_IN,
        _KIND.AEXPR_LIKE,
        _KIND.AEXPR_ILIKE,
    }
)
_PART = r'([a-z_\x80-\U0010ffff][\w$]*|"(?:[^"]|"")+")'
_NAME = re.compile(rf"\s*(?:{_PART}\s*\.\s*)?{_PART}\s*", re.IGNORECASE)
_TABLEOID = "tableoid"


@dataclass(frozen=True, slots=True)
class Lookup:
    """One lookup.

    Args:
        kind: by a value, by a type that may be a table's row type, or by FROM, which brings what inherits from it.
        what: what the statement wrote, for people: `pg_relation_size()`, `A cast to regclass`.
        function: the function that looks up, where it is one.
        name: the relation or type; None where that is not known before the statement runs.
        harmless: it tells of no table outside: tableoid, FROM ONLY.
        mixed: the value stands where numbers beside it would be shown as names.
    """

    kind: Literal["value", "type", "from"]
    what: str = ""
    function: Name | None = None
    name: Name | None = None
    harmless: bool = False
    mixed: bool = False


def lookups_of(nodes: Iterable[Any], *, outermost: bool) -> list[Lookup]:
    """The lookups of one piece of SQL.

    Args:
        nodes: its trees.
        outermost: it is the caller's own statement, whose columns are the answer.
    """
    trees = list(nodes)
    finder = _Finder(real_tableoid=outermost and not _names_tableoid(trees))
    for tree in trees:
        finder.run(tree, outermost=outermost)
    return finder.found


def relation_name(text: str) -> Name | None:
    """A name as regclass reads it from a text; None for a number or what is no plain name."""
    match = _NAME.fullmatch(text)
    if match is None:
        return None
    schema, name = (_folded(part) if part else None for part in match.groups())
    return Name(schema, name or "")


def _folded(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part.lower()


def _children(node: Any) -> list[Any]:
    if isinstance(node, ast.Node):
        return [getattr(node, slot) for slot in node]
    return list(node) if isinstance(node, (tuple, list)) else []


def _names_tableoid(trees: list[Any]) -> bool:
    """Whether something else than the system column may be called tableoid here."""
    pending = list(trees)
    while pending:
        node = pending.pop()
        if node == _TABLEOID:
            return True
        if not is_column(node):
            pending += _children(node)
    return False


class _Finder:
    def __init__(self, *, real_tableoid: bool) -> None:
        self.real_tableoid = real_tableoid
        self.found: list[Lookup] = []
        self.pending: list[tuple[Any, bool]] = []

    def run(self, tree: Any, *, outermost: bool) -> None:
        self.pending = [(tree, False)]
        if outermost and isinstance(tree, ast.SelectStmt) and tree.op == enums.SetOperation.SETOP_NONE:
            shown = [target.val for target in tree.targetList or () if isinstance(target, ast.ResTarget)]
            others = [getattr(tree, slot) for slot in tree if slot not in {"targetList", "sortClause", "groupClause"}]
            ordered = [*_sorted(tree.sortClause), *(tree.groupClause or ())]
            self.pending = [(node, True) for node in (*shown, *ordered)] + [(node, False) for node in others]
        while self.pending:
            node, plain = self.pending.pop()
            self._visit(node, plain=plain)

    def _visit(self, node: Any, *, plain: bool) -> None:
        """Judge a node; `plain` where a value of an object type is shown or compared as it is."""
        if isinstance(node, ast.TypeCast):
            self._cast(node, plain=plain)
        elif isinstance(node, ast.FuncCall):
            self._call(node, plain=plain)
        elif isinstance(node, ast.TypeName):
            self._type(node)
        elif isinstance(node, ast.RangeVar):
            name = Name(node.schemaname, node.relname or "")
            self.found.append(Lookup("from", name=name, harmless=not node.inh))
            self._push(_children(node))
        elif isinstance(node, ast.SelectStmt):
            self._push([*_sorted(node.sortClause), *(node.groupClause or ())], plain=True)
            self._push([getattr(node, slot) for slot in node if slot not in {"sortClause", "groupClause"}])
        elif isinstance(node, ast.WindowDef):
            self._push([*_sorted(node.orderClause), *(node.partitionClause or ())], plain=True)
            self._push([node.startOffset, node.endOffset])
        elif isinstance(node, (ast.ColumnRef, ast.A_Indirection)):
            self._attribute(node)
        elif isinstance(node, ast.A_Expr) and node.kind in _COMPARISONS and _last(node.name) in _COMPARING:
            self._push([node.lexpr, *_elements(node.rexpr)], plain=True)
        else:
            self._push(_children(node), plain=isinstance(node, ast.NullTest))

    def _push(self, nodes: Iterable[Any], *, plain: bool = False) -> None:
        self.pending += [(node, plain) for node in nodes if isinstance(node, (ast.Node, tuple, list))]

    def _type(self, node: Any) -> None:
        parts = [part.sval for part in node.names or ()]
        if parts and parts[-1].removeprefix("_") in OBJECT_TYPES:
            self.found.append(Lookup("value", f"A value of type {parts[-1]}"))
        elif parts:
            self.found.append(Lookup("type", name=Name(parts[-2] if len(parts) > 1 else None, parts[-1])))
        self._push(_children(node))

    def _cast(self, node: Any, *, plain: bool) -> None:
        kind = node.typeName
        if _last(kind.names) not in OBJECT_TYPES or kind.arrayBounds:
            self._push([node.arg], plain=_last(kind.names) in _PLAIN_TYPES and not kind.arrayBounds)
            self._push([kind])
            return
        self._looked_up(f"A cast to {_last(kind.names)}", node.arg, mixed=not plain, type_=_last(kind.names))

    def _looked_up(self, what: str, value: Any, *, mixed: bool, type_: str) -> None:
        text = literal(value)
        harmless = self._is_tableoid(value) or (text is not None and type_ != "regclass" and not text.strip().isdigit())
        name = relation_name(text) if text is not None and type_ == "regclass" else None
        self.found.append(Lookup("value", what, None, name, harmless, mixed))
        self._push([value])

    def _call(self, node: Any, *, plain: bool) -> None:
        parts = [part.sval for part in node.funcname]
        function = Name(parts[-2] if len(parts) > 1 else None, parts[-1])
        args = list(node.args or ())
        rest = [getattr(node, slot) for slot in node if slot not in {"funcname", "args"}]
        place = ABOUT_TABLES.get(function.name)
        about = args[place] if place is not None and -len(args) <= place < len(args) else None
        for arg in args:
            self._push([arg], plain=arg is about or function.name in _SHOWING)
        self._push(rest)
        if function.name in OBJECT_TYPES and len(args) == 1:
            self._looked_up(f"A cast to {function}", args[0], mixed=not plain, type_=function.name)
        elif function.name in _NAMES_TYPES:
            self._push(named_type(args, function.name))
        elif function.name == "pg_typeof":
            self.found.append(Lookup("value", "pg_typeof()", None, None, harmless=True, mixed=not plain))
        else:
            self._about(function, about)

    def _about(self, function: Name, table: Any) -> None:
        if isinstance(table, ast.TypeCast) and _last(getattr(table.typeName, "names", ())) == "regclass":
            table = table.arg
        text = literal(table)
        name = relation_name(text) if text is not None else None
        self.found.append(Lookup("value", f"{function}()", function, name, self._is_tableoid(table)))

    def _attribute(self, node: Any) -> None:
        """`x.f` may call f(x)."""
        parts = node.fields if isinstance(node, ast.ColumnRef) else node.indirection
        names = [str(part.sval) for part in parts or () if isinstance(part, ast.String)]
        for name in names[1:] if isinstance(node, ast.ColumnRef) else names:
            if name in OBJECT_TYPES or name == "pg_typeof":
                self.found.append(Lookup("value", f"{name} written as a column"))
            else:
                self.found.append(Lookup("value", f"{name}()", Name(None, name)))
        if isinstance(node, ast.A_Indirection):
            self._push(_children(node))

    def _is_tableoid(self, node: Any) -> bool:
        return self.real_tableoid and is_column(node) and getattr(node.fields[-1], "sval", "") == _TABLEOID


def _last(names: Any) -> str:
    return str(getattr(names[-1], "sval", "")) if names else ""


def _sorted(clause: Any) -> list[Any]:
    return [item.node for item in clause or ()]


def _elements(value: Any) -> list[Any]:
    if isinstance(value, ast.A_ArrayExpr):
        return list(value.elements or ())
    return list(value) if isinstance(value, (tuple, list)) else [value]
