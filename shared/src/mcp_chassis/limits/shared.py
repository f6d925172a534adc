"""Counts in Redis or Valkey, for replicas that share them: one script and one round trip per call."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from mcp_chassis.errors import ConfigurationError
from mcp_chassis.limits.meters import Meter, StoreDown, Verdict

if TYPE_CHECKING:
    from redis.asyncio import Redis

__all__ = ["RedisStore"]

FORMAT = 1
TIMEOUT_SECONDS = 0.5
_CONNECTIONS = 16
_SCHEMES = {"valkey": "redis", "valkeys": "rediss"}
_PROBE = Meter("repeat", "probe", 1_000_000, 0)


class RedisStore:
    """A store by the clock of the Redis server, so that replicas need not agree on the time.

    Keys are `mcp:{<server>}:limits:1:<kind>:<key>`: the braces keep the keys of one call on one node, 1 is the format.
    """

    def __init__(self, url: str, server: str, *, timeout_s: float = TIMEOUT_SECONDS) -> None:
        """Make the store; nothing is connected yet.

        Args:
            url: `redis://`, `rediss://` or `unix://`, as redis-py takes it; `valkey://` and `valkeys://` are the same.
            server: whose limits they are.
            timeout_s: how long Redis may take to answer.

        Raises:
            ConfigurationError: redis-py is not installed, or the URL is none.
        """
        try:
            from redis.asyncio import BlockingConnectionPool, Redis
            from redis.asyncio.retry import Retry
            from redis.backoff import NoBackoff
            from redis.exceptions import ConnectionError as Disconnected
        except ImportError:
            raise ConfigurationError("MCP_REDIS_URL: install the server with its extra redis to use it.") from None
        scheme, mark, rest = url.partition("://")
        try:
            pool = BlockingConnectionPool.from_url(
                _SCHEMES.get(scheme, scheme) + mark + rest,
                max_connections=_CONNECTIONS,
                timeout=timeout_s,
                socket_timeout=timeout_s,
                socket_connect_timeout=timeout_s,
                # One more try at once, for a connection that was closed while nobody used it.
                retry=Retry(NoBackoff(), 1, supported_errors=(Disconnected,)),
            )
        except ValueError:
            raise ConfigurationError("MCP_REDIS_URL must be a URL such as redis://host:6379/0.") from None
        self._redis: Redis = Redis.from_pool(pool)
        self._prefix = f"mcp:{{{server}}}:limits:{FORMAT}"
        self._script = self._redis.register_script(
            files("mcp_chassis.limits").joinpath("take.lua").read_text(encoding="utf-8")
        )

    async def take(self, meters: Sequence[Meter]) -> Verdict:
        """Count one call against all of the meters, or against none when one of them refuses.

        Raises:
            StoreDown: Redis cannot be reached, takes too long or refuses the script.
        """
        from redis.exceptions import RedisError

        keys = [f"{self._prefix}:{meter.kind}:{meter.key}" for meter in meters]
        arguments = [part for meter in meters for part in (meter.kind, meter.pace, meter.size)]
        try:
            refused, wait, repeats = await self._script(keys, arguments)
        except (RedisError, OSError, TimeoutError) as error:
            raise StoreDown(type(error).__name__) from error
        return Verdict(refused - 1 if refused else None, wait, repeats)

    async def probe(self) -> None:
        """Run the script as a call would.

        Raises:
            StoreDown: a call could not be counted.
        """
        await self.take((_PROBE,))

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
