from __future__ import annotations

from typing import Any

import pytest
from mcp_db_server.plans import relations, slim, summarize, with_unknown_values

SCAN: dict[str, Any] = {
    "Node Type": "Seq Scan", "Schema": "s", "Relation Name": "big", "Alias": "big", "Filter": "(name = 'x')",
    "Total Cost": 1000.0, "Startup Cost": 0.0, "Plan Rows": 1, "Parallel Aware": False, "Output": ["a"],
}  # fmt: skip
JOIN: dict[str, Any] = {
    "Node Type": "Hash Join", "Join Type": "Left", "Total Cost": 1100.0, "Startup Cost": 1.0, "Plan Rows": 10,
    "Plans": [SCAN, {"Node Type": "Index Scan", "Schema": "s", "Relation Name": "small", "Index Name": "small_pk",
                     "Total Cost": 8.0, "Startup Cost": 0.1, "Plan Rows": 10}],
}  # fmt: skip
STEP: dict[str, Any] = {"Plan Rows": 1, "Total Cost": 1.0}
BIG = {("s", "big"): 1_000_000.0}


def ran(node: dict[str, Any], **measured: Any) -> dict[str, Any]:
    actual = {"Actual Rows": 1.0, "Actual Total Time": 5.0, "Actual Loops": 1}
    return {**node, **actual, **{name.replace("_", " "): value for name, value in measured.items()}}


def test_the_most_expensive_step_is_named_by_what_it_adds() -> None:
    summary, warnings = summarize({"Plan": JOIN}, {})
    assert summary == (
        "It was not run; 10 rows are expected at a cost of 1,100. "
        "The most expensive step is Seq Scan on big with about 91% of the cost. "
        "It reads by Seq Scan on big, Index Scan on small using small_pk."
    )
    assert warnings == []


def test_a_run_is_told_with_its_time_and_rows() -> None:
    summary, _ = summarize({"Plan": ran(SCAN), "Execution Time": 12.34}, {})
    assert summary.startswith(
        "It ran in 12.3 ms and gave 1 rows (1 were expected). The most expensive step is Seq Scan"
    )


@pytest.mark.parametrize(
    ("plan", "rows", "warning"),
    [
        (SCAN, BIG, "big is read whole (about 1,000,000 rows) to keep 1: an index that fits the filter (name = 'x')"),
        (ran(SCAN, Rows_Removed_by_Filter=50_000), {}, "big is read whole (about 50,001 rows) to keep 1"),
        ({**SCAN, "Plan Rows": 900_000}, BIG, None),
        (SCAN, {("s", "big"): 500.0}, None),
        ({**SCAN, "Filter": None} | {"Node Type": "Index Scan"}, BIG, None),
        (ran(SCAN, Actual_Rows=5000.0), {}, "Seq Scan on big gave 5,000 rows where 1 were expected"),
        (ran(SCAN, Actual_Rows=9.0), {}, None),
        (ran({**STEP, "Node Type": "Sort"}, Sort_Space_Type="Disk", Sort_Space_Used=2048), {},
         "Sort did not fit into memory and sorted 2,048 kB on disk"),
        (ran({**STEP, "Node Type": "Hash"}, Hash_Batches=8), {},
         "Hash did not fit into memory and used 8 batches on disk"),
        (ran(SCAN, Actual_Loops=50_000), {}, "Seq Scan on big ran 50,000 times"),
    ],
)  # fmt: skip
def test_warnings_say_what_may_be_wrong(
    plan: dict[str, Any], rows: dict[tuple[str, str], float], warning: str | None
) -> None:
    _, warnings = summarize({"Plan": plan}, rows)
    if warning is None:
        assert warnings == []
    else:
        assert any(found.startswith(warning) for found in warnings), warnings


def test_loops_count_in_the_cost_of_a_step() -> None:
    inner = ran({**SCAN, "Relation Name": "inner"}, Actual_Total_Time=1.0, Actual_Loops=100)
    outer = ran({**SCAN, "Relation Name": "outer"}, Actual_Total_Time=20.0)
    loop = ran(
        {"Node Type": "Nested Loop", "Plan Rows": 1, "Total Cost": 9.0, "Plans": [outer, inner]},
        Actual_Total_Time=130.0,
    )
    assert "most expensive step is Seq Scan on inner" in summarize({"Plan": loop, "Execution Time": 131.0}, {})[0]


def test_what_nobody_reads_is_left_out() -> None:
    assert "Output" not in slim(JOIN)["Plans"][0]
    assert slim(JOIN)["Plans"][0]["Filter"] == "(name = 'x')"
    assert relations(JOIN) == [("s", "big"), ("s", "small")]


def test_values_that_are_not_known_are_question_marks() -> None:
    plan = {"Node Type": "Seq Scan", "Filter": "((a = (InitPlan 1).col1) AND (b = $2))",
            "Plans": [{"Node Type": "Result", "Subplan Name": "InitPlan 1"}, {"Node Type": "Sort"}]}  # fmt: skip
    shown = with_unknown_values(plan)
    assert shown["Filter"] == "((a = ?) AND (b = ?))"
    assert shown["Plans"] == [{"Node Type": "Sort"}]
