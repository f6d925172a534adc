"""The arithmetic of rates, days and repeats as tables, and what it promises whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp_chassis.limits.meters import DAY_US, advance_count, advance_day, advance_tat

S = 1_000_000


@pytest.mark.parametrize(
    ("what", "tat", "now", "pace", "burst", "ahead", "wait"),
    [
        ("the first call", None, 100 * S, S, 5, 101 * S, 0),
        ("after a long pause the past does not count", 3 * S, 100 * S, S, 5, 101 * S, 0),
        ("one after the other in a burst", 102 * S, 100 * S, S, 5, 103 * S, 0),
        ("the last call of a burst", 104 * S, 100 * S, S, 5, 105 * S, 0),
        ("the first one too many waits for one pace", 105 * S, 100 * S, S, 5, 106 * S, S),
        ("half a pace later it waits for the other half", 105 * S, 100 * S + S // 2, S, 5, 106 * S, S // 2),
        ("a pace later it passes", 105 * S, 101 * S, S, 5, 106 * S, 0),
        ("a microsecond too early", 105 * S, 101 * S - 1, S, 5, 106 * S, 1),
        ("without a burst each call waits for its pace", 101 * S, 100 * S, S, 1, 102 * S, S),
        ("after a clock that went back it begins anew", 900 * S, 100 * S, S, 5, 101 * S, 0),
        ("after a change to a faster rate too", 110 * S, 100 * S, S, 2, 101 * S, 0),
    ],
)
def test_gcra(what: str, tat: int | None, now: int, pace: int, burst: int, ahead: int, wait: int) -> None:
    assert advance_tat(tat, now, pace, burst) == (ahead, wait), what


@pytest.mark.parametrize(
    ("what", "counted", "now", "quota", "after", "wait"),
    [
        ("the first call", None, 5 * DAY_US + 7, 3, (5, 1), 0),
        ("the last of the quota", (5, 2), 5 * DAY_US + 7, 3, (5, 3), 0),
        ("used up until midnight", (5, 3), 5 * DAY_US + 7, 3, (5, 4), DAY_US - 7),
        ("the last microsecond of the day", (5, 3), 6 * DAY_US - 1, 3, (5, 4), 1),
        ("renewed at midnight", (5, 3), 6 * DAY_US, 3, (6, 1), 0),
        ("a quota of none", None, 5 * DAY_US, 0, (5, 1), DAY_US),
        ("a quota that was made smaller", (5, 9), 5 * DAY_US, 3, (5, 10), DAY_US),
    ],
)
def test_quota_of_a_day(
    what: str, counted: tuple[int, int] | None, now: int, quota: int, after: tuple[int, int], wait: int
) -> None:
    assert advance_day(counted, now, quota) == (after, wait), what


@pytest.mark.parametrize(
    ("what", "counted", "now", "most", "after", "wait"),
    [
        ("the window begins with the first call", None, 100 * S, 3, (110 * S, 1), 0),
        ("it does not move with the next", (110 * S, 1), 105 * S, 3, (110 * S, 2), 0),
        ("beyond the limit until its end", (110 * S, 3), 105 * S, 3, (110 * S, 4), 5 * S),
        ("anew after its end", (110 * S, 3), 110 * S, 3, (120 * S, 1), 0),
        ("counted and never refused", (110 * S, 99), 105 * S, 0, (110 * S, 100), 0),
        ("a clock that went back begins anew", (900 * S, 3), 100 * S, 3, (110 * S, 1), 0),
    ],
)
def test_repeats_of_a_window(
    what: str, counted: tuple[int, int] | None, now: int, most: int, after: tuple[int, int], wait: int
) -> None:
    assert advance_count(counted, now, 10 * S, most) == (after, wait), what


@given(
    pauses=st.lists(st.integers(0, 5 * S), min_size=1, max_size=80),
    pace=st.integers(1, 2 * S),
    burst=st.integers(1, 12),
    start=st.integers(0, 2**51),
)
def test_no_window_lets_more_pass_than_burst_and_rate_allow(
    pauses: list[int], pace: int, burst: int, start: int
) -> None:
    now, tat, passed = start, None, []
    for pause in pauses:
        now += pause
        ahead, wait = advance_tat(tat, now, pace, burst)
        if not wait:
            tat = ahead
            passed.append(now)
    for first, begins in enumerate(passed):
        for last in range(first, len(passed)):
            assert last - first + 1 <= burst + (passed[last] - begins) / pace


@given(pauses=st.lists(st.integers(0, 3 * S), max_size=40), pace=st.integers(1, 2 * S), burst=st.integers(1, 12))
def test_who_waits_as_told_is_let_through_and_not_a_moment_earlier(pauses: list[int], pace: int, burst: int) -> None:
    now, tat = 10**15, None
    for pause in pauses:
        now += pause
        ahead, wait = advance_tat(tat, now, pace, burst)
        if wait:
            assert 0 < wait <= pace
            assert advance_tat(tat, now + wait - 1, pace, burst)[1] == 1
            now += wait
            ahead, wait = advance_tat(tat, now, pace, burst)
            assert wait == 0
        tat = ahead


@given(pauses=st.lists(st.integers(0, 4 * S), max_size=40), pace=st.integers(1, 2 * S), burst=st.integers(1, 12))
def test_who_keeps_to_the_rate_is_never_refused(pauses: list[int], pace: int, burst: int) -> None:
    now, tat = 10**15, None
    for pause in pauses:
        now += max(pause, pace)
        tat, wait = advance_tat(tat, now, pace, burst)
        assert wait == 0
