"""`make bench`: what the chassis costs, as ratios to a bare server measured in the same run.

    python tests/bench [--quick] [--write FILE]

Over HTTP the whole chain is on: access tokens, a policy of a hundred rules, limits, audit, metrics.

A machine's speed and noise decide the absolute figures, so the budgets are ratios; nothing here is a test.
"""

from __future__ import annotations

import argparse
import platform
from pathlib import Path

import audit_load
import database_load
import filesystem_load
import flood_load
import hook_cost
import http_load
import policy_load
import stdio_load
import token_cost

Row = tuple[str, str, str, str]


def main() -> None:
    """Measure, print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--write", type=Path, help="write the tables to this Markdown file")
    options = parser.parse_args()
    rounds = 1 if options.quick else 5
    rows = [
        *_http(rounds),
        *_stdio(rounds),
        *_database(rounds),
        *_filesystem(rounds),
        *_policy(rounds),
        *_audit(rounds),
        *_flood(rounds),
    ]
    report = _table(("what", "measured", "budget", "kept"), rows) + "\n" + _hooks() + "\n" + _callers()
    print(report)
    if options.write:
        machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
        options.write.write_text(f"# What it costs\n\nBy `make bench` on {machine}; medians, in one run.\n\n{report}")


def _http(rounds: int) -> list[Row]:
    rows = []
    for era in http_load.ERAS:
        loads = http_load.compare(era, rounds=rounds, seconds=3)
        bare, ours, traced = loads["bare"], loads["ours"], loads["traced"]
        budget = 2.0 if era == "new" else None
        name = f"HTTP, 32 connections, {era} era: CPU per call"
        rows.append(_ratio(name, ours.cpu_ms / bare.cpu_ms, budget, f"{ours.cpu_ms:.2f} / {bare.cpu_ms:.2f} ms"))
        figures = f"{ours.per_core_second:,.0f} calls per core-second, {ours.errors} errors"
        rows.append((f"HTTP, {era} era: calls", figures, "0 errors", "yes" if not ours.errors else "NO"))
        figures = f"{traced.cpu_ms:.2f} / {bare.cpu_ms:.2f} ms"
        rows.append(_ratio(f"the same with every call traced, {era} era", traced.cpu_ms / bare.cpu_ms, budget, figures))
    return rows


def _stdio(rounds: int) -> list[Row]:
    starts = stdio_load.median_start(("bare", "ours"), rounds)
    sessions = {kind: stdio_load.Session(stdio_load.command(kind)) for kind in ("bare", "ours")}
    calls = stdio_load.median_calls(sessions, "add", {"a": 1, "b": 2}, 100 * rounds)
    for session in sessions.values():
        session.close()
    added = (calls["ours"] - calls["bare"]) * 1000
    figures = f"{added:+.2f} ms p50 ({calls['ours'] * 1000:.2f} / {calls['bare'] * 1000:.2f})"
    return [
        ("stdio: the chain adds", figures, "<= 0.35 ms", "yes" if added <= 0.35 else "NO"),
        _ratio(
            "start to tools/list over stdio",
            starts["ours"] / starts["bare"],
            1.3,
            f"{starts['ours']:.2f} / {starts['bare']:.2f} s",
        ),
    ]


def _database(rounds: int) -> list[Row]:
    found = database_load.measure(calls=100 * rounds, repeats=rounds)
    allowed = found["bare"] * 1.3 + 0.00035
    ratio = found["ours"] / found["bare"]
    figures = f"{ratio:.2f} x ({found['ours'] * 1000:.2f} / {found['bare'] * 1000:.2f} ms)"
    return [
        ("execute_query SELECT 1", figures, "<= 1.3 x + chain", "yes" if found["ours"] <= allowed else "NO"),
        _ratio(
            "10,000 rows to raw fetch + json",
            found["many"] / found["raw"],
            2.0,
            f"{found['many'] * 1000:.0f} / {found['raw'] * 1000:.0f} ms",
        ),
        _ratio(
            "database server: start to tools/list",
            found["start_ours"] / found["start_bare"],
            1.3,
            f"{found['start_ours']:.2f} / {found['start_bare']:.2f} s",
        ),
        ("database server: RSS idle", f"{found['rss_mb']:.0f} MB", "110 MB (reported)", ""),
    ]


def _filesystem(rounds: int) -> list[Row]:
    found = filesystem_load.measure(rounds)
    chain = 0.00035
    allowed = {
        "read 1 KB": ("bare", 1.3, chain, "<= 1.3 x bare + chain"),
        "list 10,000": ("bare", 1.3, chain, "<= 1.3 x bare + chain, ours the first page of 1,000"),
        "find *.py in 50,000": ("alone", 2.0, 0.0, "<= 2 x a whole walk, ours the first page of 1,000"),
        "grep in 50,000": ("alone", 1.2, 0.0, "<= 1.2 x ripgrep"),
    }
    rss = found.pop("RSS")
    start = found.pop("start")
    rows: list[Row] = [
        _ratio("files: start to tools/list", start["ours"] / start["bare"], 1.3, _beside(start)),
        ("files: RSS idle", f"{rss['ours']:.0f} MB (bare {rss['bare']:.0f})", "90 MB (reported)", ""),
    ]
    for name, times in found.items():
        than, factor, more, budget = allowed.get(name, ("", 0.0, 0.0, "reported"))
        kept = "" if not than else "yes" if times["ours"] <= times[than] * factor + more else "NO"
        rows.append((f"files: {name}", _beside(times), budget, kept))
    return rows


def _beside(times: dict[str, float]) -> str:
    """What ours took, and beside it the others."""
    others = ", ".join(f"{kind} {value * 1000:.2f}" for kind, value in times.items() if kind != "ours")
    return f"{times['ours'] * 1000:.2f} ms" + (f" ({others})" if others else "")


def _policy(rounds: int) -> list[Row]:
    rates = policy_load.measure(rounds)
    figures = ", ".join(f"{rate:,.0f} with {kind}" for kind, rate in rates.items())
    return [("policy decisions a second, 100 rules", figures, ">= 100,000 (reported)", "")]


def _audit(rounds: int) -> list[Row]:
    written, verified = audit_load.write_rate(rounds), audit_load.verify_rate(rounds)
    return [
        (f"records on the disk a second, {audit_load.WRITERS} writers", f"{written:,.0f}", ">= 5,000 (reported)", ""),
        ("records verified a second", f"{verified:,.0f}", ">= 20,000 (reported)", ""),
    ]


def _flood(rounds: int) -> list[Row]:
    flood = flood_load.measure(rounds=rounds)
    figures = f"{flood.beside_ms:.1f} / {flood.alone_ms:.1f} ms, {flood.errors} errors"
    return [_ratio("p95 of a tenant beside another's flood", flood.ratio, 2.0, figures)]


def _hooks() -> str:
    costs = hook_cost.measure()
    rows = [(name, f"{cost:.1f}") for name, cost in costs.items()]
    return _table(
        ("hook, from the inside out", "µs per call"), [*rows, ("the whole chain", f"{sum(costs.values()):.1f}")]
    )


def _callers() -> str:
    rows = [(name, f"{cost:.1f}") for name, cost in token_cost.measure().items()]
    return _table(("who calls is known by", "µs per request"), rows)


def _ratio(name: str, ratio: float, budget: float | None, figures: str) -> Row:
    if budget is None:
        return (name, f"{ratio:.2f} x ({figures})", "reported", "")
    return (name, f"{ratio:.2f} x ({figures})", f"<= {budget} x", "yes" if ratio <= budget else "NO")


def _table(head: tuple[str, ...], rows: list[Row] | list[tuple[str, str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
