"""Durations and sizes as people write them."""

from __future__ import annotations

import pytest
from mcp_chassis.settings.units import parse_duration, parse_size


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("500ms", 0.5),
        ("2s", 2.0),
        ("5m", 300.0),
        ("8h", 28_800.0),
        ("90d", 7_776_000.0),
        ("1.5 s", 1.5),
        (" 2S ", 2.0),  # case and blanks are free
        ("20", 20.0),  # a number is seconds
        (20, 20.0),
        (0.25, 0.25),
        (0, 0.0),
    ],
)
def test_duration_is_read_as_seconds(written: object, seconds: float) -> None:
    assert parse_duration(written) == seconds


@pytest.mark.parametrize(
    "written", ["", "s", "-1s", "5 parsecs", "1h30m", "1e3", "nan", -1, float("inf"), True, None, [1]]
)
def test_what_is_no_duration_is_refused_with_examples(written: object) -> None:
    with pytest.raises(ValueError, match=r"must be a duration such as 500ms"):
        parse_duration(written)


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("4MiB", 4 * 2**20),
        ("64 KiB", 65_536),
        ("64kib", 65_536),
        ("1GB", 10**9),  # a power of ten, as the unit says
        ("1.5KiB", 1536),
        ("10B", 10),
        ("65536", 65_536),
        (65_536, 65_536),
        (0, 0),
    ],
)
def test_size_is_read_as_bytes(written: object, size: int) -> None:
    assert parse_size(written) == size


@pytest.mark.parametrize("written", ["", "MiB", "4M", "1.5", "0.3KiB", "-1", "4 apples", float("nan"), False, None])
def test_what_is_no_size_is_refused_with_examples(written: object) -> None:
    with pytest.raises(ValueError, match="must be a size such as 65536"):
        parse_size(written)
