"""Which columns a judged statement may read, and whether it shows some of them under other names. Pure.

Both answers are by name and err on the safe side: a whole row is all of its columns, and what a view or a function
reads counts whole, since only it knows what becomes of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pglast import ast, enums

from mcp_chassis.errors import Denied
from mcp_chassis.postgres.guard.statement import read
from mcp_chassis.postgres.guard.verdict import Verdict

__all__ = ["columns_read", "refuse_derived"]

Relation = tuple[str, str]


def columns_read(verdict: Verdict, relation: Relation) -> frozenset[str]:
    """The columns of a relation that the statement may read."""
    everything = verdict.columns.get(relation, frozenset())
    reach = verdict.reach
    uses = [] if reach is None else [
        use
        for use in reach.relations
        if use.name.name == relation[1] and use.name.schema in {None, relation[0]}
    ]  # fmt: skip
    if reach is None or not uses or relation in verdict.behind:
        return everything
    found: set[str] = set()
    for use in uses:
        if use.opened or reach.starred & {use.alias, use.name.name, "*natural"}:
            return everything
        for qualifier, column in reach.columns:
            if qualifier is None and column in {use.alias, use.name.name}:
                return everything
            if qualifier == use.alias and column not in everything:  # x.f may be f(x)
                return everything
            if column in everything:
                found.add(column)
    return frozenset(found)


def refuse_derived(verdict: Verdict, hidden: Collection[str]) -> None:
    """Refuse a statement whose result may tell of hidden columns in any other way than as columns of their names.

    Such columns are masked by name in the result. They may therefore stand in the outermost select list, by their own
    name or in a `*`, and nowhere else: not in expressions, conditions, sorting, sub-queries, or under another name.

    Args:
        hidden: names of columns, in lower case.

    Raises:
        Denied: it cannot be told that the result shows nothing of them.
    """
    concerned = {relation: names & set(hidden) for relation, names in _folded(verdict).items() if names & set(hidden)}
    if not concerned:
        return
    for relation in sorted(concerned.keys() & verdict.behind):
        raise Denied(
            f"{_listed(concerned[relation])} is redacted for you, and a view or function of this query reads it; "
            "query the table itself."
        )
    node = read(verdict.sql).node
    if node is not None:
        _Outputs(verdict, concerned).check(node)


def _folded(verdict: Verdict) -> dict[Relation, set[str]]:
    return {relation: {name.lower() for name in names} for relation, names in verdict.columns.items()}


def _listed(names: Collection[str]) -> str:
    return " and ".join(sorted(names))


class _Outputs:
    """Looks at every reference of a statement."""

    def __init__(self, verdict: Verdict, concerned: dict[Relation, set[str]]) -> None:
        self._names = {name for names in concerned.values() for name in names}
        folded = _folded(verdict)
        self._tables: dict[str, set[str]] = {}
        for relation in concerned:  # of several tables of one name, what all of them have
            self._tables[relation[1]] = self._tables.get(relation[1], folded[relation]) & folded[relation]
        self._columns = {name for names in folded.values() for name in names}
        self._aliases: dict[str, set[str]] = {}
        """What such a table or a join over one is called, with the columns that the name surely has."""

    def check(self, node: Any) -> None:
        everything = list(_nodes(node))
        for item in everything:
            if isinstance(item, ast.RangeVar) and item.relname in self._tables:
                alias = str(item.alias.aliasname if item.alias else item.relname)
                self._aliases[alias] = self._aliases.get(alias, self._columns) & self._tables[item.relname]
                if item.alias and item.alias.colnames:
                    self._refuse("a list of column names behind its table's alias")
            elif isinstance(item, ast.JoinExpr):
                for joined in filter(None, (item.alias, item.join_using_alias)):
                    self._aliases.setdefault(str(joined.aliasname), self._columns)
        tests = {id(item.subselect) for item in everything if _tests_existence(item)}
        plain = {id(target.val) for target in node.targetList or () if self._is_plain(target)}
        for item in everything:
            if isinstance(item, ast.ColumnRef) and id(item) not in plain:
                self._reference(item)
            elif isinstance(item, ast.JoinExpr):
                self._join(item)
            elif isinstance(item, ast.SelectStmt) and item is not node and id(item) not in tests:
                self._nested(item)
        self._ordinals(node)

    def _is_plain(self, target: Any) -> bool:
        value = target.val
        if not isinstance(value, ast.ColumnRef):
            return False
        if _last(value) is None:
            return True
        return self._is_hidden(value) and (target.name is None or target.name.lower() in self._names)

    def _is_hidden(self, reference: Any) -> bool:
        return (_last(reference) or "").lower() in self._names

    def _reference(self, reference: Any) -> None:
        parts = [getattr(part, "sval", None) for part in reference.fields]
        qualifier = parts[-2] if len(parts) > 1 else None
        if self._is_hidden(reference):
            self._refuse("any other place than the outermost select list", parts[-1])
        if parts[-1] is None:
            if qualifier in self._aliases:
                self._refuse("whole rows")
            return
        if qualifier is None and parts[-1] in self._aliases:
            self._refuse("whole rows")
        if qualifier in self._aliases and str(parts[-1]).lower() not in self._aliases[qualifier]:
            self._refuse("whole rows")  # x.f may be f(x)

    def _ordinals(self, node: Any) -> None:
        """ORDER BY 2, GROUP BY 2 and DISTINCT ON (2) sort and group by whatever stands there."""
        targets = [target.val for target in node.targetList or ()]
        stars = any(isinstance(value, ast.ColumnRef) and _last(value) is None for value in targets)
        sorting = [item.node for item in node.sortClause or ()]
        for clause, items in (("ORDER BY", sorting), ("GROUP BY", node.groupClause), ("DISTINCT", node.distinctClause)):
            for number in filter(None, (_number(item) for item in _grouped(items))):
                value = targets[number - 1] if number <= len(targets) else None
                if stars or (isinstance(value, ast.ColumnRef) and self._is_hidden(value)):
                    self._refuse(clause)

    def _join(self, join: Any) -> None:
        if join.isNatural or (join.alias is not None and join.alias.colnames):
            self._refuse("a NATURAL JOIN or a renamed join")
        for column in join.usingClause or ():
            if column.sval.lower() in self._names:
                self._refuse("the condition of a join", column.sval)

    def _nested(self, select: Any) -> None:
        """A bare `*` of a nested SELECT over such a table carries the column where it is not followed."""
        stars = any(
            isinstance(getattr(target, "val", None), ast.ColumnRef) and _last(target.val) is None
            for target in select.targetList or ()
        )
        if stars and any(isinstance(item, ast.RangeVar) and item.relname in self._tables for item in _from(select)):
            self._refuse("the * of a sub-query")

    def _refuse(self, where: str, name: str | None = None) -> None:
        raise Denied(
            f"{name or _listed(self._names)} is redacted for you and may not stand in {where}; "
            "select it by its own name, or leave it out."
        )


def _grouped(items: Any) -> Iterator[Any]:
    """What stands in a clause, also within ROLLUP, CUBE and GROUPING SETS."""
    for item in items or ():
        if isinstance(item, ast.GroupingSet):
            yield from _grouped(item.content)
        elif isinstance(item, ast.RowExpr):
            yield from _grouped(item.args)
        else:
            yield item


def _number(item: Any) -> int | None:
    """The number that stands for a column of the select list."""
    number = getattr(getattr(item, "val", None), "ival", None)
    return number if isinstance(number, int) and number > 0 else None


def _tests_existence(node: Any) -> bool:
    return isinstance(node, ast.SubLink) and node.subLinkType == enums.SubLinkType.EXISTS_SUBLINK


def _last(reference: Any) -> str | None:
    """The name of a reference; None for a `*`."""
    return getattr(reference.fields[-1], "sval", None)


def _from(select: Any) -> Iterator[Any]:
    for item in select.fromClause or ():
        yield from _nodes(item)


def _nodes(node: Any) -> Iterator[Any]:
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, ast.Node):
            yield current
            pending += [getattr(current, slot) for slot in current if slot != "location"]
        elif isinstance(current, (tuple, list)):
            pending += current
