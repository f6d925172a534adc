"""What is still to be judged, and what has been: the state that the parts of the judge share."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pglast import parse_sql
from pglast.parser import ParseError

from mcp_chassis.errors import Denied, InvalidArguments
from mcp_chassis.postgres.guard.catalog import FIRST_USER_OID, Catalog, Row
from mcp_chassis.postgres.guard.lookups import Lookup, lookups_of
from mcp_chassis.postgres.guard.pieces import WITHOUT, Path, Piece
from mcp_chassis.postgres.guard.reach import Reach
from mcp_chassis.postgres.guard.secrets import Hidden
from mcp_chassis.postgres.guard.text import is_too_deep
from mcp_chassis.postgres.guard.verdict import AllowList
from mcp_chassis.postgres.guard.walk import reach_of

COMPOSITE = "c"
DOMAIN = "d"


@dataclass(slots=True)
class Waiting:
    """A function of users under a name that PostgreSQL has too: it counts once its argument types are in reach.

    Args:
        types: those of its argument types that only values of the type itself fit, each with whether it is composite,
            which other rows fit too.
        row: the function, where it is known by name.
        functions: OIDs of the functions.
        result: the type that values of it have.
        frames: only a window of values around each row calls it.
    """

    types: frozenset[tuple[int, bool]]
    piece: Piece
    what: str
    row: Row | None = None
    functions: tuple[int, ...] = ()
    result: int = 0
    frames: bool = False


@dataclass(slots=True)
class Agenda:
    """The work of one check.

    Args:
        columns: (schema, name) of the relations that the statement reaches, with the names of their columns.
        behind: those of them that views and functions read.
        role_matters: some of it gives other answers to other roles that may read it.
        types: OIDs of users' types that values can have.
        cast_targets: names of types that are cast to.
        assigns: there are bodies, whose results and variables are assigned.
        rows: values of no named row type occur.
        frames: there are windows of values around each row (RANGE 5 PRECEDING).
        paths: every search_path under which something runs.
        apart: expressions of indexes and checks, and functions behind them: the planner computes what is constant in
            them, and the statement never sees their values.
        opened: relations, each with a search_path, of which these are known.
    """

    catalog: Catalog
    allow_functions: frozenset[str]
    allowed: AllowList
    columns: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    behind: set[tuple[str, str]] = field(default_factory=set)
    role_matters: bool = False
    pieces: list[Piece] = field(default_factory=list)
    functions: dict[int, list[tuple[Piece, str]]] = field(default_factory=dict)
    new_types: dict[tuple[int, Path], Piece] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    asked: list[tuple[Piece, str, Hidden]] = field(default_factory=list)
    lookups: list[tuple[Piece, Lookup]] = field(default_factory=list)
    types: set[int] = field(default_factory=set)
    cast_targets: set[str] = field(default_factory=set)
    assigns: bool = False
    rows: bool = False
    frames: bool = False
    paths: set[Path] = field(default_factory=lambda: {None})
    apart: list[tuple[Piece, str | None, list[int]]] = field(default_factory=list)
    opened: set[tuple[int, Path]] = field(default_factory=set)
    _reached: set[tuple[int, Path]] = field(default_factory=set)
    _judged: set[tuple[str, int, Path, bool]] = field(default_factory=set)

    def beside(self, piece: Piece, text: str | None, functions: Iterable[int]) -> Agenda:
        """The work on an expression, and on functions, of which the statement sees no values."""
        made = Agenda(self.catalog, self.allow_functions, self.allowed, paths={None, piece.path}, opened=self.opened)
        made.add_expressions([text] if text else [], piece)
        for oid in functions:
            made.reach_function(oid, piece, "")
        return made

    def is_new(self, kind: str, oid: int, piece: Piece) -> bool:
        """Whether this object was not yet judged under the same search_path and the same allow-list; notes it."""
        key = (kind, oid, piece.path, piece.inner)
        if key in self._judged:
            return False
        self._judged.add(key)
        return True

    def is_allowed(self, schema: str, name: str) -> bool:
        """Whether the operator allows this function whatever it does."""
        return name in self.allow_functions or f"{schema}.{name}" in self.allow_functions

    def reach_relation(self, relation: tuple[str, str], columns: Iterable[str], piece: Piece) -> None:
        """A relation is read by this piece, behind what the caller wrote or by the caller's own words."""
        self.columns[relation] = frozenset(columns)
        if piece.origin is not None and not piece.inner:
            self.behind.add(relation)

    def reach_type(self, oid: int, piece: Piece) -> None:
        """Values of this type occur."""
        key = (oid, piece.path)
        if oid >= FIRST_USER_OID and key not in self._reached:
            self._reached.add(key)
            self.types.add(oid)
            self.new_types[key] = piece

    def reach_function(self, oid: int, piece: Piece, what: str) -> None:
        """This function may be called."""
        self.functions.setdefault(oid, []).append((piece, what))

    def ask_settings(self, piece: Piece, what: str, hidden: Hidden) -> None:
        """This shows settings that may be secret, which only the catalog knows."""
        self.asked.append((piece, what, hidden))

    async def judge_settings(self) -> None:
        """Refuse what shows settings where there are secret ones."""
        asked, self.asked = self.asked, []
        found = await self.catalog.secret_settings({str(hidden.of) for _, _, hidden in asked}) if asked else set()
        for piece, what, hidden in asked:
            if hidden.of in found:
                piece.refuse(what, f"shows {hidden.what}", hidden.advice, remedy=WITHOUT)

    def add_expressions(self, texts: Iterable[str], piece: Piece) -> None:
        """Judge expressions as the catalog prints them, in the place of a piece."""
        for text in texts:
            self.add_sql(f"SELECT {text}", piece)

    def add_sql(self, text: str, piece: Piece) -> None:
        """Judge SQL as the catalog prints it: its names are those of the session's search_path."""
        self.add_nodes(self.parse(text, piece), replace(piece, printed=True, variables=frozenset()))

    def parse(self, text: str, piece: Piece) -> list[Any]:
        """The trees of SQL that the catalog prints."""
        try:
            if is_too_deep(text):
                raise ParseError("nested too deeply")
            return [raw.stmt for raw in parse_sql(text)]
        except ParseError as error:
            piece.refuse("", "cannot be read", piece.hint, error)

    def add_nodes(self, nodes: Iterable[Any], piece: Piece) -> Reach:
        """Judge trees in the place of a piece; returns what they name."""
        trees = list(nodes)
        try:
            reach = reach_of(trees)
        except (Denied, InvalidArguments) as error:
            piece.refuse("", "does more than read", piece.hint, error)
        self.add_piece(replace(piece, reach=reach), trees)
        return reach

    def add_piece(self, piece: Piece, trees: Iterable[Any], *, outermost: bool = False) -> None:
        """Judge a piece whose trees were walked."""
        self.pieces.append(piece)
        if self.allowed and not piece.inner:
            self.lookups += [(piece, lookup) for lookup in lookups_of(trees, outermost=outermost)]


def waits_for(row: Row, types: Sequence[int], free: Container[int] = ()) -> frozenset[tuple[int, bool]]:
    """Of argument types, those that only values of the type itself fit; anything may fit at the free positions."""
    return frozenset(
        (oid, kind == COMPOSITE)
        for at, (oid, kind) in enumerate(zip(types, row["kinds"], strict=False))
        if oid >= FIRST_USER_OID and kind != DOMAIN and oid not in row["texts"] and at not in free
    )
