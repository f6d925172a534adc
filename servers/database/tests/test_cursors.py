from __future__ import annotations

import pytest
from mcp_chassis.call import Principal
from mcp_chassis.errors import Conflict, InvalidArguments
from mcp_chassis.seal import Sealer
from mcp_db_server.cursors import Cursors, Position, digest

ALICE, BOB = Principal("alice", "local"), Principal("bob", "local")


@pytest.fixture
def cursors() -> Cursors:
    return Cursors(Sealer([b"k" * 32]))


def test_a_cursor_comes_back_as_it_was(cursors: Cursors) -> None:
    position = Position("shape", [1, None, "ä"], 3)
    assert cursors.open(ALICE, "t", "r", cursors.seal(ALICE, "t", "r", position)) == position
    assert cursors.open(ALICE, "t", "r", None) is None


@pytest.mark.parametrize(
    ("principal", "tool", "request_digest", "reason"),
    [
        (BOB, "t", "r", "not one that this server gave to you"),
        (ALICE, "other", "r", "another tool's"),
        (ALICE, "t", "other", "other arguments"),
    ],
)
def test_a_cursor_is_bound(cursors: Cursors, principal: Principal, tool: str, request_digest: str, reason: str) -> None:
    with pytest.raises(InvalidArguments, match=reason):
        cursors.open(principal, tool, request_digest, cursors.seal(ALICE, "t", "r", Position("s")))


def test_another_shape_is_a_conflict_that_says_what_to_do() -> None:
    Position("a").check("a")
    with pytest.raises(Conflict, match="call again without the cursor"):
        Position("a").check("b")


def test_digests_tell_requests_apart() -> None:
    assert digest("a", [1]) == digest("a", [1])
    assert len({digest("a", [1]), digest("a", ["1"]), digest("a", None), digest("a1", [])}) == 4
