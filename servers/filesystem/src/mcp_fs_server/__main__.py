"""The command `mcp-fs-server`."""

from __future__ import annotations

import gc


def main() -> None:
    """Serve, check or explain, as the command line says."""
    from mcp_chassis.ending import end_at_once

    gc.disable()  # nothing is garbage yet; the chassis enables it when the server has started
    end_at_once()  # while what follows is imported, a second or so
    from mcp_fs_server.server import server

    server.run()


if __name__ == "__main__":
    main()
