"""Judges functions: what PostgreSQL and extensions bring by families and volatility, those of users by their bodies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mcp_chassis.postgres.guard.agenda import Agenda, Waiting, waits_for
from mcp_chassis.postgres.guard.bodies import Unreadable, plpgsql_body, sql_body
from mcp_chassis.postgres.guard.catalog import FIRST_USER_OID, Builtin, Row
from mcp_chassis.postgres.guard.families import (
    BY_ARGUMENT,
    EXTENSION_READS,
    EXTENSIONS,
    NAMES_IN_TEXT,
    SQL_AS_TEXT_ARGS,
    answers_by_role,
    family_of,
    only_reads,
    tells_of_objects,
)
from mcp_chassis.postgres.guard.headers import RECORD, header
from mcp_chassis.postgres.guard.pieces import ANY_SCHEMA, OTHERS, Piece, allow_hint, hint_for, path_of
from mcp_chassis.postgres.guard.reach import ANY_NUMBER, FunctionCall, Name, OperatorUse, Reach
from mcp_chassis.postgres.guard.relations import Relations
from mcp_chassis.postgres.guard.secrets import SHOWS_SETTINGS

_FORBIDDEN_CONFIG = ("role=", "session_authorization=", "transaction_", "default_transaction_", "dynamic_library_path=")
_STRING_CONFIG = ("standard_conforming_strings=", "backslash_quote=")
_BUILT_IN_SCHEMAS = frozenset({None, "pg_catalog", "information_schema"})
_TRIGGERS = frozenset({2279, 3838})
_SAMPLING = 3310  # tsm_handler
_TEXT = 25
_NO_ROWS = frozenset({"b", "e", "r", "m"})


@dataclass(slots=True)
class Functions:
    """The part of the judge that knows functions."""

    agenda: Agenda
    relations: Relations

    async def judge(self, pieces: list[Piece], oids: dict[int, list[tuple[Piece, str]]]) -> None:
        """Judge the calls of some pieces by name, and functions by OID with what leads to them."""
        calls = [(piece, call) for piece in pieces for call in piece.reach.functions]
        for piece, call in calls:
            self._built_in_call(piece, call)
        self.agenda.rows = self.agenda.rows or any(map(self._makes_rows, pieces))
        self.agenda.frames = self.agenda.frames or any(piece.reach.frames for piece in pieces)
        rows = await self.agenda.catalog.functions({call.name.name for _, call in calls}, oids)
        await self._check_strings(rows)
        by_name: dict[str, list[Row]] = {}
        for row in rows:
            by_name.setdefault(row["name"], []).append(row)
            for piece, what in oids.get(row["oid"], ()):
                self.function(row, piece, what)
        for piece, call in calls:
            for row in by_name.get(call.name.name, ()):
                if row["oid"] >= FIRST_USER_OID and self._is_reachable(piece, call, row):
                    self._candidate(piece, call, row)

    def is_harmless_symbol(self, symbol: str) -> bool:
        """Whether C code is in no family, whatever it is called in SQL."""
        names = {symbol, *self.agenda.catalog.memory.symbols.get(symbol, ())}
        return family_of(names) is None and BY_ARGUMENT.isdisjoint(names)

    def wake(self) -> None:
        """Take up what has become reachable by the types found so far."""
        agenda = self.agenda
        waiting, agenda.waiting = agenda.waiting, []
        for item in waiting:
            fits = all(oid in agenda.types or (composite and agenda.rows) for oid, composite in item.types)
            if not fits or (item.frames and not agenda.frames):
                agenda.waiting.append(item)
                continue
            if item.row is not None:
                self.function(item.row, item.piece, item.what)
            for oid in item.functions:
                agenda.reach_function(oid, item.piece, item.what)
            agenda.reach_type(item.result, replace(item.piece, origin=item.piece.origin or item.what))

    async def _check_strings(self, rows: list[Row]) -> None:
        if any("\\" in row["source"] for row in rows if row["language"] in {"sql", "plpgsql"}):
            await self.agenda.catalog.require_standard_strings()

    def function(self, row: Row, piece: Piece, what: str) -> None:
        """Judge one function, whoever leads to it."""
        agenda = self.agenda
        hint = piece.hint or (hint_for(what) if piece.origin is None else "")
        below = Piece(Reach(), piece.origin or what, path_of(row["config"]) or piece.path, piece.inner, hint)
        below.function = f"{row['schema']}.{row['name']}"
        agenda.paths.add(below.path)
        if not agenda.is_new("function", row["oid"], below) or row["kind"] == "p" or row["returns"] in _TRIGGERS:
            return
        if agenda.is_allowed(row["schema"], row["name"]):
            return
        for oid in {*row["alltypes"], row["returns"]}:
            agenda.reach_type(oid, below)
        agenda.rows = agenda.rows or row["returns"] == RECORD
        if row["support"] >= FIRST_USER_OID:
            agenda.reach_function(row["support"], below, what)
        if any(setting.startswith(_FORBIDDEN_CONFIG) for setting in row["config"]):
            below.refuse(what, "changes the role or the transaction while it runs", below.hint)
        if any(setting.startswith(_STRING_CONFIG) for setting in row["config"]):
            below.refuse(what, "changes how strings are read while it runs", below.hint)
        if row["default_values"]:
            agenda.add_expressions([row["default_values"]], replace(below, path=piece.path))
        for oid in {*row["behind"], *row["used"]}:
            agenda.reach_function(oid, below, what)
            agenda.reach_function(oid, replace(below, path=piece.path), what)
        if row["oid"] < FIRST_USER_OID:
            self._keep_inside(row["name"], below, what)
            self._behind((row["name"], row["source"]), below, what)
            self._built_in(row["name"], row["volatility"], below, what)
        elif row["kind"] != "a":
            self._body(row, below, what)

    # What PostgreSQL brings

    def _built_in_call(self, piece: Piece, call: FunctionCall) -> None:
        name = call.name.name
        known = self.agenda.catalog.memory.functions.get(name)
        if known is None or call.name.schema not in _BUILT_IN_SCHEMAS or self.agenda.is_allowed("pg_catalog", name):
            return
        if "value" not in self._kinds(piece, call):
            return
        if call.attribute is not None and name in NAMES_IN_TEXT:
            piece.refuse(f"{name} written as a column", "reads what its text names", f"call {name}(...)")
        self.agenda.role_matters = self.agenda.role_matters or answers_by_role(name)
        for builtin in known:
            if call.args == ANY_NUMBER or builtin.least <= call.args <= builtin.most:
                self._built_in(name, builtin.volatility, piece, f"{name}()")
                if name in SQL_AS_TEXT_ARGS and call.args in {SQL_AS_TEXT_ARGS[name], ANY_NUMBER}:
                    piece.refuse(f"{name}()", "runs SQL that it gets as text", "write that query directly")

    def _built_in(self, name: str, volatility: str, piece: Piece, what: str) -> None:
        if family := family_of((name,)):
            piece.refuse_family(what, family)
        if name in SHOWS_SETTINGS:
            self.agenda.ask_settings(piece, what, SHOWS_SETTINGS[name])
        if volatility == "v" and not only_reads(name):
            piece.refuse(what, "is not known to only read", allow_hint(name))

    def _keep_inside(self, name: str, piece: Piece, what: str) -> None:
        """Where an allow-list binds, refuse what tells of any relation and is no call that shows of which."""
        known = self.agenda.catalog.memory.functions.get(name, ())
        if self.agenda.allowed and not piece.inner and tells_of_objects(name, (builtin.argtypes for builtin in known)):
            piece.refuse(what, "tells of tables outside the allowed ones", "use get_schema", remedy=OTHERS)

    def _behind(self, names: Iterable[str], piece: Piece, what: str) -> None:
        """What PostgreSQL brings, where its arguments cannot be seen: behind operators, aggregates, other names."""
        if not BY_ARGUMENT.isdisjoint(names):
            piece.refuse(what, "may run or show what its text names", piece.hint)

    def _makes_rows(self, piece: Piece) -> bool:
        """Whether values of no named row type occur: ROW(...), rows of sub-selects, functions that give records."""
        reach = piece.reach
        if reach.makes_rows or any("row" in reach.aliases.get(name, ()) for _, name in reach.columns):
            return True
        if any("row" in reach.aliases.get(call.qualifier or "", ()) for call in reach.functions):
            return True
        known = self.agenda.catalog.memory.functions
        return any(item.gives_rows for call in reach.functions for item in known.get(call.name.name, ()))

    # What users made, by name

    def _kinds(self, piece: Piece, call: FunctionCall) -> set[str]:
        """What a call takes: "value" is anything, "row" a row of a sub-select; nothing if `x.f` is a column."""
        if call.attribute != "row":
            return {"value"}
        qualifier = call.qualifier or ""
        kinds = set(piece.reach.aliases.get(qualifier, ()))
        if not kinds or piece.reach.unnamed or qualifier in piece.variables:
            return {"value"}
        if "relation" in kinds:
            kinds.discard("relation")
            if not self.relations.has_column(piece, qualifier, call.name.name):
                kinds.add("value")
        return kinds

    def _is_reachable(self, piece: Piece, call: FunctionCall, row: Row) -> bool:
        if not piece.finds(call.name, row, functions=True):
            return False
        most = float("inf") if row["variadic"] else row["args"]
        least = row["args"] - row["defaults"] - (1 if row["variadic"] else 0)
        if call.args != ANY_NUMBER and not least <= call.args <= most:
            return False
        kinds = self._kinds(piece, call)
        if "value" in kinds or "row" not in kinds:
            return "value" in kinds
        first = row["argtypes"][0]
        kind = dict(zip(row["alltypes"], row["kinds"], strict=True))[first]
        return bool(row["variadic"]) or first >= FIRST_USER_OID or kind not in _NO_ROWS

    def _candidate(self, piece: Piece, call: FunctionCall, row: Row) -> None:
        what = f"Function {call.name}" if call.attribute is None else f"{call.name.name} written as a column"
        builtins = self.agenda.catalog.memory.functions.get(call.name.name)
        if builtins is None or call.name.schema is not None:
            self.function(row, piece, what)
        elif not self._is_shadowed(piece, row, builtins):
            types = tuple(row["argtypes"])[: None if call.args == ANY_NUMBER else call.args]
            kinds = dict(zip(row["alltypes"], row["kinds"], strict=True))
            known = {**row, "kinds": [kinds[oid] for oid in types]}
            waits = waits_for(known, types, _free(call, known, types, builtins))
            self.agenda.waiting.append(Waiting(waits, piece, what, row=row))

    def _is_shadowed(self, piece: Piece, row: Row, builtins: list[Builtin]) -> bool:
        """Whether pg_catalog comes before the schema of this function and has one of the same arguments."""
        if piece.names is not None:
            first = "pg_catalog" not in piece.names and ANY_SCHEMA not in piece.names
        else:
            first = int(row["catalog_rank"]) < int(row["rank"])
        return first and any(builtin.argtypes == tuple(row["argtypes"]) for builtin in builtins)

    # Bodies

    def _body(self, row: Row, piece: Piece, what: str) -> None:
        language, extension = row["language"], row["extension"]
        for origin in (extension, row["library"]):
            if origin in EXTENSIONS:
                piece.refuse(what, EXTENSIONS[origin], piece.hint)
        if language == "internal":
            self._alias(row, piece, what)
        elif language == "c":
            self._compiled(row, piece, what)
        elif language not in {"sql", "plpgsql"}:
            piece.refuse(what, f"is written in {language}, which cannot be checked", piece.hint)
        else:
            self._readable(row, piece, what)

    def _readable(self, row: Row, piece: Piece, what: str) -> None:
        try:
            if row["language"] == "sql":
                body = sql_body(row["source"], row["sqlbody"])
            else:
                body = plpgsql_body(row["source"], header(row))
        except Unreadable as error:
            piece.refuse(what, f"cannot be checked: {error}", piece.hint, error)
        agenda = self.agenda
        agenda.assigns = True
        agenda.rows = agenda.rows or body.rows
        # PostgreSQL prints the standard's form with the names that the session's search_path needs.
        names = frozenset({*body.variables, *row["argnames"], row["name"]})
        reach = agenda.add_nodes(body.nodes, replace(piece, printed=row["sqlbody"] is not None, variables=names))
        reach.types |= {Name(ANY_SCHEMA, word) for word in body.words}
        reach.operators |= {OperatorUse(Name(None, "%"))} if body.words else set()
        seen = {(call.name.name, call.args) for call in reach.functions}
        for schema, name, args in body.calls:
            if args is None:
                reach.functions.add(FunctionCall(Name(None, name), 1, "row", schema))
            elif (name, args) not in seen:
                reach.functions.add(FunctionCall(Name(schema, name), args, untyped=frozenset(range(args)), loose=True))

    def _alias(self, row: Row, piece: Piece, what: str) -> None:
        """A function of a user over one of PostgreSQL's own: judged as that one."""
        memory = self.agenda.catalog.memory
        names = memory.symbols.get(row["source"])
        if not names:
            piece.refuse(what, "cannot be checked", piece.hint)
        if family := family_of([*names, row["source"]]):
            piece.refuse_family(what, family)
        self._behind([*names, row["source"]], piece, what)
        for name in names:
            self._keep_inside(name, piece, what)
            for builtin in memory.functions[name]:
                self._built_in(name, builtin.volatility, piece, what)

    def _compiled(self, row: Row, piece: Piece, what: str) -> None:
        """C code of extensions, by family and volatility; other C code cannot be checked."""
        if row["extension"] is None:
            piece.refuse(what, "is written in C, which cannot be checked", piece.hint)
        if family := family_of((row["name"], row["source"])):
            piece.refuse_family(what, family)
        self._keep_inside(row["name"], piece, what)
        reads = row["name"] in EXTENSION_READS or row["returns"] == _SAMPLING
        if row["volatility"] == "v" and not reads:
            piece.refuse(what, f"is volatile C code of the extension {row['extension']}", piece.hint)


def _free(call: FunctionCall, row: Row, types: Sequence[int], builtins: list[Builtin]) -> frozenset[int]:
    """Positions at which untyped arguments fit the types of users.

    There are none where PostgreSQL has a function of the same other arguments that takes text there: it prefers that.
    """
    if not call.untyped:
        return frozenset()
    if call.loose or row["variadic"]:
        return frozenset(range(len(types)))
    mine = {at for at in call.untyped if at < len(types) and types[at] >= FIRST_USER_OID}
    taken = tuple(_TEXT if at in mine else oid for at, oid in enumerate(types))
    return frozenset() if any(builtin.argtypes == taken for builtin in builtins) else frozenset(mine)
