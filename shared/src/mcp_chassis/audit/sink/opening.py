"""From settings to a sink."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from mcp_chassis.errors import ConfigurationError

if TYPE_CHECKING:
    from mcp_chassis.audit import AuditLog
    from mcp_chassis.audit.sink.sink import Sink
    from mcp_chassis.settings import ChassisSettings

__all__ = ["open_sink"]


def open_sink(settings: ChassisSettings, log: AuditLog) -> Sink | None:
    """The sink of a log that has written nothing yet; None where none is configured.

    Raises:
        ConfigurationError: what it needs is not installed.
    """
    if settings.audit_database_url is None:
        return None
    if find_spec("asyncpg") is None:
        raise ConfigurationError(
            f"{settings.written('audit_database_url')} needs asyncpg, which is not installed; "
            "install mcp-chassis with its extra postgres."
        )
    from mcp_chassis.audit.sink.sink import Sink

    return Sink(settings.audit_database_url.get_secret_value(), log)
