"""`write_file`: a new file, or another content for one that is there."""

from __future__ import annotations

import base64
import binascii
import re
import stat
from typing import Annotated

from mcp_chassis.call import Context
from mcp_chassis.confine import check_new_name
from mcp_chassis.confine.errors import Exists, Missing, NotRegular, Refused
from mcp_chassis.errors import ChassisError, Conflict, InvalidArguments, TooLarge
from pydantic import Field
from typing_extensions import TypedDict

from mcp_fs_server import texts
from mcp_fs_server.atomic import put
from mcp_fs_server.changes import entry_of, note_hash
from mcp_fs_server.editing import LONGEST_TEXT
from mcp_fs_server.holding import Held, held, sha256_of
from mcp_fs_server.reading import etag_of
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import Work

__all__ = ["write_file"]


class Written(TypedDict):
    """The file as it is now."""

    path: str
    size: int
    encoding: str
    etag: str
    created: bool


async def write_file(
    ctx: Context[Resources],
    path: str,
    content: Annotated[str, Field(max_length=LONGEST_TEXT)],
    encoding: Annotated[str | None, Field(description="default utf-8; base64 for bytes")] = None,
    overwrite: bool = False,
    if_match: Annotated[str | None, Field(description="etag that the file must have")] = None,
) -> Written:
    """Write a whole file. One that is there is replaced only with overwrite, or with if_match and its etag.

    Use edit_file to change parts of a file; create_directory makes its directory.
    """
    data, name = _encoded(content, encoding)
    return await ctx.resources.workers.finish(
        lambda work: _write(ctx, path, data, name, overwrite, wanted_etag(if_match), work), ctx
    )


def wanted_etag(if_match: str | None) -> str | None:
    """The etag that a file must have.

    Raises:
        InvalidArguments: it is none.
    """
    if if_match is None or re.fullmatch("[0-9a-f]{64}", if_match):
        return if_match
    raise InvalidArguments("if_match is no etag; give the one that reading the file told, or leave it out.")


def match_etag(sha256: str | None, wanted: str | None, most: int) -> None:
    """See that a file is the one that is wanted.

    Raises:
        Conflict: it is not, or is too large to tell.
    """
    if wanted is None or sha256 == wanted:
        return
    if sha256 is None:
        raise Conflict(f"The file is larger than {most:,} bytes and so has no etag; leave if_match out.")
    raise Conflict("The file is not the one that if_match names; read it again and call again.")


def _encoded(content: str, encoding: str | None) -> tuple[bytes, str]:
    if encoding != "base64":
        return texts.encode(content, encoding)
    try:
        return base64.b64decode(content, validate=True), "base64"
    except (binascii.Error, ValueError):
        raise InvalidArguments("content is not base64; encode the bytes, or leave encoding out for text.") from None


def _write(
    ctx: Context[Resources], path: str, data: bytes, encoding: str, overwrite: bool, etag: str | None, work: Work
) -> Written:
    resources = ctx.resources
    if path.endswith(("/", "/.")):
        raise NotRegular("A path that ends in a slash names a directory; name a file.")
    place = resources.roots.writable(ctx, path)
    most = place.root.max_file_size
    if len(data) > most:
        raise TooLarge(f"The content has {len(data):,} bytes and a file here may have {most:,}; write less.")
    with (
        entry_of(place, make=resources.changes.make_parents) as (directory, name),
        held(directory, name, hard_links=resources.settings.hard_links) as old,
    ):
        _consent(ctx, path, old, overwrite, etag, most)
        if old is None:
            check_new_name(name)
        more = len(data) - (old.stat.st_size if old else 0)
        with resources.changes.room(place.root, more, by=ctx.principal, written=len(data)):
            put(directory, name, data, old, work.check)
    written = etag_of(data)
    ctx.note(sha256_after=written)
    return {"path": place.shown, "size": len(data), "encoding": encoding, "etag": written, "created": old is None}


def _consent(
    ctx: Context[Resources], path: str, old: Held | None, overwrite: bool, etag: str | None, most: int
) -> None:
    """See that what is to be replaced is what the caller knows of."""
    if old is None:
        ctx.note(sha256_before="absent")
        if _is_link(ctx.resources.roots.meant(ctx, path, certain=True)):
            raise Refused("This is a link to something that is not there; name the file itself.")
        if etag is not None:
            raise Missing("There is no file that if_match could name; leave it out to make a new one.")
        return
    sha256 = sha256_of(old.fd, most)
    note_hash(ctx, "before", sha256, most)
    if etag is None and not overwrite:
        raise Exists("The file exists; set overwrite to replace it, or change parts of it with edit_file.")
    match_etag(sha256, etag, most)


def _is_link(place: Place) -> bool:
    try:
        return stat.S_ISLNK(place.stat().st_mode)
    except ChassisError:
        return False
