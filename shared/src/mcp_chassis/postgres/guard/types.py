"""Judges types, operators and casts by the functions behind them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mcp_chassis.postgres.guard.agenda import Agenda, Waiting, fitting
from mcp_chassis.postgres.guard.catalog import Row
from mcp_chassis.postgres.guard.pieces import Piece
from mcp_chassis.postgres.guard.reach import Reach
from mcp_chassis.postgres.guard.words import words

_TEXT_OPERATORS = words("= <> < <= > >= || ~ ~* !~ !~* ~~ ~~* !~~ !~~*")


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
    world_known: bool = False

    async def judge(self, pieces: list[Piece], oids: dict[int, Piece]) -> None:
        """Judge the types that some pieces name, and types by OID."""
        agenda = self.agenda
        named = [(piece, name) for piece in pieces for name in piece.reach.types]
        agenda.cast_targets.update(*(piece.reach.cast_targets for piece in pieces))
        for row in await agenda.catalog.types({name.name for _, name in named}, oids):
            owners = [oids[row["oid"]]] if row["oid"] in oids else []
            owners += [piece for piece, name in named if name.name == row["name"] and piece.finds(name, row)]
            if owners:
                agenda.types |= {row["oid"], row["array"]}
                self._type(row, owners[0])

    async def judge_operators(self, pieces: list[Piece]) -> None:
        """Judge the operators that some pieces use, which may be those of users."""
        uses = [(piece, use) for piece in pieces for use in piece.reach.operators]
        for row in await self.agenda.catalog.operators({use.name.name for _, use in uses}):
            for piece, use in uses:
                if use.name.name == row["name"] and piece.finds(use.name, row):
                    self._operator(piece, row, untyped=use.untyped)

    async def take_casts(self) -> bool:
        """Put casts that have become reachable on the agenda; tells whether there were any."""
        if not self.world_known:
            await self._world()
        agenda, targets = self.agenda, self._cast_targets()
        ready = [
            cast
            for cast in self.casts
            if cast.context == "i" or (cast.context == "a" and agenda.assigns) or cast.target in targets
        ]
        self.casts = [cast for cast in self.casts if cast not in ready]
        for cast in ready:
            agenda.reach_function(cast.function, cast.piece, cast.what)
        return bool(ready) or bool(agenda.functions) or bool(agenda.new_types)

    def _cast_targets(self) -> set[str]:
        """Names of the types that are cast to; a cast to a row type casts every field."""
        targets: set[str] = set()
        pending = set(self.agenda.cast_targets)
        while pending:
            targets |= pending
            pending = {field for name in pending for field in self.fields.get(name, ())} - targets
        return targets

    async def _world(self) -> None:
        """What users made for types that PostgreSQL brought."""
        self.world_known = True
        casts, opclasses = await self.agenda.catalog.world()
        piece = Piece(Reach())
        for row in casts:
            what = "A cast that somebody made between built-in types"
            self.casts.append(Cast(row["context"], row["target_name"], row["function"], piece, what))
            if row["context"] == "i":
                self.agenda.reach_type(row["target_oid"], replace(piece, origin=what))
        for row in opclasses:
            self.agenda.reach_function(
                row["function"], piece, "An operator class that somebody made for a built-in type"
            )

    def _type(self, row: Row, piece: Piece) -> None:
        agenda, what = self.agenda, f"Type {row['name']}"
        below = Piece(Reach(), piece.origin or what, inner=True, hint=piece.hint)
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

    def _operator(self, piece: Piece, row: Row, *, untyped: bool) -> None:
        what = f"Operator {row['name']}"
        types: tuple[int, ...] = ()
        rows = False
        built_in = row["name"] in self.agenda.catalog.memory.operators
        if built_in and (not untyped or row["name"] in _TEXT_OPERATORS):
            types, rows = fitting(zip(row["operands"], row["kinds"], strict=True))
        for function in (row["function"], *row["estimators"], -row["result"]):
            self.agenda.waiting.append(Waiting(types, rows, None, function, piece, what))
