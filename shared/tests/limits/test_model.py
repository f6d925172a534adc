"""How rates are written."""

from __future__ import annotations

import pytest
from mcp_chassis.limits.model import Rate, parse_optional_rate, parse_rate


@pytest.mark.parametrize(
    ("text", "rate", "written"),
    [
        ("60/m", Rate(60, 60, 60), "60/m"),
        ("10/s burst 20", Rate(10, 1, 20), "10/s burst 20"),
        ("10/s burst 1", Rate(10, 1, 1), "10/s burst 1"),
        (" 500 / hour ", Rate(500, 3600, 500), "500/h"),
        ("100/15min", Rate(100, 900, 100), "100/15m"),
        ("3/90s", Rate(3, 90, 3), "3/90s"),
        ("60/60s", Rate(60, 60, 60), "60/m"),
        ("1000/D Burst 5", Rate(1000, 86400, 5), "1000/d burst 5"),
    ],
)
def test_rates_are_read_and_written(text: str, rate: Rate, written: str) -> None:
    assert parse_rate(text) == rate
    assert str(rate) == written
    assert parse_rate(written) == rate


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("60", "such as 60/m"),
        ("60/w", "such as 60/m"),
        ("60/minx", "such as 60/m"),
        ("-1/s", "such as 60/m"),
        ("1.5/s", "such as 60/m"),
        ("10/s burst", "such as 60/m"),
        (60, "such as 60/m"),
        ("0/m", "no zero"),
        ("5/0m", "no zero"),
        ("5/m burst 0", "no zero"),
        ("2000000/s", "1,000,000 calls per second"),
        ("1/d burst 400", "refilled within a year"),
    ],
)
def test_a_rate_that_is_none_says_how_to_write_one(text: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_rate(text)


@pytest.mark.parametrize(("rate", "microseconds"), [("60/m", 1_000_000), ("3/s", 333_334), ("1000000/s", 1)])
def test_an_uneven_rate_errs_on_the_strict_side(rate: str, microseconds: int) -> None:
    assert parse_rate(rate).emission_us == microseconds


def test_off_is_no_rate() -> None:
    assert parse_optional_rate("off") is None
    assert parse_optional_rate(None) is None
    assert parse_optional_rate("1/s") == Rate(1, 1, 1)
