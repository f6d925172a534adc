"""`Server`: the declaration of one micro server, from which the chassis builds the running one.

server = Server(name="mcp-echo-server", version="1.0.0", settings=ChassisSettings, lifespan=open_nothing,
                read_scopes={"echo:read"})

@server.tool(scopes={"echo:read"}, read_only=True)
async def echo(ctx: Context[None], text: str) -> str:
    \"\"\"Say it again.\"\"\"
    return text

def main() -> None:
    server.run()
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, NoReturn, TypeVar

from mcp_chassis.arguments import Arguments
from mcp_chassis.call import Kind
from mcp_chassis.policy.decision import DATA_CLASSES
from mcp_chassis.registry import Endpoint, Function, Hints, Listed, Registry

if TYPE_CHECKING:
    from mcp_chassis.settings import ChassisSettings

SettingsT = TypeVar("SettingsT", bound="ChassisSettings")
ResourcesT = TypeVar("ResourcesT")
FunctionT = TypeVar("FunctionT", bound=Function)
Status = Literal["healthy", "degraded", "unhealthy"]


@dataclass(frozen=True, slots=True)
class Component:
    """The state of one thing a server depends on; `detail` is for operators and never reaches a client."""

    name: str
    status: Status
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Pool:
    """How a pool of connections stands: how many do what, how many there may be, and how many calls wait for one."""

    connections: Mapping[str, int]
    limit: int
    waiting: int


async def _no_components(_: Any) -> list[Component]:
    return []


def _no_pools(_: Any) -> Mapping[str, Pool]:
    return {}


class Server(Generic[SettingsT, ResourcesT]):
    """What a server is made of: its name, settings, resources and endpoints."""

    def __init__(
        self,
        *,
        name: str,
        version: str,
        settings: type[SettingsT],
        lifespan: Callable[[SettingsT], AbstractAsyncContextManager[ResourcesT]],
        read_scopes: Collection[str],
        title: str | None = None,
        instructions: str | None = None,
        grants: Callable[[SettingsT], Collection[str]] = lambda _: (),
        health: Callable[[ResourcesT], Awaitable[list[Component]]] = _no_components,
        pools: Callable[[ResourcesT], Mapping[str, Pool]] = _no_pools,
        subscriptions: bool = False,
    ) -> None:
        """Declare a server.

        Args:
            name: the command and distribution, such as `mcp-db-server`.
            settings: its settings class.
            lifespan: opens the resources that its functions get in `Context.resources`; entered once per process.
            read_scopes: what the stdio principal, `--auth none` and MCP_API_KEY may do without being given more.
            instructions: what a model should know before it uses the server.
            grants: further scopes that the command line granted to the stdio principal and `--auth none`.
            health: the states of the backends, for `/ready` and `--check`.
            pools: how the pools of connections stand, by a name for each, for the metrics.
            subscriptions: whether clients may watch resources for changes.
        """
        self.name = name
        self.version = version
        self.title = title
        self.instructions = instructions
        self.settings = settings
        self.lifespan = lifespan
        self.read_scopes = frozenset(read_scopes)
        self.grants = grants
        self.health = health
        self.pools = pools
        self.subscriptions = subscriptions
        self.registry = Registry()

    def tool(
        self,
        *,
        scopes: Collection[str],
        read_only: bool,
        destructive: bool = False,
        idempotent: bool = True,
        open_world: bool = False,
        name: str | None = None,
        title: str | None = None,
        timeout_s: float | None = None,
        polling: bool = False,
        data_classes: Collection[str] = (),
        reaches: bool = False,
        data_in: Collection[str] | None = None,
        places: Collection[str] = (),
    ) -> Callable[[FunctionT], FunctionT]:
        """Offer an async function as a tool; its docstring is the description, its annotations are the schemas.

        Args:
            scopes: what a caller needs; without them the tool is not listed and calling it says `denied`.
            read_only: it changes nothing; `--read-only` hides the others.
            destructive: it may remove or overwrite what was there.
            idempotent: calling it twice has the effect of calling it once.
            open_world: it reaches systems beyond the server's own backend.
            timeout_s: a deadline of its own, in seconds.
            polling: asking the same again and again is its use (the state of a job); its repeats are not counted.
            data_classes: labels of what it reads, for the policy (public, internal, confidential, pii, phi, cardholder,
                financial).
            reaches: only the function knows what else it reads, and tells it by `Context.reach` before it does.
            data_in: the keys of the answer below which data stands, if not anywhere. Fields are redacted only there;
                what stands elsewhere, as `name` and `type` do in the description of a table, is the answer's own.
            places: the arguments that name a place, such as a path with links in it: the policy decides by where they
                really lead, which the function tells by `Context.reach`. Implies `reaches`.
        """
        hints = Hints(read_only=read_only, destructive=destructive, idempotent=idempotent, open_world=open_world)

        def register(function: FunctionT) -> FunctionT:
            endpoint = _endpoint(
                "tool", name or function.__name__, function, scopes, title, timeout_s,
                hints=hints, polling=polling, data_classes=_labels(data_classes), reaches=reaches or bool(places),
                data_in=_keys(data_in), places=frozenset(places),
            )  # fmt: skip
            self.registry.add(self.registry.tools, endpoint)
            return function

        return register

    def resource(
        self,
        uri: str,
        *,
        scopes: Collection[str],
        mime_type: str | None = "text/plain",
        title: str | None = None,
        timeout_s: float | None = None,
        data_classes: Collection[str] = (),
        reaches: bool = False,
        data_in: Collection[str] | None = None,
        places: Collection[str] = (),
        offered: Callable[[SettingsT], bool] = lambda _: True,
        watch: Function | None = None,
        listed: Callable[[ResourcesT], Iterable[Listed]] | None = None,
    ) -> Callable[[FunctionT], FunctionT]:
        """Offer an async function as a resource, or as a template when the URI has `{variables}` (RFC 6570).

        The function returns str (text), bytes (blob), a JSON value, or one of the first two as a `Body` with its type;
        `data_classes`, `reaches`, `data_in` and `places` are as of a tool.

        Args:
            mime_type: of all that it gives; None where they differ.
            offered: whether it is there at all, by the settings.
            watch: an async function with the same arguments that refuses who may not be told of changes, and gives a
                `registry.Watching`. Without it changes are told by `Context.updated` alone.
            listed: of a template, the resources that `resources/list` names.
        """

        def register(function: FunctionT) -> FunctionT:
            shelf = self.registry.templates if "{" in uri else self.registry.resources
            endpoint = _endpoint(
                "resource", uri, function, scopes, title, timeout_s,
                mime_type=mime_type, data_classes=_labels(data_classes), reaches=reaches or bool(places),
                data_in=_keys(data_in), places=frozenset(places), offered=offered, watch=watch, listed=listed,
            )  # fmt: skip
            self.registry.add(shelf, endpoint)
            return function

        return register

    def prompt(
        self,
        *,
        scopes: Collection[str],
        name: str | None = None,
        title: str | None = None,
        data_classes: Collection[str] = (),
        reaches: bool = False,
    ) -> Callable[[FunctionT], FunctionT]:
        """Offer an async function as a prompt; it returns a str (one user message) or a list of prompt messages."""

        def register(function: FunctionT) -> FunctionT:
            endpoint = _endpoint(
                "prompt", name or function.__name__, function, scopes, title, None,
                data_classes=_labels(data_classes), reaches=reaches,
            )  # fmt: skip
            self.registry.add(self.registry.prompts, endpoint)
            return function

        return register

    def completion(self, target: str, *, scopes: Collection[str]) -> Callable[[FunctionT], FunctionT]:
        """Offer completions for the arguments of a prompt (its name) or of a resource template (its URI template).

        The function takes `argument`, `value` and `resolved` (the arguments that are already chosen) and returns the
        candidates as a list of str, the best first.
        """

        def register(function: FunctionT) -> FunctionT:
            self.registry.add(self.registry.completions, _endpoint("completion", target, function, scopes, None, None))
            return function

        return register

    def run(self, argv: Sequence[str] | None = None) -> NoReturn:
        """Be the command: parse the command line, serve, and exit with its code."""
        from mcp_chassis import cli

        sys.exit(cli.main(self, sys.argv[1:] if argv is None else list(argv)))


def _labels(data_classes: Collection[str]) -> frozenset[str]:
    if unknown := set(data_classes) - DATA_CLASSES:
        raise ValueError(f"data classes are {', '.join(sorted(DATA_CLASSES))}, and not {', '.join(sorted(unknown))}")
    return frozenset(data_classes)


def _keys(names: Collection[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def _endpoint(
    kind: Kind,
    name: str,
    function: Function,
    scopes: Collection[str],
    title: str | None,
    timeout_s: float | None,
    **extra: Any,
) -> Endpoint:
    if not inspect.iscoroutinefunction(function):
        raise TypeError(f"{function.__qualname__} is not an async function; blocking work belongs in a thread")
    return Endpoint(
        kind=kind,
        name=name,
        function=function,
        arguments=Arguments(function),
        scopes=frozenset(scopes),
        title=title,
        description=inspect.getdoc(function) or "",
        timeout_s=timeout_s,
        **extra,
    )
