"""The head of CREATE FUNCTION for the PL/pgSQL parser, which knows no types of users."""

from __future__ import annotations

from mcp_chassis.postgres.guard.catalog import Row

VOID = 2278
RECORD = 2249
_ROWS = frozenset({"c", "p"})  # composite and pseudo types
_WORDS = {"i": "", "o": "OUT", "b": "INOUT", "v": "", "t": "OUT"}


def header(row: Row) -> str:
    """Arguments and result of a function, every type as `record`, `text` or `void`."""
    modes = list(row["argmodes"]) or ["i"] * len(row["alltypes"])
    names = list(row["argnames"]) or [""] * len(row["alltypes"])
    types = ["record" if kind in _ROWS else "text" for kind in row["kinds"]]
    arguments = [
        f"{_WORDS[mode]} {_quoted(name)} {type_}" for mode, name, type_ in zip(modes, names, types, strict=True)
    ]
    outputs = [type_ for mode, type_ in zip(modes, types, strict=True) if mode in {"o", "b", "t"}]
    if row["returns"] == VOID:
        result = "void"
    elif outputs:
        result = outputs[0] if len(outputs) == 1 else "record"
    else:
        result = "record" if row["returns_kind"] in _ROWS else "text"
    return f"({', '.join(arguments)}) RETURNS {'SETOF ' if row['returns_set'] else ''}{result}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if name else ""
