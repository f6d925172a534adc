"""What a server offers: one `Endpoint` per tool, resource, template, prompt and completion."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, fields
from typing import Any

from mcp_chassis.arguments import Arguments
from mcp_chassis.call import Kind, Principal

Function = Callable[..., Awaitable[Any]]
Watching = Callable[[str, Callable[[str], Awaitable[None]]], AbstractAsyncContextManager[None]]
"""Watches something for as long as the context lasts: given a URI, and what to call with it at every change."""


def _always(_: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Hints:
    """What a tool does to the world, as MCP's tool annotations tell it."""

    read_only: bool
    destructive: bool = False
    idempotent: bool = True
    open_world: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A resource of a template that `resources/list` names."""

    uri: str
    name: str
    description: str | None = None
    mime_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One thing that can be called, with the scopes it needs.

    `name` is a tool's or prompt's name, a resource's URI or URI template, or what a completion completes.
    `timeout_s` replaces the server's deadline for this endpoint. `polling` says that asking the same again and again is
    its use, so that repeated calls are not counted. `data_classes` label what it reads; with `reaches` only the
    function knows the rest, and tells it by `Context.reach`. `data_in` names the keys of the answer below which data
    stands, where the names of all others are the function's own and are never redacted. `places` names the arguments of
    which only the function knows where they really lead; it tells that by `Context.reach` too. `offered` says by the
    settings whether it is there at all. Of a resource `watch` admits who wants to be told of changes and gives a
    `Watching`; of a template `listed` names resources to list.
    """

    kind: Kind
    name: str
    function: Function
    arguments: Arguments
    scopes: frozenset[str]
    title: str | None = None
    description: str = ""
    hints: Hints = field(default_factory=lambda: Hints(read_only=True))
    mime_type: str | None = None
    timeout_s: float | None = None
    polling: bool = False
    data_classes: frozenset[str] = frozenset()
    reaches: bool = False
    data_in: frozenset[str] | None = None
    places: frozenset[str] = frozenset()
    offered: Callable[[Any], bool] = _always
    watch: Function | None = None
    listed: Callable[[Any], Iterable[Listed]] | None = None

    def missing_scopes(self, principal: Principal) -> frozenset[str]:
        """The scopes that the principal lacks for this endpoint."""
        return self.scopes - principal.scopes


@dataclass(slots=True)
class Registry:
    """All endpoints of one server, each kind in the order of registration."""

    tools: dict[str, Endpoint] = field(default_factory=dict)
    resources: dict[str, Endpoint] = field(default_factory=dict)
    templates: dict[str, Endpoint] = field(default_factory=dict)
    prompts: dict[str, Endpoint] = field(default_factory=dict)
    completions: dict[str, Endpoint] = field(default_factory=dict)

    def offered(self, settings: Any) -> Registry:
        """The endpoints that are there with these settings."""
        shelves = {
            shelf.name: {name: one for name, one in getattr(self, shelf.name).items() if one.offered(settings)}
            for shelf in fields(self)
        }
        return Registry(**shelves)

    def scopes(self) -> frozenset[str]:
        """All scopes that anything here needs."""
        shelves = (self.tools, self.resources, self.templates, self.prompts, self.completions)
        return frozenset(scope for shelf in shelves for endpoint in shelf.values() for scope in endpoint.scopes)

    def add(self, shelf: dict[str, Endpoint], endpoint: Endpoint) -> None:
        """Register an endpoint.

        Raises:
            ValueError: there is one of that name.
        """
        if endpoint.name in shelf:
            raise ValueError(f"there is already a {endpoint.kind} named {endpoint.name!r}")
        shelf[endpoint.name] = endpoint
