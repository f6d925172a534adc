"""The end of a server that is told to stop while it starts: 0, as at any other time.

SIGTERM and SIGINT are a transport's once it serves. Before, there are two phases: until the event loop runs nothing is
open, so the process just ends; then what is being opened is cancelled, and closed in its order. A command calls
`end_at_once` before it imports what is heavy.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

__all__ = ["Start", "end_as_before", "end_at_once"]

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_before: dict[signal.Signals, Any] = {}


def end_at_once() -> None:
    """From now on these signals end the process with 0."""
    for number in _SIGNALS:
        _before.setdefault(number, signal.getsignal(number))
        signal.signal(number, lambda *_: os._exit(0))


def end_as_before() -> None:
    """Take that back: what is no server ends as any command does."""
    while _before:
        signal.signal(*_before.popitem())


class Start:
    """A task that opens a server: these signals cancel it until somebody else handles them."""

    def __init__(self, task: asyncio.Task[Any], loop: asyncio.AbstractEventLoop) -> None:
        self.cancelled = False
        self._task = task
        for number in _SIGNALS:
            loop.add_signal_handler(number, self._cancel)

    def _cancel(self) -> None:
        self.cancelled = True
        self._task.cancel()
