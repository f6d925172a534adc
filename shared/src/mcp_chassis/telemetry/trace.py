"""The trace that a request belongs to (W3C Trace Context)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from random import getrandbits
from typing import Any

__all__ = ["Parent", "Trace", "current_http", "current_trace", "http_parent", "new_span_id", "new_trace_id", "parent"]

_PARENT = re.compile(r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_KEY = r"([a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
_MEMBER = rf"{_KEY}=[ -+\--<>-~]{{0,255}}[!-+\--<>-~]"
_STATE = re.compile(
    rf"(?=.{{1,512}}\Z){_MEMBER}([ \t]*,[ \t]*{_MEMBER}){{0,31}}"
)  # of others the SDK would log what they say


@dataclass(frozen=True, slots=True)
class Parent:
    """The span of the caller: ids as lower-case hex of 32 and 16 digits, and whether the caller records it."""

    trace_id: str
    span_id: str
    sampled: bool
    state: str = ""


class Trace:
    """The trace of the request at work, for its log lines and its audit record.

    `span_id` is that of our span, or of the caller's where none is recorded.
    """

    __slots__ = ("span_id", "trace_id")

    def __init__(self, trace_id: str | None, span_id: str | None) -> None:
        self.trace_id = trace_id
        self.span_id = span_id


current_trace: ContextVar[Trace | None] = ContextVar("current_trace", default=None)
"""Set while a request is at work."""

current_http: ContextVar[Mapping[str, Any] | None] = ContextVar("current_http", default=None)
"""The ASGI scope of the request that carries the message, set by the HTTP edge."""


def parent(traceparent: object, tracestate: object = None) -> Parent | None:
    """The parent that a caller names; None where the header is missing or not as the recommendation has it."""
    match = _PARENT.fullmatch(traceparent) if isinstance(traceparent, str) else None
    if match is None or (match[1] == "00" and match[5]):
        return None
    state = tracestate if isinstance(tracestate, str) and _STATE.fullmatch(tracestate) else ""
    return Parent(match[2], match[3], bool(int(match[4], 16) & 1), state)


def http_parent(scope: Mapping[str, Any]) -> Parent | None:
    """The parent that the headers of an HTTP request name."""
    for name, value in scope["headers"]:
        if name == b"traceparent":
            state = b",".join(more for other, more in scope["headers"] if other == b"tracestate")
            return parent(value.decode("latin-1"), state.decode("latin-1"))
    return None


def new_trace_id() -> str:
    """An id for a trace that begins here."""
    return f"{getrandbits(128) or 1:032x}"


def new_span_id() -> str:
    """An id for a span."""
    return f"{getrandbits(64) or 1:016x}"
