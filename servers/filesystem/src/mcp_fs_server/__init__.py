"""MCP server for files: nothing escapes its folders even under a race, and nothing is damaged by an edit."""

__version__ = "0.1.0"
