"""What callers send of their traces."""

from __future__ import annotations

import pytest
from mcp_chassis.telemetry.trace import Parent, http_parent, parent

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.mark.parametrize(
    ("header", "sampled"),
    [
        (f"00-{TRACE}-{SPAN}-01", True),
        (f"00-{TRACE}-{SPAN}-00", False),
        (f"00-{TRACE}-{SPAN}-03", True),  # flags that are not known yet
        (f"cc-{TRACE}-{SPAN}-01-what-the-future-adds", True),
    ],
)
def test_a_parent_is_read(header: str, sampled: bool) -> None:
    assert parent(header) == Parent(TRACE, SPAN, sampled)


@pytest.mark.parametrize(
    "header",
    [
        "",
        f"00-{TRACE}-{SPAN}",
        f"00-{TRACE}-{SPAN}-01-more",  # version 00 has four parts
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE[:-1]}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01\n",
        7,
        None,
        [TRACE],
    ],
)
def test_what_is_no_parent_is_none(header: object) -> None:
    assert parent(header) is None


@pytest.mark.parametrize(
    ("state", "kept"),
    [
        ("a=1,b=2", "a=1,b=2"),
        ("a=1, t1@b/c=x y", "a=1, t1@b/c=x y"),
        (f"a={'x' * 256}", f"a={'x' * 256}"),
        (f"a={'x' * 256},b={'x' * 256}", ""),  # longer than all together may be
        (",".join(f"k{number}=v" for number in range(33)), ""),
        *((wrong, "") for wrong in ("a", "a=", "=1", "A=1", "a=1=2", "a=1 ", "a=\n", "a=1\n", "a=1,no member", "", 7)),
    ],
)
def test_a_state_is_kept_where_it_is_one(state: object, kept: str) -> None:
    found = parent(f"00-{TRACE}-{SPAN}-01", state)
    assert found is not None
    assert found.state == kept


def test_headers_of_a_request_name_a_parent() -> None:
    lines = [(b"host", b"x"), (b"traceparent", f"00-{TRACE}-{SPAN}-01".encode()), (b"tracestate", b"a=1")]
    assert http_parent({"headers": lines}) == Parent(TRACE, SPAN, True, "a=1")
    assert http_parent({"headers": lines[:1]}) is None
