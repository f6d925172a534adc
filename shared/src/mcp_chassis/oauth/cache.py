"""Verified tokens, so that a caller who calls often is verified once a minute."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["VerifiedTokens"]

VerifiedT = TypeVar("VerifiedT")


class VerifiedTokens(Generic[VerifiedT]):
    """What is known of tokens that were verified, by their SHA-256; the tokens themselves are not kept."""

    def __init__(self, size: int = 1024, longest_s: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        """Args: size: tokens at most, the oldest give way; longest_s: seconds that one is known at most."""
        self._size = size
        self._longest_s = longest_s
        self._clock = clock
        self._known: dict[bytes, tuple[float, VerifiedT]] = {}

    def get(self, token: bytes) -> VerifiedT | None:
        """What is known of a token."""
        digest = hashlib.sha256(token).digest()
        entry = self._known.get(digest)
        if entry is None:
            return None
        if self._clock() >= entry[0]:
            del self._known[digest]
            return None
        return entry[1]

    def put(self, token: bytes, verified: VerifiedT, lifetime_s: float) -> None:
        """Know a token for the rest of its life, or for as long as is allowed."""
        if lifetime_s <= 0:
            return
        if len(self._known) >= self._size:
            del self._known[next(iter(self._known))]
        self._known[hashlib.sha256(token).digest()] = (self._clock() + min(lifetime_s, self._longest_s), verified)

    def clear(self) -> None:
        """Forget them all, as when the keys that verified them have changed."""
        self._known.clear()
