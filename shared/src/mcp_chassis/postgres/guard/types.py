"""Judges types, operators and casts by the functions behind them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mcp_chassis.postgres.guard.agenda import COMPOSITE, Agenda, Waiting, waits_for
from mcp_chassis.postgres.guard.catalog import FIRST_USER_OID, Row
from mcp_chassis.postgres.guard.pieces import Path, Piece
from mcp_chassis.postgres.guard.reach import OperatorUse, Reach

_TEXT = 25
_RECORD = 2249


@dataclass(frozen=True, slots=True)
class Cast:
    """A cast by a function of users: it runs when the type it gives is cast to, or by itself."""

    context: str
    target: str
    function: int
    piece: Piece
    what: str


@dataclass(slots=True)
class Types:
    """The part of the judge that knows types, operators and casts."""

    agenda: Agenda
    casts: list[Cast] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    worlds: set[Path] = field(default_factory=set)

    async def judge(self, pieces: list[Piece], reached: dict[tuple[int, Path], Piece]) -> None:
        """Judge the types that some pieces name, and types by OID."""
        agenda = self.agenda
        named = [(piece, name) for piece in pieces for name in piece.reach.types]
        agenda.cast_targets.update(*(piece.reach.cast_targets for piece in pieces))
        for row in await agenda.catalog.types({name.name for _, name in named}, {oid for oid, _ in reached}):
            owners = [piece for (oid, _), piece in reached.items() if oid == row["oid"]]
            owners += [piece for piece, name in named if name.name == row["name"] and piece.finds(name, row)]
            for owner in owners:
                agenda.types |= {row["oid"], row["array"]}
                self._type(row, owner)

    async def judge_operators(self, pieces: list[Piece]) -> None:
        """Judge the operators that some pieces use, which may be those of users."""
        uses = [(piece, use) for piece in pieces for use in piece.reach.operators]
        for row in await self.agenda.catalog.operators({use.name.name for _, use in uses}):
            for piece, use in uses:
                if use.name.name == row["name"] and piece.finds(use.name, row):
                    self._operator(piece, row, use)

    async def take_casts(self) -> None:
        """Put casts that have become reachable on the agenda."""
        for path in self.agenda.paths - self.worlds:
            await self._world(path)
        agenda, targets = self.agenda, self._cast_targets() | {"json"}  # to_json() and its like look for these
        ready = [
            cast
            for cast in self.casts
            if cast.context == "i" or (cast.context == "a" and agenda.assigns) or cast.target in targets
        ]
        self.casts = [cast for cast in self.casts if cast not in ready]
        for cast in ready:
            agenda.reach_function(cast.function, cast.piece, cast.what)

    def _cast_targets(self) -> set[str]:
        """Names of the types that are cast to; a cast to a row type casts every field."""
        targets: set[str] = set()
        pending = set(self.agenda.cast_targets)
        while pending:
            targets |= pending
            pending = {field for name in pending for field in self.fields.get(name, ())} - targets
        return targets

    async def _world(self, path: Path) -> None:
        """What users made for types that PostgreSQL brought, under a search_path."""
        self.worlds.add(path)
        casts, opclasses = await self.agenda.catalog.world()
        piece = Piece(Reach(), path=path)
        for row in casts:
            what = "A cast that somebody made between built-in types"
            self.casts.append(Cast(row["context"], row["target_name"], row["function"], piece, what))
            if row["context"] == "i":
                self.agenda.reach_type(row["target_oid"], replace(piece, origin=what))
        for row in opclasses:
            types = frozenset((oid, True) for oid in row["types"] if oid >= FIRST_USER_OID)
            what = "An operator class that somebody made for a built-in type"
            self.agenda.waiting.append(Waiting(types, piece, what, functions=(row["function"],), frames=row["frames"]))

    def _type(self, row: Row, piece: Piece) -> None:
        agenda, what = self.agenda, f"Type {row['name']}"
        below = Piece(Reach(), piece.origin or what, piece.path, inner=True, hint=piece.hint)
        if not agenda.is_new("type", row["oid"], below):
            return
        self.fields[row["name"]] = row["attributes"]
        for oid in row["related"]:
            agenda.reach_type(oid, below)
        for oid in row["functions"]:
            agenda.reach_function(oid, below, what)
        casts = zip(row["cast_contexts"], row["cast_targets"], row["cast_functions"], strict=True)
        self.casts += [Cast(context, target, function, below, what) for context, target, function in casts]
        agenda.add_expressions(row["checks"], below)

    def _operator(self, piece: Piece, row: Row, use: OperatorUse) -> None:
        what = f"Operator {row['name']}"
        built_in = self.agenda.catalog.memory.operators.get(row["name"]) if use.name.schema is None else None
        waits = _waits(row, use, built_in) if built_in else {frozenset[tuple[int, bool]]()}
        for types in waits:
            functions = tuple(row["behind"])
            self.agenda.waiting.append(Waiting(types, piece, what, functions=functions, result=row["result"]))


def _waits(row: Row, use: OperatorUse, built_in: frozenset[tuple[int, int]]) -> set[frozenset[tuple[int, bool]]]:
    """The sets of types of which one must be in reach, for every way in which operands can be without a type.

    Where PostgreSQL has the operator over the type of the other operand, or over text, it prefers that for an operand
    without a type; where it has it over records, it prefers that for rows of no named type.
    """
    left, right = row["operands"]
    if (_RECORD, _RECORD) in built_in and min(left, right) >= FIRST_USER_OID and set(row["kinds"]) == {COMPOSITE}:
        return {frozenset({(left, False), (right, False)})}
    waits = {waits_for(row, (left, right))}
    if use.untyped[0] and not (left >= FIRST_USER_OID > right and (right, right) in built_in):
        waits.add(waits_for(row, (left, right), (0,)))
    if use.untyped[1] and not (right >= FIRST_USER_OID > left and (left, left) in built_in):
        waits.add(waits_for(row, (left, right), (1,)))
    if all(use.untyped) and (_TEXT if left else 0, _TEXT) not in built_in:
        waits.add(frozenset())
    return waits
