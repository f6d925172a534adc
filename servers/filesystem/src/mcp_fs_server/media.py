"""What a file is by how it begins, whatever its name says.

Signatures: the Image, Audio and Archive tables of the WHATWG MIME Sniffing standard, and the file formats' own
specifications.
"""

from __future__ import annotations

import mimetypes
import re
from functools import cache

__all__ = ["SNIFFED_BYTES", "is_document", "mime_of", "sniffed"]

SNIFFED_BYTES = 4096

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"RIFF....WEBPVP", "image/webp"),
    (rb"BM.{4}\x00\x00\x00\x00", "image/bmp"),
    (rb"II\*\x00|MM\x00\*", "image/tiff"),
    (rb"\x00\x00\x01\x00[^\x00]\x00", "image/x-icon"),
    (rb".{4}ftypavi[fs]", "image/avif"),
    (rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", "image/heic"),
    (rb"8BPS\x00[\x01\x02]", "image/vnd.adobe.photoshop"),
    (rb"RIFF....WAVE", "audio/wav"),
    (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2][\x10-\xef]", "audio/mpeg"),
    (rb"OggS\x00\x02.{22}(?:.{1,60})?(?:\x80theora|\x01video)", "video/ogg"),
    (rb"OggS\x00", "audio/ogg"),
    (rb"fLaC\x00", "audio/flac"),
    (rb".{4}ftypM4[AB] ", "audio/mp4"),
    (rb"\xff[\xf1\xf9][\x40-\x80]", "audio/aac"),
    (rb"FORM....AIF[FC]", "audio/aiff"),
    (rb"MThd\x00\x00\x00\x06", "audio/midi"),
    (rb"RIFF....AVI ", "video/x-msvideo"),
    (rb".{4}ftypqt  ", "video/quicktime"),
    (rb".{4}ftyp", "video/mp4"),
    (rb"\x1a\x45\xdf\xa3.{0,60}\x42\x82.?webm", "video/webm"),
    (rb"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (rb"(?:\xef\xbb\xbf|\s)*%PDF-\d", "application/pdf"),
    (rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", "application/epub+zip"),
    (rb"PK\x03\x04|PK\x05\x06", "application/zip"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (rb"\x1f\x8b\x08", "application/gzip"),
    (rb"BZh[1-9]1AY&SY", "application/x-bzip2"),
    (rb"\xfd7zXZ\x00", "application/x-xz"),
    (rb"\x28\xb5\x2f\xfd", "application/zstd"),
    (rb"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (rb"Rar!\x1a\x07", "application/vnd.rar"),
    (rb".{257}ustar", "application/x-tar"),
    (rb"SQLite format 3\x00", "application/vnd.sqlite3"),
    (rb"\x7fELF", "application/x-elf"),
    (rb"MZ.{58}", "application/vnd.microsoft.portable-executable"),
    (rb"\xca\xfe\xba\xbe\x00\x00\x00[\x2d-\x50]", "application/java-vm"),
    (rb"(?:\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe)", "application/x-mach-binary"),
    (rb"\x00asm\x01\x00\x00\x00", "application/wasm"),
    (rb"PAR1", "application/vnd.apache.parquet"),
    (rb"ARROW1\x00\x00", "application/vnd.apache.arrow.file"),
    (rb"\x93NUMPY", "application/x-npy"),
    (rb"\x89HDF\r\n\x1a\n", "application/x-hdf5"),
    (rb"wOFF", "font/woff"),
    (rb"wOF2", "font/woff2"),
    (rb"OTTO\x00", "font/otf"),
    (rb"\x00\x01\x00\x00\x00[\x04-\x40]", "font/ttf"),
)
# Signatures of few or plain letters, which a text may begin with too.
_PLAIN = frozenset({"image/bmp", "application/vnd.microsoft.portable-executable", "application/vnd.apache.parquet",
                    "audio/mpeg", "font/woff", "font/woff2", "application/x-mach-binary"})  # fmt: skip
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OFFICE_PARTS = {b"word/": ".docx", b"xl/": ".xlsx", b"ppt/": ".pptx"}
# What the system's tables do not have, or have as something else.
_TEXTS = {".md": "text/markdown", ".py": "text/x-python", ".ts": "text/typescript", ".toml": "application/toml",
          ".yaml": "application/yaml", ".yml": "application/yaml", ".jsonl": "application/jsonl",
          ".svg": "image/svg+xml", ".csv": "text/csv", ".sql": "application/sql"}  # fmt: skip


def sniffed(beginning: bytes, *, name: str = "") -> str | None:
    """The type of a binary format that a file is of; None for text and for what nobody knows.

    Args:
        beginning: its first `SNIFFED_BYTES` bytes.
        name: tells one office format from another where its beginning does not.
    """
    found = _signatures().match(beginning)
    if found is None or found.lastindex is None:
        return None
    mime = _SIGNATURES[found.lastindex - 1][1]
    if mime in _PLAIN and _is_plain(beginning):
        return None
    return _office(beginning, name) or mime if mime == "application/zip" else mime


def mime_of(beginning: bytes, name: str, *, binary: bool) -> str:
    """The type to tell for a file: by its content, of text by its name."""
    found = sniffed(beginning, name=name)
    if found is not None:
        return found
    if binary:
        return "application/octet-stream"
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    guess = _TEXTS.get(suffix) or mimetypes.guess_type(f"x{suffix}")[0] or "text/plain"
    text = guess.startswith("text/") or guess in {"application/json", "application/xml", "application/javascript"}
    return guess if text or suffix in _TEXTS or guess.endswith(("+xml", "+json")) else "text/plain"


def is_document(mime: str | None) -> bool:
    """Whether text can be taken out of it."""
    return mime == "application/pdf" or mime in _OFFICE.values()


@cache
def _signatures() -> re.Pattern[bytes]:
    """All of them in their order, each a group."""
    return re.compile(b"|".join(b"(" + pattern + b")" for pattern, _ in _SIGNATURES), re.DOTALL)


def _office(beginning: bytes, name: str) -> str | None:
    """The office format of a ZIP: by the parts that its first entries name, else by its name."""
    if not re.search(
        rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/|xl/|ppt/)", beginning, re.DOTALL
    ):
        return None
    for part, suffix in _OFFICE_PARTS.items():
        if b"PK\x03\x04" in beginning and re.search(rb"PK\x03\x04.{26}" + part, beginning, re.DOTALL):
            return _OFFICE[suffix]
    return next((mime for suffix, mime in _OFFICE.items() if name.lower().endswith(suffix)), None)


def _is_plain(beginning: bytes) -> bool:
    """Whether there is nothing in it that only binary files have."""
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", beginning)
