"""Records: what a line of the log says of a call or an event, and how it is chained to the line before.

A record is built in the order of its keys, as canonical JSON wants them, so that it is written once and hashed as it
stands. A `Draft` is that text without the four members that only the chain knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from mcp_chassis.audit.canonical import canonical, clean, ordered, text
from mcp_chassis.redaction import redact

if TYPE_CHECKING:
    from mcp_chassis.call import Call, Principal

__all__ = ["Draft", "Records", "draft", "first_link", "seal"]

VERSION = 1
Draft = tuple[str, str, str, str, str]
"""The members before `hash`, then those before `prev`, `seq` and `ts`, and the rest, each with a comma before it."""

_CHAINED = ("hash", "prev", "seq", "ts")
_MAX_TEXT, _MAX_NAME, _MAX_NAMES, _MAX_LOOKED_AT = 512, 64, 100, 2048
_SHA256 = sha256()
_SHAPES: dict[type, str] = {str: "string", list: "list", dict: "object"}
_KINDS: dict[type, str] = {bool: '"boolean"', int: '"integer"', float: '"number"'}


def first_link(server: str, instance: str) -> str:
    """What the first record of a chain has as `prev`."""
    return sha256(f"mcp-audit/{VERSION}\n{server}\n{instance}\n".encode()).hexdigest()


def draft(fields: Mapping[str, Any]) -> Draft:
    """The draft of a record with these members."""
    parts: list[list[str]] = [[], [], [], [], []]
    for name in ordered(fields):
        parts[sum(mark < name for mark in _CHAINED)].append(f",{text(name)}:{canonical(fields[name])}")
    head, *rest = ("".join(part) for part in parts)
    return ("{" + head[1:], *rest)  # type: ignore[return-value]


def seal(draft: Draft, *, prev: str, seq: int, ts: str) -> tuple[bytes, str]:
    """A record as a line, and its hash."""
    head, before_prev, before_seq, before_ts, rest = draft
    tail = f'{before_prev},"prev":"{prev}"{before_seq},"seq":{seq}{before_ts},"ts":"{ts}"{rest}}}'
    hashed = _SHA256.copy()  # cheaper than making one
    hashed.update(clean(head + tail))
    digest = hashed.hexdigest()
    return clean(f'{head},"hash":"{digest}"{tail}\n'), digest


class Records:
    """Makes the drafts of one chain."""

    def __init__(
        self, instance: str, key: bytes, *, pseudonyms: bool = False, redact: Callable[[str], str] = redact
    ) -> None:
        """`key` hashes arguments, with `pseudonyms` also subjects and actors; `redact` takes secrets out of text.

        What callers chose (addresses, names of what does not exist) may hold passwords and tokens; most comes often.
        """
        self._instance = instance
        self._in_chain = f',"instance":{text(instance)},"issuer":'
        self._hmac = Hmac(key)
        self._pseudonyms = pseudonyms
        self._pseudonym = lru_cache(maxsize=4096)(self._hashed)
        self._told = lru_cache(maxsize=4096)(redact)

    def event(self, event: str, details: Mapping[str, Any]) -> Draft:
        """Something that matters and is not a call."""
        return draft({**details, "v": VERSION, "instance": self._instance, "event": event})

    def call(self, call: Call, outcome: str, elapsed_s: float, summary: Mapping[str, Any] | None) -> Draft:
        """A call that ended so. Its text is put together here and not by `draft`, which takes three times as long."""
        principal, arguments = call.principal, call.arguments
        names = ordered(arguments)
        content = "{" + ",".join([f"{text(name)}:{canonical(arguments[name])}" for name in names]) + "}"
        subject, actor = principal.subject, principal.actor
        if self._pseudonyms:
            subject, actor = self.subject(principal), self.actor(principal)
        failed = outcome not in ("ok", "input_required")
        policy = call.policy_sha256
        return (
            f'{{"action":{self._chosen(call.action)},"actor":{"null" if actor is None else text(actor)}'
            f',"args_hmac":"{self._hmac(clean(content))}","args_summary":{self._shapes(arguments, names)}'
            f',"client":{self._chosen(call.client)},"client_id":{_optional(principal.client_id)}'
            f',"credential":{_optional(principal.credential)}'
            f',"data_classes":{canonical(sorted(call.data_classes)) if call.data_classes else "[]"}'
            f',"decision":"{call.decision}","duration_ms":{_milliseconds(elapsed_s)}'
            f',"error_id":{text(call.error_id) if failed else "null"},"event":"call"',
            f'{self._in_chain}{_optional(principal.issuer)},"outcome":{text(outcome)}'
            f',"policy_sha256":{"null" if policy is None else text(policy)}',
            f',"principal":{text(subject)},"request_id":{self._request_id(call.request_id)}'
            f',"result_summary":{_facts(summary)},"rule_ids":{canonical(call.rule_ids) if call.rule_ids else "[]"}',
            f"{'' if call.shadow is None else _shadow(call.shadow)}"
            f',"tenant":{text(principal.tenant)},"trace_id":{_optional(call.trace_id)}',
            ',"v":1',
        )

    def begun(self, call: Call) -> Draft:
        """A call that is about to change something."""
        return self.event(
            "change_begun",
            {
                "action": self._bounded(call.action),
                "args_hmac": self._hmac(clean(canonical(call.arguments))),
                "request_id": self._bounded(call.request_id) if isinstance(call.request_id, str) else call.request_id,
                "trace_id": call.trace_id and call.trace_id[:_MAX_TEXT],
                **self.who(call.principal),
            },
        )

    def who(self, principal: Principal) -> dict[str, Any]:
        """The members by which records tell who it is."""
        return {
            "principal": self.subject(principal),
            "actor": self.actor(principal),
            "credential": principal.credential,
            "tenant": principal.tenant,
            "issuer": principal.issuer,
            "client_id": principal.client_id,
        }

    def subject(self, principal: Principal) -> str:
        """The subject as the log calls it."""
        return (
            self._pseudonym("subject", principal.issuer, principal.subject) if self._pseudonyms else principal.subject
        )

    def actor(self, principal: Principal) -> str | None:
        """The actor as the log calls it."""
        if principal.actor is None or not self._pseudonyms:
            return principal.actor
        return self._pseudonym("actor", principal.issuer, principal.actor)

    def _hashed(self, role: str, issuer: str | None, name: str) -> str:
        """Canonical arguments are objects and this is an array, so that no pseudonym is the HMAC of arguments."""
        return f"{role}-{self._hmac(clean(canonical(['mcp-audit/pseudonym/1', role, issuer, name])))[:32]}"

    def _request_id(self, value: str | int | None) -> str:
        return self._chosen(value) if value is None or isinstance(value, str) else canonical(value)

    def _chosen(self, value: str | None) -> str:
        return "null" if value is None else text(self._bounded(value))

    def _bounded(self, value: str) -> str:
        """What a caller chose, as it may be told; cut after redaction, which would not know half a secret."""
        return self._told(value[:_MAX_LOOKED_AT])[:_MAX_TEXT]

    def _shapes(self, arguments: Mapping[str, Any], names: list[str]) -> str:
        """What arguments are, without what they say: `{"limit":"integer","query":"string(57)"}`."""
        told = [self._told(name[:_MAX_LOOKED_AT])[:_MAX_NAME] for name in names[:_MAX_NAMES]]
        if told != names:  # some are too many, too long or secrets
            arguments = {name: arguments[key] for name, key in zip(told, names, strict=False)}
            names = ordered(arguments)
        return "{" + ",".join([f"{text(name)}:{_shape(arguments[name])}" for name in names]) + "}"


class Hmac:
    """HMAC-SHA-256 in hex (RFC 2104), with both halves of the key hashed once: a third of the time of `hmac.digest`."""

    def __init__(self, key: bytes) -> None:
        """`key` has at most 64 bytes."""
        padded = key.ljust(64, b"\0")
        self._inner = sha256(bytes(byte ^ 0x36 for byte in padded))
        self._outer = sha256(bytes(byte ^ 0x5C for byte in padded))

    def __call__(self, content: bytes) -> str:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(content)
        outer.update(inner.digest())
        return outer.hexdigest()


def _shadow(shadow: Mapping[str, Any]) -> str:
    return f',"shadow":{canonical(shadow)}'


def _optional(value: str | None) -> str:
    return "null" if value is None else text(value[:_MAX_TEXT])


def _facts(summary: Mapping[str, Any] | None) -> str:
    """What is told of a result, which most often is its size alone."""
    if summary is not None and len(summary) == 1 and type(summary.get("bytes")) is int:
        return f'{{"bytes":{summary["bytes"]}}}'
    return canonical(summary)


def _milliseconds(seconds: float) -> str:
    """With three decimals at most, without the zeros at its end."""
    return f"{seconds * 1000:.3f}".rstrip("0").rstrip(".")


def _shape(value: Any) -> str:
    kind = type(value)
    if kind in _SHAPES:
        return f'"{_SHAPES[kind]}({len(value)})"'
    return _KINDS.get(kind, '"null"')
