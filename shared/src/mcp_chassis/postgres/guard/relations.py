"""Judges relations: the allow-list, hidden columns, and what reading a relation runs besides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mcp_chassis.postgres.guard.agenda import Agenda
from mcp_chassis.postgres.guard.catalog import FIRST_USER_OID, Row
from mcp_chassis.postgres.guard.pieces import ANY_SCHEMA, OTHERS, WITHOUT, Piece
from mcp_chassis.postgres.guard.reach import Name, Reach, RelationUse
from mcp_chassis.postgres.guard.secrets import EXTENSION_SECRETS, EXTENSION_VIEWS, RELATIONS, TOAST, Hidden

_CATALOG_SCHEMAS = frozenset({"pg_catalog", "information_schema", "pg_toast"})
_KINDS = {"v": "View", "m": "Materialized view", "f": "Foreign table", "S": "Sequence"} | dict.fromkeys("rpt", "Table")


@dataclass(slots=True)
class Relations:
    """The part of the judge that knows relations."""

    agenda: Agenda
    known: dict[int, Row] = field(default_factory=dict)

    async def judge(self, pieces: list[Piece]) -> None:
        """Judge what some pieces read."""
        await self.learn({use.name.name for piece in pieces for use in piece.reach.relations})
        layered: list[tuple[int, Piece]] = []
        for piece in pieces:
            for use in piece.reach.relations:
                for row in self.resolve(piece, use.name):
                    self._relation(piece, use, row)
                    key = (row["oid"], piece.path)
                    if row["oid"] >= FIRST_USER_OID and row["layered"] and key not in self.agenda.opened:
                        self.agenda.opened.add(key)
                        below = Piece(Reach(), piece.origin or _what(row, use.name), piece.path, inner=True)
                        layered.append((row["oid"], below))
        await self._layers(layered)

    async def learn(self, names: set[str]) -> None:
        """Ask the catalog for relations of these names."""
        self.known.update((row["oid"], row) for row in await self.agenda.catalog.relations(names))

    def resolve(self, piece: Piece, name: Name) -> list[Row]:
        """The relation that a name means, or every one that it may mean."""
        rows = [row for row in self.known.values() if row["name"] == name.name and piece.finds(name, row)]
        if name.schema is not None or len(rows) < 2:
            return rows
        if piece.names is None:
            return [min(rows, key=lambda row: int(row["rank"]))]
        if ANY_SCHEMA in piece.names:
            return rows
        order = [row for schema in piece.names for row in rows if row["schema"] == schema]
        return [*(row for row in rows if row["schema"] not in piece.names), *order[:1]]

    def has_column(self, piece: Piece, alias: str, column: str) -> bool:
        """Whether everything that a piece calls so has this column."""
        rows = [row for use in piece.reach.relations if use.alias == alias for row in self.resolve(piece, use.name)]
        return bool(rows) and all(column in row["columns"] for row in rows)

    def _relation(self, piece: Piece, use: RelationUse, row: Row) -> None:
        agenda, what = self.agenda, _what(row, use.name)
        agenda.reach_relation((row["schema"], row["name"]), row["columns"], piece)
        agenda.role_matters = agenda.role_matters or _answers_by_role(row)
        if not piece.inner and not agenda.allowed.allows(row["schema"], row["name"]):
            if row["schema"] in _CATALOG_SCHEMAS:
                piece.refuse(what, "tells of tables outside the allowed ones", "use get_schema", remedy=OTHERS)
            if piece.origin is None:
                piece.refuse(str(use.name), "is outside the allowed schemas and tables", "use get_schema to see those")
            piece.refuse(what, "reads tables outside the allowed ones", remedy=OTHERS)
        hidden = _hidden(row)
        if hidden is not None and use.narrowed != "named" and _shows(piece.reach, use, row, hidden.columns):
            self._show(piece, what, use, hidden)
        below = Piece(Reach(), piece.origin or what, piece.path, piece.inner, piece.hint)
        for column, oid in zip(row["columns"], row["column_types"], strict=True):
            if oid >= FIRST_USER_OID and _shows(piece.reach, use, row, frozenset({column})):
                agenda.reach_type(oid, below)
        if _is_whole(piece.reach, use, row):
            agenda.reach_type(row["row_type"], below)
        if not agenda.is_new("relation", row["oid"], below):
            return
        if (row["extension"], row["name"]) in EXTENSION_VIEWS:
            return
        inside = replace(below, inner=True)
        for oid in row["used"]:  # what is printed leaves out operators of USING, NULLIF, CASE and IS DISTINCT FROM
            agenda.reach_function(oid, inside, what)
        agenda.add_expressions(row["generated"], below)
        agenda.add_expressions(row["policies"], inside)
        if row["definition"] is not None:
            agenda.add_sql(row["definition"], below)

    def _show(self, piece: Piece, what: str, use: RelationUse, hidden: Hidden) -> None:
        if hidden.of is not None and (use.narrowed or hidden.of != "modules"):
            self.agenda.ask_settings(piece, what, hidden)
        elif not use.narrowed:
            piece.refuse(what, f"shows {hidden.what}", hidden.advice, remedy=WITHOUT)

    async def _layers(self, reached: list[tuple[int, Piece]]) -> None:
        for row in await self.agenda.catalog.storage(oid for oid, _ in reached):
            for piece in (piece for oid, piece in reached if oid == row["oid"]):
                if row["handler"] is not None:
                    await self._foreign(row["handler"], piece)
                functions = [function for function in (row["function"], *(row["used"] or ())) if function is not None]
                self.agenda.apart.append((piece, row["folded"], functions))

    async def _foreign(self, handler: int, piece: Piece) -> None:
        rows = await self.agenda.catalog.functions((), [handler] if handler else [])
        if not rows or not self.agenda.is_allowed(rows[0]["schema"], rows[0]["name"]):
            handler_name = f"{rows[0]['schema']}.{rows[0]['name']}" if rows else "no handler"
            reason = "reaches foreign data outside this database"
            replace(piece, function=handler_name).refuse("", reason)


def _what(row: Row, name: Name) -> str:
    return f"{_KINDS.get(row['kind'], 'Relation')} {name}"


def _answers_by_role(row: Row) -> bool:
    """Row security, foreign servers' users, and the statistics and settings that PostgreSQL and extensions show."""
    known = row["schema"] in _CATALOG_SCHEMAS or row["extension"] is not None
    return known or row["row_security"] or row["kind"] == "f"


def _hidden(row: Row) -> Hidden | None:
    if row["schema"] == "pg_toast":
        return TOAST
    if row["oid"] < FIRST_USER_OID:
        return RELATIONS.get((row["schema"], row["name"]))
    key = (row["extension"], row["name"])
    return EXTENSION_SECRETS.get(key) or (EXTENSION_VIEWS.get(key) if row["kind"] == "v" else None)


def _shows(reach: Reach, use: RelationUse, row: Row, columns: frozenset[str]) -> bool:
    """Whether one of these columns can reach the result; without columns, the relation always does.

    A name counts whatever stands before it: it may mean the column.
    """
    if not columns or use.opened or reach.starred & {use.alias, use.name.name, "*natural"}:
        return True
    for qualifier, column in reach.columns:
        if column in columns or (qualifier is None and column in {use.alias, use.name.name}):
            return True
        if qualifier == use.alias and column not in row["columns"]:
            return True
    return False


def _is_whole(reach: Reach, use: RelationUse, row: Row) -> bool:
    """Whether a row of the relation is a value somewhere."""
    for qualifier, column in reach.columns:
        if qualifier is None and column in {use.alias, use.name.name}:
            return True
        if qualifier == use.alias and column not in row["columns"]:
            return True
    return False
