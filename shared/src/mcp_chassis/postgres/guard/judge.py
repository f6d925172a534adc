"""The catalog part: follows every name of a statement to what it runs, and refuses what does more than read.

The judge works in rounds. Each round asks the catalog for all names at once; what it finds there (bodies of functions,
views, policies, checks) is SQL again, which names more: the next round. It ends where nothing new is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from pglast import ast, parse_sql

from mcp_chassis.errors import Denied, InvalidArguments
from mcp_chassis.postgres.guard.bodies import Unreadable, plpgsql_body, sql_body
from mcp_chassis.postgres.guard.catalog import FIRST_USER_OID, Catalog, Row
from mcp_chassis.postgres.guard.families import (
    CATALOG_TEXT,
    EXTENSION_READS,
    EXTENSIONS,
    SQL_AS_TEXT_ARGS,
    Family,
    family_of,
    only_reads,
)
from mcp_chassis.postgres.guard.reach import ANY_NUMBER, FunctionCall, Name, Reach, RelationUse, reach_of
from mcp_chassis.postgres.guard.secrets import EXTENSION_VIEWS, RELATIONS, TOAST
from mcp_chassis.postgres.guard.verdict import AllowList

Path = tuple[str, ...] | None  # the search_path of a function that sets one; None is the session's
ANY_SCHEMA = "*"
_CATALOG_SCHEMAS = frozenset({"pg_catalog", "information_schema", "pg_toast"})
_FORBIDDEN_CONFIG = ("role=", "session_authorization=", "transaction_", "default_transaction_", "dynamic_library_path=")
_TRIGGERS = frozenset({2279, 3838})
_VOID = 2278
_RECORD = 2249
_SAMPLING = 3310  # tsm_handler


@dataclass(slots=True)
class Piece:
    """One piece of SQL to judge.

    Args:
        origin: what the caller wrote that leads here ("Function f"); None for the caller's own statement.
        hint: how an operator can allow the origin.
        inner: not bound by the allow-list: it decides about rows and shows none (policies, checks).
    """

    reach: Reach
    origin: str | None = None
    path: Path = None
    inner: bool = False
    hint: str = ""


@dataclass(slots=True)
class Waiting:
    """A function of users under a name that PostgreSQL has too: it counts once its argument types are in reach.

    Args:
        types: those of its argument types that only values of the type itself fit; text fits a domain over text.
        rows: it takes composite types, which any row fits.
        function: its OID; of an operator, the negative OID of the result type.
    """

    types: tuple[int, ...]
    rows: bool
    row: Row | None
    function: int
    piece: Piece
    what: str


@dataclass(slots=True)
class Judge:
    """Judges one statement against one catalog."""

    catalog: Catalog
    allow_functions: frozenset[str]
    allowed: AllowList
    relations: set[tuple[str, str]] = field(default_factory=set)
    behind: set[tuple[str, str]] = field(default_factory=set)
    columns: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    _pieces: list[Piece] = field(default_factory=list)
    _oids: dict[int, tuple[Piece, str]] = field(default_factory=dict)
    _type_oids: dict[int, Piece] = field(default_factory=dict)
    _types: set[int] = field(default_factory=set)
    _known_relations: dict[int, Row] = field(default_factory=dict)
    _judged: set[tuple[int, Path]] = field(default_factory=set)
    _waiting: list[Waiting] = field(default_factory=list)
    _cast_targets: set[str] = field(default_factory=set)
    _assigns: bool = False
    _rows: bool = False

    async def judge(self, reach: Reach) -> None:
        """Follow one statement.

        Raises:
            Denied: it does more than read, or reaches what it must not.
        """
        await self.catalog.prepare()
        self._pieces.append(Piece(reach))
        await self._settle()
        await self._casts()
        await self._settle()

    async def _settle(self) -> None:
        while self._pieces or self._oids or self._type_oids:
            await self._round()

    async def _round(self) -> None:
        pieces, self._pieces = self._pieces, []
        oids, self._oids = self._oids, {}
        type_oids, self._type_oids = self._type_oids, {}
        await self._relations(pieces)
        await self._type_rows(pieces, type_oids)
        await self._operators(pieces)
        await self._functions(pieces, oids)
        self._wake()

    # Functions

    async def _functions(self, pieces: list[Piece], oids: dict[int, tuple[Piece, str]]) -> None:
        calls = [(piece, call) for piece in pieces for call in piece.reach.functions]
        for piece, call in calls:
            self._builtin_call(piece, call)
        self._rows = self._rows or any(map(self._makes_rows, pieces))
        rows = await self.catalog.functions({call.name.name for _, call in calls}, oids)
        by_name: dict[str, list[Row]] = {}
        for row in rows:
            by_name.setdefault(row["name"], []).append(row)
            if row["oid"] in oids:
                self._function(row, *oids[row["oid"]])
        for piece, call in calls:
            for row in by_name.get(call.name.name, ()):
                if row["oid"] >= FIRST_USER_OID and self._reachable(piece, call, row):
                    self._candidate(piece, call, row)

    def _makes_rows(self, piece: Piece) -> bool:
        """Whether values of no named row type occur: ROW(...), whole rows, functions that give records."""
        reach = piece.reach
        if reach.makes_rows or any(qualifier is None and name in reach.aliases for qualifier, name in reach.columns):
            return True
        builtins = self.catalog.memory.functions
        return any(item.gives_rows for call in reach.functions for item in builtins.get(call.name.name, ()))

    def _builtin_call(self, piece: Piece, call: FunctionCall) -> None:
        name = call.name.name
        if call.name.schema not in {None, "pg_catalog", "information_schema"} or self._is_allowed("pg_catalog", name):
            return
        if call.attribute == "row" and "value" not in self._kinds(piece, call):
            return
        if call.attribute is not None and name in {"current_setting", "pg_input_is_valid", "pg_input_error_info"}:
            self._refuse(piece, f"{name} written as a column", "reads what its text names", f"call {name}(...)")
        if self.allowed and not piece.inner and name in CATALOG_TEXT and name in self.catalog.memory.functions:
            self._refuse(piece, f"{name}()", "tells of tables outside the allowed ones", "use get_schema")
        for builtin in self.catalog.memory.functions.get(name, ()):
            if call.args != ANY_NUMBER and not builtin.least <= call.args <= builtin.most:
                continue
            if SQL_AS_TEXT_ARGS.get(name) == call.args:
                self._refuse(piece, f"{name}()", "runs SQL that it gets as text", "write that query directly")
            if family := family_of((builtin.name,)):
                self._refuse_family(piece, f"{name}()", family)
            if builtin.volatility == "v" and not only_reads(name):
                self._refuse(piece, f"{name}()", "is not known to only read", self._allow_hint(name))

    def _kinds(self, piece: Piece, call: FunctionCall) -> set[str]:
        """What the x of `x.f` can be: rows of a relation, rows of a sub-select, values of a function."""
        return piece.reach.aliases.get(call.qualifier or "", {"row"})

    def _reachable(self, piece: Piece, call: FunctionCall, row: Row) -> bool:
        if not self._in_path(piece, call.name, row, functions=True):
            return False
        most = float("inf") if row["variadic"] else row["args"]
        least = row["args"] - row["defaults"] - (1 if row["variadic"] else 0)
        if call.args != ANY_NUMBER and not least <= call.args <= most:
            return False
        if call.attribute != "row":
            return True
        kinds = self._kinds(piece, call)
        if kinds == {"relation"} and self._is_column(piece, call):
            return False
        return "value" in kinds or self._takes_rows(row)

    def _takes_rows(self, row: Row) -> bool:
        """Whether the first argument can be a row: composite, record or polymorphic types, never a plain built-in."""
        first = row["argtypes"][0] if row["argtypes"] else 0
        return first >= FIRST_USER_OID or first in _POLYMORPHIC

    def _is_column(self, piece: Piece, call: FunctionCall) -> bool:
        rows = [
            row
            for use in piece.reach.relations
            if use.alias == call.qualifier
            for row in self._resolve(piece, use.name)
        ]
        return bool(rows) and all(call.name.name in row["columns"] for row in rows)

    def _candidate(self, piece: Piece, call: FunctionCall, row: Row) -> None:
        what = f"Function {call.name}" if call.attribute is None else f"{call.name.name} written as a column"
        builtins = self.catalog.memory.functions.get(call.name.name)
        if builtins is None or call.name.schema is not None:
            self._function(row, piece, what)
        elif not (self._shadowed(piece, row) and any(item.argtypes == tuple(row["argtypes"]) for item in builtins)):
            kinds = dict(zip(row["alltypes"], row["kinds"], strict=True))
            types, rows = _fitting((oid, kinds[oid]) for oid in row["argtypes"])
            self._waiting.append(Waiting(types, rows, row, row["oid"], piece, what))

    def _shadowed(self, piece: Piece, row: Row) -> bool:
        """Whether pg_catalog comes before the schema of this function."""
        if piece.path is None:
            return int(row["catalog_rank"]) < int(row["rank"])
        return "pg_catalog" not in piece.path and ANY_SCHEMA not in piece.path

    def _function(self, row: Row, piece: Piece, what: str) -> None:
        """Judge one function, whoever leads to it."""
        hint = piece.hint or self._allow_hint(f"{row['schema']}.{row['name']}") * (piece.origin is None)
        path = _path_of(row["config"]) or piece.path
        below = Piece(Reach(), piece.origin or what, path, piece.inner, hint)
        if (row["oid"], path) in self._judged:
            return
        self._judged.add((row["oid"], path))
        if self._is_allowed(row["schema"], row["name"]) or row["kind"] == "p" or row["returns"] in _TRIGGERS:
            return
        for oid in {*row["alltypes"], row["returns"]}:
            self._reach_type(oid, below)
        self._rows = self._rows or row["returns"] == _RECORD
        if row["oid"] >= FIRST_USER_OID and row["support"] >= FIRST_USER_OID:
            self._oids[row["support"]] = (below, what)
        if any(setting.startswith(_FORBIDDEN_CONFIG) for setting in row["config"]):
            self._refuse(below, what, "changes the role or the transaction while it runs", "")
        if row["default_values"]:
            self._expressions([row["default_values"]], replace(below, path=None))
        if row["kind"] == "a":
            for oid in row["behind"]:
                self._oids[oid] = (below, what)
        elif row["oid"] < FIRST_USER_OID:
            self._builtin(row["name"], row["volatility"], below, what)
        else:
            self._body(row, below, what)

    def _builtin(self, name: str, volatility: str, piece: Piece, what: str) -> None:
        if family := family_of((name,)):
            self._refuse_family(piece, what, family)
        if volatility == "v" and not only_reads(name):
            self._refuse(piece, what, "is not known to only read", self._allow_hint(name))

    def _body(self, row: Row, piece: Piece, what: str) -> None:
        language, extension = row["language"], row["extension"]
        hint = piece.hint
        if extension in EXTENSIONS:
            self._refuse(piece, what, EXTENSIONS[extension], hint)
        if language in {"internal", "c"}:
            self._compiled(row, piece, what, hint)
            return
        if language not in {"sql", "plpgsql"}:
            self._refuse(piece, what, f"is written in {language}, which cannot be checked", hint)
        try:
            if language == "sql":
                body = sql_body(row["source"], row["sqlbody"])
            else:
                body = plpgsql_body(row["source"], _header(row))
            self._assigns = True
            reach = reach_of(body.nodes)
        except Unreadable as error:
            self._refuse(piece, what, f"cannot be checked: {error}", hint, error)
        except (Denied, InvalidArguments) as error:
            self._refuse(piece, what, "does more than read", hint, error)
        reach.types |= {Name(ANY_SCHEMA, word) for word in body.words}
        # PostgreSQL writes the standard's form with the names that the session's path needs.
        path = piece.path if row["sqlbody"] is None else None
        self._pieces.append(replace(piece, reach=reach, path=path))

    def _compiled(self, row: Row, piece: Piece, what: str, hint: str) -> None:
        """Functions in C: of an extension by volatility, aliases of built-in ones by those."""
        if row["language"] == "internal":
            names = self.catalog.memory.symbols.get(row["source"])
            if not names:
                self._refuse(piece, what, "cannot be checked", hint)
            if family := family_of([*names, row["source"]]):
                self._refuse_family(piece, what, family)
            builtins = [item for name in names for item in self.catalog.memory.functions[name]]
            if any(item.volatility == "v" and not only_reads(item.name) for item in builtins):
                self._refuse(piece, what, "is not known to only read", hint)
            if any(item.name in SQL_AS_TEXT_ARGS for item in builtins):
                self._refuse(piece, what, "may run SQL that it gets as text", hint)
            return
        if row["extension"] is None:
            self._refuse(piece, what, "is written in C, which cannot be checked", hint)
        if family := family_of((row["name"],)):
            self._refuse_family(piece, what, family)
        reads = row["name"] in EXTENSION_READS or row["returns"] == _SAMPLING
        if row["volatility"] == "v" and not reads:
            self._refuse(piece, what, f"is volatile C code of the extension {row['extension']}", hint)

    # Relations

    async def _relations(self, pieces: list[Piece]) -> None:
        names = {use.name.name for piece in pieces for use in piece.reach.relations}
        rows = await self.catalog.relations(names)
        fresh = {row["oid"]: row for row in rows if row["oid"] not in self._known_relations}
        self._known_relations.update(fresh)
        reached: dict[int, tuple[Piece, Row]] = {}
        for piece in pieces:
            for use in piece.reach.relations:
                for row in self._resolve(piece, use.name):
                    self._relation(piece, use, row)
                    if row["oid"] in fresh:
                        reached[row["oid"]] = (piece, row)
        await self._storage(reached)

    def _resolve(self, piece: Piece, name: Name) -> list[Row]:
        """The relation that a name means, or every one it may mean."""
        rows = [row for row in self._known_relations.values() if row["name"] == name.name]
        rows = [row for row in rows if self._in_path(piece, name, row)]
        if name.schema is not None or len(rows) < 2:
            return rows
        if piece.path is None:
            return [min(rows, key=lambda row: int(row["rank"]))]
        order = [row for schema in piece.path for row in rows if row["schema"] == schema]
        hidden = [row for row in rows if row["schema"] not in piece.path]
        return rows if ANY_SCHEMA in piece.path else [*hidden, *order[:1]]

    def _relation(self, piece: Piece, use: RelationUse, row: Row) -> None:
        schema, name = row["schema"], row["name"]
        what = f"{_KINDS.get(row['kind'], 'Relation')} {use.name}"
        self.relations.add((schema, name))
        self.columns[schema, name] = frozenset(row["columns"])
        if piece.origin is not None and not piece.inner:
            self.behind.add((schema, name))
        if not piece.inner and not self.allowed.allows(schema, name):
            self._refuse_relation(piece, what, schema)
        hidden = RELATIONS.get((schema, name)) if row["oid"] < FIRST_USER_OID else None
        if row["extension"] is not None and row["kind"] == "v":
            hidden = EXTENSION_VIEWS.get(name)
        if schema == "pg_toast":
            hidden = TOAST
        if hidden is not None and not use.narrowed and self._shows(piece, use, row, hidden.columns):
            self._refuse(piece, what, f"shows {hidden.what}", hidden.advice)
        below = Piece(Reach(), piece.origin or what, None, piece.inner)
        for oid in row["types"]:
            self._reach_type(oid, below)
        if (row["oid"], None) in self._judged:
            return
        self._judged.add((row["oid"], None))
        self._expressions(row["generated"], below)
        self._expressions(row["policies"], Piece(Reach(), below.origin, None, inner=True))
        if row["definition"] is not None and (row["extension"] is None or name not in EXTENSION_VIEWS):
            self._sql(row["definition"], below)

    def _refuse_relation(self, piece: Piece, what: str, schema: str) -> NoReturn:
        if schema in _CATALOG_SCHEMAS:
            self._refuse(piece, what, "tells of tables outside the allowed ones", "use get_schema")
        self._refuse(piece, what, "is outside the allowed schemas and tables", "use get_schema to see those")

    def _shows(self, piece: Piece, use: RelationUse, row: Row, hidden: frozenset[str]) -> bool:
        """Whether one of the hidden columns can reach the result; without hidden ones, the relation always does."""
        reach = piece.reach
        if not hidden or use.opened or reach.starred & {use.alias, use.name.name, "*natural"}:
            return True
        for qualifier, column in reach.columns:
            if column in hidden or (qualifier is None and column in {use.alias, use.name.name}):
                return True
            if qualifier == use.alias and column not in row["columns"]:
                return True
        return False

    async def _storage(self, reached: dict[int, tuple[Piece, Row]]) -> None:
        oids = [
            oid for oid, (_, row) in reached.items() if oid >= FIRST_USER_OID and row["kind"] in {"r", "p", "m", "f"}
        ]
        for row in await self.catalog.storage(oids):
            piece, relation = reached[row["oid"]]
            what = f"{_KINDS.get(relation['kind'], 'Relation')} {relation['name']}"
            below = Piece(Reach(), piece.origin or what, None, inner=True)
            if row["handler"] is not None:
                await self._foreign(row["handler"], below, what)
            if row["function"] is not None:
                self._oids[row["function"]] = (below, what)
            if row["folded"] is not None:
                self._constant_calls(row["folded"], below)

    async def _foreign(self, handler: int, piece: Piece, what: str) -> None:
        rows = await self.catalog.functions((), [handler] if handler else [])
        if not rows or not self._is_allowed(rows[0]["schema"], rows[0]["name"]):
            hint = self._allow_hint(f"{rows[0]['schema']}.{rows[0]['name']}") if rows else ""
            self._refuse(piece, what, "reaches foreign data outside this database", hint)

    # Types, operators, casts

    def _reach_type(self, oid: int, piece: Piece) -> None:
        if oid >= FIRST_USER_OID and oid not in self._types:
            self._types.add(oid)
            self._type_oids[oid] = piece

    async def _type_rows(self, pieces: list[Piece], oids: dict[int, Piece]) -> None:
        named = [(piece, name) for piece in pieces for name in piece.reach.types]
        self._cast_targets.update(*(piece.reach.cast_targets for piece in pieces))
        rows = await self.catalog.types({name.name for _, name in named}, oids)
        for row in rows:
            owners = [oids[row["oid"]]] if row["oid"] in oids else []
            owners += [piece for piece, name in named if name.name == row["name"] and self._in_path(piece, name, row)]
            if owners:
                self._types |= {row["oid"], row["array"]}
                self._type(row, owners[0])

    def _type(self, row: Row, piece: Piece) -> None:
        if (row["oid"], ("type",)) in self._judged:
            return
        self._judged.add((row["oid"], ("type",)))
        what = f"Type {row['name']}"
        below = Piece(Reach(), piece.origin or what, None, inner=True)
        for oid in row["related"]:
            self._reach_type(oid, below)
        for oid in row["functions"]:
            self._oids[oid] = (below, what)
        self._expressions(row["checks"], below)

    async def _operators(self, pieces: list[Piece]) -> None:
        uses = [(piece, use) for piece in pieces for use in piece.reach.operators]
        rows = await self.catalog.operators({use.name.name for _, use in uses})
        for row in rows:
            for piece, use in uses:
                if use.name.name == row["name"] and self._in_path(piece, use.name, row):
                    self._operator(piece, row, untyped=use.untyped)

    def _operator(self, piece: Piece, row: Row, *, untyped: bool) -> None:
        what = f"Operator {row['name']}"
        alone = row["name"] not in self.catalog.memory.operators
        types: tuple[int, ...] = ()
        rows = False
        if not alone and (not untyped or row["name"] in _TEXT_OPERATORS):
            types, rows = _fitting(zip(row["operands"], row["kinds"], strict=True))
        for function in (row["function"], *row["estimators"], -row["result"]):
            self._waiting.append(Waiting(types, rows, None, function, piece, what))

    def _wake(self) -> None:
        """Take up what has become reachable by the types found so far."""
        waiting, self._waiting = self._waiting, []
        for item in waiting:
            if (item.rows and not self._rows) or not self._types.issuperset(item.types):
                self._waiting.append(item)
                continue
            if item.row is not None:
                self._function(item.row, item.piece, item.what)
            elif item.function < 0:
                self._reach_type(-item.function, Piece(Reach(), item.piece.origin or item.what))
            elif (item.function, item.piece.path) not in self._judged:
                self._oids[item.function] = (item.piece, item.what)

    async def _casts(self) -> None:
        casts, opclasses = await self.catalog.world()
        piece = Piece(Reach(), None)
        for row in casts:
            implicit = row["context"] == "i" or (row["context"] == "a" and self._assigns)
            if implicit or row["target_name"] in self._cast_targets:
                self._oids[row["function"]] = (piece, f"The cast to {row['target']}")
                self._reach_type(row["target_oid"], piece)
        for row in opclasses:
            self._oids[row["function"]] = (piece, "Comparing values of a built-in type")

    # SQL found in the catalog

    def _sql(self, text: str, piece: Piece) -> None:
        try:
            self._pieces.append(Piece(reach_of([raw.stmt for raw in parse_sql(text)]), piece.origin, None, piece.inner))
        except (Denied, InvalidArguments) as error:
            self._refuse(piece, "", "does more than read", "", error)

    def _expressions(self, texts: Iterable[str], piece: Piece) -> None:
        for text in texts:
            try:
                reach = reach_of([raw.stmt for raw in parse_sql(f"SELECT {text}")])
            except (Denied, InvalidArguments) as error:
                self._refuse(piece, "", "does more than read", "", error)
            self._pieces.append(Piece(reach, piece.origin, piece.path, piece.inner))

    def _constant_calls(self, text: str, piece: Piece) -> None:
        """The planner computes calls without columns in index and check expressions."""
        pending: list[Any] = [parse_sql(f"SELECT {text}")[0].stmt]
        while pending:
            node = pending.pop()
            if isinstance(node, (ast.FuncCall, ast.A_Expr)) and not reach_of([node]).columns:
                self._pieces.append(Piece(reach_of([node]), piece.origin, None, inner=True))
            elif isinstance(node, ast.Node):
                pending += [getattr(node, slot) for slot in node]
            elif isinstance(node, (tuple, list)):
                pending += node

    # Names and refusals

    def _in_path(self, piece: Piece, name: Name, row: Row, *, functions: bool = False) -> bool:
        schema = row["schema"]
        if name.schema == ANY_SCHEMA:
            return True
        if name.schema is not None:
            return schema == name.schema or (name.schema == "pg_temp" and schema.startswith("pg_temp"))
        if functions and schema.startswith("pg_temp"):
            return False
        if piece.path is None:
            return row["rank"] is not None
        return (
            ANY_SCHEMA in piece.path or schema in piece.path or schema == "pg_catalog" or schema.startswith("pg_temp")
        )

    def _is_allowed(self, schema: str, name: str) -> bool:
        return name in self.allow_functions or f"{schema}.{name}" in self.allow_functions

    def _allow_hint(self, name: str) -> str:
        return f"an operator can allow it with --allow-function {name}"

    def _refuse_family(self, piece: Piece, what: str, family: Family) -> NoReturn:
        self._refuse(piece, what, family.reason, family.advice)

    def _refuse(self, piece: Piece, what: str, reason: str, advice: str, cause: Exception | None = None) -> NoReturn:
        """Refuse in the words of what the caller wrote; what lies behind it goes to the log."""
        subject = piece.origin or what
        if piece.origin is None or piece.origin == what or not what:
            tail = f"; {advice}" if advice else ""
            raise Denied(f"{subject} is refused because it {reason}{tail}.") from cause
        tail = f"; {piece.hint}" if piece.hint else ""
        raise Denied(f"{subject} is refused because what it runs {reason}{tail}.") from (
            cause or PermissionError(f"{what} {reason}; {advice}")
        )


_KINDS = {"v": "View", "m": "Materialized view", "f": "Foreign table", "S": "Sequence"} | dict.fromkeys("rpt", "Table")
_POLYMORPHIC = frozenset({2249, 2276, 2283, 2776, 5077})
_TEXT_OPERATORS = frozenset({"=", "<>", "<", "<=", ">", ">=", "||", "~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*"})


def _path_of(config: Iterable[str]) -> Path:
    for setting in config:
        key, _, value = setting.partition("=")
        if key == "search_path":
            parts = [part.strip() for part in value.split(",")]
            names = [part[1:-1] if part.startswith('"') else part.lower() for part in parts if part]
            return tuple(ANY_SCHEMA if name == "$user" else name for name in names) or ("pg_catalog",)
    return None


def _fitting(types: Iterable[tuple[int, str | None]]) -> tuple[tuple[int, ...], bool]:
    """Of argument types, those that only values of the type itself fit, and whether there are composite ones."""
    pairs = [(oid, kind) for oid, kind in types if oid >= FIRST_USER_OID]
    return tuple(oid for oid, kind in pairs if kind not in {"d", "c"}), any(kind == "c" for _, kind in pairs)


def _header(row: Row) -> str:
    """Arguments and result of a function for the PL/pgSQL parser, in types that it knows."""
    modes = list(row["argmodes"]) or ["i"] * len(row["alltypes"])
    names = list(row["argnames"]) or [""] * len(row["alltypes"])
    types = ["record" if kind in {"c", "p"} else "text" for kind in row["kinds"]]
    words = {"i": "", "o": "OUT", "b": "INOUT", "v": "", "t": "OUT"}
    arguments = ", ".join(
        f"{words[mode]} {_quoted(name)} {type_}" for mode, name, type_ in zip(modes, names, types, strict=True)
    )
    outputs = [type_ for mode, type_ in zip(modes, types, strict=True) if mode in {"o", "b", "t"}]
    if row["returns"] == _VOID:
        result = "void"
    elif outputs:
        result = outputs[0] if len(outputs) == 1 else "record"
    else:
        result = "record" if row["returns_kind"] in {"c", "p"} else "text"
    return f"({arguments}) RETURNS {'SETOF ' if row['returns_set'] else ''}{result}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if name else ""
