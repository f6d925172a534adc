"""The log of an application for a day, as a resource: its end."""

from __future__ import annotations

import os
from datetime import date as calendar
from typing import Annotated

from mcp_chassis.call import Context
from mcp_chassis.confine import Root
from mcp_chassis.confine.errors import Missing
from mcp_chassis.errors import InvalidArguments, NotFound
from pydantic import Field

from mcp_fs_server.beginnings import beginning_of
from mcp_fs_server.descriptors import Descriptor
from mcp_fs_server.resources import Resources
from mcp_fs_server.texts import SAMPLE_BYTES

__all__ = ["LOG", "app_log"]

LOG = "logs://app/{date}"
_CHARACTERS = 5_000
_MOST_BYTES = 4 * _CHARACTERS  # that many characters have at most
_NAMES = ("app-{}.log", "app_{}.log", "app.{}.log", "app.log.{}", "{}.log")


async def app_log(ctx: Context[Resources], date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]) -> str:
    """The last 5,000 characters of the application's log of a day (YYYY-MM-DD)."""
    logs = ctx.resources.logs
    assert logs is not None
    try:
        calendar.fromisoformat(date)
    except ValueError:
        raise InvalidArguments("There is no such day; write the date as YYYY-MM-DD.") from None
    return await ctx.resources.workers.run(lambda _: _end_of(logs, date))


def _end_of(logs: Root, date: str) -> str:
    for name in _NAMES:
        try:
            opened = logs.open_file(name.format(date))
        except Missing:
            continue
        with Descriptor(opened) as file:
            return _tail(file.fd)
    raise NotFound("There is no log of this day; ask for another one.")


def _tail(opened: int) -> str:
    known = beginning_of(os.pread(opened, SAMPLE_BYTES, 0), None)
    begin = max(os.fstat(opened).st_size - _MOST_BYTES, known.bom)
    begin -= (begin - known.bom) % 4 if known.wide else 0
    text, _ = known.decode(os.pread(opened, _MOST_BYTES + 4, begin))
    return text[-_CHARACTERS:]
