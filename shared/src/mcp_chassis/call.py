"""The nouns of one request: who asks (`Principal`), for what (`Call`), and what the asked function gets (`Context`).

Nothing here knows of HTTP, tokens or the SDK.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from mcp_chassis.errors import ApprovalRequired
from mcp_chassis.policy.decision import NO_OBLIGATIONS, Obligations

if TYPE_CHECKING:
    from pydantic import BaseModel

    from mcp_chassis.policy.judgement import Judgement
    from mcp_chassis.registry import Endpoint

Kind = Literal["tool", "resource", "prompt", "completion", "subscription"]
ResourcesT = TypeVar("ResourcesT")
_MAX_FACT = 1_000
AnswerT = TypeVar("AnswerT", bound="BaseModel")
_NO_CLAIMS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Principal:
    """Who makes a call, from verified material only, never from arguments or `_meta`.

    `actor` is who acts on the subject's behalf (RFC 8693 `act`); `credential` names the token (jti) or key (id) used.
    `claims` are those of a verified token, and `authenticated_at` is when its subject proved who it is (Unix time).
    """

    subject: str
    auth_method: Literal["local", "none", "api-key", "oauth"]
    issuer: str | None = None
    client_id: str | None = None
    tenant: str = "default"
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    actor: str | None = None
    credential: str | None = None
    claims: Mapping[str, Any] = field(default_factory=lambda: _NO_CLAIMS, compare=False, repr=False)
    authenticated_at: float | None = field(default=None, compare=False)
    key: str = field(init=False, compare=False, repr=False)
    """One string per identity, for binding cursors, limits and in-flight calls to who owns them."""

    def __post_init__(self) -> None:
        identity = (self.tenant, self.issuer or "", self.subject, self.client_id or "", self.actor or "")
        object.__setattr__(self, "key", "\x1f".join(identity))


@dataclass(slots=True)
class Call:
    """One request that yields data or starts work; every kind of it passes the same hooks."""

    kind: Kind
    name: str
    arguments: dict[str, Any]
    principal: Principal
    endpoint: Endpoint | None
    channel: Channel
    request_id: str | int | None = None
    trace_id: str | None = None
    client: str | None = None
    validated: dict[str, Any] = field(default_factory=dict)
    decision: Literal["allow", "deny", "approve"] = "allow"
    rule_ids: list[str] = field(default_factory=list)
    policy_sha256: str | None = None
    data_classes: frozenset[str] = frozenset()
    shadow: dict[str, Any] | None = None
    """What rules in shadow would have decided, where they would have refused the call."""
    durable: bool = False
    """Whether the audit record must be on disk before the reply."""
    facts: dict[str, str | int | float] = field(default_factory=dict)
    """What its function wants in the audit record (`Context.note`)."""
    judgement: Judgement | None = field(default=None, repr=False)
    _error_id: str | None = field(default=None, repr=False)

    @property
    def error_id(self) -> str:
        """What the caller is told and the log holds, should the call fail; made when it is first asked for."""
        if self._error_id is None:
            self._error_id = secrets.token_hex(6)
        return self._error_id

    @property
    def action(self) -> str:
        """How policy and audit speak of the call: `tool:execute_query`, `resource:file://a/b`, `prompt:review`."""
        return f"{self.kind}:{self.name}"


class InputNeeded(Exception):
    """The call goes on when the client has answered these questions (multi-round-trip, protocol 2026-07-28).

    `requests` are `mcp_types` requests by key; `state` comes back with the answers, sealed on the way.
    """

    def __init__(self, requests: dict[str, Any] | None = None, state: str | None = None) -> None:
        super().__init__("input needed")
        self.requests = requests
        self.state = state


class Channel:
    """The way back to the client during a call; the one of the SDK's adapter really sends, this one is silent.

    `answers` are the client's answers to what an earlier round of the same call asked by `InputNeeded`, by key;
    `state` is what that round left.
    """

    answers: dict[str, Any] | None = None
    state: str | None = None

    @property
    def asks(self) -> frozenset[str]:
        """Whom the client lets a server ask ("elicitation": a person)."""
        return frozenset()

    async def progress(self, done: float, total: float | None, message: str | None) -> None:
        """Report progress where the client asked for it."""

    async def ask(self, key: str, message: str, answer: type[AnswerT]) -> AnswerT | None:
        """Ask the person at the client; None where they decline or nobody can be asked."""
        return None

    def admit(self, needed: InputNeeded) -> None:
        """Refuse what this client cannot be asked.

        Raises:
            ApprovalRequired: the client cannot answer all of it.
        """
        raise ApprovalRequired("This call needs an answer of a person, and your client cannot ask for one.")

    async def updated(self, uri: str) -> None:
        """Tell whoever watches the resource that it has changed."""


@dataclass(frozen=True, slots=True)
class Context(Generic[ResourcesT]):
    """What a tool, resource or prompt function gets beside its arguments.

    Args:
        principal: who asks.
        resources: what the server's lifespan opened (its pool, its roots, ...).
    """

    principal: Principal
    resources: ResourcesT
    channel: Channel = field(default_factory=Channel, repr=False)
    judgement: Judgement | None = field(default=None, repr=False)
    facts: dict[str, str | int | float] = field(default_factory=dict, repr=False)

    def note(self, **facts: str | int | float) -> None:
        """Put short facts into `result_summary` of the call's audit record, such as a file's hash before and after.

        They are there whether the call succeeds or fails later. No content, no secret: the log keeps them. Of a
        string no more than its first 1,000 characters are kept. `bytes` and `rows` are those of the answer.
        """
        self.facts.update({name: fact[:_MAX_FACT] if isinstance(fact, str) else fact for name, fact in facts.items()})

    def reach(
        self,
        data_classes: Iterable[str] = (),
        fields: Mapping[str, Collection[str]] | None = None,
        places: Mapping[str, Any] | None = None,
    ) -> Obligations:
        """Tell what the call is about to read, before it reads it: the policy decides again with these data classes.

        A tool that calls this is registered with `reaches=True`; what it told before counts too.

        Args:
            data_classes: labels of what is read as a whole.
            fields: columns or fields by name, with their labels.
            places: where the arguments that name a place really lead (`RealPath`, or a list of them).

        Returns:
            What the answer is bound to. The chassis masks `redact_fields` and cuts rows; a function that derives values
            from masked fields must refuse to.

        Raises:
            Denied: the policy denies the call with these classes.
            ApprovalRequired: a person must approve it.
        """
        if self.judgement is None:
            return NO_OBLIGATIONS
        return self.judgement.reach(data_classes, fields or {}, places or {})

    def may_reach(self, data_classes: Iterable[str], places: Mapping[str, Any]) -> bool:
        """Whether the policy allows this call for another place too, as a walk below its own place asks for each.

        Nothing is recorded; what is refused is left out of the answer.
        """
        return self.judgement is None or self.judgement.may_reach(data_classes, places)

    async def progress(self, done: float, total: float | None = None, message: str | None = None) -> None:
        """Tell the client how far the call is; silent where it did not ask for progress."""
        await self.channel.progress(done, total, message)

    async def ask(self, key: str, message: str, answer: type[AnswerT]) -> AnswerT | None:
        """Ask the person at the client and return the validated answer, or None when they decline.

        In the new era the function runs again from its top once the answer is there, so ask before any work.

        Args:
            key: names the question within this call.
            message: what the person reads.
            answer: a flat model of what they fill in.

        Raises:
            ApprovalRequired: the client cannot ask anyone.
        """
        return await self.channel.ask(key, message, answer)

    async def updated(self, uri: str) -> None:
        """Tell every client that watches this resource that it has changed."""
        await self.channel.updated(uri)


current_principal: ContextVar[Principal] = ContextVar("current_principal")
"""Set by the transport before the SDK sees the message."""
