"""What `mcp-db-server --demo` serves: the places of the world, by GeoNames, in an embedded PostgreSQL."""

from mcp_db_server.demo.world import open_demo

__all__ = ["open_demo"]
