"""Sizes as people read them."""

from __future__ import annotations

__all__ = ["readable_size"]


def readable_size(size: int) -> str:
    """`17 B`, `1.4 KiB`, `3.0 GiB`."""
    if size < 1024:
        return f"{size} B"
    amount = float(size)
    for unit in ("KiB", "MiB", "GiB"):
        amount /= 1024
        if amount < 1024:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1024:.1f} TiB"
