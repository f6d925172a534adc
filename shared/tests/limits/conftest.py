from __future__ import annotations

from mcp_chassis.testing.redis import redis_server, redis_url

__all__ = ["redis_server", "redis_url"]
