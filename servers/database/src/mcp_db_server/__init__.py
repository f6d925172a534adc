"""MCP server for PostgreSQL: read-only that holds for a superuser, and passes an ordinary analytics day."""

__version__ = "0.1.0"
