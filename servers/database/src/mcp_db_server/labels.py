"""Data classes of tables and columns: what the configuration says of them, and what a judged statement reads of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from mcp_chassis.policy.decision import DATA_CLASSES
from mcp_chassis.words import nearest

if TYPE_CHECKING:
    from mcp_chassis.postgres.guard import Verdict

__all__ = ["Labels", "check_labels", "reads_statistics"]

# Samples of the values of any column stand in these.
_STATISTICS = frozenset({"pg_statistic", "pg_stats", "pg_statistic_ext_data", "pg_stats_ext", "pg_stats_ext_exprs"})


class Labels:
    """The labels of one database.

    Args:
        entries: `(name, data class)` as `check_labels` makes them.
    """

    def __init__(self, entries: Iterable[str] = ()) -> None:
        self._tables: list[tuple[str, str, str]] = []
        self._columns: list[tuple[str, str, str, str]] = []
        for entry in entries:
            name, _, label = entry.partition("=")
            schema, table, *column = ["*", "*"] if name == "*" else name.split(".")
            if column:
                self._columns.append((schema, table, column[0], label))
            else:
                self._tables.append((schema, table, label))

    def of(self, verdict: Verdict) -> tuple[set[str], dict[str, set[str]]]:
        """The labels of the tables that a statement reaches, and those of the columns it may read, by name."""
        from mcp_chassis.postgres.guard.columns import columns_read

        classes: set[str] = set()
        fields: dict[str, set[str]] = {}
        if not self._tables and not self._columns:
            return classes, fields
        if reads_statistics(verdict):
            classes |= {entry[-1] for entry in (*self._tables, *self._columns)}
        for relation in verdict.relations:
            schema, _ = relation
            if schema in ("pg_catalog", "information_schema"):
                continue
            classes |= {label for in_schema, name, label in self._tables if _fits(in_schema, name, relation)}
            labelled = [entry for entry in self._columns if _fits(entry[0], entry[1], relation)]
            if labelled:
                for column in columns_read(verdict, relation):
                    for label in {label for *_, name, label in labelled if fnmatchcase(column, name)}:
                        fields.setdefault(column, set()).add(label)
        return classes, fields


def reads_statistics(verdict: Verdict) -> bool:
    """Whether a statement reaches what the planner knows of columns, of which values are a part."""
    return any(schema == "pg_catalog" and table in _STATISTICS for schema, table in verdict.relations)


def _fits(schema: str, table: str, relation: tuple[str, str]) -> bool:
    return fnmatchcase(relation[0], schema) and fnmatchcase(relation[1], table)


def check_labels(value: object) -> object:
    """`{"world.cities.population": "internal"}`, or `world.cities.population=internal` as words, as such words.

    Raises:
        ValueError: with the end of a sentence that begins with the setting's name.
    """
    if isinstance(value, Mapping):
        value = [f"{name}={label}" for name, labels in value.items() for label in _listed(labels)]
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise ValueError("must be a mapping of tables and columns to data classes")
    return tuple(_checked(part.strip()) for word in words for part in word.split(",") if part.strip())


def _listed(labels: Any) -> list[Any]:
    return labels if isinstance(labels, list) else [labels]


def _checked(entry: str) -> str:
    name, _, label = (part.strip() for part in entry.partition("="))
    if label not in DATA_CLASSES:
        known = ", ".join(sorted(DATA_CLASSES))
        raise ValueError(
            f"must give each name one of the data classes {known}{nearest(label, DATA_CLASSES).rstrip('.')}"
        )
    if name != "*" and not (name.count(".") in (1, 2) and all(name.split("."))):
        raise ValueError("must name schema.table or schema.table.column, with * for any, or * for everything")
    return f"{name}={label}"
