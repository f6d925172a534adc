"""Judges what tells of relations outside an allow-list without reading them: names in values, row types, heirs."""

from __future__ import annotations

from dataclasses import dataclass

from mcp_chassis.postgres.guard.agenda import Agenda
from mcp_chassis.postgres.guard.families import tells_of_objects
from mcp_chassis.postgres.guard.lookups import Lookup
from mcp_chassis.postgres.guard.pieces import OTHERS, Piece
from mcp_chassis.postgres.guard.reach import Name
from mcp_chassis.postgres.guard.relations import Relations

_TELLS = "tells of tables outside the allowed ones"
_OUTSIDE = "is outside the allowed schemas and tables"
_SEE = "use get_schema to see those"


@dataclass(slots=True)
class Outside:
    """The part of the judge that keeps what is not on the allow-list unknown."""

    agenda: Agenda
    relations: Relations

    async def judge(self) -> None:
        """Judge the lookups found so far."""
        agenda = self.agenda
        found, agenda.lookups = agenda.lookups, []
        waiting = [(piece, lookup) for piece, lookup in found if self._counts(lookup)]
        if not waiting:
            return
        names = {lookup.name.name for _, lookup in waiting if lookup.name and lookup.kind != "type"}
        await self.relations.learn(names)
        for piece, lookup in waiting:
            if lookup.kind == "value":
                self._value(piece, lookup)
        await self._types([(piece, lookup) for piece, lookup in waiting if lookup.kind == "type"])
        await self._from([(piece, lookup) for piece, lookup in waiting if lookup.kind == "from"])

    def _counts(self, lookup: Lookup) -> bool:
        memory = self.agenda.catalog.memory
        if lookup.kind == "type":
            name = lookup.name
            return name is not None and (name.schema not in {None, "pg_catalog"} or name.name not in memory.types)
        if lookup.function is None:
            return True
        function = lookup.function
        if function.schema not in {None, "pg_catalog"} or self.agenda.is_allowed("pg_catalog", function.name):
            return False
        known = memory.functions.get(function.name, ())
        return tells_of_objects(function.name, (builtin.argtypes for builtin in known))

    def _value(self, piece: Piece, lookup: Lookup) -> None:
        allowed = self.agenda.allowed
        if lookup.mixed:
            piece.refuse(lookup.what, "could turn numbers into names of tables here", "cast it to text", remedy=OTHERS)
        if lookup.harmless:
            return
        if lookup.name is None:
            piece.refuse(
                lookup.what, _TELLS, "name an allowed table in it by a literal, or use get_schema", remedy=OTHERS
            )
        rows = self.relations.resolve(piece, lookup.name)
        if rows and not all(allowed.allows(row["schema"], row["name"]) for row in rows):
            piece.refuse(str(lookup.name), _OUTSIDE, _SEE, remedy=OTHERS)
        if not rows and lookup.name.schema not in frozenset(allowed.schemas):
            piece.refuse(str(lookup.name), _OUTSIDE, _SEE, remedy=OTHERS)

    async def _types(self, found: list[tuple[Piece, Lookup]]) -> None:
        for row in await self.agenda.catalog.row_types({str(lookup.name and lookup.name.name) for _, lookup in found}):
            for piece, lookup in found:
                if lookup.name is None or lookup.name.name != row["name"] or not piece.finds(lookup.name, row):
                    continue
                if row["names_objects"]:
                    piece.refuse(f"Type {lookup.name}", _TELLS, _SEE, remedy=OTHERS)
                if not self.agenda.allowed.allows(row["table_schema"], row["table"]):
                    piece.refuse(f"Type {lookup.name}", _OUTSIDE, _SEE, remedy=OTHERS)

    async def _from(self, found: list[tuple[Piece, Lookup]]) -> None:
        """Tables that inherit are read with their parent; partitions are parts of theirs, others are tables."""
        parents: dict[int, list[tuple[Piece, Name]]] = {}
        for piece, lookup in found:
            name = lookup.name
            if name is None or not any(use.name == name for use in piece.reach.relations):
                continue
            rows = self.relations.resolve(piece, name)
            if not rows and name.schema is not None and not self.agenda.allowed.allows(name.schema, name.name):
                piece.refuse(str(name), _OUTSIDE, _SEE, remedy=OTHERS)  # whether it is there is not told
            for row in rows:
                if row["layered"] and not lookup.harmless:
                    parents.setdefault(row["oid"], []).append((piece, name))
        for row in await self.agenda.catalog.heirs(parents):
            if not self.agenda.allowed.allows(row["schema"], row["name"]):
                for piece, name in parents[row["root"]]:
                    reason = "is read with tables outside the allowed ones that inherit from it"
                    piece.refuse(f"Table {name}", reason, f"write FROM ONLY {name}", remedy=OTHERS)
