"""A query plan in plain words: what costs most, where the planner was wrong, where an index may be missing.

Works on the JSON of `EXPLAIN (FORMAT JSON, VERBOSE)`, whose keys are named in PostgreSQL's manual, "Using EXPLAIN".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["relations", "slim", "summarize", "walk", "with_unknown_values"]

Node = dict[str, Any]

_KEPT = (
    "Node Type", "Join Type", "Strategy", "Operation", "Subplan Name", "Schema", "Relation Name", "Alias", "Index Name",
    "Function Name", "CTE Name", "Filter", "Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond", "Join Filter",
    "Sort Key", "Group Key", "Sort Method", "Sort Space Used", "Sort Space Type", "Workers Planned", "Workers Launched",
    "Startup Cost", "Total Cost", "Plan Rows", "Plan Width", "Actual Total Time", "Actual Rows", "Actual Loops",
    "Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck", "Heap Fetches",
    "Shared Hit Blocks", "Shared Read Blocks", "Temp Read Blocks", "Temp Written Blocks", "Hash Batches",
)  # fmt: skip
_UNKNOWN = re.compile(r"\(InitPlan \d+\)\.col1|\$\d+")
_LARGE_TABLE = 10_000
_SELECTIVE = 0.05
_MISESTIMATE = 10.0
_MANY_LOOPS = 10_000


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in node.get("Plans", ()):
        yield from walk(child)


def with_unknown_values(node: Node) -> Node:
    """A plan whose values were subselects of NULL, as if it had been made for values that are not known: with `?`."""
    shown = {key: _UNKNOWN.sub("?", value) if isinstance(value, str) else value for key, value in node.items()}
    if "Plans" in node:
        children = [child for child in node["Plans"] if not _is_unknown_value(child)]
        shown["Plans"] = [with_unknown_values(child) for child in children]
    return shown


def _is_unknown_value(node: Node) -> bool:
    named = str(node.get("Subplan Name", "")).startswith("InitPlan")
    return named and node.get("Node Type") == "Result" and "Plans" not in node


def slim(node: Node) -> Node:
    """The plan without what nobody reads."""
    kept = {key: node[key] for key in _KEPT if key in node and not (key.endswith("Blocks") and node[key] == 0)}
    if "Plans" in node:
        kept["Plans"] = [slim(child) for child in node["Plans"]]
    return kept


def relations(plan: Node) -> list[tuple[str, str]]:
    """(schema, name) of every table that is scanned."""
    scans = (node for node in walk(plan) if "Relation Name" in node and "Schema" in node)
    return sorted({(node["Schema"], node["Relation Name"]) for node in scans})


def _name(node: Node) -> str:
    kind = str(node.get("Node Type", "Node"))
    if node.get("Join Type") not in (None, "Inner"):
        kind = f"{kind} ({node['Join Type']})"
    of = node.get("Relation Name") or node.get("Function Name") or node.get("CTE Name")
    using = f" using {node['Index Name']}" if "Index Name" in node else ""
    return f"{kind}{f' on {of}' if of else ''}{using}"


def _loops(node: Node) -> float:
    return float(node.get("Actual Loops", 1) or 1)


def _own(node: Node, key: str) -> float:
    """Cost or time that the node adds to that of its children."""

    def whole(item: Node) -> float:
        value = float(item.get(key) or 0.0)
        return value * _loops(item) if key.startswith("Actual") else value

    return max(0.0, whole(node) - sum(whole(child) for child in node.get("Plans", ())))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.1f}"


def summarize(explained: Node, rows: Mapping[tuple[str, str], float]) -> tuple[str, list[str]]:
    """The summary and the warnings.

    Args:
        explained: the object that EXPLAIN gives: `Plan`, and with ANALYZE `Execution Time` (ms).
        rows: estimated rows of the scanned tables by (schema, name).
    """
    plan = explained["Plan"]
    analyzed = "Actual Rows" in plan
    key, what = ("Actual Total Time", "time") if analyzed else ("Total Cost", "cost")
    worst = max(walk(plan), key=lambda node: _own(node, key))
    total = sum(_own(node, key) for node in walk(plan)) or 1.0
    share = min(100.0, 100 * _own(worst, key) / total)
    expected = _number(plan["Plan Rows"])
    if analyzed:
        took = explained.get("Execution Time", plan.get("Actual Total Time", 0.0))
        actual = _number(plan["Actual Rows"])
        sentences = [f"It ran in {took:,.1f} ms and gave {actual} rows ({expected} were expected)."]
    else:
        sentences = [f"It was not run; {expected} rows are expected at a cost of {_number(plan['Total Cost'])}."]
    sentences.append(f"The most expensive step is {_name(worst)} with about {share:.0f}% of the {what}.")
    scans = list(dict.fromkeys(_name(node) for node in walk(plan) if "Relation Name" in node))
    if scans and scans != [_name(worst)]:
        sentences.append(f"It reads by {', '.join(scans[:6])}{' and more' if len(scans) > 6 else ''}.")
    return " ".join(sentences), _warnings(plan, rows)


def _warnings(plan: Node, rows: Mapping[tuple[str, str], float]) -> list[str]:
    found: list[str] = []
    for node in walk(plan):
        for warning in (_missing_index(node, rows), _misestimate(node), _spill(node), _loop(node)):
            if warning is not None and warning not in found:
                found.append(warning)
    return found[:10]


def _missing_index(node: Node, rows: Mapping[tuple[str, str], float]) -> str | None:
    if node.get("Node Type") not in ("Seq Scan", "Parallel Seq Scan") or "Filter" not in node:
        return None
    size = rows.get((node.get("Schema", ""), node["Relation Name"]), -1.0)
    kept = float(node["Actual Rows" if "Actual Rows" in node else "Plan Rows"]) * _loops(node)
    if "Rows Removed by Filter" in node:
        size = max(size, kept + float(node["Rows Removed by Filter"]) * _loops(node))
    if size < _LARGE_TABLE or kept > size * _SELECTIVE:
        return None
    return (
        f"{node['Relation Name']} is read whole (about {_number(size)} rows) to keep {_number(kept)}: "
        f"an index that fits the filter {node['Filter']} may help."
    )


def _misestimate(node: Node) -> str | None:
    if "Actual Rows" not in node or not node.get("Actual Loops"):
        return None
    expected, actual = float(node["Plan Rows"]), float(node["Actual Rows"])
    high, low = max(expected, actual), max(1.0, min(expected, actual))
    if high < 100 or high / low < _MISESTIMATE:
        return None
    return (
        f"{_name(node)} gave {_number(actual)} rows where {_number(expected)} were expected: "
        "statistics may be old (ANALYZE) or conditions depend on each other."
    )


def _spill(node: Node) -> str | None:
    if node.get("Sort Space Type") == "Disk":
        return f"{_name(node)} did not fit into memory and sorted {_number(node.get('Sort Space Used', 0))} kB on disk."
    if node.get("Hash Batches", 1) > 1:
        return f"{_name(node)} did not fit into memory and used {node['Hash Batches']} batches on disk."
    return None


def _loop(node: Node) -> str | None:
    if node.get("Actual Loops", 1) < _MANY_LOOPS:
        return None
    return f"{_name(node)} ran {_number(node['Actual Loops'])} times: a join by hash or an index may be cheaper."
