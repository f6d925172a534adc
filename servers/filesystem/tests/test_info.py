"""What a file is: facts, types by content, images and sounds."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from mcp_chassis.errors import ChassisError, InvalidArguments, TooLarge
from mcp_fs_server.media import mime_of, sniffed
from mcp_fs_server.tools.get_file_info import get_file_info
from mcp_fs_server.tools.read_media_file import read_media_file

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.mark.parametrize(
    ("beginning", "mime"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"GIF89a\1\0\1\0", "image/gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"BM\x36\0\0\0\0\0\0\0", "image/bmp"),
        (b"\0\0\0\x20ftypavif", "image/avif"),
        (b"\0\0\0\x20ftypheic", "image/heic"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"ID3\x03\0\0\0\0\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\0", "audio/mpeg"),
        (b"fLaC\0\0\0\x22", "audio/flac"),
        (b"OggS\0\2" + b"\0" * 20 + b"\1\x1eOpusHead", "audio/ogg"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\x1a\x45\xdf\xa3\x01\0\0\0\x42\x82\x84webm", "video/webm"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xef\xbb\xbf%PDF-1.7\n", "application/pdf"),
        (b"\x1f\x8b\x08\0", "application/gzip"),
        (b"PK\x03\x04" + b"\0" * 26 + b"a.txt", "application/zip"),
        (b"\x7fELF\2\1", "application/x-elf"),
        (b"MZ" + b"\0" * 60, "application/vnd.microsoft.portable-executable"),
        (b"PAR1\x15\0", "application/vnd.apache.parquet"),
        (b"\0" * 257 + b"ustar\0" + b"00", "application/x-tar"),
        (b"", None),
        (b"plain text", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"\x89PN", None),
    ],
)
def test_a_type_is_what_the_content_says(beginning: bytes, mime: str | None) -> None:
    assert sniffed(beginning) == mime


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.txt", "text/plain"), ("a", "text/plain"), ("a.py", "text/x-python"), ("a.md", "text/markdown"),
        ("a.JSON", "application/json"), ("a.html", "text/html"), ("a.yaml", "application/yaml"), ("a.csv", "text/csv"),
        ("a.svg", "image/svg+xml"), ("a.png", "text/plain"), ("a.ts", "text/typescript"), (".bashrc", "text/plain"),
    ],
)  # fmt: skip
def test_text_has_the_type_of_its_name(name: str, mime: str) -> None:
    assert mime_of(b"text", name, binary=False) == mime


@pytest.mark.asyncio
async def test_facts_about_a_text_file(files: Any, docs: Path) -> None:
    (docs / "a.py").write_bytes("x = 1\r\n# \u00e4\r\n".encode())
    os.chmod(docs / "a.py", 0o640)
    os.utime(docs / "a.py", (0, 1_700_000_000))
    assert await get_file_info(await files(), "a.py") == {
        "path": "docs/a.py", "kind": "file", "size": 13, "modified": "2023-11-14T22:13:20Z", "mode": "-rw-r-----",
        "mime": "text/x-python", "encoding": "utf-8", "lines": 2,
        "etag": hashlib.sha256((docs / "a.py").read_bytes()).hexdigest(),
    }  # fmt: skip


@pytest.mark.asyncio
async def test_a_long_file_has_no_etag_and_no_count(files: Any, docs: Path) -> None:
    (docs / "a.txt").write_text("x\n" * 1_000)
    info = await get_file_info(await files(max_file_size=100), "a.txt")
    assert info["size"] == 2_000
    assert not {"etag", "lines", "encoding"} & set(info)


@pytest.mark.asyncio
async def test_facts_about_what_is_no_file(files: Any, docs: Path) -> None:
    (docs / "d").mkdir()
    os.mkfifo(docs / "f")
    (docs / "link").symlink_to("d")
    (docs / "dangling").symlink_to("nowhere")
    ctx = await files()
    assert [(await get_file_info(ctx, path))["kind"] for path in (".", "d", "f", "link")] == [
        "directory", "directory", "fifo", "directory",
    ]  # fmt: skip
    for path in ("dangling", "nothing", "d/../../outside.txt"):
        with pytest.raises(ChassisError):
            await get_file_info(ctx, path)


@pytest.mark.asyncio
async def test_an_image_is_an_image_and_a_sound_a_sound(files: Any, docs: Path) -> None:
    (docs / "a.txt").write_bytes(PNG)
    (docs / "b").write_bytes(b"fLaC\0\0\0\x22")
    image = await read_media_file(await files(), "a.txt")
    assert (image.content[0].type, base64.b64decode(image.content[0].data)) == ("image", PNG)
    assert image.data == {
        "path": "docs/a.txt",
        "size": 28,
        "mime": "image/png",
        "etag": hashlib.sha256(PNG).hexdigest(),
    }
    sound = await read_media_file(await files(), "b")
    assert (sound.content[0].type, sound.content[0].mime_type) == ("audio", "audio/flac")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"text", "text; use read_text_file"),
        (b"%PDF-1.7\n", "application/pdf; use read_text_file"),
        (b"PK\x03\x04" + b"\0" * 26 + b"a", "application/zip"),
        (b"\0\1\2\3", "no known type"),
    ],
)
@pytest.mark.asyncio
async def test_what_is_neither_is_refused(files: Any, docs: Path, content: bytes, told: str) -> None:
    (docs / "a.png").write_bytes(content)
    with pytest.raises(InvalidArguments, match=told):
        await read_media_file(await files(), "a.png")


@pytest.mark.asyncio
async def test_an_image_that_does_not_fit_is_refused(files: Any, docs: Path) -> None:
    (docs / "a.png").write_bytes(PNG + b"\0" * 10_000)
    for limits in ({"max_file_size": 5_000}, {"max_result_bytes": 9_000}):
        with pytest.raises(TooLarge):
            await read_media_file(await files(**limits), "a.png")
    assert (await read_media_file(await files(max_result_bytes=20_000), "a.png")).data["size"] == 10_028
