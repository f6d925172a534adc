"""Small help with words in messages."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest", "nearest_name"]

_LONGEST = 64
"""More of a word is not compared: no name of ours is longer, and comparing takes its time."""


def nearest_name(word: str, known: Iterable[str]) -> str | None:
    """The known name that `word` was most likely meant to be, if any is near; case is free."""
    import difflib  # only where somebody erred: it would be in the way of every start

    folded = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word[:_LONGEST].lower(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a sentence: names the nearest of `known`, or is just a full stop when none is near."""
    name = nearest_name(word, known)
    return "." if name is None else f"; did you mean {name}?"
