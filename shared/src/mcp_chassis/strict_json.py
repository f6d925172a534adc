"""The strict reader: every message from outside passes it before the SDK sees anything.

The SDK's own parsers take NaN and Infinity, keep the last of duplicate keys, and stay silent on some broken messages.
This reader answers each of them with a JSON-RPC error that carries the request id wherever the id can be told, and
never repeats a value of the message. It is pure, and costs a few microseconds for a message of ordinary size.

    -32700  not UTF-8, a byte order mark, not JSON
    -32600  duplicate keys, NaN, Infinity or a number beyond a double, lone surrogates, nesting or integers beyond
            every use, a batch, and whatever is not a JSON-RPC 2.0 message (RFC 8259; JSON-RPC 2.0, sections 4 to 6)
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

__all__ = ["INVALID_REQUEST", "MAX_DEPTH", "PARSE_ERROR", "Fault", "Message", "RequestId", "loads", "read"]

RequestId = int | str

PARSE_ERROR = -32700
INVALID_REQUEST = -32600

MAX_DEPTH = 64
"""Levels of nesting in a whole message; the caps on arguments are tighter and name the argument."""


@dataclass(slots=True)
class Message:
    """One JSON-RPC message that the SDK may see.

    `method` is None for a response, `id` is None for a notification. `progress` tells that the sender put a
    `progressToken` into `params._meta`, so that the answer should be a stream.
    """

    body: dict[str, Any]
    method: str | None
    id: RequestId | None
    progress: bool


@dataclass(slots=True)
class Fault:
    """Why a message was refused: a JSON-RPC error code, a sentence without any value of the message, and the id."""

    code: int
    message: str
    id: RequestId | None = None

    def encode(self) -> bytes:
        """The JSON-RPC error response, in one line."""
        error = {"code": self.code, "message": self.message}
        return json.dumps({"jsonrpc": "2.0", "id": self.id, "error": error}, separators=(",", ":")).encode("ascii")


class _RefusedError(ValueError):
    """Valid for a lenient parser, refused here."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _RefusedError("An object of the message has the same key twice; send each key once.")
    return members


def _no_constant(_: str) -> float:
    raise _RefusedError("The message holds NaN or Infinity, which JSON does not have; send null or a string.")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise _RefusedError("A number of the message is beyond the range of a double; send it as a string.")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)


def read(raw: bytes) -> Message | Fault:
    """Read one message, as it came from the wire and without its line end.

    Returns:
        The message, or the fault to answer with (over HTTP with status 400).
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Fault(PARSE_ERROR, "The message is not UTF-8.", _told_id(raw.decode("utf-8", "replace")))
    try:
        body = _DECODER.decode(text)
    except _RefusedError as refused:
        return Fault(INVALID_REQUEST, str(refused), _told_id(text))
    except json.JSONDecodeError as error:
        return Fault(PARSE_ERROR, f"The message is not valid JSON (character {error.pos}).")
    except ValueError:  # Python's own bound on the digits of an integer
        return Fault(INVALID_REQUEST, "An integer of the message has too many digits.", _told_id(text))
    except RecursionError:
        return Fault(INVALID_REQUEST, "The message is nested too deeply.")
    reason = _unfit_content(text, body)
    if reason is not None:
        return Fault(INVALID_REQUEST, reason, _id_of(body))
    return _envelope(body)


def loads(text: str) -> Any:
    """A JSON value under the same rules, as clients send some arguments within a string.

    Raises:
        ValueError: it is not JSON, or JSON that is refused here.
    """
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if (reason := _unfit_content(text, value)) is not None:
        raise ValueError(reason)
    return value


def _unfit_content(text: str, body: Any) -> str | None:
    """What no decoder hook can see. Both checks are skipped for the messages that cannot fail them."""
    if text.count("[") + text.count("{") > MAX_DEPTH and _deeper_than(MAX_DEPTH, body):
        return f"The message is nested deeper than {MAX_DEPTH} levels."
    if ("\\ud" in text or "\\uD" in text) and not _encodable(body):
        return "A string of the message holds a lone surrogate; send whole characters."
    return None


def _encodable(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _deeper_than(levels: int, value: Any) -> bool:
    layer = [value]
    for _ in range(levels + 1):
        layer = [
            inner
            for outer in layer
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not layer:
            return False
    return True


def _envelope(body: Any) -> Message | Fault:
    if type(body) is not dict:
        what = "Batches are not supported; send" if type(body) is list else "Send"
        return Fault(INVALID_REQUEST, f"{what} one JSON-RPC message, a JSON object, at a time.")
    reason = _unfit_envelope(body)
    if reason is not None:
        return Fault(INVALID_REQUEST, reason, _id_of(body))
    params = body.get("params")
    meta = params.get("_meta") if params else None
    token = meta.get("progressToken") if type(meta) is dict else None
    return Message(body, body.get("method"), body.get("id"), type(token) is str or type(token) is int)


def _unfit_envelope(body: dict[str, Any]) -> str | None:
    if body.get("jsonrpc") != "2.0":
        return 'A message must carry "jsonrpc": "2.0".'
    if "id" in body and type(body["id"]) is not str and type(body["id"]) is not int:
        return "The id of a message must be a string or an integer."
    answers = ("result" in body) + ("error" in body)
    if "method" in body:
        if type(body["method"]) is not str:
            return "The method of a message must be a string."
        if answers:
            return "A message is either a request or a response, not both."
        if type(body.get("params")) is not dict and body.get("params") is not None:
            return "The params of a message must be an object."
    elif answers != 1 or "id" not in body:
        return "A message needs a method, or an id with either a result or an error."
    return None


def _id_of(body: Any) -> RequestId | None:
    """The id to answer with: only a request's, so that nothing is mistaken for the answer to another request."""
    if type(body) is not dict or "method" not in body:
        return None
    told = body.get("id")
    if type(told) is int or (type(told) is str and _encodable(told)):
        return told
    return None


def _short_int(digits: str) -> int | None:
    return int(digits) if len(digits) < 1_000 else None


def _told_id(text: str) -> RequestId | None:
    """The id of a message that the strict decoder refused; None where it cannot be told for sure."""
    top: list[tuple[str, Any]] = []

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal top
        top = pairs  # objects are closed from the inside out: the last one is the message itself
        return dict(pairs)

    try:
        body = json.JSONDecoder(object_pairs_hook=keep, parse_int=_short_int).decode(text)
    except (ValueError, RecursionError):
        return None
    if sum(key == "id" for key, _ in top) != 1:
        return None
    return _id_of(body)
