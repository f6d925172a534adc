"""How long a verified token is known."""

from __future__ import annotations

import pytest
from mcp_chassis.oauth.cache import VerifiedTokens


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("lifetime", "after", "known"),
    [
        (300, 0, True),
        (300, 59.9, True),
        (300, 60, False),  # a minute at most
        (10, 9.9, True),
        (10, 10, False),  # never beyond its end
        (0, 0, False),
        (-5, 0, False),  # accepted within the leeway, so verified every time
    ],
)
def test_a_token_is_known_for_a_minute_and_never_past_its_end(lifetime: float, after: float, known: bool) -> None:
    clock = Clock()
    tokens: VerifiedTokens[str] = VerifiedTokens(clock=clock)
    tokens.put(b"token", "alice", lifetime)
    clock.now += after
    assert (tokens.get(b"token") == "alice") is known
    assert tokens.get(b"another") is None


def test_the_oldest_give_way() -> None:
    tokens: VerifiedTokens[int] = VerifiedTokens(size=3)
    for number in range(5):
        tokens.put(b"%d" % number, number, 300)
    assert [tokens.get(b"%d" % number) for number in range(5)] == [None, None, 2, 3, 4]


def test_all_are_forgotten_at_once() -> None:
    tokens: VerifiedTokens[str] = VerifiedTokens()
    tokens.put(b"token", "alice", 300)
    tokens.clear()
    assert tokens.get(b"token") is None
