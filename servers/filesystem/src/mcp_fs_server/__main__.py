"""The command `mcp-fs-server`."""

from __future__ import annotations


def main() -> None:
    """Serve, check or explain, as the command line says."""
    from mcp_fs_server.server import server

    server.run()


if __name__ == "__main__":
    main()
