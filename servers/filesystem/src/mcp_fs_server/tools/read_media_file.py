"""`read_media_file`: an image or a sound."""

from __future__ import annotations

import base64
import os

from mcp_chassis.call import Context
from mcp_chassis.errors import InvalidArguments, TooLarge
from mcp_chassis.rendering import WithContent
from mcp_types import AudioContent, ImageContent, ResourceLink
from typing_extensions import TypedDict

from mcp_fs_server import texts
from mcp_fs_server.descriptors import Descriptor
from mcp_fs_server.file_resource import uri_of
from mcp_fs_server.media import SNIFFED_BYTES, is_document, sniffed
from mcp_fs_server.reading import etag_of, read_all
from mcp_fs_server.resources import Resources
from mcp_fs_server.roots import Place
from mcp_fs_server.workers import Work

__all__ = ["read_media_file"]


class Media(TypedDict):
    """What stands beside an image or a sound."""

    path: str
    size: int
    mime: str
    etag: str


async def read_media_file(
    ctx: Context[Resources],
    path: str,
) -> WithContent[Media]:
    """Look at an image or listen to a sound: PNG, JPEG, GIF, WebP, WAV, MP3 and more, whatever the name says."""
    resources = ctx.resources

    def work(token: Work) -> tuple[Place, bytes, str]:
        place = resources.roots.readable(ctx, path)
        with Descriptor(place.open_file()) as file:
            beginning = os.pread(file.fd, SNIFFED_BYTES, 0)
            mime = _media_type(beginning, place.relative)
            most = min(place.root.max_file_size, resources.settings.max_result_bytes)
            data = read_all(file.fd, most, token)
        if data is None:
            raise TooLarge(f"The file has more than the {most:,} bytes that are given out; ask for a smaller version.")
        return place, data, mime

    place, data, mime = await resources.workers.run(work, ctx)
    inline = len(data) <= resources.body_bytes * 3 // 4  # base64 makes four bytes of three
    block = _block(data, mime) if inline else _link(place, len(data), mime)
    return WithContent({"path": place.shown, "size": len(data), "mime": mime, "etag": etag_of(data)}, [block])


def _block(data: bytes, mime: str) -> ImageContent | AudioContent:
    encoded = base64.b64encode(data).decode("ascii")
    if mime.startswith("image/"):
        return ImageContent(type="image", data=encoded, mime_type=mime)
    return AudioContent(type="audio", data=encoded, mime_type=mime)


def _link(place: Place, size: int, mime: str) -> ResourceLink:
    """Where a client reads what is too large to be put before a model."""
    return ResourceLink(type="resource_link", uri=uri_of(place), name=place.shown, mime_type=mime, size=size)


def _media_type(beginning: bytes, name: str) -> str:
    mime = sniffed(beginning, name=name)
    if mime is not None and mime.startswith(("image/", "audio/")):
        return mime
    if is_document(mime) or (mime is None and not texts.looks_binary(beginning)):
        raise InvalidArguments(f"This is no image or sound but {mime or 'text'}; use read_text_file.")
    raise InvalidArguments(f"This is no image or sound but {mime or 'binary data of no known type'}.")
